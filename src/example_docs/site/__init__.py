"""Finish a built site: views, fonts, redirects, what a host and a disk need."""
