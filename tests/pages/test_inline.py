from __future__ import annotations

from decimal import Decimal

import pytest

from example_docs.pages.inline import (
    Bound,
    Quantity,
    bound,
    quantity,
    unbound,
    without_attributes,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("is {0.25 = steepest}.", ("0.25", "=", "steepest")),
        ("是 {−0.80 = a.b:c}，", ("−0.80", "=", "a.b:c")),
        ("{97 % = share}", ("97 %", "=", "share")),
        ("{97% = share}", ("97%", "=", "share")),
        ("{160 万 = share}", ("160 万", "=", "share")),
        ("{1.6 million ~ share}", ("1.6 million", "~", "share")),
        ("{1e-5 in code}", ("1e-5", "in", "code")),
        ("{1,000 in code}", ("1,000", "in", "code")),
        ("{300 000 = 600 / 0.002}", ("300 000", "=", "600 / 0.002")),
        ("{(3, 2) = shape}", ("(3, 2)", "=", "shape")),
        ("{(100,) = shape}", ("(100,)", "=", "shape")),
        ("{100 × 100 = shape}", ("100 × 100", "=", "shape")),
        ("{255 given type}", ("255", "given", "type")),
    ],
)
def test_a_number_is_written_with_its_source(
    text: str, found: tuple[str, str, str]
) -> None:
    assert [(b.shown, b.relation, b.source) for b in bound(text)] == [found]
    assert unbound(text) == text.replace(text[text.index("{") : -1], found[0]).replace(
        "}", ""
    )


@pytest.mark.parametrize(
    "text",
    [
        "`{0.25 = steepest}`",
        "``a ` {0.25 = steepest}``",
        "$x_{0.25 = steepest}$",
        r"\{0.25 = steepest}",
        "{0.25}",
        "{0.25 = }",
        "{x = steepest}",
        "{0.25 is steepest}",
        "{0.25=steepest}",
        "{0.25 =\nsteepest}",
        "## Heading { #anchor }",
        "",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert list(bound(text)) == []
    assert unbound(text) == text


def test_numbers_know_where_they_stand() -> None:
    text = "`{1 = a}` {0.5 = b} and {0.5 in c}"
    assert [text[b.start :].partition("}")[0] for b in bound(text)] == [
        "{0.5 = b",
        "{0.5 in c",
    ]


@pytest.mark.parametrize(
    ("shown", "amount", "tolerance"),
    [
        ("0.03", "0.03", "0.005"),
        ("−0.80", "-0.80", "0.005"),
        ("-5", "-5", "0.5"),
        ("1,000", "1000", "0.5"),
        ("20 000", "20000", "0.5"),
        ("1e-3", "0.001", "0.0005"),
        ("2.5e6", "2500000", "50000"),
        ("1.6 million", "1600000", "50000"),
        ("160 万", "1600000", "5000"),
    ],
)
def test_the_digits_shown_are_the_tolerance(
    shown: str, amount: str, tolerance: str
) -> None:
    assert quantity(shown) == Quantity(Decimal(amount), Decimal(tolerance))


@pytest.mark.parametrize(
    ("shown", "tolerance"), [("2000", "500"), ("190", "5"), ("0.30", "0.05")]
)
def test_zeros_at_the_end_may_be_no_digits(shown: str, tolerance: str) -> None:
    assert quantity(shown, about=True).tolerance == Decimal(tolerance)


def test_a_percentage_keeps_its_sign() -> None:
    assert quantity("97 %") == Quantity(Decimal(97), Decimal("0.5"), is_percent=True)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("66 %", "66%"),
        ("1.6 million", "160 万"),
        ("−0.5", "-0.5"),
        ("1,000", "1000"),
        ("100 × 100", "100×100"),
    ],
)
def test_languages_spell_the_same_number_differently(left: str, right: str) -> None:
    assert Bound(left, "=", "a").key == Bound(right, "=", "a").key


@pytest.mark.parametrize(
    "other",
    [
        Bound("0.51", "=", "a"),
        Bound("0.5 %", "=", "a"),
        Bound("0.5", "in", "a"),
        Bound("0.5", "=", "b"),
    ],
)
def test_another_number_or_another_source_is_a_difference(other: Bound) -> None:
    assert Bound("0.5", "=", "a").key != other.key


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("## From lists { #from-data }", "## From lists"),
        ("## 列表 {#from-data}", "## 列表"),
        ("[a](a.md){ .md-button } [b](b.md){ .md-button }", "[a](a.md) [b](b.md)"),
        ("[a](a.md){: .b #c rel=next }.", "[a](a.md)."),
        ("`{ .md-button }` and $x_{ .a }$", "`{ .md-button }` and $x_{ .a }$"),
        ("a {0.5 = half} and {}, { x }", "a {0.5 = half} and {}, { x }"),
    ],
)
def test_attributes_are_for_builders(text: str, plain: str) -> None:
    assert without_attributes(text) == plain
