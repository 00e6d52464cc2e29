"""Compares each page with its twin in the other language, block by block."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

from example_docs.files import write
from example_docs.languages.parity import mended, partings, twins

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--fix`` and the side that it believes."""
    parser.add_argument(
        "--fix",
        action="store_true",
        help="repair from the other side what needs no knowledge of the language",
    )
    parser.add_argument(
        "--from",
        dest="source",
        default="",
        metavar="LANGUAGE",
        help="the language that is right (default: the original)",
    )


def run(project: Project, options: argparse.Namespace) -> int:
    """Name every place where two pages part."""
    left, right = project.pair
    is_left = project.settings.language(options.source).pages == left
    found = []
    texts: dict[Path, str] = {}
    for page in twins(left, right):
        if options.fix:
            source: Literal["left", "right"] = "left" if is_left else "right"
            text, parted = mended(left / page, right / page, source)
            if any(parting.mended for parting in parted):
                texts[(right if is_left else left) / page] = text
        else:
            parted = partings(left / page, right / page)
        found += parted
    for path, text in texts.items():
        write(path, text)
    for parting in found:
        sys.stdout.write(f"{parting}\n")
    return 1 if found else 0
