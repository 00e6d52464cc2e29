"""Records that pages have been read side by side in both languages.

Shows each block that changed in one language, with its counterpart, and records the
pair as current.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.commands.arguments import add_pages, page_files
from example_docs.errors import ExampleError, counted, relative
from example_docs.files import write
from example_docs.languages.parity import partings, twins
from example_docs.languages.staleness import read_record, recorded, stale, written
from example_docs.pages.blocks import blocks

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the pages, and ``--check``."""
    add_pages(parser)
    parser.add_argument(
        "--check", action="store_true", help="show what is not recorded, record nothing"
    )


def run(project: Project, options: argparse.Namespace) -> int:
    """Show what changed, and record it."""
    left, right = project.pair
    path = project.settings.translations
    record = dict(read_record(path))
    pages = twins(left, right)
    count = 0
    for page in page_files(options.pages) or pages:
        if page not in pages:
            where = f"{relative(left)} and {relative(right)}"
            raise ExampleError(f"there is no page {page!r} under {where}")
        for parting in partings(left / page, right / page):
            raise ExampleError(f"the languages part: {parting}")
        ours, theirs = (
            blocks((folder / page).read_text(encoding="utf-8"))
            for folder in (left, right)
        )
        name = page.removesuffix(".md")
        for pair in stale(ours, theirs, record.get(name, {})):
            count += 1
            sys.stdout.write(
                f"--- {relative(left / page)}:{pair.left.line}\n{pair.left.text}\n"
                f"+++ {relative(right / page)}:{pair.right.line}\n{pair.right.text}\n\n"
            )
        record[name] = recorded(ours, theirs)
    if options.check:
        if count:
            sys.stdout.write(
                f"{counted(count, 'block')} changed since both languages were read "
                "side by side; when they say the same, run 'example-docs translated' "
                "with the names of their pages\n"
            )
        return 1 if count else 0
    if not options.pages:
        names = [page.removesuffix(".md") for page in pages]
        record = {name: record[name] for name in names}
    write(path, written(record))
    sys.stdout.write(
        f"{counted(count, 'block')} recorded as translations of each other\n"
    )
    return 0
