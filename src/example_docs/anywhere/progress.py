"""How far a run has come: a bar on a terminal, a line a chapter elsewhere."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from example_docs.anywhere.outcomes import Outcome

BAR = 24
"""The width of the bar, in columns."""


def shown(outcomes: Iterable[Outcome], total: int, stream: TextIO) -> Iterator[Outcome]:
    """Pass outcomes on, and show on a stream how many there were.

    Args:
        outcomes: The outcomes, as they come.
        total: How many there will be.
        stream: Where to show it; a bar if it is a terminal.
    """
    return (_bar if stream.isatty() else _lines)(outcomes, total, stream)


def _bar(outcomes: Iterable[Outcome], total: int, stream: TextIO) -> Iterator[Outcome]:
    width = shutil.get_terminal_size().columns - 1
    try:
        for done, outcome in enumerate(outcomes, 1):
            full = "█" * (BAR * done // total)
            text = f"{full:░<{BAR}} {done}/{total} {outcome.example.short_name}"
            stream.write(f"\r{text[:width]:{width}}")
            stream.flush()
            yield outcome
    finally:
        # What follows takes the place of the bar.
        stream.write("\r" + " " * width + "\r")
        stream.flush()


def _lines(
    outcomes: Iterable[Outcome], total: int, stream: TextIO
) -> Iterator[Outcome]:
    chapter, done = "", 0
    for done, outcome in enumerate(outcomes, 1):
        lesson, _, _ = outcome.example.short_name.partition(":")
        now = f"{outcome.device} {lesson.partition('.')[0]}"
        if chapter and now != chapter:
            stream.write(f"{done - 1:6} of {total}: {chapter}\n")
            stream.flush()
        chapter = now
        yield outcome
    if chapter:
        stream.write(f"{done:6} of {total}: {chapter}\n")
