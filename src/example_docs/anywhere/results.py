"""The results of a run as a file that the project can take into its records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.records.submission import packed
from example_docs.verify.recording import record_of

if TYPE_CHECKING:
    from example_docs.anywhere.summary import Run


def as_json(run: Run) -> str:
    """Write a record of each device.

    Raises:
        ExampleError: A device is none of which there can be a record.
    """
    records = [
        record_of(
            [outcome.verdict for outcome in run.outcomes if outcome.device == on.kind],
            on,
            Path(),
            run.book.version,
        )
        for on in run.environments
    ]
    return packed(records)
