"""Hold the two languages of a page against each other, block by block."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from example_docs.errors import ExampleError, relative
from example_docs.pages.blocks import Block, blocks, link_places
from example_docs.pages.directives import parse_directive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_WORDS = re.compile(r"""\s+(?:caption|alt)=(?:"[^"]*"|'[^']*'|\S+)""")
_ANCHOR = re.compile(r" *\{ *#[\w-]+ *\} *$")
_HEADING_MARK = re.compile(r"^#+")
_ADMONITION_MARK = re.compile(r"^\S+ +[\w-]+")


@dataclass(frozen=True)
class Parting:
    """A place where two pages of a pair part.

    Attributes:
        left: The file and line of one side.
        right: The file and line of the other.
        message: What was expected and found.
        mended: The file in which it is repaired, or an empty string.
    """

    left: str
    right: str
    message: str
    mended: str = ""

    def __str__(self) -> str:
        """One sentence with both places."""
        done = f"; mended in {self.mended}" if self.mended else ""
        return f"{self.left} and {self.right}: {self.message}{done}"


def twins(left: Path, right: Path) -> list[str]:
    """The pages of a pair of folders.

    Raises:
        ExampleError: A page has no twin.
    """
    pages = [
        {p.relative_to(d).as_posix() for p in d.rglob("*.md")} for d in (left, right)
    ]
    for only, has, lacks in (
        (pages[0] - pages[1], left, right),
        (pages[1] - pages[0], right, left),
    ):
        if only:
            page = min(only)
            message = f"has no twin; write {relative(lacks / page)}, or remove the page"
            raise ExampleError(message, has / page)
    return sorted(pages[0])


def partings(left: Path, right: Path) -> list[Parting]:
    """Every place where two pages part.

    Raises:
        ExampleError: A page cannot be read, or cannot be told apart by its anchors.
    """
    pair = _blocks_of(left), _blocks_of(right)
    return list(_compare(left, right, *pair))


def mended(
    left: Path, right: Path, source: Literal["left", "right"]
) -> tuple[str, list[Parting]]:
    """Repair one page from its twin, where that takes no knowledge of the language.

    Args:
        left: The page in the first language.
        right: Its twin.
        source: The side that is right.

    Returns:
        The text of the other side, and the partings, of which the repaired ones say so.
        Where the pages have other blocks, nothing is repaired.

    Raises:
        ExampleError: As in ``partings``.
    """
    ours, theirs = _blocks_of(left), _blocks_of(right)
    target = right if source == "left" else left
    lines = _read(target).splitlines(keepends=True)
    found = list(_compare(left, right, ours, theirs))
    if [(b.kind, b.depth) for b in ours] != [(b.kind, b.depth) for b in theirs]:
        return "".join(lines), found
    result: list[Parting] = []
    for mine, other in reversed(list(zip(ours, theirs, strict=True))):
        before = list(_of_pair(left, right, mine, other))
        pair = [mine, other] if source == "left" else [other, mine]
        new = replace(pair[1], text=_repaired(*pair))
        both = (mine, new) if source == "left" else (new, other)
        after = list(_of_pair(left, right, *both))
        lasting = {parting.message for parting in after}
        where = relative(target)
        # A repair that leaves another difference of the block is still one.
        result[:0] = [
            p if p.message in lasting else replace(p, mended=where) for p in before
        ]
        _put(lines, pair[1], new.text)
    return "".join(lines), result


def _put(lines: list[str], block: Block, text: str) -> None:
    """Replace the lines of a block, at its own indent."""
    if text == block.text:
        return
    start = block.line - 1
    end = start + block.text.count("\n") + 1
    row = lines[start]
    indent = row[: len(row) - len(row.lstrip(" "))]
    lines[start:end] = textwrap.indent(f"{text}\n", indent).splitlines(keepends=True)


def _repaired(source: Block, target: Block) -> str:
    """The text of a block, with what both languages share as the other side has it."""
    text = target.text
    if source.shape != target.shape:
        if source.kind in {"formula", "fence"}:
            return source.text
        if source.kind == "heading":
            text = _repaired_heading(source.text, text)
        elif source.kind == "admonition":
            mark = _ADMONITION_MARK.match(source.text)
            text = _ADMONITION_MARK.sub(lambda _: mark[0] if mark else "", text)
        elif source.kind == "example":
            text = _WORDS.sub("", source.text).rstrip()
            text += "".join(_WORDS.findall(target.text))
    return _with_links(source.text, text)


def _repaired_heading(source: str, target: str) -> str:
    mark, anchor = _HEADING_MARK.match(source), _ANCHOR.search(source)
    title = _HEADING_MARK.sub("", _ANCHOR.sub("", target))
    return f"{mark[0] if mark else ''}{title}{anchor[0] if anchor else ''}"


def _with_links(source: str, target: str) -> str:
    """Targets of links as in the source, if there are as many; their order is free."""
    theirs, own = link_places(source), link_places(target)
    if len(theirs) != len(own):
        return target
    missing = [address for address, _ in theirs]
    extra = []
    for address, start in own:
        if address in missing:
            missing.remove(address)
        else:
            extra.append((address, start))
    for (old, start), new in reversed(list(zip(extra, missing, strict=True))):
        target = target[:start] + new + target[start + len(old) :]
    return target


def _compare(
    left: Path, right: Path, ours: list[Block], theirs: list[Block]
) -> Iterator[Parting]:
    """Yield what two pages do not have in common; what one of them lacks comes once."""
    if list(map(_kind, ours)) == list(map(_kind, theirs)):
        for mine, other in zip(ours, theirs, strict=True):
            yield from _of_pair(left, right, mine, other)
        return
    here = _Side(left, ours)
    there = _Side(right, theirs)
    # First by all that two languages share, then by kind alone.
    for stretches in _aligned(here.whole, there.whole, here, there, _everything):
        for one, two in _aligned(*stretches, here, there, _kind):
            for i, j in zip_longest(one, two):
                if i is None or j is None:
                    yield _missing(here, there, i, j, one.stop, two.stop)
                elif _kind(ours[i]) == _kind(theirs[j]):
                    yield from _of_pair(left, right, ours[i], theirs[j])
                else:
                    message = (
                        f"expected {_described(ours[i])} on both sides, found "
                        f"{_described(theirs[j])}"
                    )
                    yield Parting(here.place(i), there.place(j), message)


@dataclass(frozen=True)
class _Side:
    """A page and its blocks."""

    path: Path
    blocks: list[Block]

    @property
    def whole(self) -> range:
        return range(len(self.blocks))

    def place(self, index: int) -> str:
        """Return the file and the line of a block, or of the end of the page."""
        is_there = index < len(self.blocks)
        line = self.blocks[index].line if is_there else _last_line(self.path)
        return f"{relative(self.path)}:{line}"


def _kind(block: Block) -> tuple[str, int]:
    return block.kind, block.depth


def _everything(block: Block) -> tuple[str, ...]:
    return (*map(str, _kind(block)), block.shape, str(block.inline))


def _aligned(
    ours: range,
    theirs: range,
    here: _Side,
    there: _Side,
    key: Callable[[Block], tuple[object, ...]],
) -> Iterator[tuple[range, range]]:
    """Yield the stretches of two pages that correspond, by the indices of blocks."""
    mine = [key(here.blocks[i]) for i in ours]
    other = [key(there.blocks[j]) for j in theirs]
    matcher = SequenceMatcher(None, mine, other, autojunk=False)
    for _, i, j, k, m in matcher.get_opcodes():
        yield ours[i:j], theirs[k:m]


def _missing(  # noqa: PLR0913, PLR0917 - two sides
    here: _Side, there: _Side, i: int | None, j: int | None, end: int, other_end: int
) -> Parting:
    """Say which page alone has a block."""
    has, index = (here, i) if i is not None else (there, j or 0)
    message = (
        f"only {relative(has.path)} has {_described(has.blocks[index])}; write it for "
        "the other page too, or remove it"
    )
    places = (end if i is None else i, other_end if j is None else j)
    return Parting(here.place(places[0]), there.place(places[1]), message)


def _of_pair(left: Path, right: Path, mine: Block, other: Block) -> Iterator[Parting]:
    """Where two blocks of the same kind part."""
    here, there = f"{relative(left)}:{mine.line}", f"{relative(right)}:{other.line}"
    for message in differences(mine, other):
        yield Parting(here, there, message)


def differences(mine: Block, other: Block) -> Iterator[str]:
    """What two blocks of the same kind do not have in common, in sentences."""
    if mine.shape != other.shape:
        yield f"expected the {mine.kind} {mine.shape!r}, found {other.shape!r}"
    for kind, found in mine.inline.items():
        if found != other.inline[kind]:
            sides = (
                ("first", _without(found, other.inline[kind])),
                ("second", _without(other.inline[kind], found)),
            )
            parts = [f"only the {which} has {what}" for which, what in sides if what]
            yield f"expected the same {kind}; {', '.join(parts)}"


def _without(some: list[str], others: list[str]) -> list[str]:
    """The elements that another list lacks; one that occurs twice counts twice."""
    return list((Counter(some) - Counter(others)).elements())


def _described(block: Block) -> str:
    first = block.text.split("\n", 1)[0]
    return f"{block.kind} at depth {block.depth} ({first[:40]!r})"


def _blocks_of(path: Path) -> list[Block]:
    """The blocks of a file, of which each heading has an anchor of its own."""
    found = blocks(_read(path))
    anchors: dict[str, int] = {}
    for block in found:
        if block.kind == "example":
            _check_directive(path, block)
        if block.kind != "heading":
            continue
        anchor = block.anchor
        if not anchor:
            title = block.text.lstrip("# ")
            message = f"the heading {title!r} has no anchor; add {{ #anchor }}"
            raise ExampleError(message, path, block.line)
        if anchor in anchors:
            message = (
                f"the anchor #{anchor} is that of line {anchors[anchor]} too; "
                "rename one"
            )
            raise ExampleError(message, path, block.line)
        anchors[anchor] = block.line
    return found


def _check_directive(path: Path, block: Block) -> None:
    try:
        parse_directive(block.text)
    except ExampleError as error:
        raise ExampleError(error.message, path, block.line) from None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"this page is not in UTF-8 ({error.reason}); save it in UTF-8"
        raise ExampleError(message, path) from None


def _last_line(path: Path) -> int:
    return _read(path).count("\n")
