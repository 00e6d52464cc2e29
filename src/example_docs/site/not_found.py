"""The page for addresses that lead nowhere, in both languages.

A host shows one such page for the whole site, whatever language was asked for. So each
language's page gets the other's words too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SECTION = re.compile(r'<section class="not-found".*?</section>', re.DOTALL)


def missing_pages(site: Path, folders: Iterable[str]) -> dict[Path, str]:
    """The pages for addresses that lead nowhere, each with the words of all languages.

    Args:
        site: The folder of the built site.
        folders: The folder of each language within it.

    Raises:
        ExampleError: One of the pages has no words of its own.
    """
    paths = [site / folder / "404.html" for folder in folders]
    pages = {p: p.read_text(encoding="utf-8") for p in paths if p.exists()}
    own: dict[Path, str] = {}
    for path, text in pages.items():
        # The first is the page's own; others are there when this has run before.
        found = _SECTION.search(text)
        if found is None:
            message = 'expected <section class="not-found">, as theme/404.html has it'
            raise ExampleError(message, path)
        own[path] = found[0]

    for path, text in pages.items():
        others = [section for place, section in own.items() if place != path]
        start, end = _places(text)
        pages[path] = text[:start] + "\n".join([own[path], *others]) + text[end:]
    return pages


def _places(text: str) -> tuple[int, int]:
    """Where the first section begins and the last one ends."""
    found = list(_SECTION.finditer(text))
    return found[0].start(), found[-1].end()
