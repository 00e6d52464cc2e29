"""The ``example-docs`` command: what an author and the Makefile call."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.project import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "accept": (
        "accept",
        "run the examples and write what they print into their docstrings",
    ),
    "catalogue": (
        "languages.catalogue",
        "bring the catalogue of translations up to date with the code",
    ),
    "check": (
        "check",
        "say all there is to say about a lesson, without building a site",
    ),
    "draw": (
        "draw",
        "draw the figures whose programs changed",
    ),
    "fragile": (
        "versions.fragile",
        "name the examples whose output hangs on rounding",
    ),
    "general": (
        "general",
        "list what sounds general in the prose and is no rule",
    ),
    "mutate": (
        "mutate",
        "change one thing at a time, and say what nothing notices",
    ),
    "new": (
        "new",
        "lay out a new lesson: module, pages, navigation and catalogue",
    ),
    "numbers": (
        "numbers",
        "say which numbers in the prose no example prints",
    ),
    "offline": (
        "publishing.offline",
        "pack a site to read from a disk",
    ),
    "parity": (
        "languages.parity",
        "say where the two languages of the pages part",
    ),
    "pdf": (
        "publishing.pdf",
        "print the whole book of each language into a PDF",
    ),
    "program": (
        "program",
        "print the complete program of an example, as a reader copies it",
    ),
    "publish": (
        "publishing.publish",
        "write what readers can download into a built site",
    ),
    "record": (
        "versions.record",
        "write down what was run here, and what came of it",
    ),
    "report": (
        "versions.report",
        "run the examples on the installed PyTorch and sort what they do",
    ),
    "terms": (
        "languages.terms",
        "say where the Chinese text uses a banned translation of a term",
    ),
    "translated": (
        "languages.translated",
        "record that pages have been read in both languages",
    ),
    "typography": (
        "languages.typography",
        "say where the Chinese text has wrong spaces or punctuation",
    ),
}
"""Each command: its module below ``example_docs.commands``, and what it does."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The words after ``example-docs``; those of the process by default.

    Returns:
        The exit status: 0, or 1 after a sentence on standard error.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser(words).parse_args(words)
    try:
        return int(options.run(Project(options.root), options))
    except ExampleError as error:
        sys.stderr.write(f"example-docs: {error}\n")
        return 1
    except KeyboardInterrupt as error:
        where = f"; {error}" if str(error) else ""
        sys.stderr.write(
            f"\nexample-docs: stopped by Ctrl-C; no file is half written{where}\n"
        )
        return 130


def _parser(words: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="example-docs",
        description="Turns the functions of the lessons into verified pages.",
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path(),
        help="the project's folder (default: the current one)",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    called = next((word for word in words if word in COMMANDS), None)
    for name, (place, purpose) in COMMANDS.items():
        command = commands.add_parser(name, help=purpose)
        # Some import torch, some what builds the site: only what is called.
        if name == called:
            module = import_module(f"example_docs.commands.{place}")
            command.description = module.__doc__
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser
