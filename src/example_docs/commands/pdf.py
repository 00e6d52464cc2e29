"""Prints the whole book of each language into a PDF, with a Chromium of this machine.

It takes the pages of a published site, in the order of the navigation and without the
reference, which repeats what the lessons show.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.book.book import Book, read_leaves
from example_docs.book.chromium import open_chromium
from example_docs.book.printing import count, print_book
from example_docs.downloads.lessons import book_link, with_links
from example_docs.downloads.llms import read_contents
from example_docs.files import write, write_bytes
from example_docs.project import ADDRESSES, CONFIGURATIONS, LANGUAGES, PACKAGE

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the site, the folder, and whether readers of the site get it."""
    parser.add_argument("site", type=Path, help="the folder of the published site")
    parser.add_argument("folder", type=Path, help="where to write the PDFs")
    parser.add_argument(
        "--offer",
        action="store_true",
        help="put them into the site as well, with a link on each home page",
    )


def run(project: Project, options: argparse.Namespace) -> int:
    """Print both, and say how large they are."""
    with open_chromium() as browser:
        for language, part in LANGUAGES.items():
            site: Path = options.site / part
            contents = read_contents(project.root / CONFIGURATIONS[language])
            book = Book(
                contents,
                read_leaves(contents, project.docs / language, site),
                language,
                site.absolute().as_uri(),
                os.environ.get(ADDRESSES[language], ""),
            )
            content = print_book(book, browser)
            name = f"{PACKAGE.replace('_', '-')}-{language}.pdf"
            target: Path = options.folder / name
            write_bytes(target, content)
            megabytes = len(content) / 1e6
            pages = count(content)
            size = f"{pages} pages, {megabytes:.1f} MB"
            sys.stdout.write(f"{target.as_posix()}: {size}\n")
            if options.offer:
                write_bytes(site / name, content)
                home = site / "index.html"
                link = book_link(name, language, pages, megabytes)
                write(home, with_links(home.read_text(encoding="utf-8"), link))
    return 0
