"""Finish a built site: what readers download, and what a host needs."""
