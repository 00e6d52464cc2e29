"""Hold the numbers in prose to what the examples print.

A page writes a number with its source, and readers see the number alone:

- ``{0.0321 = fit_a_line}``: the example prints it, rounded to the digits shown;
- ``{2000 ~ fit_a_line}``: the same, and the zeros at the end are no digits;
- ``{0.01 in fit_a_line}``: it stands in the code of the example;
- ``{700 = 100 * 7}``: it is the result of a calculation;
- ``{255 given type}``: no example says it, and the word says why not.

An example is called by its name if the page shows it, and by
``chapter.lesson:function`` otherwise. The same works in ``caption=`` and ``alt=``.

Bound must be what readers cannot count on their fingers: numbers with decimals or an
exponent, percentages, and integers from a hundred on; not in headings, which name
what the sentences below them claim, and not on pages that show no example.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError, nearest
from example_docs.outputs.compare import tokens
from example_docs.pages import page as pages
from example_docs.pages.directives import DIRECTIVE
from example_docs.pages.inline import CODE, FORMULA, MARK, NUMBER, bound, quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from example_docs.code.library import Example, Library
    from example_docs.pages.inline import Bound, Quantity

GIVEN = {
    "convention": "so it is defined, or everybody does it so",
    "count": "counted by a test that names the page",
    "date": "a year",
    "figure": "read off the drawing beside it",
    "question": "supposed, for readers to find out what follows",
    "type": "what a data type can hold",
    "version": "a version of a program",
}
"""The reasons why a number has no source, and what each means."""

LARGE = 100
"""Integers from here on must be bound."""

_NAME = re.compile(r"(?P<lesson>[a-z_][\w.]*:)?(?P<function>[A-Za-z_]\w*)")
_NEW = re.compile(rf"(?<![\w.$]){NUMBER}(?![\w.,]*[A-Za-z0-9])")
_LIKE_A_MARK = re.compile(r"(?<![\\#])\{ *[-+−(]?\d[^{}\n]*\}?")
_NO_PROSE = re.compile(
    r"\]\([^)]*\)|\{ *[#:.][^{}]*\}|<!--.*?-->|<[^<>\n]*>|\\\{[^{}]*\}"
    # A version with the name of its program says itself what it is.
    r"|(?:PyTorch|Python|NumPy|Matplotlib|CUDA) \d+(?:\.\d+)*"
)
_WORDS = re.compile(r'(?<=[ \t])(?:caption|alt)=(?:"[^"]*"|\'[^\']*\')')
_GROUP = re.compile(r"[(\[](\d+(?:, *\d+)*),?[)\]]")


@dataclass(frozen=True)
class Value:
    """A number of an output or a program.

    Attributes:
        text: As it is written there.
        amount: How much it is.
        is_percent: Whether a percent sign follows.
    """

    text: str
    amount: Decimal
    is_percent: bool = False


def agrees(expected: Quantity, value: Value) -> bool:
    """Whether a number, rounded to the digits that prose shows, is that number."""
    amount = value.amount
    if expected.is_percent and not value.is_percent:
        amount *= 100
    return abs(amount - expected.amount) <= expected.tolerance


def values_in_output(text: str) -> list[Value]:
    """The numbers of an output, as a person reads them."""
    found = tokens(text)
    following = [token.text for token in found[1:]]
    return [
        Value(token.text, Decimal(token.text), after == "%")
        for token, after in zip_longest(found, following, fillvalue=None)
        if token is not None and token.kind in {"float", "integer"}
    ]


def values_in_code(program: str) -> list[Value]:
    """The numbers in the code of a program, negative ones as a whole."""
    found = []
    for node in ast.walk(ast.parse(program)):
        sign, constant = "", node
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            sign, constant = "-", node.operand
        amount = constant.value if isinstance(constant, ast.Constant) else None
        if isinstance(amount, bool) or not isinstance(amount, int | float):
            continue
        if math.isfinite(amount):
            text = f"{sign}{amount!r}"
            found.append(Value(text, Decimal(text)))
    return found


def shapes_in(text: str) -> set[tuple[int, ...]]:
    """The integers that stand together in brackets of their own: shapes, mostly."""
    return {
        tuple(map(int, re.findall(r"\d+", group))) for group in _GROUP.findall(text)
    }


_OPERATORS: dict[type, Callable[[Fraction, Fraction], Fraction | float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "cos": math.cos,
    "exp": math.exp,
    "log": math.log,
    "sin": math.sin,
    "sqrt": math.sqrt,
}


def calculated(text: str) -> Fraction:
    """The result of a calculation such as ``3 - 0.1 * 8`` or ``exp(-1)``, exactly.

    Raises:
        ExampleError: It is none, or has no result.
    """
    try:
        return _result(ast.parse(text, mode="eval").body, text)
    except (ArithmeticError, SyntaxError, TypeError, ValueError) as error:
        message = f"{text!r} cannot be calculated ({error}); mend it"
        raise ExampleError(message) from None


def _result(node: ast.expr, text: str) -> Fraction:
    if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
        # As it is written: 0.1 is a tenth.
        return Fraction(ast.get_source_segment(text, node) or "")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_result(node.operand, text)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = (_result(side, text) for side in (node.left, node.right))
        if isinstance(node.op, ast.Pow) and abs(right) > LARGE:
            raise ValueError("the power is too large")
        return Fraction(_OPERATORS[type(node.op)](left, right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        function = _FUNCTIONS.get(node.func.id)
        if function is not None and len(node.args) == 1 and not node.keywords:
            return Fraction(function(float(_result(node.args[0], text))))
    known = ", ".join(_FUNCTIONS)
    raise ValueError(f"only numbers, + - * / ** and {known} can be calculated")


# A page ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """A page whose numbers are checked.

    Attributes:
        path: Its file.
        text: Its text.
        lesson: The lesson whose examples its numbers come from, ``chapter.lesson``.
        shown: The examples it shows, ``chapter.lesson:function``, in order.
    """

    path: Path
    text: str
    lesson: str
    shown: tuple[str, ...]

    @property
    def prose(self) -> Iterator[tuple[int, str]]:
        """Its lines of prose with their numbers; of a directive, its words."""
        page = pages.Page(self.text)
        formula = False
        for number, line in enumerate(self.text.splitlines(), start=1):
            bare = line.strip()
            if formula or bare.startswith("$$"):
                closes = bare.endswith("$$") and (formula or len(bare) > len("$$"))
                formula = not closes
            elif number in page.fenced or number <= page.head or line.startswith("#"):
                continue
            elif DIRECTIVE.match(line):
                yield number, " ".join(_WORDS.findall(line))
            else:
                yield number, line


def read_page(docs: Path, name: str) -> Page:
    """Read a page.

    Args:
        docs: The folder of its language.
        name: Its path within it, with ``/``.
    """
    page = pages.Page.read(docs / name)
    shown = tuple(line.directive.name for line in page.directives)
    return Page(docs / name, page.text, pages.lesson_of(name), shown)


def faults(sources: Sources) -> Iterator[ExampleError]:
    """Every number of a page that is wrong, bound to nothing, or cannot be read.

    Args:
        sources: What its numbers can come from.
    """
    page = sources.page
    for number, line in page.prose:
        for mark in bound(line):
            try:
                sources.check(mark)
            except ExampleError as error:
                yield ExampleError(error.message, page.path, number)
        rest = without_bound(line)
        for match in _LIKE_A_MARK.finditer(rest):
            message = (
                f"{match[0]!r} is no number with a source; write {{NUMBER = EXAMPLE}}, "
                "{NUMBER in EXAMPLE} or {NUMBER given REASON}"
            )
            yield ExampleError(message, page.path, number)
        # A page without examples has nothing that its numbers could come from.
        for shown in claims(rest) if page.shown else ():
            yield ExampleError(sources.advice(shown), page.path, number)


def without_bound(line: str) -> str:
    """A line with its code, formulas, addresses and bound numbers blanked out."""
    for pattern in (CODE, FORMULA, re.compile(MARK), _NO_PROSE):
        line = pattern.sub(lambda match: " " * len(match[0]), line)
    return line


def claims(line: str) -> Iterator[str]:
    """The numbers of a line that must be bound and are not."""
    for match in _NEW.finditer(_LIKE_A_MARK.sub(" ", line)):
        shown = match[0]
        if re.search(r"[.eE%万m]", shown) or abs(quantity(shown).amount) >= LARGE:
            yield shown


class Sources:
    """What the numbers of a page can come from.

    Args:
        library: The lessons.
        page: The page.
    """

    def __init__(self, library: Library, page: Page) -> None:
        """Nothing is read before a number asks for it."""
        self.library = library
        self.page = page
        self._values: dict[tuple[str, str], list[Value]] = {}

    def check(self, mark: Bound) -> None:
        """Hold a number to its source.

        Raises:
            ExampleError: They do not agree, or there is no such source.
        """
        if mark.relation == "given":
            if mark.source not in GIVEN:
                close = nearest(mark.source, GIVEN)
                known = ", ".join(GIVEN)
                message = (
                    f"{mark.source!r} is no reason for {mark.shown}; reasons are "
                    f"{known}{close}"
                )
                raise ExampleError(message)
        elif _NAME.fullmatch(mark.source):
            self._check_example(mark)
        elif mark.relation == "in":
            message = f"{mark.source!r} is not the name of an example; mend it"
            raise ExampleError(message)
        else:
            self._check_calculation(mark)

    def example(self, source: str) -> Example:
        """The example that a number names.

        Raises:
            ExampleError: The page does not show it, or there is none.
        """
        if ":" in source:
            return self.library.example(source)
        names = {name.partition(":")[2]: name for name in reversed(self.page.shown)}
        own = f"{self.page.lesson}:{source}"
        name = own if own in self.page.shown else names.get(source)
        if name is None:
            message = (
                f"this page shows no example {source!r}{nearest(source, names)}; "
                "write chapter.lesson:function for one of another page"
            )
            raise ExampleError(message)
        return self.library.example(name)

    def values(self, example: Example, relation: str) -> list[Value]:
        """The numbers that an example prints, or that are in its code."""
        key = (example.full_name, relation)
        if key not in self._values:
            self._values[key] = (
                values_in_code(example.program.text)
                if relation == "in"
                else values_in_output(example.expected.text)
            )
        return self._values[key]

    def _check_example(self, mark: Bound) -> None:
        example = self.example(mark.source)
        where = "is in the code of" if mark.relation == "in" else "is printed by"
        if mark.is_shape:
            shape = tuple(map(int, re.findall(r"\d+", mark.shown)))
            text = example.program.text
            text = text if mark.relation == "in" else example.expected.text
            if shape not in shapes_in(text):
                message = f"no shape {mark.shown} {where} {mark.source}; mend one"
                raise ExampleError(message)
            return
        expected = quantity(mark.shown, about=mark.relation == "~")
        values = self.values(example, mark.relation)
        if any(agrees(expected, value) for value in values):
            return
        if not values:
            message = f"no number {where} {mark.source}; name another example"
            raise ExampleError(message)
        # A wrong sign is nearer than another number.
        nearest = min(values, key=lambda v: abs(abs(v.amount) - abs(expected.amount)))
        message = (
            f"no {mark.shown} {where} {mark.source}; the nearest number is "
            f"{nearest.text}"
        )
        raise ExampleError(message)

    def _check_calculation(self, mark: Bound) -> None:
        expected = quantity(mark.shown, about=mark.relation == "~")
        result = calculated(mark.source)
        amount = Decimal(result.numerator) / Decimal(result.denominator)
        if not agrees(expected, Value(str(amount), amount)):
            message = f"{mark.source} is {float(result)}, not {mark.shown}; mend one"
            raise ExampleError(message)

    def advice(self, shown: str) -> str:
        """What an author can do about a number that is bound to nothing."""
        expected = quantity(shown)
        found = []
        for relation in ("=", "in"):
            for name in self.page.shown:
                values = self.values(self.library.example(name), relation)
                if any(agrees(expected, value) for value in values):
                    short = name.partition(":")[2]
                    found.append(f"{{{shown} {relation} {short}}}")
        usual = (
            f"{{{shown} = EXAMPLE}}, {{{shown} in EXAMPLE}} or {{{shown} given REASON}}"
        )
        choice = " or ".join(found[:3]) or usual
        return f"{shown} is bound to nothing; write {choice}"
