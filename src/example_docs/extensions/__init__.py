"""Extend Python-Markdown and Griffe: what turns pages into HTML."""
