"""What a PDF says its letters are: characters, no radicals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from example_docs.book.pdf_text import (
    AT_ONCE,
    corrected_table,
    without_radicals,
)

TABLE = """begincmap
1 begincodespacerange
<00> <FF>
endcodespacerange
{}endcmap
"""


def table(*lists: str) -> str:
    return TABLE.format("".join(lists))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("\u2f00\u2f64\u2ed3", "一用长"),
        ("一用长 a", "一用长 a"),
        ("\u2e81", "\u2e81"),  # nothing is known of it
    ],
)
def test_radicals_become_characters(text: str, right: str) -> None:
    assert without_radicals(text) == right


def test_a_table_without_radicals_stays() -> None:
    text = table("1 beginbfchar\n<7C> <7FFB>\nendbfchar\n")
    assert corrected_table(text) == text


def test_single_letters() -> None:
    text = table("2 beginbfchar\n<7C> <2F64>\n<7D> <0041>\nendbfchar\n")
    right = table("2 beginbfchar\n<7C> <7528>\n<7D> <0041>\nendbfchar\n")
    assert corrected_table(text) == right


def test_ranges() -> None:
    text = table(
        "1 beginbfchar\n<0001> <D835DC53>\nendbfchar\n",
        "1 beginbfrange\n<00FE> <0100> <2EFF>\nendbfrange\n",
    )
    rows = "<0001> <D835DC53>\n<00FE> <2EFF>\n<00FF> <4E00>\n<0100> <4E28>\n"
    assert corrected_table(text) == table(f"4 beginbfchar\n{rows}endbfchar\n")


@given(st.lists(st.integers(0x4E00, 0x4FFF), min_size=1, max_size=300))
def test_long_tables_are_cut_and_keep_every_letter(letters: list[int]) -> None:
    rows = [f"<{n:04X}> <{letter:04X}>\n" for n, letter in enumerate(letters)]
    text = table(f"1 beginbfchar\n<FFFF> <2F64>\n{''.join(rows)}endbfchar\n")
    right = corrected_table(text)
    lists = right.split("beginbfchar\n")[1:]
    assert all(part.count("> <") <= AT_ONCE for part in lists)
    assert "".join(rows) in "".join(
        part.partition("endbfchar")[0] for part in lists
    ).removeprefix("<FFFF> <7528>\n")
