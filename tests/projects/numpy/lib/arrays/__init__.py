"""Arrays of numbers."""
