"""Small changes to what an example promises, each beyond what the comparer allows."""

from __future__ import annotations

import ast
import copy
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from example_docs.mutation.code import DTYPES, LEFT_OUT, Mutant
from example_docs.outputs.compare import last_digit
from example_docs.outputs.expected import Output, as_doctest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from example_docs.code.library import Example

# A part of an output, by what a reader takes it for; the first that fits.
_PART = re.compile(
    r"""
    (?P<shape>torch\.Size\(\[)
    | (?P<dtype>\btorch\.(?:DTYPES)\b)
    | (?P<grad_fn>\bgrad_fn=<\w+>)
    | (?P<requires_grad>\brequires_grad=True\b)
    | (?P<device>\bdevice='\w+'|\bdevice\(type='\w+')
    | (?P<bool>\b(?:True|False)\b)
    | (?P<number>(?<![\w.])(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\w]|\.\d))
    | (?P<word>\w+)
    | (?P<zero>[-+](?=0+\.?0*(?:e[-+]?\d+)?(?![\w.])))
    | (?P<plus>\+(?=\d))
    | (?P<minus>-(?=\d))
    | (?P<mark>[^\w\s])
    """.replace("DTYPES", "|".join(DTYPES)),
    re.VERBOSE,
)
_EXCEPTION = re.compile(r"^[\w.]+")


@dataclass(frozen=True)
class _Change:
    kind: str
    line: int  # of the text, from 0
    before: str
    after: str
    output: Output


def promise_mutants(example: Example) -> Iterator[Mutant]:
    """Every change to the output and the exception that an example promises."""
    promise = example.noted
    first = _first_line(example)
    lines = example.module.lines
    for change in _changes(promise):
        # The docstring has two lines more before those of an exception.
        printed = promise.printed.count("\n") + 1 if promise.printed else 0
        beyond = promise.exception is not None and change.line >= printed
        line = min(first + change.line + 2 * beyond, len(lines))
        yield Mutant(
            f"output: {change.kind}",
            line,
            lines[line - 1].strip(),
            change.before,
            change.after,
            _maker(example, change.output),
        )


def _first_line(example: Example) -> int:
    """The line after the call in the docstring, counted from 1."""
    docstring = example.node.body[0]
    for line in range(docstring.lineno, (docstring.end_lineno or docstring.lineno) + 1):
        if example.module.lines[line - 1].strip() == f">>> {example.name}()":
            return line + 1
    return docstring.lineno


def _maker(example: Example, output: Output) -> Callable[[], ast.FunctionDef]:
    def changed() -> ast.FunctionDef:
        text = "\n".join(["", f">>> {example.name}()", *as_doctest(output), ""])
        docstring = ast.copy_location(
            ast.Expr(ast.Constant(text)), example.node.body[0]
        )
        return ast.fix_missing_locations(
            copy.deepcopy(example.node, {id(example.node.body[0]): docstring})
        )

    return changed


def _changes(promise: Output) -> Iterator[_Change]:
    printed, exception = promise.printed, promise.exception
    start = printed.count("\n") + 1 if printed else 0
    for kind, line, before, after, text in _text_changes(printed):
        yield _Change(kind, line, before, after, Output(text, exception))
    if exception is None:
        new = Output(printed, "ValueError: no")
        yield _Change("exception", start, LEFT_OUT, "ValueError: no", new)
        return
    yield _Change("exception", start, exception, LEFT_OUT, Output(printed))
    name = _EXCEPTION.match(exception)
    other = "TypeError" if name and name[0] == "ValueError" else "ValueError"
    text = _EXCEPTION.sub(other, exception, count=1)
    yield _Change(
        "exception type",
        start,
        name[0] if name else "",
        other,
        Output(printed, text),
    )
    for _, line, before, after, text in _text_changes(exception):
        yield _Change(
            "exception message", start + line, before, after, Output(printed, text)
        )


def _text_changes(text: str) -> Iterator[tuple[str, int, str, str, str]]:
    """Kind, line from 0, the part before and after, and the whole text after."""
    for match in _PART.finditer(text):
        kind = str(match.lastgroup)
        line = text.count("\n", 0, match.start())
        for name, after in _variants(kind, match[0]):
            new = text[: match.start()] + after + text[match.end() :]
            yield name, line, match[0], after or LEFT_OUT, new
    lines = text.split("\n") if text else []
    for line, written in enumerate(lines):
        if written.strip():
            yield "line", line, written, LEFT_OUT, "\n".join(_without(lines, line))


def _without(lines: list[str], index: int) -> list[str]:
    return lines[:index] + lines[index + 1 :]


def _variants(kind: str, part: str) -> Iterator[tuple[str, str]]:
    """The kind of each change to a part, and what the part becomes."""
    if kind == "number":
        yield from (("digit", number) for number in digits_changed(part))
    elif kind == "zero":
        return  # 0.0 and -0.0 are equal, and so says the comparer
    elif kind == "plus":
        yield "sign", "-"
    elif kind == "minus":
        yield "sign", ""
    elif kind in _OTHERS:
        yield from ((kind, other(part)) for other in _OTHERS[kind])
    else:
        yield kind, ""


_OTHERS: dict[str, tuple[Callable[[str], str], ...]] = {
    "shape": (lambda part: f"{part}1, ",),
    "dtype": (lambda part: f"torch.{DTYPES[part.partition('.')[2]]}",),
    "grad_fn": (lambda part: part.replace("=<", "=<Other"), lambda _: ""),
    "requires_grad": (lambda _: "requires_grad=False", lambda _: ""),
    "device": (lambda part: re.sub(r"'\w+'", _other_device(part), part),),
    "bool": (lambda part: "False" if part == "True" else "True",),
    "word": (lambda part: part[:-1] + ("x" if part[-1] != "x" else "y"),),
}


def _other_device(part: str) -> str:
    return "'xpu'" if "meta" in part else "'meta'"


def digits_changed(number: str) -> Iterator[str]:
    """A number with one digit changed, by one; the last of a float by two.

    A float may differ by one in the last digit shown, so that is the least change
    that a comparison must notice.
    """
    is_float = re.search(r"[.e]", number) is not None
    end = len(number.partition("e")[0])
    last = max(i for i in range(end) if number[i].isdigit())
    for index, digit in enumerate(number):
        if not digit.isdigit():
            continue
        step = 2 if is_float and index == last else 1
        new = (int(digit) + step) % 10
        changed = f"{number[:index]}{new}{number[index + 1 :]}"
        unit = min(last_digit(number), last_digit(changed)) if is_float else 0
        # 0e+00 and 0e+01 are the same number.
        if abs(Decimal(changed) - Decimal(number)) > unit:
            yield changed
