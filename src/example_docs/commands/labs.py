"""Runs each lab in a kernel, unless its outputs are kept already.

Holds what the cells show to what their functions promise.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.downloads.labs import run_labs
from example_docs.downloads.markdown import editions

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(project: Project, _options: argparse.Namespace) -> int:
    """Run the labs of both languages."""
    for language, edition in editions(project).items():
        for lab in run_labs(edition, language, project.labs):
            if lab.is_new:
                sys.stdout.write(f"ran {lab.page}\n")
    return 0
