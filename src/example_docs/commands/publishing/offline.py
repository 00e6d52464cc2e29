"""Packs a published site into an archive whose index.html opens from a disk.

Its search works there too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.site.offline import write_offline

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the site and the archive."""
    parser.add_argument("site", type=Path, help="the folder of the published site")
    parser.add_argument("archive", type=Path, help="the archive to write, a .zip")


def run(_project: Project, options: argparse.Namespace) -> int:
    """Pack it, and say how large it is."""
    count = write_offline(options.site, options.archive)
    megabytes = options.archive.stat().st_size / 1e6
    sys.stdout.write(
        f"{options.archive.as_posix()}: {count} files, {megabytes:.1f} MB\n"
    )
    return 0
