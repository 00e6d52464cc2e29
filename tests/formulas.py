"""The formulas of the book, as tests read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from example_docs.pages.blocks import blocks
from example_docs.pages.inline import unbound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example_docs.pages.blocks import Block


@dataclass(frozen=True)
class Formula:
    """A formula of a page, or a row of a table of derivatives.

    Attributes:
        tex: Its TeX, white space as one space; of a row, ``function -> derivative``.
        line: The line at which its block begins.
        is_row: Whether it is such a row.
    """

    tex: str
    line: int
    is_row: bool = False


def formulas(page: str) -> Iterator[Formula]:
    """The formulas of a page, in order of their blocks."""
    for block in blocks(page):
        if block.kind == "formula":
            yield Formula(one_line(block.text.strip().strip("$")), block.line)
            continue
        for tex in block.inline.get("formula", []):
            # What is in a table comes with the number of its row.
            in_row = tex.partition(": ")[2]
            yield Formula(in_row if block.kind == "table" else tex, block.line)
        if block.kind == "table":
            yield from derivative_rows(block)


def derivative_rows(table: Block) -> Iterator[Formula]:
    """The rows of a table with a column for ``f(x)`` and one for ``f'(x)``."""
    header, _, *rows = [cells(row) for row in table.text.split("\n")]
    if "$f(x)$" not in header or "$f'(x)$" not in header:
        return
    columns = header.index("$f(x)$"), header.index("$f'(x)$")
    for number, row in enumerate(rows, start=table.line + 2):
        function, derivative = (
            unbound(row[column]).replace("$", "") for column in columns
        )
        yield Formula(f"{function} -> {derivative}", number, is_row=True)


def cells(row: str) -> list[str]:
    """The cells of a row without bars in them."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def one_line(tex: str) -> str:
    return " ".join(tex.split())
