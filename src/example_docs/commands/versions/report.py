"""Runs the examples on the installed PyTorch and sorts what they do.

Raises, warns, really changed, as marked for this version, within the digits shown,
text form only, same; with the pages concerned. Changes nothing.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.commands.arguments import add_names
from example_docs.verify.environment import this_environment
from example_docs.verify.upgrade import FAILURES, findings, places_of, written
from example_docs.verify.verify import verify

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the examples."""
    add_names(parser)


def run(project: Project, options: argparse.Namespace) -> int:
    """Print the report."""
    places = places_of(
        {language.folder: language.pages for language in project.languages.values()}
    )
    verdicts = (verify(example) for example in project.chosen(options.names))
    found = findings(verdicts, places)
    sys.stdout.write(written(found, str(this_environment("cpu"))))
    return 1 if any(finding.kind in FAILURES for finding in found) else 0
