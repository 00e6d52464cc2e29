"""Draw the figures of programs once, keep them, and fit them into pages."""
