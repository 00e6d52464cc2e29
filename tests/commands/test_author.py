"""What authors are told: a sentence for each slip."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from example_docs import cli
from example_docs.commands.pages import page_complaints, unknown_words
from example_docs.errors import counted
from example_docs.project import Project
from example_docs.verify import run as running

if TYPE_CHECKING:
    import pytest


def test_an_endless_loop_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "TIME_LIMIT", 0.2)

    def endless() -> None:
        while True:
            pass

    found = running.run(endless).exception
    assert found == "TimeoutError: still computing after 0.2 s; let it do less"


def test_an_example_finds_no_file_of_the_project() -> None:
    here = Path.cwd()
    found = running.run(lambda: Path("README.md").read_bytes())
    assert (found.exception or "").startswith("FileNotFoundError")
    assert Path.cwd() == here


def test_ctrl_c_ends_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "Project", interrupted)
    assert cli.main(["parity"]) == 130
    assert "stopped by Ctrl-C" in capsys.readouterr().err


def test_plurals() -> None:
    assert counted(1, "example") == "1 example"
    assert counted(0, "example") == "0 examples"


def test_an_unknown_word_is_named_with_its_line(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A\n\n::exmaple a.b:c\n\n```text\n::any\n```\n", encoding="utf-8")
    (error,) = unknown_words(page)
    assert error.line == 3
    assert "'::exmaple' is unknown" in error.message


def test_a_page_in_utf_16_is_refused(tmp_path: Path) -> None:
    for language in ("en", "zh"):
        page = tmp_path / "docs" / language / "a" / "b.md"
        page.parent.mkdir(parents=True)
        page.write_text("# A\n", encoding="utf-16")
    (complaint,) = page_complaints(Project(tmp_path), "a/b")
    assert "save the page as UTF-8" in complaint


def test_a_missing_page_is_named(tmp_path: Path) -> None:
    for language in ("en", "zh"):
        page = tmp_path / "docs" / language / "index.md"
        page.parent.mkdir(parents=True)
        page.write_text("# A\n", encoding="utf-8")
    (complaint,) = page_complaints(Project(tmp_path), "a/b")
    assert "this page is missing" in complaint


def test_a_lesson_is_found_under_the_name_of_its_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["check", "backprop/one-weight:product_of_three"]) == 1
    assert "has no example 'product_of_three'" in capsys.readouterr().err
