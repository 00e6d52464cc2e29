"""Writes what readers can download into a built site.

Every page as Markdown, complete with programs and outputs, every lesson and lab as a
notebook, and llms.txt, beside the HTML, and the links to them into it; then the
parallel views, the font of the formulas, redirects and the security policy.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from example_docs.downloads.lessons import lesson_notebooks, linked_pages
from example_docs.downloads.llms import llms_files, read_contents
from example_docs.downloads.markdown import editions, notebook_address, published_files
from example_docs.downloads.notebook import labs
from example_docs.errors import ExampleError
from example_docs.files import write, write_bytes
from example_docs.site.contents import filled
from example_docs.site.csp import secured
from example_docs.site.math_font import characters_in, math_font
from example_docs.site.not_found import missing_pages
from example_docs.site.redirects import read_redirects, redirect_pages
from example_docs.site.side_by_side import parallel_views

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from example_docs.downloads.markdown import Edition
    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the site."""
    parser.add_argument("site", type=Path, help="the folder of the built site")


def run(project: Project, options: argparse.Namespace) -> int:
    """Write it all; nothing is written before all downloads are made."""
    site: Path = options.site
    texts: dict[Path, str] = {}
    languages = project.languages
    folders = {name: language.folder for name, language in languages.items()}
    for language, edition in editions(project.settings).items():
        folder = site / folders[language]
        try:
            downloads = _downloads(project, site, language, edition)
        except click.ClickException as error:  # as what builds the reference raises it
            raise ExampleError(error.message) from None
        texts |= {folder / address: text for address, text in downloads.items()}
    _write(texts)
    _write(filled(site, folders))
    if len(folders) == 2:  # noqa: PLR2004 - side by side
        _write({site / at: text for at, text in parallel_views(site, folders).items()})
    _write(missing_pages(site, folders.values()) | _redirects(project, site))
    # Last, for both look at every page.
    _publish_font(site, folders.values())
    _write(secured(site))
    return 0


def _write(texts: dict[Path, str]) -> None:
    for path, text in texts.items():
        write(path, text)


def _downloads(
    project: Project, site: Path, language: str, edition: Edition
) -> dict[str, str]:
    """What readers of a language can download, and the pages with links to it."""
    url = project.site_of(language)
    files = published_files(edition)
    configuration = project.languages[language].configuration
    if configuration.exists():
        contents = read_contents(configuration)
        files |= llms_files(contents, edition, files, url)
    files |= lesson_notebooks(edition, url)
    # A lab's own link to its notebook is part of its page.
    pages = linked_pages(edition, site / project.languages[language].folder, files)
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


def _publish_font(site: Path, folders: Iterable[str]) -> None:
    """Write the font of the formulas, cut down to the signs that the pages use."""
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    characters = characters_in(pages)
    if not characters:
        return
    font = math_font(characters)
    for folder in folders:
        write_bytes(site / folder / "assets" / "fonts" / "math.woff2", font)


def _redirects(project: Project, site: Path) -> dict[Path, str]:
    docs = project.folders[0]
    pages = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
    moved = read_redirects(project.settings.redirects, pages)
    return {
        site / language.folder / address: text
        for name, language in project.languages.items()
        for address, text in redirect_pages(moved, name).items()
    }
