"""Writes down what was run here, and what came of it.

Runs all examples on a device and writes the record of this environment, which the
pages show. Removes from all records what is no example any more. ``add`` runs nothing:
it takes what readers have sent into the records.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.files import write
from example_docs.records.record import KINDS, file_name, written
from example_docs.records.submission import unpacked
from example_docs.verify.admission import admit
from example_docs.verify.recording import recorded

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the device, and the files of readers."""
    parser.add_argument("--device", choices=KINDS, default="cpu")
    actions = parser.add_subparsers(metavar="add FILE", dest="action")
    add = actions.add_parser("add", help="take what a reader has sent")
    add.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="written by 'python -m PACKAGE --json FILE'",
    )


def run(project: Project, options: argparse.Namespace) -> int:
    """Run all examples, or read what readers have sent, and write the records."""
    folder = project.settings.records
    if options.action == "add":
        return _add(project, options.files, folder)
    project.require_examples()
    texts, counts = recorded(project.lessons, options.device, folder, project.root)
    _write(texts)
    sys.stdout.write(", ".join(f"{n} {what}" for what, n in counts.items()) + "\n")
    return 1 if counts.get("failed") else 0


def _add(project: Project, files: list[Path], folder: Path) -> int:
    """Take all files or, if one is refused, none."""
    texts = {}
    for path in files:
        for record in unpacked(path, path.read_bytes()):
            admit(record, project.lessons)
            kept = replace(record, path=folder / file_name(record))
            texts[kept.path] = written(kept)
    _write(texts)
    return 0


def _write(texts: dict[Path, str]) -> None:
    for path, text in texts.items():
        write(path, text)
        sys.stdout.write(f"wrote {path.as_posix()}\n")
