"""Print the whole book of a language into a PDF."""
