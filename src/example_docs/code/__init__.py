"""Turn a lesson's function, read as a syntax tree, into a complete program."""
