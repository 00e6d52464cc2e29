from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from example_docs.outputs.compare import compare, last_digit, tokens

SAME = {
    "padding in a row": ("tensor([ 1.,  2.])", "tensor([1., 2.])"),
    "padding for a sign": ("tensor([True, False])", "tensor([ True, False])"),
    "rows wrapped elsewhere": (
        "tensor([[1, 2],\n        [3, 4]])",
        "tensor([[1, 2], [3,\n 4]])",
    ),
    "padding between columns": ("loss   0.5", "loss 0.5"),
    "an indented line": ("a\n  b", "a\nb"),
    "spaces at the ends of lines": ("a  \nb", "a\nb"),
    "line breaks at both ends": ("\na\n", "a"),
    "line ends of Windows": ("a\r\nb", "a\nb"),
    "one in the last digit": ("0.1234", "0.1235"),
    "one in the last digit, carried": ("9.9999", "10.0000"),
    "one in the last digit of an exponent form": ("2.50e-05", "2.51e-05"),
    "more digits of the same number": ("0.5", "0.50"),
    "a whole number that torch rounded": ("tensor([1., 2.])", "tensor([1.0000, 2.])"),
    "1. has the four decimals of torch": ("1.", "1.0001"),
    "just below a whole number": ("0.9999", "1."),
    "a zero with a sign": ("-0.0000", "0.0000"),
    "across zero": ("-0.0000", "0.0001"),
    "an exponent that another layout avoids": ("tensor([1.e-03])", "tensor([0.001])"),
    "an imaginary part": ("(1.0+2.0j)", "(1.0+2.1j)"),
    "nan": ("tensor([nan, 1.])", "tensor([   nan, 1.0000])"),
    "inf": ("tensor([-inf, inf])", "tensor([-inf,  inf])"),
    "the device CUDA shows": (
        "tensor([1.], device='cuda:0', requires_grad=True)",
        "tensor([1.], requires_grad=True)",
    ),
    "the device on the next line": (
        "tensor([1.],\n       device='cuda:1')",
        "tensor([1.])",
    ),
    "an interval is no bracket": ("[0, 1) and 0.5", "[0, 1)  and 0.6"),
    "nothing": ("", "\n"),
}

DIFFERENT = {
    "two in the last digit": ("0.1234", "0.1236"),
    "between two last digits": ("1.0", "1.05"),
    "two in the last digit of 1.": ("1.", "1.0002"),
    "an exponent": ("2.50e-05", "2.50e-04"),
    "a sign": ("1.5", "-1.5"),
    "a sign of an integer": ("x[-1]", "x[1]"),
    "an integer": ("tensor([1, 2])", "tensor([1, 3])"),
    "an integer for a float": ("mean 5", "mean 5.0"),
    "an integer for 1.": ("1.", "1"),
    "an integer in text": ("100%", "101%"),
    "thousands": ("1,000", "1,001"),
    "a word": ("loss", "lost"),
    "a number within a word": ("conv1", "conv2"),
    "a version": ("torch 2.13.0", "torch 2.13.1"),
    "a dtype": ("torch.float16", "torch.float64"),
    "a shape": ("torch.Size([2, 3])", "torch.Size([3, 2])"),
    "a dimension": ("tensor([1.])", "tensor([[1.]])"),
    "a bracket": ("tensor([1.])", "tensor((1.))"),
    "an element more": ("tensor([1., 2.])", "tensor([1., 2., 3.])"),
    "a comma": ("[1 2]", "[1, 2]"),
    "requires_grad": ("tensor(1., requires_grad=True)", "tensor(1.)"),
    "grad_fn": (
        "tensor(1., grad_fn=<MulBackward0>)",
        "tensor(1., grad_fn=<AddBackward0>)",
    ),
    "a device that is asked for": ("cuda:0", "cpu"),
    "nan for a number": ("tensor([nan])", "tensor([1.])"),
    "a number for nan": ("tensor([1.])", "tensor([nan])"),
    "inf for its opposite": ("tensor([inf])", "tensor([-inf])"),
    "True for False": ("True", "False"),
    "a space between words": ("a b", "ab"),
    "a space between words in brackets": ("(not a)", "(nota)"),
    "a line break for a space": ("a\nb", "a b"),
    "an empty line": ("a\n\nb", "a\nb"),
    "a line more": ("a", "a\nb"),
    "a line less": ("a\nb", "a"),
    "something for nothing": ("", "a"),
    "an exception's message": ("ValueError: one", "ValueError: two"),
}

SAME_STRUCTURE = {
    "other floats": ("tensor([0.1, -0.2])", "tensor([ 3.,  400.])"),
    "other integers in a tensor": ("tensor([1, 2])", "tensor([30, -4])"),
    "another integer in a tensor without dimensions": ("tensor(7)", "tensor(8)"),
    "another float in text": ("mean 0.5", "mean 12.5"),
    "another exponent": ("1.0e-3", "5.0"),
}

OTHER_STRUCTURE = {
    "an integer in text": ("step 3", "step 4"),
    "a shape": ("torch.Size([1])", "torch.Size([2])"),
    "a list that is no tensor": ("[1, 2]", "[1, 3]"),
    "an element more": ("tensor([1, 2])", "tensor([1, 2, 3])"),
    "a float among integers": ("tensor([1])", "tensor([1.])"),
    "nan": ("tensor([1.])", "tensor([nan])"),
    "a dtype": (
        "tensor([1.], dtype=torch.float16)",
        "tensor([1.], dtype=torch.float64)",
    ),
    "grad_fn": ("tensor(1., grad_fn=<A1>)", "tensor(1., grad_fn=<A2>)"),
    "a word": ("mean 1.5", "std 1.5"),
}


def cases(pairs: dict[str, tuple[str, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("left", "right"), pairs.values(), ids=pairs)


@cases(SAME)
def test_a_person_reads_the_same(left: str, right: str) -> None:
    assert compare(left, right) is None
    assert compare(right, left) is None


@cases(DIFFERENT)
def test_a_person_reads_a_difference(left: str, right: str) -> None:
    assert compare(left, right) is not None
    assert compare(right, left) is not None


@cases(SAME | SAME_STRUCTURE)
def test_the_structure_is_the_same(left: str, right: str) -> None:
    assert compare(left, right, "structure") is None
    assert compare(right, left, "structure") is None


@cases(OTHER_STRUCTURE)
def test_the_structure_differs(left: str, right: str) -> None:
    assert compare(left, right, "structure") is not None
    assert compare(right, left, "structure") is not None


@pytest.mark.parametrize(
    ("number", "weight"),
    [
        ("1.25", "0.01"),
        ("-0.5", "0.1"),
        (".5", "0.1"),
        ("1.", "0.0001"),
        ("2.50e-05", "1e-7"),
        ("2.E3", "0.1"),
        ("1e5", "1e5"),
    ],
)
def test_the_last_digit_shown_is_the_tolerance(number: str, weight: str) -> None:
    assert last_digit(number) == Decimal(weight)


@pytest.mark.parametrize(
    ("expected", "found", "sentence"),
    [
        (
            "loss\n0.25",
            "loss\n0.27",
            (
                "line 2: expected '0.25', found '0.27': "
                "they differ by more than one in the last digit shown"
            ),
        ),
        ("7", "8", "line 1: expected '7', found '8': integers must be equal"),
        ("a", "b", "line 1: expected 'a', found 'b': text must be equal"),
        ("1.5", "nan", "line 1: expected '1.5', found 'nan': another kind of text"),
        (
            "a\nb c",
            "a\nb\nc",
            "line 2: expected ' ', found a line break: another kind of text",
        ),
        (
            "a",
            "a\nb",
            (
                "line 1: expected the end, found a line break: "
                "one output goes on where the other ends"
            ),
        ),
    ],
)
def test_a_difference_says_where_and_what(
    expected: str, found: str, sentence: str
) -> None:
    assert str(compare(expected, found)) == sentence


NUMBERS = st.decimals(-1000, 1000, places=4).map(lambda d: f"{d:.4f}")
OUTPUTS = st.text("ab 12.-+e,()[]\n\t'=:nif", max_size=30)


@given(OUTPUTS)
def test_an_output_is_the_same_as_itself(output: str) -> None:
    assert compare(output, output) is None


@given(OUTPUTS, OUTPUTS)
def test_the_order_of_the_outputs_does_not_matter(left: str, right: str) -> None:
    for mode in ("numbers", "structure"):
        difference = compare(left, right, mode)
        assert (difference is None) == (compare(right, left, mode) is None)


@given(OUTPUTS, OUTPUTS)
def test_the_same_numbers_have_the_same_structure(left: str, right: str) -> None:
    if compare(left, right) is None:
        assert compare(left, right, "structure") is None


@given(NUMBERS, st.integers(-5, 5))
def test_one_in_the_last_digit_is_tolerated_and_no_more(
    number: str, steps: int
) -> None:
    moved = f"{Decimal(number) + steps * last_digit(number):.4f}"
    same = compare(f"tensor([{number}])", f"tensor([{moved}])") is None
    assert same == (abs(steps) <= 1)


@given(OUTPUTS)
def test_nothing_but_padding_is_left_out(output: str) -> None:
    kept = "".join(token.text for token in tokens(output))
    assert "".join(kept.split()) == "".join(output.split())
