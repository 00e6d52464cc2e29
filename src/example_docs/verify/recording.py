"""Run all examples and make the record of this environment. Imports torch."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections import Counter
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.records.record import (
    STAND_IN,
    Record,
    file_name,
    fingerprint,
    read_records,
    result_of,
    unknown,
    written,
)
from example_docs.verify.environment import this_environment
from example_docs.verify.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from example_docs.code.library import Library
    from example_docs.verify.environment import Environment
    from example_docs.verify.verify import Verdict


def recorded(
    library: Library, device: str, folder: Path, root: Path
) -> tuple[dict[Path, str], Counter[str]]:
    """Run every example on a device and write down what came of it.

    Args:
        library: The lessons.
        device: One of the ``KINDS`` of records.
        folder: Where the records are.
        root: The project's folder, whose commit is recorded.

    Returns:
        The files to write: the record of this environment, and those of others that
        tell of examples which are no more; and how many examples came to what.

    Raises:
        ExampleError: There is no such device, it is a stand-in, or an old record
            cannot be read.
    """
    environment = this_environment(device)
    old = read_records(folder)
    verdicts = (verify(example, device) for example in library)
    record = record_of(verdicts, environment, folder, commit_of(root, library.root))
    texts = {record.path: written(record)}
    for other in old:
        gone = unknown(other, record.results)
        if gone and other.path != record.path:
            kept = {k: v for k, v in other.results.items() if k not in gone}
            texts[other.path] = written(replace(other, results=kept))
    return texts, Counter(result.what for result in record.results.values())


def record_of(
    verdicts: Iterable[Verdict], environment: Environment, folder: Path, commit: str
) -> Record:
    """Make the record of an environment, today.

    Args:
        verdicts: What came of its examples.
        environment: Where they ran.
        folder: Where records are kept.
        commit: What the examples were at.

    Raises:
        ExampleError: The device is a stand-in.
    """
    if environment.device.startswith(STAND_IN):
        message = (
            f"{environment.device!r} is no device: it shows that examples keep to "
            "theirs, not which numbers they print, so nothing is recorded"
        )
        raise ExampleError(message)
    results = {}
    for verdict in verdicts:
        example = verdict.example
        found = fingerprint(example.program.text, example.noted)
        kind = environment.kind
        results[example.short_name] = result_of(
            verdict, verdict.device_mark, kind, found
        )
    return Record(
        path=folder / file_name(environment),
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        commit=commit,
        results=results,
        **asdict(environment),
    )


def commit_of(root: Path, source: Path) -> str:
    """The commit of a folder, with ``+`` if the lessons in ``source`` differ from it.

    A folder without history, such as an unpacked archive, has the commit ``unknown``.
    """
    try:
        commit = _git(root, "rev-parse", "--short=12", "HEAD")
        changed = _git(root, "status", "--porcelain", "--", str(source.absolute()))
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{commit}+" if changed else commit


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own words
        ["git", "-C", str(root), *words],  # noqa: S607 - the git that there is
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()
