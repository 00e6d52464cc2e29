"""Hook into MkDocs, where no extension of Python-Markdown reaches."""
