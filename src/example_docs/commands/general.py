"""Lists the sentences that sound general and are no rule, in both languages.

Narrow such a sentence, or make it a rule: give it a name on both pages, and a property
of that name in the tests. Many are harmless; the list is for authors to read.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.commands.arguments import add_pages, page_files
from example_docs.errors import ExampleError, relative
from example_docs.rules.general import suspects

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the pages."""
    add_pages(parser)


def run(project: Project, options: argparse.Namespace) -> int:
    """Write file, line, what sounds general, and the sentence."""
    names = page_files(options.pages)
    for folder in project.folders:
        for name in names or sorted(
            path.relative_to(folder).as_posix() for path in folder.rglob("*.md")
        ):
            path = folder / name
            if not path.is_file():
                raise ExampleError(f"there is no page {name!r} in {folder.as_posix()}")
            for found in suspects(path.read_text(encoding="utf-8")):
                place = f"{relative(path)}:{found.line}"
                sys.stdout.write(f"{place}: {', '.join(found.words)}: {found.text}\n")
    return 0
