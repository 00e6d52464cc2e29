"""Changes one thing at a time in the examples, what they promise, and the pages.

In memory; says what no verification notices.
"""

from __future__ import annotations

import sys
from itertools import chain
from typing import TYPE_CHECKING

from example_docs.commands.arguments import add_names
from example_docs.languages.parity import twins
from example_docs.mutation.equivalents import read_equivalents
from example_docs.mutation.judge import sample, units
from example_docs.mutation.pages import page_findings
from example_docs.mutation.report import judged, report, unknown_places
from example_docs.pages.page import lesson_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from example_docs.code.library import Example
    from example_docs.mutation.equivalents import Counts
    from example_docs.mutation.pages import PageFindings
    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the examples, and which of their changes are tried how."""
    add_names(parser)
    parser.add_argument("--sample", type=int, help="try so many, picked by chance")
    parser.add_argument("--seed", type=int, default=0, help="of the sample")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default: 1)")
    parser.add_argument(
        "--patience",
        type=float,
        default=3.0,
        help="leave out what only examples use that take longer (default: 3 seconds)",
    )
    parser.add_argument(
        "--only",
        choices=("output", "code", "pages"),
        help="only what is promised, only what is done, or only numbers in prose and "
        "formulas (tried whole, unless --sample is given)",
    )
    parser.add_argument(
        "--as-if-none-listed",
        action="store_true",
        help="name also what tests/equivalent_mutants/ gives a reason for",
    )


def run(project: Project, options: argparse.Namespace) -> int:
    """Try the changes, and say what survived."""
    library = project.lessons
    chosen = project.chosen(options.names)
    picked = sample(units(library, chosen), options.sample, options.seed, options.only)
    results = judged(
        library,
        picked,
        patience=options.patience,
        figures=project.tests / "figures",
        jobs=options.jobs,
    )
    equivalents: Counts = {}
    if not options.as_if_none_listed:
        equivalents = read_equivalents(project.tests / "equivalent_mutants")
    return report(
        chain(_pages(project, options, chosen), results),
        equivalents,
        sys.stdout.write,
        is_whole=options.sample is None,
        unknown=unknown_places(library, equivalents),
    )


def _pages(
    project: Project, options: argparse.Namespace, chosen: list[Example]
) -> Iterator[PageFindings]:
    """What comes of the pages: all, or those of the lessons that are named."""
    if options.sample is not None or options.only not in {None, "pages"}:
        return
    lessons = {example.module.name.partition(".")[2] for example in chosen}
    for page in twins(*project.pair):
        lesson = lesson_of(page)
        if options.names and lesson not in lessons:
            continue
        for docs, twin in (project.pair, reversed(project.pair)):
            yield page_findings(project.lessons, docs, twin, page)
