"""Writes what readers can download into a built site.

Every page as Markdown, complete with programs and outputs, every lesson and lab as a
notebook, and llms.txt, beside the HTML, and the links to them into it; then the
parallel views, the font of the formulas, redirects and the security policy.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from example_docs.downloads.lessons import lesson_notebooks, linked_pages
from example_docs.downloads.llms import llms_files, read_contents
from example_docs.downloads.markdown import editions, notebook_address, published_files
from example_docs.downloads.notebook import labs
from example_docs.errors import ExampleError
from example_docs.files import write, write_bytes
from example_docs.project import ADDRESSES, CONFIGURATIONS, LANGUAGES
from example_docs.site.contents import filled
from example_docs.site.csp import secured
from example_docs.site.math_font import characters_in, math_font
from example_docs.site.not_found import missing_pages
from example_docs.site.redirects import read_redirects, redirect_pages
from example_docs.site.side_by_side import parallel_views

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from example_docs.downloads.markdown import Edition
    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the site."""
    parser.add_argument("site", type=Path, help="the folder of the built site")


def run(project: Project, options: argparse.Namespace) -> int:
    """Write it all; nothing is written before all downloads are made."""
    site: Path = options.site
    texts: dict[Path, str] = {}
    for language, edition in editions(project).items():
        folder = site / LANGUAGES[language]
        try:
            downloads = _downloads(project, site, language, edition)
        except click.ClickException as error:  # as what builds the reference raises it
            raise ExampleError(error.message) from None
        texts |= {folder / address: text for address, text in downloads.items()}
    _write(texts)
    _write(filled(site, LANGUAGES))
    _write({site / at: text for at, text in parallel_views(site, LANGUAGES).items()})
    _write(missing_pages(site, LANGUAGES.values()) | _redirects(project, site))
    # Last, for both look at every page.
    _publish_font(site)
    _write(secured(site))
    return 0


def _write(texts: dict[Path, str]) -> None:
    for path, text in texts.items():
        write(path, text)


def _downloads(
    project: Project, site: Path, language: str, edition: Edition
) -> dict[str, str]:
    """What readers of a language can download, and the pages with links to it."""
    url = os.environ.get(ADDRESSES[language], "")
    files = published_files(edition)
    configuration = project.root / CONFIGURATIONS[language]
    if configuration.exists():
        contents = read_contents(configuration)
        files |= llms_files(contents, edition.docs, files, url)
    files |= lesson_notebooks(edition, url)
    # A lab's own link to its notebook is part of its page.
    pages = linked_pages(edition, site / LANGUAGES[language], files)
    return files | pages | dict(_notebooks(language, edition, url))


def _notebooks(language: str, edition: Edition, url: str) -> Iterator[tuple[str, str]]:
    """The labs of a language as readers download them, by address."""
    if not labs(edition.docs):
        return
    # A book without labs needs no Jupyter.
    import nbformat  # noqa: PLC0415

    from example_docs.downloads.labs import labs_of, notebook_of  # noqa: PLC0415

    site = url.rstrip("/")
    for lab in labs_of(edition, language):
        page = lab.page.removesuffix(".md")
        notebook = notebook_of(lab, f"{site}/{page}/" if site else "")
        yield notebook_address(lab.page), nbformat.writes(notebook) + "\n"


def _publish_font(site: Path) -> None:
    """Write the font of the formulas, cut down to the signs that the pages use."""
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    characters = characters_in(pages)
    if not characters:
        return
    font = math_font(characters)
    for folder in LANGUAGES.values():
        write_bytes(site / folder / "assets" / "fonts" / "math.woff2", font)


def _redirects(project: Project, site: Path) -> dict[Path, str]:
    docs, _ = project.folders
    pages = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
    moved = read_redirects(project.docs / "redirects.yml", pages)
    return {
        site / folder / address: text
        for language, folder in LANGUAGES.items()
        for address, text in redirect_pages(moved, language).items()
    }
