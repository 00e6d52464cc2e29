"""Runs the examples that draw, unless their figure is kept already."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.commands.arguments import add_names
from example_docs.figures.draw import draw_missing

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the examples."""
    add_names(parser)


def run(project: Project, options: argparse.Namespace) -> int:
    """Draw what is missing."""
    programs = (
        (example.short_name, example.program)
        for example in project.chosen(options.names)
    )
    for name in draw_missing(project.figures, programs, project.lessons):
        sys.stdout.write(f"drew {name}\n")
    return 0
