"""Measures of a kitchen."""
