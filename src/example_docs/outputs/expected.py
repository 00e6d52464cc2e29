"""What a docstring promises: what an example prints and the exception it ends in."""

from __future__ import annotations

import doctest
import re
from dataclasses import dataclass

from example_docs.errors import ExampleError

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


def read_doctest(docstring: str, call: str) -> Output:
    """Read what a docstring says about its function's call.

    Args:
        docstring: The docstring.
        call: The one call that its doctest makes, such as ``name()``.

    Raises:
        ExampleError: There is no doctest, or one that calls something else.
    """
    try:
        found = doctest.DocTestParser().get_examples(docstring)
    except ValueError as error:
        raise ExampleError(f"the doctest of {call} cannot be read: {error}") from None
    if not found:
        message = (
            f"{call} promises no output; write '>>> {call}' into its docstring and let "
            "'example-docs accept' fill in what it prints"
        )
        raise ExampleError(message)
    if len(found) > 1 or found[0].source.strip() != call:
        raise ExampleError(f"the doctest of {call} must be the one call '>>> {call}'")
    return parse(found[0].want)


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
