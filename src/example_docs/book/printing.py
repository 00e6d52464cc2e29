"""A page printed by the browser of this machine, and what stands where in the print."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error
from pypdf import PdfReader

from example_docs.book.chromium import first_line
from example_docs.book.pdf_text import corrected
from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from example_docs.book.book import Book

PATIENCE = 900
"""Seconds after which a print counts as stuck. A thousand sheets take half a minute."""


def print_book(book: Book, browser: Browser) -> bytes:
    """The book as a PDF with bookmarks, links, tags and a table of contents.

    It is printed twice: the first print tells on which sheet each page begins.

    Raises:
        ExampleError: The browser fails, or it has no font for the book.
    """
    numbers = sheets(printed(book.html({}), browser, final=False))
    names = [leaf.name for leaf in book.leaves]
    if lost := [name for name in names if name not in numbers]:
        message = f"{', '.join(lost)} cannot be found in the print of the book"
        raise ExampleError(message)
    content = printed(book.html(numbers), browser, final=True)
    content = corrected(content)
    check_title(content, book.contents.title)
    return content


def printed(text: str, browser: Browser, *, final: bool) -> bytes:
    """A page of HTML as a PDF.

    Args:
        text: The page.
        browser: What prints it.
        final: Whether it gets tags and bookmarks. Chromium makes bookmarks from tags,
            and both take time.

    Raises:
        ExampleError: The browser fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.html"
        path.write_text(text, encoding="utf-8")
        try:
            with browser.new_context(java_script_enabled=False) as context:
                page = context.new_page()
                page.set_default_timeout(PATIENCE * 1000)
                page.goto(path.as_uri())
                content = page.pdf(
                    outline=final,
                    prefer_css_page_size=True,
                    print_background=True,
                    tagged=final,
                )
        except Error as error:
            message = f"the browser does not print: {first_line(error)}"
            raise ExampleError(message) from None
    return content


def sheets(content: bytes) -> dict[str, int]:
    """The sheet, counted from 1, on which each linked place of a PDF stands."""
    reader = PdfReader(io.BytesIO(content))
    numbers = {
        name.removeprefix("/"): reader.get_destination_page_number(place)
        for name, place in reader.named_destinations.items()
    }
    return {name: n + 1 for name, n in numbers.items() if n is not None}


def count(content: bytes) -> int:
    """How many sheets a PDF has."""
    return len(PdfReader(io.BytesIO(content)).pages)


def check_title(content: bytes, title: str) -> None:
    """The first sheet says in letters what the book is called.

    Raises:
        ExampleError: It does not, because the browser found no font for them.
    """
    first = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    if _bare(title) not in _bare(first):
        message = (
            f"the browser has no font for {title!r}; install one, such as Noto Sans "
            "CJK (Debian: fonts-noto-cjk)"
        )
        raise ExampleError(message)


def _bare(text: str) -> str:
    return "".join(text.split())
