"""The one exception of the package: a sentence that says what, where and what to do."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class ExampleError(Exception):
    """Something an author wrote cannot be used; the text says where and what to do.

    Args:
        message: What is wrong and what to do, as one or two sentences.
        path: The file concerned, if one is.
        line: Its line, counted from 1.
    """

    def __init__(
        self, message: str, path: Path | None = None, line: int | None = None
    ) -> None:
        """Keep the parts, so that a caller can add the place when it knows it."""
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line

    def __str__(self) -> str:
        """``file:line: message``, with a path relative to where we are."""
        if self.path is None:
            return self.message
        place = relative(self.path)
        return (
            f"{place}:{self.line}: {self.message}"
            if self.line
            else f"{place}: {self.message}"
        )


def relative(path: Path) -> str:
    """A path as seen from the working directory, or whole if it is elsewhere."""
    here = path.absolute()
    try:
        return here.relative_to(path.cwd()).as_posix()
    except ValueError:
        return here.as_posix()


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: which known one is most like it."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.0)
    return f"; the nearest is {close[0]!r}" if close else ""


def counted(count: int, noun: str) -> str:
    """Return ``1 example`` or ``2 examples``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
