"""Whatever stands in a page: HTML or one sentence, and nothing outside its place."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from example_docs.errors import ExampleError
from example_docs.extensions.example import ExampleExtension
from example_docs.languages.staleness import digest
from example_docs.languages.terms import prose
from example_docs.languages.typography import corrected_page
from example_docs.numbers.prose import calculated, claims, without_bound
from example_docs.pages.blocks import blocks
from example_docs.pages.directives import directives, fences, parse_directive
from example_docs.pages.inline import bound, quantity, unbound

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[1] / "data"

NAMES = (
    "numbers:print_number",
    "numbers:use_helper",
    "numbers:nothing",
    "a.b:c",
    ":",
    "",
)
OPTIONS = (
    "predict",
    "fold=all",
    "fold=math,x",
    "show=double",
    'caption="a {0.5 = b} & <b>"',
    "alt='x'",
    'caption="open',
    "caption=",
    "unknown=1",
    "=",
    "{0.5 = a}",
    "\\",
    "词=“",
)
NUMBERS = (
    "{0.5 = a}",
    "{97 % in a:b}",
    "{0.5",
    "{1 = }",
    "{−1e5 ~ 2**3}",
    "{(3, 2) = x}",
)
MARKDOWN = (
    *("text", "# A { #a }", "- item", "!!! note", '    ??? tip "t"', "    more", "> q"),
    *(
        "```text",
        "```",
        "~~~",
        "`code",
        "$x$",
        "$$",
        "| a | b |",
        "|---|---|",
        "::glossary",
    ),
    *(
        "<div>",
        "</div>",
        "<!-- x",
        "-->",
        "[a](b.md)",
        "&amp;",
        "\t",
        "",
        "**b",
        "张量，",
    ),
    *("\x02", "\x03stx:0\x03", "wzxhzdk:0", "klzzwxh:0001", "\\{0.5 = a}"),
)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line that names an example, well or badly."""
    name = draw(st.sampled_from(NAMES) | st.text(max_size=8))
    options = draw(st.lists(st.sampled_from(OPTIONS) | st.text(max_size=6), max_size=3))
    start = draw(st.sampled_from(["", "    ", "\t", "> ", "- "]))
    return f"{start}::example {' '.join([name, *options])}"


pages = st.lists(
    st.sampled_from([*MARKDOWN, *NUMBERS]) | lines() | st.text(max_size=12), max_size=12
).map("\n".join)


def converter() -> Markdown:
    extension = ExampleExtension(
        source=str(DATA / "lessons" / "src"),
        package="sample_lessons",
        docs=str(DATA / "nowhere"),
    )
    others = ["admonition", "attr_list", "tables", "pymdownx.details"]
    return Markdown(extensions=[extension, *others, "pymdownx.superfences"])


def converted(page: str) -> str | None:
    """The HTML, or nothing if the page is refused with a sentence."""
    try:
        # A new one each time, as builders do: a refused page leaves its traces.
        return str(converter().convert(page))
    except click.ClickException as error:
        assert error.message.strip()  # noqa: PT017 - a sentence, or the test fails
        assert "Traceback" not in error.message  # noqa: PT017 - the same
        return None


@given(pages)
def test_a_page_is_html_or_a_sentence(page: str) -> None:
    html = converted(page)
    if html is not None:
        assert html.count('<div class="example"') <= page.count("::example")


@given(st.text(max_size=300))
def test_any_text_is_html_or_a_sentence(page: str) -> None:
    converted(page)


@given(lines())
def test_a_line_is_an_example_or_a_sentence(line: str) -> None:
    html = converted(f"Before.\n\n{line}\n\nAfter.")
    if html is not None:
        found = BeautifulSoup(html, "html.parser")
        first, *_, last = found.find_all(recursive=False)
        # What stands above and below stays what it was.
        assert str(first) == "<p>Before.</p>"
        assert last.text.split()[-1] == "After."
        for example in found.select(".example"):
            assert "Before." not in str(example)
            assert "After." not in str(example)


@given(st.sampled_from(NAMES[:2]), st.lists(st.sampled_from(NUMBERS[:2])))
def test_an_example_stays_in_its_place(name: str, numbers: list[str]) -> None:
    words = " ".join(numbers) or "none"
    html = converted(f"Before {words}\n\n::example {name}\n\nAfter {words}") or ""
    found = BeautifulSoup(html, "html.parser")
    tags = [element.name for element in found.find_all(recursive=False)]
    assert tags == ["p", "div", "p"]
    shown = unbound(words)
    paragraphs = [p.text for p in found.find_all("p", recursive=False)]
    assert paragraphs == [f"Before {shown}", f"After {shown}"]


@given(st.lists(st.sampled_from(["a", "词", *NUMBERS, "`c`", "*e*"]), min_size=1))
def test_numbers_are_the_same_in_html_and_in_text(parts: list[str]) -> None:
    page = " ".join(["x", *parts])
    found = BeautifulSoup(converted(page) or "", "html.parser")
    plain = re.sub(r"[`*]", "", unbound(page))
    assert found.text.split() == plain.split()


readers: list[Callable[[str], object]] = [
    fences,
    blocks,
    unbound,
    prose,
    without_bound,
    lambda text: list(bound(text)),
    lambda text: list(claims(text)),
    lambda text: [(b.shape, b.inline, b.has_prose, digest(b)) for b in blocks(text)],
    lambda text: list(directives(Path("page"), text)),
    parse_directive,
    calculated,
]


@pytest.mark.parametrize("number", range(len(readers)))
@given(page=pages | st.text(max_size=100))
def test_any_text_can_be_read_or_is_refused_with_a_sentence(
    number: int, page: str
) -> None:
    with contextlib.suppress(ExampleError):
        readers[number](page)


@given(pages)
def test_readers_see_each_number_once(page: str) -> None:
    plain = unbound(page)
    assert unbound(plain) == plain or "{" in plain
    assert plain.count("\n") == page.count("\n")
    for number in bound(page):
        assert number.shown in plain
        assert quantity(number.shown).tolerance > 0 if not number.is_shape else True


@given(pages)
def test_every_line_lies_in_one_block(page: str) -> None:
    covered: list[int] = []
    for block in blocks(page):
        covered += range(block.line, block.line + block.text.count("\n") + 1)
    assert covered == sorted(set(covered))


@given(
    st.lists(st.sampled_from([*MARKDOWN, *NUMBERS, "有3个a", "张量tensor"]), max_size=8)
)
def test_typography_touches_no_mark_up(parts: list[str]) -> None:
    page = "\n".join(parts)
    right = corrected_page(page)
    assert right.count("\n") == page.count("\n")
    assert corrected_page(right) == right
    kept = [[(n.shown, n.source) for n in bound(text)] for text in (page, right)]
    assert kept[0] == kept[1]
    assert [f.info for f in fences(right)] == [f.info for f in fences(page)]
