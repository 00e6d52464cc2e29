"""Translate code by catalogue, and hold the pages of two languages together."""
