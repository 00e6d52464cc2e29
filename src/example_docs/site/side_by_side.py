"""Both languages of a page at once, made from the two pages that were built.

Parity makes this possible: the blocks of two pages correspond one to one, so the view
pairs what is already there, and no text exists a second time.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.pages.links import Link, in_html, leads_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "parallel"
"""The view of a page lies in a folder of this name beside it."""

_ARTICLE = re.compile(r"(<article\b[^>]*>)(.*)(</article>)", re.DOTALL)
_IN_SCRIPT = re.compile(r'((?:new URL\(|"base": |"search": )")([^"]*)(")')
_IDENTIFIER = re.compile(r'\sid="[^"]*"')
_SWITCH = re.compile(r'<a class="parallel-switch"[^>]*>')
_CAPTION = re.compile(
    r'<(?:figcaption|p class="example-caption")>(.*?)</(?:figcaption|p)>', re.DOTALL
)
_VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Built:
    """A built page.

    Attributes:
        language: Its language.
        address: The folder of its ``index.html`` within the site, without slashes
            at the ends.
        text: Its HTML.
    """

    language: str
    address: str
    text: str


def parallel_views(site: Path, folders: dict[str, str]) -> dict[str, str]:
    """The parallel views of all lessons of a built site, by address.

    Args:
        site: The folder of the site.
        folders: The folder of each language within it; two languages.

    Raises:
        ExampleError: The blocks of a pair of pages do not correspond.
    """
    left, right = folders.items()
    views: dict[str, str] = {}
    root = site / left[1]
    for path in sorted([*root.glob("*/index.html"), *root.glob("*/*/index.html")]):
        if path.parent.name == FOLDER:  # made before
            continue
        address = path.parent.relative_to(root).as_posix()
        twin = site / right[1] / address / "index.html"
        if '<div class="example"' not in (text := path.read_text(encoding="utf-8")):
            continue
        if not twin.exists():
            continue
        first = Built(left[0], posixpath.join(left[1], address), text)
        other = Built(
            right[0],
            posixpath.join(right[1], address),
            twin.read_text(encoding="utf-8"),
        )
        for page, counterpart in ((first, other), (other, first)):
            views[f"{page.address}/{FOLDER}/index.html"] = parallel_view(
                page, counterpart
            )
    return views


def parallel_view(page: Built, twin: Built) -> str:
    """A page with the blocks of its twin beside its own.

    Raises:
        ExampleError: The blocks do not correspond.
    """
    own, other = elements(_article(page)), elements(_article(twin))
    tags = [[_tag(element) for element in side] for side in (own, other)]
    if tags[0] != tags[1]:
        message = (
            f"the blocks of {page.address} and {twin.address} do not correspond; "
            "'example-docs parity' says where"
        )
        raise ExampleError(message)
    view = f"{page.address}/{FOLDER}"
    pairs = "\n".join(_pairs(own, other, page, twin))
    text = _SWITCH.sub(_leading_back, page.text, count=1)
    text = _ARTICLE.sub(lambda match: f"{match[1]}\n<!-- pairs -->\n{match[3]}", text)
    text = text.replace("<body ", '<body data-view="parallel" ', 1)
    text = rebased(text, page.address, view)
    return text.replace("<!-- pairs -->", rebased(pairs, page.address, view))


def _leading_back(switch: re.Match[str]) -> str:
    """The switch of a view: it is on, and leads to the page in one language."""
    tag = re.sub(r'\shref="[^"]*"', ' href="./"', switch[0])
    return f'{tag[:-1]} aria-current="page">'


def _pairs(own: list[str], other: list[str], page: Built, twin: Built) -> Iterator[str]:
    for mine, theirs in zip(own, other, strict=True):
        foreign = _IDENTIFIER.sub("", rebased(theirs, twin.address, page.address))
        same = _IDENTIFIER.sub("", mine) == foreign
        if 'class="example"' in mine[:200] or same:
            captions = "".join(
                f'<p class="example-caption" lang="{twin.language}">{caption}</p>'
                for caption in _CAPTION.findall(foreign)
            )
            # What is said of an answer is folded with it, in both languages.
            before, end, after = mine.rpartition("</details>")
            is_answer = 'class="example-answer"' in mine
            yield before + captions + end + after if is_answer else mine + captions
        else:
            yield (
                f'<div class="pair"><div lang="{page.language}">{mine}</div>'
                f'<div lang="{twin.language}">{foreign}</div></div>'
            )


def rebased(text: str, here: str, there: str) -> str:
    """HTML whose relative addresses still lead where they led, after it has moved.

    Args:
        text: The HTML.
        here: The folder for which it was made.
        there: The folder to which it goes.
    """

    def moved(link: Link) -> str:
        if not link.path:
            return link.address
        target = posixpath.relpath(posixpath.join("/", here, link.path), f"/{there}")
        slash = "/" if link.path.endswith("/") and target != "." else ""
        return f"{target}{slash}{link.rest}"

    def in_script(match: re.Match[str]) -> str:
        address = match[2]
        if not leads_elsewhere(address):
            address = moved(Link(address, "script"))
        return f"{match[1]}{address}{match[3]}"

    return _IN_SCRIPT.sub(in_script, in_html(text, moved))


def elements(article: str) -> list[str]:
    """The elements that lie directly in an article; notices of staleness are none."""
    parser = _Children(article)
    parser.feed(article)
    parser.close()
    return [part for part in parser.found if 'class="stale' not in part[:40]]


class _Children(HTMLParser):
    """Cuts a piece of HTML into its outermost elements."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.text = text
        self.starts = [0]
        for line in text.split("\n"):  # as the parser counts lines
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.found: list[str] = []
        self.depth = 0
        self.begin = 0

    def _offset(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, *_: object) -> None:
        if tag in _VOID:
            return
        if self.depth == 0:
            self.begin = self._offset()
        self.depth += 1

    def handle_startendtag(self, *_: object) -> None:
        """An element without content, as in SVG, opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        self.depth -= 1
        if self.depth == 0:
            end = self.text.index(">", self._offset()) + 1
            self.found.append(self.text[self.begin : end])


def _article(page: Built) -> str:
    match = _ARTICLE.search(page.text)
    if match is None:
        raise ExampleError(f"{page.address} has no article; was it built by Material?")
    return match[2]


def _tag(element: str) -> str:
    found = re.match(r"<([\w-]+)", element)
    return found[1] if found else ""
