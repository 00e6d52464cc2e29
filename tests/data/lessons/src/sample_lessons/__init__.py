"""Lessons for the tests of the extension."""
