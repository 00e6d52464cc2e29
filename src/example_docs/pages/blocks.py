"""A page as a sequence of blocks: what two languages must have in common.

The Markdown of the book is a small part of what Markdown can be; what is not part of
it is an error, so that no block escapes the comparison.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from example_docs.pages.directives import (
    DIRECTIVE,
    GLOSSARY,
    RULES,
    VERIFIED,
    fences,
    front_matter,
    parse_directive,
)
from example_docs.pages.inline import CODE, FORMULA, bound, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HEADING = re.compile(r"^(#{1,6}) +(.*?)(?: *\{ *#([\w-]+) *\})? *$")
_ITEM = re.compile(r"^(?P<mark>[-*+]|\d+\.) +")
_ADMONITION = re.compile(r'^(?P<mark>!!!|\?\?\?\+?) +(?P<kind>[\w-]+)(?: +".*")? *$')
_TABLE = re.compile(r"^\|.*\|$")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)[^)]*\)")
_IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)[^)]*\)")

# What begins a block of its own even without an empty line before it.
_ENDS_ANY = re.compile(
    "|".join(pattern.pattern for pattern in (_HEADING, _ADMONITION, DIRECTIVE))
)


@dataclass(frozen=True)
class Block:
    """One block of a page.

    Attributes:
        kind: ``heading``, ``paragraph``, ``item``, ``table``, ``admonition``,
            ``example``, ``directive``, ``fence`` or ``formula``.
        line: Its first line, counted from 1 in the file.
        text: Its lines, without the indent they share.
        depth: How deep it lies in lists and admonitions.
    """

    kind: str
    line: int
    text: str
    depth: int

    @property
    def shape(self) -> str:
        """What the block is, in a word or two that both languages share."""
        return _SHAPES[self.kind](self.text)

    @property
    def inline(self) -> dict[str, list[str]]:
        """Code, links, images, formulas, bound numbers and rules, by kind, sorted.

        A language may repeat a name where the other says "it", so code and numbers
        count once; in a table once a row.
        """
        if self.kind in {"fence", "formula", "directive"}:
            return {}
        if self.kind == "example":
            return {"number": _numbers(self.text)}
        if self.kind == "table":
            return _by_row(self.text)
        return _inline(self.text)

    @property
    def anchor(self) -> str:
        """The explicit anchor of a heading, or an empty string."""
        match = _HEADING.match(self.text)
        return (match[3] or "") if match else ""

    @property
    def has_prose(self) -> bool:
        """Whether there is something in it to translate."""
        if self.kind == "example":
            directive = parse_directive(self.text)
            return bool(directive.caption or directive.alt)
        return self.kind not in {"fence", "formula", "directive"}


def _inline(text: str) -> dict[str, list[str]]:
    bare = CODE.sub(" ", text)
    return {
        "code": sorted({match[2].strip() for match in CODE.finditer(text)}),
        "link": sorted(_LINK.findall(bare)),
        "image": sorted(_IMAGE.findall(bare)),
        "formula": sorted(" ".join(tex.split()) for tex in FORMULA.findall(bare)),
        "number": _numbers(text),
        "rule": sorted(rules(text)),
    }


def _numbers(text: str) -> list[str]:
    return sorted({number.key for number in bound(text)})


def _by_row(table: str) -> dict[str, list[str]]:
    """What stands in the rows of a table, each with the number of its row."""
    found: dict[str, list[str]] = {}
    for number, row in enumerate(table.split("\n"), start=1):
        for kind, things in _inline(row).items():
            found.setdefault(kind, []).extend(f"row {number}: {t}" for t in things)
    return found


def _heading_shape(text: str) -> str:
    match = _HEADING.match(text)
    return f"{match[1]} #{match[3]}" if match else ""


def _admonition_shape(text: str) -> str:
    match = _ADMONITION.match(text)
    return f"{match['mark']} {match['kind']}" if match else ""


def _example_shape(text: str) -> str:
    directive = parse_directive(text)
    options = [f"fold={n}" for n in sorted(directive.fold)]
    options += [f"show={n}" for n in sorted(directive.show)]
    options += ["predict"] * directive.predict
    options += ["caption"] * bool(directive.caption) + ["alt"] * bool(directive.alt)
    return " ".join([directive.name, *options])


def _table_shape(text: str) -> str:
    rows = text.split("\n")
    return f"{len(rows)} rows, {cells(rows[0])} columns"


_SHAPES: dict[str, Callable[[str], str]] = {
    "heading": _heading_shape,
    "admonition": _admonition_shape,
    "example": _example_shape,
    "table": _table_shape,
    "item": lambda text: "numbered" if text[0].isdigit() else "bullet",
    "directive": str.strip,
    "fence": str,
    "formula": str,
    "paragraph": lambda _: "",
}


def cells(row: str) -> int:
    """The number of cells of a table's row; a bar within code is none."""
    return CODE.sub(" ", row).replace(r"\|", " ").strip()[1:-1].count("|") + 1


def link_places(text: str) -> list[tuple[str, int]]:
    """The target of each link of a text outside code, with the place it begins at."""
    bare = CODE.sub(lambda match: " " * len(match[0]), text)
    return [(match[1], match.start(1)) for match in _LINK.finditer(bare)]


def blocks(text: str) -> list[Block]:
    """The blocks of a page, in order, without its front matter."""
    return list(_Reader(text).read())


class _Reader:
    """Goes through the lines of a page once."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.at = front_matter(text).count("\n")
        self.fences = {fence.first: fence.last for fence in fences(text)}

    def read(self) -> Iterator[Block]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                self.at += 1
                continue
            indent = len(line) - len(line.lstrip(" "))
            start = self.at
            kind = self._kind(line.strip())
            self.at = self._end(kind)
            rows = [row[indent:] for row in self.lines[start : self.at]]
            yield Block(kind, start + 1, "\n".join(rows).rstrip(), indent // 4)

    def _kind(self, line: str) -> str:
        if self.at + 1 in self.fences:
            return "fence"
        for kind, pattern in (
            ("heading", _HEADING),
            ("example", DIRECTIVE),
            ("directive", GLOSSARY),
            ("directive", VERIFIED),
            ("directive", RULES),
            ("admonition", _ADMONITION),
            ("table", _TABLE),
            ("item", _ITEM),
        ):
            if pattern.match(line):
                return kind
        return "formula" if line.startswith("$$") else "paragraph"

    def _end(self, kind: str) -> int:
        """The index after the last line of the block that begins here."""
        if kind == "fence":
            return self.fences[self.at + 1]
        if kind == "formula":
            return self._end_of_formula()
        end = self.at + 1
        if kind in {"heading", "example", "directive", "admonition"}:
            return end
        while end < len(self.lines) and self.lines[end].strip():
            line = self.lines[end].strip()
            if end + 1 in self.fences or _ENDS_ANY.match(line):
                break
            if kind == "table" and not _TABLE.match(line):
                break
            if kind == "item" and _ITEM.match(line):
                break
            end += 1
        return end

    def _end_of_formula(self) -> int:
        line = self.lines[self.at].strip()
        if len(line) > len("$$") and line.endswith("$$"):
            return self.at + 1
        for index in range(self.at + 1, len(self.lines)):
            if self.lines[index].strip().endswith("$$"):
                return index + 1
        return len(self.lines)
