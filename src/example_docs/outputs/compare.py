"""One comparer of outputs, which reads a tensor as a person does.

Text, structure, brackets, shapes, dtypes and integers agree to the letter; a float
may differ by one in the last digit shown; padding and ``device='cuda:0'`` are no text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Mode = Literal["numbers", "structure"]

TENSOR_DECIMALS = 4
"""The decimals torch prints by default, so that ``1.`` stands for ``1.0000``
(``torch.set_printoptions``: ``precision`` is 4)."""

_DEVICE = re.compile(r",\s*device='(?:cuda|mps|xpu):\d+'")
_TOKEN = re.compile(
    r"""
    (?P<number>
        (?<![\w.])                            # not within a word or a version (2.13.0)
        (?:(?<![\w.)\]])[-+])?                # a sign, unless it joins two operands
        (?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?
        (?:(?!\w|\.\d)|(?=[jJ](?!\w)))        # whole, or before the imaginary unit
    )
    | (?P<newline>\n)
    | (?P<space>[^\S\n]+)
    | (?P<word>\w+)
    | (?P<mark>.)
    """,
    re.VERBOSE,
)
_OPENING = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True)
class Token:
    """A piece of an output.

    Attributes:
        kind: ``float``, ``integer``, ``word``, ``mark``, ``space`` or ``newline``.
        text: The piece itself.
        line: Its line, counted from 1.
        is_data: Whether it stands among the elements of a printed tensor.
    """

    kind: str
    text: str
    line: int
    is_data: bool = False


@dataclass(frozen=True)
class Difference:
    """The first place where two outputs part.

    Attributes:
        line: The line of the expected output, counted from 1.
        expected: What was promised there.
        found: What is there instead.
        reason: What kind of difference it is.
    """

    line: int
    expected: str
    found: str
    reason: str

    def __str__(self) -> str:
        """One sentence that names the line and both sides."""
        return (
            f"line {self.line}: expected {self.expected}, found {self.found}: "
            f"{self.reason}"
        )


def compare(expected: str, found: str, mode: Mode = "numbers") -> Difference | None:
    """Find the first difference that a reader would call one.

    Args:
        expected: The output that was promised.
        found: The output that was printed.
        mode: ``"numbers"``; or ``"structure"``, in which any float stands for any
            other, and any integer for any other among a tensor's elements.

    Returns:
        The first difference, or ``None`` if the outputs say the same.
    """
    for left, right in zip_longest(tokens(expected), tokens(found)):
        reason = _difference(left, right, mode)
        if reason is not None:
            line = left.line if left else expected.count("\n") + 1
            return Difference(line, _shown(left), _shown(right), reason)
    return None


def tokens(text: str) -> list[Token]:
    """Split an output into what a person reads; padding is left out."""
    found: list[Token] = []
    line = 1
    for match in _TOKEN.finditer(
        _DEVICE.sub("", text.replace("\r\n", "\n").strip("\n"))
    ):
        kind = str(match.lastgroup)
        if kind == "number":
            kind = "float" if re.search(r"[.eE]", match.group()) else "integer"
        found.append(Token(kind, match.group(), line))
        line += kind == "newline"
    return _without_padding(found)


def last_digit(number: str) -> Decimal:
    """The weight of the last digit shown: 0.01 for ``1.25``, 1e-7 for ``2.50e-05``.

    A float without decimals, as torch prints whole numbers, counts as four.
    """
    mantissa, _, exponent = number.lower().partition("e")
    _, point, decimals = mantissa.partition(".")
    shown = len(decimals) or (TENSOR_DECIMALS if point else 0)
    return Decimal(1).scaleb(int(exponent or 0) - shown)


def _difference(left: Token | None, right: Token | None, mode: Mode) -> str | None:
    if left is None or right is None:
        return "one output goes on where the other ends"
    if left.kind != right.kind:
        return "another kind of text"
    is_same, rule = left.text == right.text, "text must be equal"
    if left.kind == "float":
        is_same = is_same or mode == "structure" or _close(left.text, right.text)
        rule = "they differ by more than one in the last digit shown"
    elif left.kind == "integer":
        both_data = left.is_data and right.is_data
        is_same = is_same or (mode == "structure" and both_data)
        rule = "integers must be equal"
    return None if is_same else rule


def _close(left: str, right: str) -> bool:
    # The finer of the two decides, so that the order of the outputs does not matter.
    unit = min(last_digit(left), last_digit(right))
    return abs(Decimal(left) - Decimal(right)) <= unit


def _shown(token: Token | None) -> str:
    if token is None:
        return "the end"
    return "a line break" if token.kind == "newline" else repr(token.text)


def _without_padding(found: Sequence[Token]) -> list[Token]:
    """Drop white space within brackets, beside numbers and at the ends of lines."""
    depth, data = _brackets(found)
    kept: list[Token] = []
    for index, token in enumerate(found):
        if token.kind in {"space", "newline"} and depth[index]:
            continue
        if token.kind == "space":
            neighbours = {
                _kind_at(found, index - 1),
                _kind_at(found, index + 1),
            }
            if neighbours & {"float", "integer", "newline", "end"}:
                continue
            kept.append(Token("space", " ", token.line))
        else:
            kept.append(Token(token.kind, token.text, token.line, data[index]))
    return kept


def _kind_at(found: Sequence[Token], index: int) -> str:
    return found[index].kind if 0 <= index < len(found) else "end"


def _brackets(found: Sequence[Token]) -> tuple[list[int], list[bool]]:
    """For each token: how many brackets it lies in, and whether it is tensor data."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for index, token in enumerate(found):
        if token.text in _OPENING.values():
            stack.append(index)
        elif token.text in _OPENING:
            # An interval such as [0, 1) opens and closes nothing.
            if stack and found[stack[-1]].text == _OPENING[token.text]:
                pairs[stack.pop()] = index
            elif stack:
                stack.pop()
    depth = [0] * len(found)
    data = [False] * len(found)
    for start in sorted(pairs):
        is_tensor = start > 0 and found[start - 1].text == "tensor"
        is_list = found[start].text == "["
        for index in range(start + 1, pairs[start]):
            depth[index] += 1
            # Within a tensor: its lists of elements, or its one element.
            data[index] = is_tensor or (is_list and data[start])
    return depth, data
