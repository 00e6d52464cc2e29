"""What came of a run, for a person: lines for a terminal, Markdown for an issue."""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from example_docs.anywhere.outcomes import FAILURES, KINDS
from example_docs.records.record import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from example_docs.anywhere.book import Book
    from example_docs.anywhere.outcomes import Kind, Outcome
    from example_docs.verify.environment import Environment

MEANINGS: dict[Kind, str] = {
    "printed": "as printed on the page",
    "version": "known for this version of PyTorch",
    "device": "known for this device",
    "differs": "differ from the page",
    "broken": "could not run",
}

SHOWN = 40
"""How many lines of an output are shown; more help nobody."""


@dataclass(frozen=True)
class Run:
    """A run that has ended, or was stopped.

    Attributes:
        book: The lessons.
        environments: What they ran on.
        outcomes: What came of each example.
        planned: How many there were to run.
    """

    book: Book
    environments: Sequence[Environment]
    outcomes: Sequence[Outcome]
    planned: int

    @property
    def counts(self) -> Counter[Kind]:
        """How many outcomes there are of each kind."""
        return Counter(outcome.kind for outcome in self.outcomes)

    @property
    def failures(self) -> list[Outcome]:
        """What differs from its page, or did not run, in the order of the lessons."""
        return [outcome for outcome in self.outcomes if outcome.kind in FAILURES]


def heading(book: Book, environments: Sequence[Environment], count: int) -> str:
    """One line: what is compared with what.

    Args:
        book: The lessons.
        environments: What they run on.
        count: How many examples there are.
    """
    first = environments[0]
    devices = " and ".join(environment.device for environment in environments)
    return (
        f"{counted(count, 'example')} of {book.distribution} "
        f"{book.version}, against PyTorch {first.torch}, Python {first.python}, "
        f"{first.system}, {devices}"
    )


def counted(count: int, what: str) -> str:
    """``1 example``, ``2 examples``."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def written(run: Run, language: str) -> str:
    """Write what came of a run: the counts, then each failure with both texts."""
    lines = []
    if len(run.outcomes) < run.planned:
        lines.append(f"stopped after {len(run.outcomes)} of {run.planned}")
    lines += [f"{run.counts[kind]:6} {MEANINGS[kind]}" for kind in KINDS]
    for outcome in run.failures:
        lines += ["", *_entry(run.book, outcome, language)]
    return "\n".join(lines) + "\n"


def _entry(book: Book, outcome: Outcome, language: str) -> Iterator[str]:
    verdict = outcome.verdict
    where = NAMES[outcome.device]
    yield f"{outcome.example.short_name} on {where}: {verdict.complaint}"
    yield f"  {book.address(outcome.example, language)}"
    yield "  on the page:"
    yield from _quoted(verdict.promised.text)
    yield "  here:"
    yield from _quoted(verdict.found.text)


def _quoted(text: str) -> Iterator[str]:
    lines = text.splitlines() or ["(nothing)"]
    yield from (f"    {line}" for line in lines[:SHOWN])
    if lines[SHOWN:]:
        yield f"    … and {counted(len(lines) - SHOWN, 'more line')}"


def markdown(run: Run, language: str) -> str:
    """Write the same as Markdown, to be put into an issue."""
    rows = [
        (f"PyTorch {environment.torch}", f"Python {environment.python}",
         environment.system, environment.device)
        for environment in run.environments
    ]  # fmt: skip
    parts = [
        f"# {run.book.distribution} {run.book.version}",
        "\n".join(f"- {', '.join(row)}" for row in rows),
        "\n".join(
            ["| | |", "| --- | ---: |"]
            + [f"| {MEANINGS[kind]} | {run.counts[kind]} |" for kind in KINDS]
        ),
    ]
    if len(run.outcomes) < run.planned:
        parts.append(f"Stopped after {len(run.outcomes)} of {run.planned}.")
    for outcome in run.failures:
        parts += _section(run.book, outcome, language)
    return "\n\n".join(parts) + "\n"


def _section(book: Book, outcome: Outcome, language: str) -> Iterator[str]:
    verdict = outcome.verdict
    name = outcome.example.short_name
    yield f"## `{name}` on {NAMES[outcome.device]}"
    yield f"{book.address(outcome.example, language)}: {verdict.complaint}"
    for title, text in (("On the page", verdict.promised), ("Here", verdict.found)):
        yield f"{title}:"
        # A fence longer than any that an example may print.
        quoted = textwrap.dedent("\n".join(_quoted(text.text)))
        yield f"``````text\n{quoted}\n``````"
    yield f"```console\n$ python -m {book.package} {name}\n```"
