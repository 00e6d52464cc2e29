"""The comparer over outputs of every kind: what it forgives, and what it never does."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from example_docs.outputs.compare import compare, last_digit

WORDS = (
    "loss",
    "tensor",
    "requires_grad=True",
    "grad_fn=<MulBackward0>",
    "x:",
    "float32",
)
DTYPES = ("torch.float64", "torch.int32", "torch.bool", "torch.uint8")


def floats() -> st.SearchStrategy[str]:
    """A float as torch prints it."""
    decimals = st.tuples(st.integers(-999, 999), st.integers(0, 9999)).map(
        lambda pair: f"{pair[0]}.{pair[1]:04d}"
    )
    exponents = st.tuples(decimals, st.integers(-12, 12)).map(
        lambda pair: f"{pair[0]}e{pair[1]:+03d}"
    )
    return decimals | exponents | st.integers(-99, 99).map(lambda n: f"{n}.")


@st.composite
def tensors(draw: st.DrawFn) -> str:
    """A printed tensor of floats, with what may stand behind its elements."""
    rows = draw(st.integers(1, 3))
    width = draw(st.integers(1, 3))
    lines = [", ".join(draw(floats()) for _ in range(width)) for _ in range(rows)]
    inner = ",\n        ".join(f"[{line}]" for line in lines)
    behind = draw(
        st.sampled_from(["", ", dtype=torch.float64", ", requires_grad=True"])
    )
    return f"tensor([{inner}]{behind})"


@st.composite
def outputs(draw: st.DrawFn) -> str:
    """What a program prints: words, numbers, shapes and tensors."""
    integers = st.integers(-1000, 1000).map(str)
    shapes = st.lists(st.integers(0, 20), min_size=1, max_size=3).map(
        lambda sizes: f"torch.Size({sizes})"
    )
    piece = st.one_of(
        st.sampled_from([*WORDS, *DTYPES]), integers, floats(), shapes, tensors()
    )
    lines = draw(
        st.lists(st.lists(piece, min_size=1, max_size=4), min_size=1, max_size=4)
    )
    return "\n".join(" ".join(line) for line in lines)


@given(st.text() | outputs())
def test_a_text_is_as_itself(text: str) -> None:
    assert compare(text, text) is None
    assert compare(text, text, "structure") is None


@given(outputs(), outputs())
def test_the_order_does_not_matter(left: str, right: str) -> None:
    for mode in ("numbers", "structure"):
        assert (compare(left, right, mode) is None) == (
            compare(right, left, mode) is None
        )


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_makes_it_fall(left: str, right: str) -> None:
    difference, other = compare(left, right), compare(right, left)
    assert (difference is None) == (other is None)
    if difference is not None:
        assert re.match(
            r"line \d+: expected .+, found .+: .", str(difference), re.DOTALL
        )


NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d*(?:e[-+]\d+)?(?![\w.])")


def moved(text: str, match: re.Match[str], units: int) -> str:
    """A text with one of its floats moved by units of its last digit."""
    number = match[0]
    value = Decimal(number) + units * last_digit(number)
    mantissa, e, exponent = number.partition("e")
    decimals = len(mantissa.partition(".")[2]) or 4
    if e:
        shown = f"{value.scaleb(-int(exponent)):.{decimals}f}e{exponent}"
    else:
        shown = f"{value:.{decimals}f}"
    return text[: match.start()] + shown + text[match.end() :]


@given(outputs(), st.data(), st.sampled_from([-1, 1]))
def test_one_in_the_last_digit_is_forgiven(
    text: str, data: st.DataObject, unit: int
) -> None:
    matches = list(NUMBER.finditer(text))
    assume(matches)
    match = data.draw(st.sampled_from(matches))
    assert compare(text, moved(text, match, unit)) is None
    assert compare(moved(text, match, unit), text) is None


@given(outputs(), st.data(), st.sampled_from([-2, 2, -10, 1000]))
def test_two_in_the_last_digit_are_a_difference(
    text: str, data: st.DataObject, units: int
) -> None:
    matches = list(NUMBER.finditer(text))
    assume(matches)
    match = data.draw(st.sampled_from(matches))
    assert compare(text, moved(text, match, units)) is not None
    assert compare(text, moved(text, match, units), "structure") is None


@given(outputs(), st.data())
def test_an_integer_is_never_another(text: str, data: st.DataObject) -> None:
    matches = list(re.finditer(r"(?<![\w.+-])\d+(?![\w.])", text))
    assume(matches)
    match = data.draw(st.sampled_from(matches))
    other = text[: match.start()] + str(int(match[0]) + 1) + text[match.end() :]
    assert compare(text, other) is not None
    # Shapes and counts are structure too; only a tensor's elements may differ.
    assert compare(text, other, "structure") is not None


@given(outputs(), st.data())
def test_no_bracket_comma_or_letter_is_forgiven(text: str, data: st.DataObject) -> None:
    places = [n for n, sign in enumerate(text) if sign in "[](),=<>" or sign.isalpha()]
    # The e of 1e-05 belongs to a number, which has tests of its own.
    places = [n for n in places if not re.match(r"e[-+]\d", text[n:])]
    assume(places)
    place = data.draw(st.sampled_from(places))
    sign = text[place]
    changed = {"[": "(", "]": ")", "(": "[", ")": "]"}.get(sign, "~")
    for other in (changed, ""):
        broken = text[:place] + other + text[place + 1 :]
        for mode in ("numbers", "structure"):
            assert compare(text, broken, mode) is not None, broken
            assert compare(broken, text, mode) is not None, broken


@given(outputs(), st.sampled_from(DTYPES), st.sampled_from(DTYPES))
def test_a_dtype_is_never_another(text: str, left: str, right: str) -> None:
    assume(left != right)
    for mode in ("numbers", "structure"):
        assert compare(f"{text} {left}", f"{text} {right}", mode) is not None


@given(tensors())
def test_padding_and_the_number_of_the_device_are_no_difference(tensor: str) -> None:
    padded = re.sub(r"(?<=[\[ ])(?=-?\d)", "   ", tensor)
    assert compare(tensor, padded) is None
    on_cuda = f"{tensor[:-1]}, device='cuda:0')"
    assert compare(tensor, on_cuda) is None


@given(tensors(), st.sampled_from(["nan", "inf", "-inf"]), st.data())
def test_nan_and_inf_equal_themselves_only(
    tensor: str, special: str, data: st.DataObject
) -> None:
    match = data.draw(st.sampled_from(list(NUMBER.finditer(tensor))))
    other = tensor[: match.start()] + special + tensor[match.end() :]
    assert compare(other, other) is None
    for mode in ("numbers", "structure"):
        assert compare(tensor, other, mode) is not None


@given(outputs(), outputs())
def test_a_line_more_is_a_difference(text: str, more: str) -> None:
    for mode in ("numbers", "structure"):
        assert compare(text, f"{text}\n{more}", mode) is not None
        assert compare(f"{more}\n{text}", text, mode) is not None
