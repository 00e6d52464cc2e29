"""Names the examples whose output hangs on rounding.

Runs them while each rounded result is moved by one unit in the last place, at random,
and then in other ways in which this machine can compute. Names those whose output
differs by more than is permitted.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.commands.arguments import add_names
from example_docs.verify.rounding import edges, elsewhere

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the examples."""
    add_names(parser)


def run(project: Project, options: argparse.Namespace) -> int:
    """Name them as they are found."""
    count = 0
    for edge in edges(project.chosen(options.names)):
        count += 1
        sys.stdout.write(f"{edge}\n")
        sys.stdout.flush()  # a run of all takes minutes
    for text in elsewhere(project.root, options.names):
        count += 1
        sys.stdout.write(text)
    sys.stdout.write(f"{count} found\n")
    return 1 if count else 0
