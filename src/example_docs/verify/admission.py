"""Hold a record from elsewhere to the examples before it is kept. Imports torch."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.marks import UNMARKED, mark_of
from example_docs.outputs.expected import Output
from example_docs.records.record import STAND_IN, fingerprint, result_of
from example_docs.verify.verify import NO_FLOAT64, Verdict, load, version_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example_docs.code.library import Example, Library
    from example_docs.records.record import Record, Result


def admit(record: Record, library: Library) -> None:
    """Refuse a record that cannot have come from running these examples.

    Args:
        record: The record.
        library: The lessons of today.

    Raises:
        ExampleError: Why it is refused.
    """
    reason = next(_reasons(record, library), None)
    if reason is not None:
        raise ExampleError(f"refused: {reason}", record.path)


def _reasons(record: Record, library: Library) -> Iterator[str]:
    if record.device.startswith(STAND_IN):
        yield f"{record.device!r} only plays CUDA"
    yield from _reasons_of_date(record.date)
    present = {example.short_name: example for example in library}
    foreign = sorted(record.results.keys() - present.keys())
    if foreign:
        yield f"there is no example {foreign[0]!r}"
    missing = [name for name in present if name not in record.results]
    if missing:
        count = len(present) - len(missing)
        yield (
            f"it tells of {count} of {len(present)} examples; {missing[0]!r} is the "
            "first that is missing"
        )
    for name, example in present.items():
        result = record.results[name]
        now = fingerprint(example.program.text, example.noted)
        if result.fingerprint != now:
            yield f"{name!r} was another program, or printed something else, then"
        if result.what != "failed" and result not in _possible(record, example, now):
            yield f"{name!r} cannot have {result.what} on {record.kind}"


def _reasons_of_date(date: str) -> Iterator[str]:
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        yield f"{date!r} is no date"
        return
    # Where the reader is, it may be tomorrow already.
    if day > dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1):
        yield f"{date} is in the future"


def _possible(record: Record, example: Example, found: str) -> list[Result]:
    """What may have come of an example that did not fail."""
    function = load(example)
    version = version_mark(function, record.torch)
    marks = [UNMARKED if record.kind == "cpu" else mark_of(function)]
    if record.kind == "mps":
        marks.append(NO_FLOAT64)
    empty = Output()
    verdicts = [Verdict(example, empty, empty, None, version, mark) for mark in marks]
    return [result_of(v, v.device_mark, record.kind, found) for v in verdicts]
