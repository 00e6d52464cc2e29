"""Change code, outputs and pages in small ways, and say what nothing notices."""
