"""Arguments that several commands have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_names(parser: argparse.ArgumentParser) -> None:
    """Add the names of lessons and examples."""
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="a lesson or an example (default: all)"
    )


def add_pages(parser: argparse.ArgumentParser) -> None:
    """Add the names of pages."""
    parser.add_argument(
        "pages", nargs="*", metavar="PAGE", help="such as tensors/create (default: all)"
    )


def page_files(pages: list[str]) -> list[str]:
    """The files of pages that are named with or without ``.md``."""
    return [f"{page.removesuffix('.md')}.md" for page in pages]
