"""Runs the examples on the CPU.

Where an output really differs from its docstring, the docstring is rewritten; nothing
else is touched.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.commands.arguments import add_names, lesson_name
from example_docs.errors import counted
from example_docs.verify.lesson import lesson
from example_docs.verify.run import hide
from example_docs.verify.verify import accept, verify

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the examples, and ``--check``."""
    add_names(parser)
    parser.add_argument(
        "--check", action="store_true", help="say what differs, but change nothing"
    )


def run(project: Project, options: argparse.Namespace) -> int:
    """Verify, and rewrite what is wrong."""
    chosen = [
        example
        for name in options.names
        for example in lesson(project.lessons, lesson_name(name))
    ] or project.chosen([])
    with hide(project.root):
        verdicts = [verify(example) for example in chosen]
    wrong = [verdict for verdict in verdicts if verdict.complaint is not None]
    if options.check:
        for verdict in wrong:
            sys.stdout.write(verdict.explanation + "\n\n")
        return 1 if wrong else 0
    for path in accept(verdicts):
        sys.stdout.write(f"rewrote {path.as_posix()}\n")
    were = "was" if len(wrong) == 1 else "were"
    sys.stdout.write(
        f"{counted(len(verdicts), 'example')} ran, "
        f"{counted(len(wrong), 'output')} {were} accepted\n"
    )
    return 0
