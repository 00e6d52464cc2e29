from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from tests.lessons import PACKAGE, library_of
from tests.project import LIBRARY, ROOT

from example_docs.errors import ExampleError
from example_docs.marks import OnCuda, OnTorch
from example_docs.outputs.expected import Output
from example_docs.records.record import (
    Record,
    Result,
    file_name,
    fingerprint,
    outdated,
    parse_record,
    read_records,
    result_of,
    unknown,
    written,
)
from example_docs.verify import recording
from example_docs.verify.environment import Environment
from example_docs.verify.recording import recorded
from example_docs.verify.verify import Verdict

A, B, C = "a" * 10, "b" * 10, "c" * 10
RECORD = Record(
    path=Path("record.json"),
    torch="2.13.0+cpu",
    python="3.11.7",
    system="Linux",
    kind="cpu",
    device="CPU x86-64",
    date="2026-11-21",
    commit="0123456789ab",
    results={
        "numbers:one": Result(A, "passed"),
        "numbers:two": Result(B, "failed", "line 1: 一"),
    },
)


def test_what_is_written_can_be_read() -> None:
    text = written(RECORD)
    assert parse_record(RECORD.path, text.encode()) == RECORD
    assert '    "numbers:one": ["aaaaaaaaaa", "passed"],\n' in text
    json.loads(text)


def changed(**values: object) -> bytes:
    return json.dumps(json.loads(written(RECORD)) | values).encode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"{", "this is not JSON"),
        (b"\xff", "this is not JSON"),
        (b"[]", "expected a record of format 1"),
        (changed(format=2), "expected a record of format 1"),
        (changed(torch=2), "the record has no 'torch'"),
        (changed(date=""), "the record has no 'date'"),
        (changed(kind="tpu"), "unknown device 'tpu'; known are cpu, cuda"),
        (changed(examples=[]), "the record has no 'examples'"),
        (changed(examples={"a:b": "passed"}), "'a:b' is recorded as 'passed'"),
        (changed(examples={"a:b": ["xyz", "passed"]}), "expected a fingerprint"),
        (changed(examples={"a:b": [A, "fine"]}), "one of passed, marked"),
        (changed(examples={"a:b": [A, "skipped"]}), "a reason unless it passed"),
        (changed(examples={"a:b": [A, "passed", "why"]}), "a reason unless it passed"),
    ],
)
def test_what_is_no_record_is_noticed(data: bytes, sentence: str) -> None:
    with pytest.raises(ExampleError, match=sentence) as caught:
        parse_record(RECORD.path, data)
    assert str(caught.value).startswith("record.json: ")


def test_records_are_read_in_order_and_again_when_they_change(tmp_path: Path) -> None:
    def add(name: str, **values: str) -> None:
        (tmp_path / name).write_text(written(replace(RECORD, **cast("Any", values))))

    add("a.json", kind="cuda", device="NVIDIA H200")
    add("b.json", torch="2.13.0")
    add("c.json", torch="2.9.1")
    assert [record.version for record in read_records(tmp_path)] == [
        "2.9.1",
        "2.13.0",
        "2.13.0",
    ]
    assert read_records(tmp_path)[-1].kind == "cuda"
    assert read_records(tmp_path) is read_records(tmp_path)
    add("d.json", torch="2.14.1")
    assert len(read_records(tmp_path)) == 4
    assert read_records(tmp_path / "none") == ()


def test_a_fingerprint_knows_program_and_promise() -> None:
    program = "import torch\n\nx = 1  # why\n# more\nprint('#', x)\n"
    one = fingerprint(program, Output("# 1"))
    bare = "import torch\nx = 1\nprint('#', x)\n"
    assert fingerprint(bare, Output("# 1")) == one
    for other in (
        fingerprint(program.replace("x = 1", "x = 2"), Output("# 1")),
        fingerprint(program.replace("'#'", "'##'"), Output("# 1")),
        fingerprint(program, Output("# 2")),
        fingerprint(program, Output("# 1", "ValueError: no")),
    ):
        assert other != one


def test_a_record_is_held_to_the_present() -> None:
    present = {"numbers:one": C, "numbers:two": B, "numbers:three": A}
    assert outdated(RECORD, present) == ["numbers:one", "numbers:three"]
    assert unknown(RECORD, ["numbers:one", "numbers:three"]) == ["numbers:two"]
    assert [RECORD.state(name, now) for name, now in present.items()] == [
        "changed",
        "failed",
        "new",
    ]


@pytest.mark.parametrize(
    ("device", "mark", "version", "complaint", "what"),
    [
        ("cpu", OnCuda(), None, None, "passed"),
        ("cpu", OnCuda(runs="cpu", because="so"), None, None, "passed"),
        ("cpu", OnCuda(), OnTorch(since="2", because="so"), None, "marked"),
        ("cpu", OnCuda(), None, "so", "failed"),
        ("cuda", OnCuda(), None, None, "passed"),
        ("cuda", OnCuda(runs="cpu", because="so"), None, None, "skipped"),
        ("cuda", OnCuda(compare="structure", because="so"), None, None, "properties"),
        ("cuda", OnCuda(raises=TypeError, because="so"), None, None, "raised"),
        ("cuda", OnCuda(raises=TypeError, because="no"), None, "so", "failed"),
    ],
)
def test_a_result_says_what_came_of_it_and_why(
    device: str,
    mark: OnCuda,
    version: OnTorch | None,
    complaint: str | None,
    what: str,
) -> None:
    example = next(iter(LIBRARY))
    verdict = Verdict(example, Output(), Output(), complaint, version)
    found = result_of(verdict, mark, device, A)
    assert (found.what, found.because) == (what, "" if what == "passed" else "so")


def test_a_file_is_named_after_its_environment() -> None:
    cpu = Environment("2.13.0+cpu", "3.11.7", "Linux", "cpu", "CPU x86-64")
    assert file_name(cpu) == "cpu-linux-2.13.0.json"
    cuda = replace(cpu, kind="cuda", device="NVIDIA H200 (MIG)")
    assert file_name(cuda) == "cuda-linux-2.13.0-nvidia-h200-mig.json"


LESSON = '''
    def right() -> None:
        """What it shows.

        >>> right()
        1
        """
        print(1)


    def wrong() -> None:
        """What it shows.

        >>> wrong()
        1
        """
        print(2)
'''


def test_recording_runs_everything_and_drops_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path / "src"))
    library = library_of(tmp_path, recorded_lesson=LESSON)
    old = replace(
        RECORD,
        path=tmp_path / "old.json",
        results={
            "recorded_lesson:right": Result(A, "passed"),
            "recorded_lesson:gone": Result(A, "passed"),
        },
    )
    old.path.write_text(written(old))
    monkeypatch.setattr(recording, "verify", verdict_of)
    texts, counts = recorded(library, "cpu", tmp_path, tmp_path)
    assert counts == Counter(passed=1, failed=1)
    assert len(texts) == 2
    assert "gone" not in texts[old.path]
    assert "right" in texts[old.path]
    (path,) = texts.keys() - {old.path}
    new = parse_record(path, texts[path].encode())
    assert new.commit == "unknown"
    assert {n: r.what for n, r in new.results.items()} == {
        "recorded_lesson:right": "passed",
        "recorded_lesson:wrong": "failed",
    }
    present = {
        name: fingerprint(
            library.example(name).program.text,
            library.example(name).expected,
        )
        for name in new.results
    }
    assert outdated(new, present) == []
    assert str(tmp_path) not in texts[path]
    assert PACKAGE not in texts[path]


def verdict_of(example: Any, _device: str) -> Verdict:  # noqa: ANN401 - an example
    complaint = "line 1: no" if example.name == "wrong" else None
    return Verdict(example, Output("1"), Output("1"), complaint)


# The project's own ------------------------------------------------------------------

RECORDS = read_records(ROOT / "docs" / "records")


def pinned() -> str:
    """The version of PyTorch that the project is written for."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    (version,) = (line[7:] for line in lines if line.startswith("torch=="))
    return version


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.path.name)
def test_no_record_tells_of_what_is_no_example(record: Record) -> None:
    names = [e.full_name.removeprefix("torch_by_example.") for e in LIBRARY]
    gone = unknown(record, names)
    assert not gone, (
        f"{record.path.name} tells of {gone[0]}, which is no example any more; run "
        "'example-docs record', which removes it"
    )


def test_the_record_of_the_cpu_is_of_the_present_programs() -> None:
    own = [r for r in RECORDS if r.kind == "cpu" and r.version == pinned()]
    assert own, f"no record of torch {pinned()} on the CPU; run 'example-docs record'"
    present = {
        example.full_name.removeprefix("torch_by_example."): fingerprint(
            example.program.text, example.noted
        )
        for example in LIBRARY
    }
    late = outdated(own[-1], present)
    assert not late, (
        f"{len(late)} examples have changed since they were recorded, such as "
        f"{late[0]}; run 'example-docs record'"
    )
    failed = [name for name, r in own[-1].results.items() if r.what == "failed"]
    assert failed == []
