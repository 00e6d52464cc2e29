from __future__ import annotations

import pytest
from tests.project import LANGUAGES, ROOT, pages

from example_docs.pages.blocks import Block, blocks, cells, link_places


def kinds(page: str) -> list[str]:
    """Each block as ``line kind`` or, within others, ``line > kind``."""
    return [f"{b.line} {'> ' * b.depth}{b.kind}" for b in blocks(page)]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("# A { #a }\n\ntext\nand more\n", ["1 heading", "3 paragraph"]),
        ("---\ntitle: A\n---\n\ntext\n", ["5 paragraph"]),
        ("text\n## A { #a }\ntext", ["1 paragraph", "2 heading", "3 paragraph"]),
        ("text\n::example a:b\ntext", ["1 paragraph", "2 example", "3 paragraph"]),
        ("- a\n- b\n  more\n- c\n", ["1 item", "2 item", "4 item"]),
        (
            "- a\n    - b\n        1. c\n\n    text\n",
            ["1 item", "2 > item", "3 > > item", "5 > paragraph"],
        ),
        (
            '!!! note "A"\n\n    text\n\n    - a\n\ntext\n',
            ["1 admonition", "3 > paragraph", "5 > item", "7 paragraph"],
        ),
        ('??? note "A"\n    text\n', ["1 admonition", "2 > paragraph"]),
        ("???+ warning\n\n    text\n", ["1 admonition", "3 > paragraph"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\nno row\n", ["1 table", "4 paragraph"]),
        ("```text\n# no heading\n\n- none\n```\ntext\n", ["1 fence", "6 paragraph"]),
        ("text\n```text\na\n```\n", ["1 paragraph", "2 fence"]),
        (
            "- a\n\n    ```text\n    b\n\n    c\n    ```\n\n- d\n",
            ["1 item", "3 > fence", "9 item"],
        ),
        (
            "$$ a $$\n\n$$\nb\n\n= c\n$$\n\nd\n",
            ["1 formula", "3 formula", "9 paragraph"],
        ),
        ("$$ a\n+ b $$\ntext\n", ["1 formula", "3 paragraph"]),
        ("$$\nnever closed", ["1 formula"]),
        ("$a$ and $b$\n", ["1 paragraph"]),
        ("**bold** begins\n", ["1 paragraph"]),
        ("no newline at the end", ["1 paragraph"]),
        ("| no newline |", ["1 table"]),
        ("```text\nno newline\n```", ["1 fence"]),
        ("", []),
    ],
)
def test_a_page_is_a_sequence_of_blocks(page: str, found: list[str]) -> None:
    assert kinds(page) == found


def test_a_block_has_its_lines_without_their_indent() -> None:
    page = "- a\n\n    ```text\n    b\n\n      c\n    ```\n\nlast  "
    assert [block.text for block in blocks(page)] == [
        "- a",
        "```text\nb\n\n  c\n```",
        "last",
    ]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("## A `b` { #a-b }", "## #a-b"),
        ("### A", "### #None"),
        ('!!! note "A"', "!!! note"),
        ('??? warning "A"', "??? warning"),
        ("1. a", "numbered"),
        ("- a", "bullet"),
        ("text", ""),
        ("| a | b |\n|---|---|\n| `x | y` | 2 |", "3 rows, 2 columns"),
        ("$$\na\n$$", "$$\na\n$$"),
        ("```text\na\n```", "```text\na\n```"),
        (
            "::example a:b predict show=y fold=z,x caption='words' alt='more'",
            "a:b fold=x fold=z show=y predict caption alt",
        ),
    ],
)
def test_the_shape_is_what_languages_share(text: str, shape: str) -> None:
    (block,) = blocks(text)
    assert block.shape == shape


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ("| a | b |", 2),
        ("|  | b |", 2),
        ("|| b |", 2),
        ("| a |  |", 2),
        ("| `a | b` | c |", 2),
        ("| ``a ` | b`` | c |", 2),
        (r"| a \| b | c |", 2),
        ("| a |", 1),
    ],
)
def test_bars_within_code_separate_no_cells(row: str, number: int) -> None:
    assert cells(row) == number


def ragged(page: str) -> list[int]:
    """The lines at which tables have rows of another length than their header."""
    return [
        block.line + number
        for block in blocks(page)
        if block.kind == "table"
        for rows in [block.text.split("\n")]
        for number, row in enumerate(rows)
        if cells(row) != cells(rows[0])
    ]


@pytest.mark.parametrize(
    ("language", "page"), [(each, page) for each in LANGUAGES for page in pages(each)]
)
def test_the_rows_of_a_table_are_of_one_length(language: str, page: str) -> None:
    text = (ROOT / "docs" / language / page).read_text(encoding="utf-8")
    assert ragged(text) == []


def test_a_bar_in_a_formula_breaks_a_table() -> None:
    assert ragged("| a | b |\n|---|---|\n| `x|y` | z |\n| $|x|$ | z |\n") == [4]


def test_code_links_images_and_formulas_are_found_within_text() -> None:
    text = (
        "`b` [a `c`](x.md#y) ![i](z.svg) $a_1$ `$no$` ``d ` e`` `b`\n"
        "[two\nlines](w.md) `[no](no.md)` $x\n+ y$\n"
        "{97 % = share} {97% = share} `{1.5 = no}` costs $5 and $6"
    )
    (block,) = blocks(text)
    assert block.inline == {
        "code": ["$no$", "[no](no.md)", "b", "c", "d ` e", "{1.5 = no}"],
        "link": ["w.md", "x.md#y"],
        "image": ["z.svg"],
        "formula": ["a_1", "x + y"],
        "number": ["97% = share"],
        "rule": [],
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("设$x$为", ["x"]),
        (r"\$x$ and $y$", ["y"]),
        ("$ x$ and $x $", []),
        (r"$\$5$", [r"\$5"]),
        ("$$x$$ within text", []),
    ],
)
def test_formulas_are_those_that_the_page_shows(text: str, found: list[str]) -> None:
    assert Block("paragraph", 1, text, 0).inline["formula"] == found


def test_what_is_in_a_table_belongs_to_its_row() -> None:
    (block,) = blocks("| {1 = a} | $x$ |\n|---|---|\n| {2 = b} {2 = b} | `c` |\n")
    found = {kind: things for kind, things in block.inline.items() if things}
    assert found == {
        "code": ["row 3: c"],
        "formula": ["row 1: x"],
        "number": ["row 1: 1 = a", "row 3: 2 = b"],
    }


@pytest.mark.parametrize("kind", ["fence", "formula"])
def test_nothing_is_within_what_is_no_text(kind: str) -> None:
    assert Block(kind, 1, "`a` [b](c.md) {1.5 = no}", 0).inline == {}


def test_the_words_of_a_figure_hold_numbers_only() -> None:
    (block,) = blocks('::example a:b alt="`a` up to {1.5 = b}"')
    assert block.inline == {"number": ["1.5 = b"]}


def test_the_places_of_links_are_those_in_the_text() -> None:
    text = "`[no](a.md)` [b](c.md) and [b](c.md#d 'title')"
    assert [(text[at : at + len(to)], to) for to, at in link_places(text)] == [
        ("c.md", "c.md"),
        ("c.md#d", "c.md#d"),
    ]


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("text", True),
        ("## A { #a }", True),
        ("| a |", True),
        ('!!! note "A"', True),
        ("::example a:b", False),
        ('::example a:b caption="words"', True),
        ('::example a:b alt="words"', True),
        ("$$ a $$", False),
        ("```text\na\n```", False),
    ],
)
def test_only_prose_is_translated(text: str, *, prose: bool) -> None:
    (block,) = blocks(text)
    assert block.has_prose is prose
