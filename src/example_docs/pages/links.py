"""Rewrite links within the book, in Markdown and in HTML.

Whoever calls this says where a link leads from now on. Links to elsewhere (another
host, another scheme, the root of the host) are never touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MARKDOWN = re.compile(
    r"(?P<open>!?\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]\()"
    r"(?P<address>[^()\s]+)(?P<close>[^()\n]*\))"
)
_HTML = re.compile(
    r'(?P<open>\s(?P<name>(?:xlink:)?href|src)="|\scontent="\d+;\s*url=)'
    r'(?P<address>[^"]*)(?P<close>"?)',
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
_REST = re.compile(r"[?#].*", re.DOTALL)


@dataclass(frozen=True)
class Link:
    """A link within the book.

    Attributes:
        address: Where it leads.
        kind: ``link`` or ``image`` in Markdown, the name of the attribute in HTML.
    """

    address: str
    kind: str

    @property
    def path(self) -> str:
        """The address without query and anchor."""
        return _REST.sub("", self.address)

    @property
    def rest(self) -> str:
        """Query and anchor."""
        return self.address[len(self.path) :]


def leads_elsewhere(address: str) -> bool:
    """Say whether an address leads out of the book."""
    return _ELSEWHERE.match(address) is not None


def in_markdown(text: str, move: Callable[[Link], str | None]) -> str:
    """Rewrite the links of Markdown without fences.

    Args:
        text: The Markdown.
        move: Returns where a link leads from now on; for ``None`` only its words stay.
    """

    def moved(match: re.Match[str]) -> str:
        if leads_elsewhere(match["address"]):
            return match[0]
        kind = "image" if match["open"].startswith("!") else "link"
        address = move(Link(match["address"], kind))
        if address is None:
            return match["words"]
        return f"{match['open']}{address}{match['close']}"

    return _MARKDOWN.sub(moved, text)


def in_html(text: str, move: Callable[[Link], str | None]) -> str:
    """Rewrite the addresses of HTML.

    Args:
        text: The HTML.
        move: Returns where a link leads from now on; for ``None`` it leads nowhere.
    """

    def moved(match: re.Match[str]) -> str:
        if leads_elsewhere(match["address"]):
            return match[0]
        address = move(Link(match["address"], match["name"] or "url"))
        return "" if address is None else f"{match['open']}{address}{match['close']}"

    return _HTML.sub(moved, text)
