"""Writes down what was run here, and what came of it.

Runs all examples on a device and writes the record of this environment, which the
pages show. Removes from all records what is no example any more.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.files import write
from example_docs.verify.recording import recorded

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the device."""
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")


def run(project: Project, options: argparse.Namespace) -> int:
    """Run all examples, and write the records."""
    folder = project.docs / "records"
    texts, counts = recorded(project.lessons, options.device, folder, project.root)
    for path, text in texts.items():
        write(path, text)
        sys.stdout.write(f"wrote {path.as_posix()}\n")
    sys.stdout.write(", ".join(f"{n} {what}" for what, n in counts.items()) + "\n")
    return 1 if counts.get("failed") else 0
