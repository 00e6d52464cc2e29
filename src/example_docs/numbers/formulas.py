r"""Hold the numbers in formulas to the examples of their page.

A formula has no room for the name of an example. What readers cannot count on their
fingers, decimals, powers of ten and integers from a hundred on, must be printed by an
example of the page or stand in its code, with either sign.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.numbers.prose import LARGE, agrees
from example_docs.pages.blocks import blocks
from example_docs.pages.inline import CODE, FORMULA, quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example_docs.numbers.prose import Sources

# ``3.7 \cdot 10^{-44}``; what follows a brace or a caret is an index or a power.
_NUMBER = re.compile(
    r"(?<![\w.^{])(?P<digits>\d+(?:\.\d+)?)(?: *\\cdot *10\^\{?(?P<power>-?\d+)\}?)?"
)


def formula_faults(sources: Sources) -> Iterator[ExampleError]:
    """Every number in a formula of a page that none of its examples has.

    Args:
        sources: What its numbers can come from; a page without examples has nothing
            to be held to.
    """
    page = sources.page
    if not page.shown:
        return
    for line, tex in formulas(page.text):
        for shown in large_numbers(tex):
            if not _is_there(sources, shown):
                message = (
                    f"{shown} in ${tex}$ is neither printed nor in the code of an "
                    "example of this page; mend it, or write it outside the formula, "
                    "as {NUMBER = EXAMPLE}"
                )
                yield ExampleError(message, page.path, line)


def formulas(text: str) -> Iterator[tuple[int, str]]:
    """The formulas of a page, with the line at which the block of each begins."""
    for block in blocks(text):
        if block.kind == "formula":
            yield block.line, block.text.strip("$ \n")
        elif block.kind not in {"fence", "directive", "example"}:
            for tex in FORMULA.findall(CODE.sub(" ", block.text)):
                yield block.line, tex


def large_numbers(tex: str) -> Iterator[str]:
    """The numbers of a formula that must be held, as Python writes them."""
    for match in _NUMBER.finditer(tex):
        digits, power = match["digits"], match["power"]
        if "." in digits or power or int(digits) >= LARGE:
            yield f"{digits}e{power}" if power else digits


def _is_there(sources: Sources, shown: str) -> bool:
    expected = quantity(shown)
    either = (expected, replace(expected, amount=-expected.amount))
    return any(
        agrees(each, value)
        for name in sources.page.shown
        for relation in ("=", "in")
        for value in sources.values(sources.library.example(name), relation)
        for each in either
    )
