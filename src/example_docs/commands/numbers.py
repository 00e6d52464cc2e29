"""Holds each number in the prose of both languages to what it names.

That is the output or the code of an example, or a calculation. Finds those numbers
that name nothing, and those in formulas that no example of the page has.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.commands.arguments import add_pages, page_files
from example_docs.errors import ExampleError
from example_docs.numbers.formulas import formula_faults
from example_docs.numbers.prose import Sources, faults, read_page

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the pages."""
    add_pages(parser)


def run(project: Project, options: argparse.Namespace) -> int:
    """Name every number that is wrong or bound to nothing."""
    names = set(page_files(options.pages))
    for _ in project.lessons.modules():
        pass  # what cannot be read is told once, and not at each number
    count = 0
    for folder in project.folders:
        pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
        for name in sorted(names - pages):
            raise ExampleError(f"there is no page {name!r} in {folder.as_posix()}")
        for name in sorted(names or pages):
            sources = Sources(project.lessons, read_page(folder, name))
            for check in (faults, formula_faults):
                for fault in check(sources):
                    count += 1
                    sys.stdout.write(f"{fault}\n")
    return 1 if count else 0
