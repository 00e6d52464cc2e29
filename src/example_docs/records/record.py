"""What was run where: the record of an environment, read, written, held to the present.

A record names each example with a fingerprint of its program, so that a program that
has changed since does not pass for verified. Nothing here imports torch or a lesson.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tokenize
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from example_docs.marks import OnCuda
    from example_docs.outputs.expected import Output
    from example_docs.verify.environment import Environment
    from example_docs.verify.verify import Verdict

FORMAT = 1
"""The form of the files; a reader refuses others."""

NAMES = {"cpu": "CPU", "cuda": "CUDA", "mps": "MPS", "xpu": "XPU"}
"""The devices for which there can be records, as readers know them, in their order."""

KINDS = tuple(NAMES)

PROMISED = ("cpu", "cuda")
"""The devices for which the lessons are written: where no record is, pages say so."""

STAND_IN = "Stand-in"
"""How the name of a device begins that only plays CUDA; no record is made on it."""

What = Literal["passed", "marked", "properties", "raised", "skipped", "failed"]
"""What came of an example: all numbers agree; what its mark says for the version;
shapes, dtypes and text agree; the exception that its mark names; left on the CPU;
none of these."""

_TEXTS = ("torch", "python", "system", "kind", "device", "date", "commit")
_FINGERPRINT = re.compile(r"[0-9a-f]{10}")


@dataclass(frozen=True)
class Result:
    """What came of one example.

    Attributes:
        fingerprint: Of its program and its promise, when it ran.
        what: What came of it.
        because: Why it is not simply passed, as part of a sentence.
    """

    fingerprint: str
    what: What
    because: str = ""


@dataclass(frozen=True)
class Record:
    """One environment and what came of each example there.

    Attributes:
        path: The file.
        torch: The version of PyTorch, as it names itself.
        python: The version of Python.
        system: The operating system.
        kind: One of ``KINDS``.
        device: The device's name.
        date: The day, as ``2026-11-21``.
        commit: The commit; with ``+`` if files had changed since.
        results: By ``chapter.lesson:function``.
    """

    path: Path
    torch: str
    python: str
    system: str
    kind: str
    device: str
    date: str
    commit: str
    results: Mapping[str, Result]

    @property
    def version(self) -> str:
        """The version of PyTorch without the name of its build."""
        return self.torch.partition("+")[0]

    @property
    def order(self) -> tuple[Any, ...]:
        """Device, version, system: the order in which records are shown."""
        numbers = tuple(int(n) for n in re.findall(r"\d+", self.version))
        return (KINDS.index(self.kind), numbers, self.system, self.device)

    def state(self, name: str, fingerprint: str) -> What | Literal["changed", "new"]:
        """What this record says of an example as it is now."""
        result = self.results.get(name)
        if result is None:
            return "new"
        return result.what if result.fingerprint == fingerprint else "changed"


# The fingerprint --------------------------------------------------------------------


@lru_cache(maxsize=2048)  # each page asks, and the page of all lessons asks for all
def fingerprint(program: str, promise: Output) -> str:
    """What identifies a program and its promise; comments and empty lines do not.

    Args:
        program: The complete English program.
        promise: What its docstring promises.
    """
    text = f"{_bare(program)}\0{promise.text}"
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _bare(program: str) -> str:
    """A program without comments and empty lines, whatever Python reads it."""
    lines = program.split("\n")
    if "#" in program:
        for token in tokenize.generate_tokens(io.StringIO(program).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column]
    return "\n".join(line.rstrip() for line in lines if line.strip())


# Making a record --------------------------------------------------------------------


def result_of(verdict: Verdict, mark: OnCuda, device: str, found: str) -> Result:
    """What a record says of a verdict.

    Args:
        verdict: What came of running the example.
        mark: Its mark for GPUs.
        device: Where it ran.
        found: Its fingerprint.
    """
    if verdict.complaint is not None:
        return Result(found, "failed", verdict.complaint)
    if device != "cpu":
        if mark.raises is not None:
            return Result(found, "raised", mark.because)
        if mark.runs == "cpu":
            return Result(found, "skipped", mark.because)
        if mark.compare == "structure":
            return Result(found, "properties", mark.because)
    if verdict.mark is not None:
        return Result(found, "marked", verdict.mark.because)
    return Result(found, "passed")


def file_name(environment: Environment | Record) -> str:
    """The file in which the record of an environment is kept."""
    version = environment.torch.partition("+")[0]
    words = [environment.kind, environment.system, version]
    if environment.kind != "cpu":
        words.append(environment.device)
    return re.sub(r"[^\w.]+", "-", " ".join(words).lower()).strip("-") + ".json"


def written(record: Record) -> str:
    """A record as the text of its file: one line an example."""
    head = {"format": FORMAT} | {key: getattr(record, key) for key in _TEXTS}
    lines = [f"  {_json(key)}: {_json(value)}," for key, value in head.items()]
    entries = ",\n".join(
        f"    {_json(name)}: {_json(_row(result))}"
        for name, result in sorted(record.results.items())
    )
    return "\n".join(["{", *lines, '  "examples": {', entries, "  }", "}"]) + "\n"


def _row(result: Result) -> list[str]:
    row = [result.fingerprint, result.what, result.because]
    return row if result.because else row[:2]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# Reading ----------------------------------------------------------------------------


def read_records(folder: Path) -> tuple[Record, ...]:
    """All records of a folder, in the order in which they are shown.

    Read once; again only if a file changed.

    Raises:
        ExampleError: A file is no record.
    """
    paths = sorted(folder.glob("*.json"))
    stamps = tuple((path, path.stat().st_mtime_ns) for path in paths)
    return _read_all(stamps)


@lru_cache(maxsize=4)
def _read_all(stamps: tuple[tuple[Path, int], ...]) -> tuple[Record, ...]:
    records = (parse_record(path, path.read_bytes()) for path, _ in stamps)
    return tuple(sorted(records, key=lambda record: record.order))


def parse_record(path: Path, data: bytes) -> Record:
    """Read a record from the content of its file.

    Raises:
        ExampleError: It is no record.
    """
    try:
        found = json.loads(data)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        message = f"this is not JSON ({error}); run 'example-docs record' again"
        raise ExampleError(message, path) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        message = (
            f"expected a record of format {FORMAT}; run 'example-docs record' again"
        )
        raise ExampleError(message, path)
    texts: dict[str, Any] = {key: found.get(key) for key in _TEXTS}
    for key, value in texts.items():
        if not isinstance(value, str) or not value:
            raise ExampleError(f"the record has no {key!r}; record again", path)
    if texts["kind"] not in KINDS:
        message = f"unknown device {texts['kind']!r}; known are {', '.join(KINDS)}"
        raise ExampleError(message, path)
    examples = found.get("examples")
    if not isinstance(examples, dict):
        raise ExampleError("the record has no 'examples'; record again", path)
    results = {name: _result(path, name, row) for name, row in examples.items()}
    return Record(path=path, results=results, **texts)


def _result(path: Path, name: str, row: object) -> Result:
    if not (
        isinstance(row, list)
        and len(row) in (2, 3)
        and all(isinstance(item, str) for item in row)
        and _FINGERPRINT.fullmatch(row[0])
        and row[1] in get_args(What)
        and (len(row) > len(["fingerprint", "what"])) == (row[1] != "passed")
    ):
        message = (
            f"{name!r} is recorded as {row!r}; expected a fingerprint, one of "
            f"{', '.join(get_args(What))}, and a reason unless it passed"
        )
        raise ExampleError(message, path)
    return Result(*row)


# Holding records to the present -----------------------------------------------------


def unknown(record: Record, names: Iterable[str]) -> list[str]:
    """The examples of a record that there are no more."""
    return sorted(set(record.results) - set(names))


def outdated(record: Record, present: Mapping[str, str]) -> list[str]:
    """The present examples of which a record does not tell, or no longer.

    Args:
        record: The record.
        present: The fingerprint of each example.
    """
    return [
        name
        for name, now in present.items()
        if record.state(name, now) in {"new", "changed"}
    ]
