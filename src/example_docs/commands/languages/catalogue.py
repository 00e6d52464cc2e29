"""Brings the catalogue of translations up to date with the code.

Adds an empty entry for each new comment and docstring, drops those that nothing uses,
and keeps every translation.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.files import write
from example_docs.languages.catalogue import updated

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(project: Project, _options: argparse.Namespace) -> int:
    """Write it, and say how much is to be translated."""
    project.require_examples()
    path = project.catalogue
    text, missing, dropped = updated(path, project.lessons)
    write(path, text)
    sys.stdout.write(f"{path.as_posix()}: {missing} to translate, {dropped} dropped\n")
    return 0
