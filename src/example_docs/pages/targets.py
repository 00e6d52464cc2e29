"""Follow the links and images of a page's source to the files that they name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from example_docs.errors import ExampleError, nearest
from example_docs.pages.directives import DIRECTIVE, parse_directive
from example_docs.pages.inline import CODE
from example_docs.pages.links import leads_elsewhere
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TARGET = re.compile(r"(?<!\\)\]\((?P<target>[^)\s]+)(?: \"[^\"]*\")?\)")
_ANCHOR = re.compile(r"\{[^{}\n]*#(?P<name>[\w-]+)[^{}\n]*\}|\bid=\"(?P<id>[^\"]+)\"")
# What becomes headings or rows only when the page is built.
_GENERATED = re.compile(r"^:::? ?(?!example\b)\w", re.MULTILINE)


def target_faults(path: Path) -> Iterator[ExampleError]:
    """Yield an error for each link or image of a page that leads nowhere.

    Args:
        path: The page. What leads to another host or a whole address is left alone.
    """
    for number, line in Page.read(path).outside():
        if DIRECTIVE.match(line):
            continue
        for match in _TARGET.finditer(CODE.sub(" ", line)):
            target = match["target"]
            if not leads_elsewhere(target) and (fault := _fault(path, target)):
                yield ExampleError(fault, path, number)


def _fault(page: Path, target: str) -> str:
    """Say why a target leads nowhere, or return an empty string."""
    name, _, anchor = unquote(target).partition("#")
    path = page.parent / name if name else page
    if not path.is_file():
        folder = path.parent
        files = [p.name for p in folder.iterdir()] if folder.is_dir() else []
        return f"{target!r} leads to no file{nearest(path.name, sorted(files))}"
    if anchor and path.suffix == ".md":
        text = path.read_text(encoding="utf-8")
        if anchor not in (known := set(_anchors(text))) and not _GENERATED.search(text):
            return f"{target!r} leads to no anchor{nearest(anchor, sorted(known))}"
    return ""


def _anchors(text: str) -> Iterator[str]:
    """Yield the anchors of headings, of elements, and of examples."""
    for match in _ANCHOR.finditer(text):
        yield match["name"] or match["id"]
    for line in filter(DIRECTIVE.match, text.splitlines()):
        yield parse_directive(line).anchor
