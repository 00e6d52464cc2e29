"""Prints the complete program of an example, as a reader copies it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.languages.edition import catalogue_at, published_program

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the example and the language."""
    parser.add_argument("name", metavar="CHAPTER.LESSON:FUNCTION")
    parser.add_argument(
        "--language", default="", help="of its comments (default: the original)"
    )


def run(project: Project, options: argparse.Namespace) -> int:
    """Print it."""
    library = project.lessons
    catalogue = catalogue_at(project.catalogue_of(options.language))
    example = library.example(options.name)
    sys.stdout.write(published_program(example, catalogue).text)
    return 0
