"""What a docstring promises: what an example prints and the exception it ends in."""

from __future__ import annotations

import ast
import doctest
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from example_docs.code.library import Example

_TRACEBACK = re.compile(
    r"^Traceback \((?:most recent call last|innermost last)\):$", re.MULTILINE
)
_BLANK_LINE = re.compile(r"^<BLANKLINE>$", re.MULTILINE)


@dataclass(frozen=True)
class Output:
    """What a program prints, and the exception it ends in.

    Attributes:
        printed: The printed text without trailing newlines.
        exception: ``TypeName: message``, or ``None``.
    """

    printed: str = ""
    exception: str | None = None

    @property
    def text(self) -> str:
        """The lines a reader sees: what is printed, then the exception."""
        return "\n".join(part for part in (self.printed, self.exception) if part)


def promised(example: Example, *, may_be_empty: bool = False) -> Output:
    """Read the promise of an example.

    Args:
        example: The example.
        may_be_empty: Whether its doctest may still wait for what it prints.

    Raises:
        ExampleError: The docstring has no doctest, or one that calls something else,
            or promises nothing although the example prints.
    """
    docstring = ast.get_docstring(example.node, clean=True) or ""
    try:
        found = doctest.DocTestParser().get_examples(docstring)
    except ValueError as error:
        raise example.error(
            f"the doctest of {example.name}() cannot be read: {error}"
        ) from None
    call = f"{example.name}()"
    if not found:
        message = (
            f"{call} promises no output; write '>>> {call}' into its docstring and let "
            "'make accept' fill in what it prints"
        )
        raise example.error(message)
    if len(found) > 1 or found[0].source.strip() != call:
        raise example.error(f"the doctest of {call} must be the one call '>>> {call}'")
    output = parse(found[0].want)
    if not output.text and not may_be_empty and _prints(example.node):
        message = f"{call} prints, but its doctest promises nothing; run 'make accept'"
        raise example.error(message)
    return output


def parse(want: str) -> Output:
    """Split the expected part of a doctest into printed text and exception."""
    text = _BLANK_LINE.sub("", want).rstrip("\n")
    match = _TRACEBACK.search(text)
    if match is None:
        return Output(text)
    rest = text[match.end() :].lstrip("\n").split("\n")
    # The stack is whatever is indented; the exception is what follows it.
    while rest and (rest[0].startswith(" ") or not rest[0]):
        rest.pop(0)
    return Output(text[: match.start()].rstrip("\n"), "\n".join(rest))


def as_doctest(output: Output) -> list[str]:
    """The lines that promise an output in a doctest."""
    lines = [line.rstrip() or "<BLANKLINE>" for line in output.printed.splitlines()]
    if output.exception is not None:
        lines += ["Traceback (most recent call last):", "    ..."]
        lines += [
            line.rstrip() or "<BLANKLINE>" for line in output.exception.splitlines()
        ]
    return lines


def _prints(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Name)
        and inner.func.id == "print"
        for inner in ast.walk(node)
    )
