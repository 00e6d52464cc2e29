"""Make of a built site what readers get."""
