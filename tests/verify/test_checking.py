from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.lessons import PACKAGE, library_of
from tests.project import ROOT

from example_docs.errors import ExampleError
from example_docs.languages.code_translation import Catalogue
from example_docs.verify.lesson import complaints, lesson

if TYPE_CHECKING:
    from pathlib import Path

LESSON = '''
    """A lesson."""

    import random

    def first() -> None:
        """Shown.

        >>> first()
        2
        """
        # A comment.
        print(1 + 1)

    def of_chance() -> None:
        """Not seeded.

        >>> of_chance()
        {chance}
        """
        print(random.random())
'''


@pytest.fixture
def translated(tmp_path: Path) -> Catalogue:
    return Catalogue({"A comment.": "注释。"}, tmp_path / "code.po")


def said(
    root: Path, catalogue: Catalogue, name: str, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    library = library_of(root, start=LESSON.format(chance="0.8444218515250481"))
    monkeypatch.syspath_prepend(str(root / "src"))
    for module in [m for m in sys.modules if m.partition(".")[0] == PACKAGE]:
        monkeypatch.delitem(sys.modules, module)
    examples = {example.name: example for example in lesson(library, "start")}
    return list(complaints(examples[name], [catalogue]))


def test_a_right_example_has_no_complaints(
    tmp_path: Path, translated: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(tmp_path, translated, "first", monkeypatch) == []


def test_the_program_runs_with_another_seed_than_the_function(
    tmp_path: Path, translated: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    (complaint,) = said(tmp_path, translated, "of_chance", monkeypatch)
    assert "the program of of_chance()" in complaint


def test_a_comment_without_translation_is_a_complaint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = Catalogue({}, tmp_path / "code.po")
    (complaint,) = said(tmp_path, empty, "first", monkeypatch)
    assert "no translation of 'A comment.'" in complaint


def test_a_translation_that_changes_the_program_is_a_complaint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A line end in a translation, which no catalogue of ours should have.
    breaking = Catalogue({"A comment.": "一\rpass"}, tmp_path / "code.po")
    (complaint,) = said(tmp_path, breaking, "first", monkeypatch)
    assert "is another program" in complaint


def test_a_wrong_promise_is_a_complaint(
    tmp_path: Path, translated: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = LESSON.replace("        2\n", "        3\n")
    monkeypatch.setattr(sys.modules[__name__], "LESSON", wrong)
    (complaint,) = said(tmp_path, translated, "first", monkeypatch)
    assert "--- promised\n3\n--- found\n2" in complaint


def test_an_unknown_lesson_names_what_is_missing(tmp_path: Path) -> None:
    library = library_of(tmp_path, start=LESSON.format(chance="0"))
    with pytest.raises(ExampleError, match="there is no module"):
        lesson(library, "chapter/nowhere")


def test_one_example_of_a_lesson(tmp_path: Path) -> None:
    library = library_of(tmp_path, start=LESSON.format(chance="1"))
    (example,) = lesson(library, "start:of_chance")
    assert example.name == "of_chance"
    message = r"start\.py: 'start' has no example 'firs'; the nearest is 'first'"
    with pytest.raises(ExampleError, match=message):
        lesson(library, "start:firs")


def test_a_module_without_examples_is_no_lesson(tmp_path: Path) -> None:
    library = library_of(tmp_path, empty="")
    with pytest.raises(ExampleError, match="has no examples"):
        lesson(library, "empty")


def test_the_command_checks_a_lesson_of_the_project() -> None:
    command = [sys.executable, "-m", "example_docs", "check", "tensors/create"]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.endswith(" 0 complaints\n"), run.stdout + run.stderr
