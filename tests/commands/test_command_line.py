from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.project import ROOT, configure

from example_docs.cli import COMMANDS, main

if TYPE_CHECKING:
    from pathlib import Path

WRONG = '''"""A lesson."""


def show() -> None:
    """What it shows.

    >>> show()
    1
    """
    # why
    print(2)
'''


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Path:
    """A project with one lesson, whose promise is wrong, and one page a language."""
    package = f"project_{request.node.name.partition('[')[0]}"
    configure(tmp_path, package)
    monkeypatch.syspath_prepend(str(tmp_path / "src"))
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "src" / package / "__init__.py", "")
    write(tmp_path / "src" / package / "lesson.py", WRONG)
    for language in ("en", "zh"):
        page = f"---\ntitle: {language}\n---\n\n# Page\n\n::example lesson:show\n"
        write(tmp_path / "docs" / language / "chapter" / "page.md", page)
    catalogue = 'msgid "why"\nmsgstr "为何"\n\nmsgid "old"\nmsgstr "旧"\n'
    write(tmp_path / "docs" / "zh" / "code.po", catalogue)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def lesson(project: Path) -> Path:
    return next((project / "src").glob("*/lesson.py"))


@pytest.mark.parametrize(
    "arguments",
    [[], ["accept"], ["program"], ["publish"], ["catalogue"], ["draw"]],
    ids=" ".join,
)
def test_help_is_there(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*arguments, "--help"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("usage: example-docs")


def test_a_command_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_check_says_what_differs_and_changes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["accept", "--check"]) == 1
    assert "lesson.py:4: show(): line 1: expected '1', found '2'" in (
        capsys.readouterr().out
    )
    assert lesson(project).read_text() == WRONG


def test_accept_writes_what_differs(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["accept"]) == 0
    assert lesson(project).read_text() == WRONG.replace("    1\n", "    2\n")
    place = lesson(project).relative_to(project).as_posix()
    assert capsys.readouterr().out == (
        f"rewrote {place}\n1 example ran, 1 output was accepted\n"
    )
    assert main(["accept", "--check", "lesson:show"]) == 0
    assert main(["accept", "lesson"]) == 0
    assert capsys.readouterr().out == "1 example ran, 0 outputs were accepted\n"


@pytest.mark.usefixtures("project")
def test_accept_knows_the_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accept", "lesson:shown"]) == 1
    assert capsys.readouterr().err.endswith(
        "/lesson.py: 'lesson' has no example 'shown'; the nearest is 'show'\n"
    )


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "# why\nprint(2)\n"), ("zh", "# 为何\nprint(2)\n")],
)
def test_program_prints_what_readers_copy(
    language: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["program", "lesson:show", "--language", language]) == 0
    assert capsys.readouterr().out == text


def test_publish_writes_every_page(project: Path) -> None:
    assert main(["publish", "site"]) == 0
    for folder, comment in (("", "why"), ("zh/", "为何")):
        path = project / "site" / folder / "chapter" / "page" / "index.md"
        assert path.read_text(encoding="utf-8") == (
            '# Page\n\n<a id="show"></a>\n\n```python\n'
            f"# {comment}\nprint(2)\n```\n\n```text\n1\n```\n"
        )


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (
            "# Page\n\n::example lesson:shown\n",
            "there is no example 'lesson:shown'; the nearest is 'lesson:show'",
        ),
        ("# Page\n\n```python\n1\n```\n", "the fence 'python' is neither an example"),
    ],
    ids=["name", "fence"],
)
def test_publish_writes_all_or_nothing(
    project: Path, page: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "docs" / "zh" / "chapter" / "page.md", page)
    assert main(["publish", "site"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("example-docs: docs/zh/chapter/page.md:3: ")
    assert sentence in error
    assert error.count("\n") == 1
    assert not (project / "site").exists()


def test_catalogue_is_brought_up_to_date(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["catalogue"]) == 0
    assert capsys.readouterr().out == "docs/zh/code.po: 2 to translate, 1 dropped\n"
    text = (project / "docs" / "zh" / "code.po").read_text(encoding="utf-8")
    assert 'msgid "why"\nmsgstr "为何"\n' in text
    assert '"old"' not in text


@pytest.mark.parametrize("command", ["accept", "publish", "catalogue", "program"])
def test_a_broken_lesson_is_one_sentence(
    project: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson(project).write_text("def show(:\n", encoding="utf-8")
    before = sorted(project.rglob("*"))
    names = {"publish": ["site"], "program": ["lesson:show"]}.get(command, [])
    assert main([command, *names]) == 1
    place = lesson(project).relative_to(project).as_posix()
    assert capsys.readouterr().err == (
        f"example-docs: {place}:1: this is not Python (invalid syntax); "
        "mend the syntax\n"
    )
    assert sorted(project.rglob("*")) == before


NAMES = {
    "check": ["lesson"],
    "new": ["chapter/lesson"],
    "offline": ["site", "site.zip"],
    "pdf": ["site", "dist"],
    "program": ["lesson:show"],
    "publish": ["site"],
}
"""What a command must be told."""
PAGES = ("numbers", "parity", "publish", "translated", "typography")


def only_sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """What was said on standard error, where nothing else may be said."""
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("example-docs: ")
    assert said.err.count("\n") == 1
    return said.err


@pytest.mark.parametrize("command", COMMANDS)
def test_outside_a_project_nothing_is_checked_and_that_is_a_failure(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([command, *NAMES.get(command, [])]) == 1
    assert "there is no" in only_sentence(capsys)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_where_no_example_and_no_page_is_nothing_is_checked_either(
    command: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson(project).write_text('"""Nothing to see."""\n', encoding="utf-8")
    for page in (project / "docs").rglob("*.md"):
        page.unlink()
    before = files(project)
    assert main([command, *NAMES.get(command, [])]) == 1
    only_sentence(capsys)
    assert files(project) == before


@pytest.mark.parametrize(
    "command", ["accept", "catalogue", "draw", "fragile", "mutate", "record", "report"]
)
def test_without_an_example_it_says_where_it_looked(
    command: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson(project).write_text('"""Nothing to see."""\n', encoding="utf-8")
    assert main([command]) == 1
    place = lesson(project).parent.relative_to(project).as_posix()
    assert only_sentence(capsys) == (
        f"example-docs: there is no example in {place}; call example-docs in the "
        "project's folder, or name that folder with --root\n"
    )


@pytest.mark.parametrize("command", [*PAGES, "pdf"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_page_it_says_where_it_looked(
    command: str, language: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "docs" / language / "chapter" / "page.md").unlink()
    assert main([command, *NAMES.get(command, [])]) == 1
    assert only_sentence(capsys) == (
        f"example-docs: there is no page in docs/{language}; call example-docs in the "
        "project's folder, or name that folder with --root\n"
    )


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_another_folder_may_be_named(
    project: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert main(["--root", str(project), "accept", "--check"]) == 1


def test_it_runs_as_a_module_and_ends_with_a_status() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "example_docs", "program", "no.such:example"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("example-docs: there is no example 'no.such:example'")
    assert done.stdout == ""
