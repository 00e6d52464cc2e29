"""Checks the Chinese pages, the catalogue, the glossary and the README.

Spaces between Han and words, full-width punctuation.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.files import write
from example_docs.languages.typography import corrected_file, slips

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--fix``."""
    parser.add_argument(
        "--fix", action="store_true", help="correct what was found, and still report it"
    )


def run(project: Project, options: argparse.Namespace) -> int:
    """Name every slip."""
    texts: dict[Path, str] = {}
    count = 0
    for path in project.translated_files:
        text = path.read_text(encoding="utf-8")
        for slip in slips(path, text):
            count += 1
            sys.stdout.write(f"{slip}\n")
        if (right := corrected_file(path, text)) != text:
            texts[path] = right
    if options.fix:
        for path, text in texts.items():
            write(path, text)
    return 1 if count else 0
