"""What a page offers beside its HTML: its Markdown and its notebook, and links to both.

A notebook of a lesson is made, not run: what its cells show stands in the docstrings,
and its figures are kept. So it is there in a second, and needs no torch.
"""

from __future__ import annotations

import html
import posixpath
import re
from typing import TYPE_CHECKING

import nbformat
from nbformat import v4

from example_docs.downloads.ipynb import Shown, finished, outputs_of
from example_docs.downloads.markdown import folded, notebook_address, published_address
from example_docs.downloads.notebook import for_readers, is_lab, lesson_cells
from example_docs.errors import ExampleError
from example_docs.figures.draw import draws, kept
from example_docs.files import write, write_bytes
from example_docs.languages.versions import other_versions
from example_docs.languages.words import words_of
from example_docs.pages.directives import directives

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from nbformat import NotebookNode

    from example_docs.downloads.markdown import Edition
    from example_docs.downloads.notebook import Cell

_LINKS = re.compile(
    r'\n<p class="downloads">.*?</p>|<span class="downloads">.*?</span>', re.DOTALL
)
_FIRST_LINE = re.compile(
    r'</h1>\s*<p class="(?:reading-time|lab-download)"[^>]*>(?:(?!</p>).)*', re.DOTALL
)
"""The title's end, and the line below it: the time to read, or a lab's notebook."""


def lessons(edition: Edition) -> Iterator[str]:
    """The pages of the chapters that name examples and are no labs."""
    for page in edition.pages():
        path = edition.docs / page
        text = path.read_text(encoding="utf-8")
        if "/" in page and not is_lab(text) and any(directives(path, text)):
            yield page


def lesson_notebooks(edition: Edition, site: str = "") -> dict[str, str]:
    """The notebooks of all lessons of a language, by address.

    Args:
        edition: The book in that language.
        site: Where it is published, if that is known.

    Raises:
        ExampleError: A lesson cannot be a notebook.
    """
    return {
        notebook_address(page): nbformat.writes(lesson_notebook(edition, page, site))
        + "\n"
        for page in lessons(edition)
    }


def lesson_notebook(edition: Edition, page: str, site: str = "") -> NotebookNode:
    """A lesson as a notebook, with what its cells promise as their outputs.

    Args:
        edition: The book in one language.
        page: The page's path within it.
        site: Where the language is published; links are only words without it.

    Raises:
        ExampleError: The page names no example, or one that cannot be shown.
    """
    folder = posixpath.dirname(published_address(page))
    address = f"{site.rstrip('/')}/{folder}/" if site else ""
    is_index = posixpath.basename(page) == "index.md"
    cells = []
    for cell in lesson_cells(edition, page, edition.language):
        if cell.kind != "prose":
            cells.append(_code_cell(edition, cell))
        elif prose := for_readers(cell.source, address, is_index=is_index):
            cells.append(v4.new_markdown_cell(prose))
        if cell.example is not None:
            others = other_versions(cell.example, edition.language, edition.catalogue)
            cells += [
                v4.new_markdown_cell(folded(title, f"```text\n{o.text}\n```"))
                for title, o in others
            ]
        if cell.directive is not None and cell.directive.caption:
            words = f"*{cell.directive.caption}*"
            if cell.directive.predict:  # not before the output has been unfolded
                summary = words_of(edition.language, "downloads")["meaning"]
                words = folded(summary, words)
            cells.append(v4.new_markdown_cell(words))
    return finished(cells)


def shown_by(edition: Edition, cell: Cell) -> Shown:
    """Look up what a cell shows: its docstring says it, and the kept figure."""
    if cell.example is None or cell.program is None or cell.directive is None:
        return Shown()
    output = cell.example.expected
    figures: tuple[str, ...] = ()
    if draws(cell.program):
        root = edition.root
        name = cell.directive.name
        figures = (kept(edition.figures, cell.program, name, root),)
    return Shown(output.printed, figures, output.exception or "")


def _code_cell(edition: Edition, cell: Cell) -> NotebookNode:
    new: NotebookNode = v4.new_code_cell(cell.source)
    if cell.directive is None:
        return new
    shown = shown_by(edition, cell)
    new.outputs = outputs_of(shown, cell.directive.alt)
    if shown.exception:
        new.metadata.tags = ["raises-exception"]
    if cell.directive.predict:
        new.metadata.jupyter = {"outputs_hidden": True}
    return new


def linked_pages(
    edition: Edition, folder: Path, published: Container[str]
) -> dict[str, str]:
    """The built pages of a language with links to their other forms, by address.

    The home page has none: it is no lesson, and llms.txt leads to its Markdown.

    Args:
        edition: The book in that language.
        folder: The folder of its built pages.
        published: The addresses of what is published in that language.
    """
    pages: dict[str, str] = {}
    for page in edition.pages():
        markdown = published_address(page)
        beside = posixpath.join(posixpath.dirname(markdown), "index.html")
        # The second is where MkDocs puts it without use_directory_urls.
        for address in (beside, f"{page.removesuffix('.md')}.html"):
            path = folder / address
            if page == "index.md" or not path.is_file():
                continue
            here = posixpath.dirname(address)
            links = download_links(page, published, edition.language, here)
            text = path.read_text(encoding="utf-8")
            pages[address] = with_links(text, links)
    return pages


def download_links(
    page: str, published: Container[str], language: str, here: str
) -> str:
    """The links of a page to its other forms, or an empty string.

    Args:
        page: The page's path within its language, with ``/``.
        published: The addresses of what is published in that language.
        language: The language.
        here: The folder of the page's HTML within that language.
    """
    words = words_of(language, "downloads")
    forms = [
        ("Markdown", words["markdown"], published_address(page), ""),
        ("Notebook", words["notebook"], notebook_address(page), " download"),
    ]
    links = [
        f'<a href="{posixpath.relpath(address, here or ".")}" '
        f'title="{html.escape(title)}"{extra}>{name}</a>'
        for name, title, address, extra in forms
        if address in published
    ]
    return " · ".join(links)


def offer_book(folder: Path, name: str, pdf: bytes, language: str) -> None:
    """Put the book beside the home page of a language, with a link below its title.

    Args:
        folder: The folder of the built language.
        name: What the file is called.
        pdf: The book.
        language: The language.

    Raises:
        ExampleError: The home page has no title.
    """
    link = f'<a href="{html.escape(name)}">'
    links = words_of(language, "downloads")["book"].format(
        link=link, size=round(len(pdf) / 1e6)
    )
    home = folder / "index.html"
    offered = with_links(home.read_text(encoding="utf-8"), links)
    write_bytes(folder / name, pdf)
    write(home, offered)


def with_links(text: str, links: str) -> str:
    """A page's HTML with links below its title, in place of those it has.

    Raises:
        ExampleError: The page has no title.
    """
    plain = _LINKS.sub("", text)
    if not links:
        return plain
    if match := _FIRST_LINE.search(plain):
        line = f'<span class="downloads"> · {links}</span>'
        return f"{plain[: match.end()]}{line}{plain[match.end() :]}"
    before, end, after = plain.partition("</h1>")
    if not end:
        raise ExampleError("a page has no title to put its downloads under; write one")
    return f'{before}{end}\n<p class="downloads">{links}</p>{after}'
