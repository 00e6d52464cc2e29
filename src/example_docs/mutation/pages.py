"""Small changes to a page: a digit of a number in prose, a sign or digit of a formula.

Each is made in one language alone, as by an author who mistypes. A number is held to
the example that it names, and the page, block by block, to its twin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError, relative
from example_docs.languages.parity import differences
from example_docs.mutation.promises import digits_changed
from example_docs.numbers.prose import Sources, read_page
from example_docs.pages.blocks import blocks
from example_docs.pages.inline import CODE, FORMULA, bound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from example_docs.code.library import Library
    from example_docs.pages.blocks import Block
    from example_docs.pages.inline import Bound

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SIGN_OR_DIGIT = re.compile(r"[-+]|[0-9]")


@dataclass
class PageFindings:
    """What came of the changes to a page.

    Attributes:
        path: Its file.
        tried: How many, by kind.
        survivors: The kind of each that nothing noticed, and a line about it.
    """

    path: Path
    tried: dict[str, int] = field(default_factory=dict)
    survivors: list[tuple[str, str]] = field(default_factory=list)

    def count(
        self, kind: str, block: Block, before: str, after: str, *, noticed: bool
    ) -> None:
        """Count a change, and keep it unless it was noticed."""
        self.tried[kind] = self.tried.get(kind, 0) + 1
        if not noticed:
            change = " -> ".join(" ".join(text.split()) for text in (before, after))
            line = f"{relative(self.path)}:{block.line}: {kind}: {change}"
            self.survivors.append((kind, line))


def numbers_changed(block: Block) -> Iterator[tuple[Bound, Bound, Block]]:
    """Each number of a block with a source, with one digit changed, and the block."""
    for mark in bound(block.text):
        for match in _NUMBER.finditer(mark.shown):
            for digits in digits_changed(match[0]):
                shown = mark.shown[: match.start()] + digits + mark.shown[match.end() :]
                # The mark-up is a brace and the number.
                start = mark.start + 1
                end = start + len(mark.shown)
                text = block.text[:start] + shown + block.text[end:]
                yield mark, replace(mark, shown=shown), replace(block, text=text)


def formulas_changed(block: Block) -> Iterator[tuple[str, str, Block]]:
    """Each formula of a block with one sign or digit changed: before, after, block."""
    if block.kind == "formula":
        spans = [(0, len(block.text))]
    elif block.inline:
        bare = CODE.sub(lambda match: " " * len(match[0]), block.text)
        spans = [match.span(1) for match in FORMULA.finditer(bare)]
    else:
        return
    for start, end in spans:
        for match in _SIGN_OR_DIGIT.finditer(block.text, start, end):
            text = block.text[: match.start()] + other(match[0])
            text += block.text[match.end() :]
            yield block.text[start:end], text[start:end], replace(block, text=text)


def other(sign: str) -> str:
    """Minus for plus, plus for minus, and the next digit, with 0 after 9."""
    return {"+": "-", "-": "+"}.get(sign) or str((int(sign) + 1) % 10)


def page_findings(library: Library, docs: Path, twin: Path, name: str) -> PageFindings:
    """Try every change to a page.

    Args:
        library: The lessons that its numbers come from.
        docs: The pages of its language.
        twin: Those of the other language.
        name: The page's path within them.
    """
    page = read_page(docs, name)
    sources = Sources(library, page)
    found = PageFindings(page.path)
    there = blocks((twin / name).read_text(encoding="utf-8"))
    for own, across in zip(blocks(page.text), there, strict=True):
        for mark, wrong, changed in numbers_changed(own):
            noticed = not _is_right(sources, wrong) or _parts(changed, across)
            found.count("page: number", own, mark.shown, wrong.shown, noticed=noticed)
        for tex, now, changed in formulas_changed(own):
            noticed = _parts(changed, across)
            found.count("page: formula", own, tex, now, noticed=noticed)
    return found


def _is_right(sources: Sources, mark: Bound) -> bool:
    try:
        sources.check(mark)
    except ExampleError:
        return False
    return True


def _parts(changed: Block, twin: Block) -> bool:
    return any(True for _ in differences(changed, twin))
