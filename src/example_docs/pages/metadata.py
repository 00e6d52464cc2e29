"""What a search engine shows of a page: its title and its description."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

WIDTHS = {"title": (2, 60), "description": (40, 170)}
"""The least and the greatest width of each; a Chinese character is two wide. What is
longer is cut off by those who show it."""


def head_faults(paths: Sequence[Path]) -> Iterator[ExampleError]:
    """What is wrong with the titles and descriptions of one language's pages.

    Args:
        paths: The Markdown files of all pages in the language.
    """
    seen: dict[tuple[str, str], Path] = {}
    for path in paths:
        page = Page.read(path)
        try:
            _ = page.fields
        except ExampleError as error:
            yield error
            continue
        for key in WIDTHS:
            value = page.fields.get(key)
            if fault := _fault(key, value):
                yield ExampleError(fault, path, 1)
                continue
            other = seen.setdefault((key, str(value)), path)
            if other != path:
                message = f"{other.as_posix()} has the same {key}; tell them apart"
                yield ExampleError(message, path, _line(page, key))


def _fault(key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        return f"the page has no {key}; write one between the lines of '---'"
    least, greatest = WIDTHS[key]
    width = sum(1 + (unicodedata.east_asian_width(sign) in "FW") for sign in value)
    if not least <= width <= greatest:
        return f"the {key} is {width} wide; {least} to {greatest} can be shown whole"
    return ""


def _line(page: Page, key: str) -> int:
    return next(n for n, line in enumerate(page.lines, 1) if line.startswith(f"{key}:"))
