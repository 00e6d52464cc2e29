"""Prints the book of each language into a PDF, with a Chromium of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.book.book import book_html, print_book
from example_docs.downloads.lessons import offer_book
from example_docs.downloads.llms import read_contents
from example_docs.files import write_bytes

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the site, the folder, and whether readers of the site get it."""
    parser.add_argument("site", type=Path, help="the folder of the published site")
    parser.add_argument("folder", type=Path, help="where to write the PDFs")
    parser.add_argument("--offer", action="store_true", help="on each home page, too")


def run(project: Project, options: argparse.Namespace) -> int:
    """Print both books."""
    project.require_pages()
    for name, language in project.languages.items():
        folder = options.site / language.folder
        contents = read_contents(language.configuration)
        pdf = print_book(book_html(contents, name, folder))
        file = f"{project.package}-{name}.pdf".replace("_", "-")
        write_bytes(options.folder / file, pdf)
        if options.offer:
            offer_book(folder, file, pdf, name)
    return 0
