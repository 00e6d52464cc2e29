"""Follow every link of published files: to a file that is there, at an anchor in it."""

from __future__ import annotations

import html
import json
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FENCE = re.compile(r"^( *)(`{3,}|~{3,}).*?^\1\2[`~]* *$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_LINK = re.compile(r"\]\(<?([^()\s<>]+(?:\([^()\s]*\)[^()\s]*)?)>?(?: \"[^\"]*\")?\)")
_ANCHOR = re.compile(r"<a id=\"([^\"]+)\"")
# A builder writes attributes in quotes, and escapes those in texts.
_ADDRESS = re.compile(r"<[a-z][^<>]*?\s(?:href|src)=\"([^\"]*)\"")
_NAME = re.compile(r"<[a-z][^<>]*?\sid=\"([^\"]*)\"")
_EXTERNAL = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def broken_links(files: Mapping[str, str], others: Iterable[str] = ()) -> list[str]:
    """Say of each link that leads nowhere where it stands.

    Args:
        files: The files to read, by address within the site, with ``/``.
        others: The addresses of files that are only led to, such as pictures.
    """
    there = {*files, *others}
    anchors = {address: set(_anchors(address, text)) for address, text in files.items()}
    found = []
    for address, text in files.items():
        for link in dict.fromkeys(_links(address, text)):
            if _EXTERNAL.match(link):
                continue
            path, _, anchor = unquote(link).partition("#")
            target = _resolved(address, path.partition("?")[0], there)
            if target not in there:
                found.append(f"{address}: {link} leads to no file")
            elif anchor and target in anchors and anchor not in anchors[target]:
                found.append(f"{address}: {link} leads to no anchor")
    return found


def _resolved(address: str, path: str, there: set[str]) -> str:
    if not path:
        return address
    if path.startswith("/"):
        target = posixpath.normpath(path).lstrip("/")
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(address), path))
    index = posixpath.normpath(posixpath.join(target, "index.html"))
    return index if index in there and target not in there else target


def _links(address: str, text: str) -> Iterator[str]:
    if address.endswith(".html"):
        yield from (html.unescape(match[1]) for match in _ADDRESS.finditer(text))
        return
    yield from _LINK.findall(_CODE.sub("", _FENCE.sub("", _markdown(address, text))))


def _anchors(address: str, text: str) -> Iterator[str]:
    if address.endswith(".html"):
        yield from (html.unescape(match[1]) for match in _NAME.finditer(text))
        return
    yield from _ANCHOR.findall(_markdown(address, text))


def _markdown(address: str, text: str) -> str:
    """The Markdown of a file; of a notebook, that of its cells."""
    if not address.endswith(".ipynb"):
        return text
    cells = json.loads(text)["cells"]
    return "\n\n".join(
        "".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"
    )
