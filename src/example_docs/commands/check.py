"""Runs the examples of the lessons that are named, and the programs readers copy.

Holds the rules on their pages and the properties in tests equal, too.

Renders the two pages of each lesson, and checks their parity, numbers, formulas, terms
and typography. Builds no site. ``make test`` checks all lessons.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.commands.pages import page_complaints
from example_docs.errors import counted
from example_docs.languages.edition import catalogue_at
from example_docs.pages.page import page_of
from example_docs.rules.check import rule_faults
from example_docs.verify.lesson import complaints, lesson

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the lessons."""
    parser.add_argument(
        "lessons",
        nargs="+",
        metavar="LESSON",
        help="such as tensors/create, or tensors/create:filled_like",
    )


def run(project: Project, options: argparse.Namespace) -> int:
    """Say what is wrong with each example."""
    library = project.lessons
    translations = (
        catalogue_at(language.catalogue) for language in project.languages.values()
    )
    catalogues = [catalogue for catalogue in translations if catalogue is not None]
    examples = [e for name in options.lessons for e in lesson(library, name)]
    found = [c for example in examples for c in complaints(example, catalogues)]
    lessons = {_page(name) for name in options.lessons}
    found += map(str, rule_faults(project.folders, project.properties, lessons))
    # An example alone is checked without its page.
    for name in options.lessons:
        if ":" not in name:
            found += page_complaints(project, _page(name))
    found = list(dict.fromkeys(found))
    for complaint in found:
        sys.stdout.write(f"{complaint}\n\n")
    sys.stdout.write(
        f"{counted(len(examples), 'example')} ran, {counted(len(found), 'complaint')}\n"
    )
    return 1 if found else 0


def _page(name: str) -> str:
    """The page of a lesson or an example: ``a.b_c:d`` is on ``a/b-c``."""
    return page_of(name.partition(":")[0])
