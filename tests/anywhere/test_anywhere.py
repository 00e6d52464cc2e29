from __future__ import annotations

import io
import json
import sys
from argparse import Namespace
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from tests.lessons import library_of
from tests.project import LIBRARY, ROOT, pages

from example_docs.anywhere import outcomes
from example_docs.anywhere.book import Book
from example_docs.anywhere.cli import main, reading_language
from example_docs.anywhere.progress import shown
from example_docs.commands.versions import record as command
from example_docs.errors import ExampleError
from example_docs.records.record import read_records
from example_docs.records.submission import packed, unpacked
from example_docs.verify.admission import admit
from example_docs.verify.verify import Verdict, verify
from torch_by_example.__main__ import BOOK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from example_docs.code.library import Example
    from example_docs.records.record import Record

LESSON = '''
"""A lesson."""


def one() -> None:
    """One.

    >>> one()
    1
    """
    print(1)


def two() -> None:
    """Two.

    >>> two()
    2
    """
    print(3)


def three() -> None:
    """Three.

    >>> three()
    3
    """
    raise ValueError("no")
'''


@pytest.fixture
def book(tmp_path: Path, package: str) -> Book:
    """A book whose lesson prints 1, what differs, and nothing."""
    library_of(tmp_path, package, numbers=LESSON)
    return Book(package, "no-such-distribution", {"en": "", "zh": "zh"})


def run(book: Book, *words: str) -> int:
    return main(book, ["--device", "cpu", "--language", "zh", *words])


def test_what_differs_is_shown_with_both_texts_and_the_page(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(book) == 1
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("3 examples of no-such-distribution unknown, against Py")
    assert (
        rest
        == """\
     3 of 3: cpu numbers
     1 as printed on the page
     0 known for this version of PyTorch
     0 known for this device
     1 differ from the page
     1 could not run

numbers:two on CPU: line 1: expected '2', found '3': integers must be equal
  /zh/numbers/#two
  on the page:
    2
  here:
    3

numbers:three on CPU: raised 'ValueError: no', which is not promised
  /zh/numbers/#three
  on the page:
    3
  here:
    ValueError: no""".splitlines()
    )


def test_names_narrow_it(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("numbers:one", "numbers#one", "/numbers/#one"):
        assert run(book, name) == 0
        assert capsys.readouterr().out.startswith("1 example of")
    assert run(book, "--list", "numbers") == 0
    assert capsys.readouterr().out.split() == [
        "numbers:one",
        "numbers:two",
        "numbers:three",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["number:one"], "is called 'number:one'; the nearest are numbers:one, "),
        (["xyz"], "is called 'xyz'; --list shows all names"),
        (["--device", "meta"], "have a shape and no numbers"),
        (["--device", "tpu"], "known are cpu, cuda, mps, xpu and all"),
        (["--device", "xpu"], "there is no XPU device here"),
    ],
)
def test_what_cannot_be_run_is_a_sentence(
    book: Book, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(book, *words) == 2
    assert sentence in capsys.readouterr().err


def test_a_package_without_examples_is_no_success(
    tmp_path: Path, package: str, capsys: pytest.CaptureFixture[str]
) -> None:
    library_of(tmp_path, package, empty='"""Nothing."""\n')
    assert run(Book(package, "none", {"en": "", "zh": "zh"})) == 2
    assert "has no examples" in capsys.readouterr().err


def test_a_lesson_that_cannot_be_imported_ends_nothing(
    tmp_path: Path, package: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = "import no_such_package\n" + LESSON
    library_of(tmp_path, package, a_bad=bad, numbers=LESSON)
    assert run(Book(package, "none", {"en": "", "zh": "zh"})) == 1
    out = capsys.readouterr().out
    assert "     1 as printed" in out
    assert "     4 could not run" in out
    assert "ModuleNotFoundError: No module named 'no_such_package'" in out


def test_ctrl_c_keeps_what_was_done(
    book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(example: Example, device: str) -> Verdict:
        if example.name == "two":
            raise KeyboardInterrupt
        return verify(example, device)

    monkeypatch.setattr(outcomes, "verify", stop)
    assert run(book) == 130
    out = capsys.readouterr().out
    assert "stopped after 1 of 3\n     1 as printed on the page\n" in out


def test_a_terminal_shows_a_bar(book: Book) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    found = outcomes.outcomes(book.chosen([]), ["cpu"])
    assert len(list(shown(found, 3, stream))) == 3
    bars = stream.getvalue().split("\r")
    assert bars[1].startswith("████████░░░░░░░░░░░░░░░░ 1/3 numbers:one ")
    assert not bars[-2].strip()


def test_a_report_is_markdown(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(book, "--report", str(tmp_path / "report.md")) == 1
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "| differ from the page | 1 |" in text
    assert "## `numbers:two` on CPU" in text
    assert "``````text\n3\n``````" in text
    assert str(tmp_path) not in text
    assert "report.md" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_reader(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert reading_language(["en", "zh"]) == language


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_address_of_an_example_is_that_of_its_page(language: str) -> None:
    known = {path.removesuffix(".md") for path in pages(language)}
    texts = {
        page: (ROOT / "docs" / language / f"{page}.md").read_text(encoding="utf-8")
        for page in known
    }
    for example in LIBRARY:
        address = BOOK.address(example, language)
        page, _, anchor = address.removeprefix(
            f"/{BOOK.languages[language]}"
        ).partition("/#")
        assert example.short_name in texts[page.strip("/")], address
        assert anchor == example.anchor


# What readers send ------------------------------------------------------------------


@pytest.fixture
def sent(book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The results of a run of everything."""
    path = tmp_path / "results.json"
    run(book, "--json", str(path))
    capsys.readouterr()
    return path


def test_what_was_sent_is_admitted(book: Book, sent: Path) -> None:
    (record,) = unpacked(sent, sent.read_bytes())
    admit(record, book.library)
    assert {name: result.what for name, result in record.results.items()} == {
        "numbers:one": "passed",
        "numbers:two": "failed",
        "numbers:three": "failed",
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text[:-40], "this is not JSON"),
        (lambda _: "{}", "this is not what --json writes"),
        (
            lambda text: text.replace('"format": 1', '"format": 9', 1),
            "expected format 1",
        ),
        (lambda text: text.replace("failed", "passed"), "changed after it was written"),
    ],
)
def test_a_tampered_file_is_refused(sent: Path, change: object, reason: str) -> None:
    assert callable(change)
    text = change(sent.read_text(encoding="utf-8"))
    with pytest.raises(ExampleError, match=reason):
        unpacked(sent, text.encode())


def changed(record: Record, **values: object) -> Record:
    return replace(record, **values)  # type: ignore[arg-type]


def refusals(record: Record) -> Iterator[tuple[Record, str]]:
    """A record with one thing wrong with it, and why it is refused."""
    one, *_ = record.results
    good = record.results[one]
    others = {name: result for name, result in record.results.items() if name != one}
    yield changed(record, device="Stand-in for CUDA"), "only plays CUDA"
    yield changed(record, date="2999-01-01"), "in the future"
    yield changed(record, date="yesterday"), "'yesterday' is no date"
    yield changed(record, results=others), "tells of 2 of 3 examples"
    extra = {**record.results, "other:one": good}
    yield changed(record, results=extra), "no example 'other:one'"
    old = {**record.results, one: replace(good, fingerprint="0" * 10)}
    yield changed(record, results=old), "was another program"
    skipped = {**record.results, one: replace(good, what="skipped", because="so")}
    yield changed(record, results=skipped), "cannot have skipped on cpu"


def test_a_foreign_record_is_refused(book: Book, sent: Path) -> None:
    (record,) = unpacked(sent, sent.read_bytes())
    found = list(refusals(record))
    assert len(found) == 7
    for wrong, reason in found:
        with pytest.raises(ExampleError, match=f"refused: .*{reason}"):
            admit(wrong, book.library)


def test_packing_keeps_everything(sent: Path) -> None:
    records = unpacked(sent, sent.read_bytes())
    assert json.loads(packed(records)) == json.loads(sent.read_bytes())


def test_record_add_takes_all_files_or_none(book: Book, sent: Path) -> None:
    settings = SimpleNamespace(records=sent.parent / "records")
    project: Any = SimpleNamespace(settings=settings, lessons=book.library)
    bad = sent.with_name("bad.json")
    bad.write_text("{}")
    kept = sent.parent / "records"
    with pytest.raises(ExampleError, match=r"bad\.json"):
        command.run(project, Namespace(action="add", files=[sent, bad]))
    assert not kept.exists()
    assert command.run(project, Namespace(action="add", files=[sent])) == 0
    (record,) = read_records(kept)
    assert record.results == unpacked(sent, sent.read_bytes())[0].results
    assert record.path.name.startswith("cpu-")
