from __future__ import annotations

import ast
import re
import textwrap
from typing import TYPE_CHECKING

import click
import griffe
import pytest
from markdown import Markdown
from tests.lessons import PACKAGE
from tests.project import ROOT

from example_docs.extensions.griffe_reference import (
    Reference,
    as_markdown,
    lessons,
    signature,
)
from example_docs.languages.words import words_of

if TYPE_CHECKING:
    from pathlib import Path

LESSON = '''
"""What the lesson teaches."""


def double(x: float) -> float:
    """Double a number.

    Args:
        x: Any number.
    """
    return 2 * x


def show() -> None:
    """Show it.

    >>> show()
    4
    """
    print(double(2))


def _own() -> None:
    """Nobody sees this."""


class Net:
    """A network."""
'''
CATALOGUE = """\
msgid "What the lesson teaches."
msgstr "这一课讲什么。"

msgid "Double a number."
msgstr "翻倍。"

msgid "Any number."
msgstr "任意数。"

msgid "Show it."
msgstr "演示。"

msgid "A network."
msgstr "一个网络。"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one lesson, a page of it in two languages, and a catalogue."""
    monkeypatch.chdir(tmp_path)
    module = f"src/{PACKAGE}/chapter/the_lesson.py"
    page = "::example chapter.the_lesson:show\n"
    files = {
        f"src/{PACKAGE}/__init__.py": "",
        f"src/{PACKAGE}/chapter/__init__.py": "",
        module: textwrap.dedent(LESSON).lstrip("\n"),
        "docs/en/chapter/the-lesson.md": f'---\ntitle: "The lesson"\n---\n\n{page}',
        "docs/zh/chapter/the-lesson.md": f"---\ntitle: 这一课\n---\n\n{page}",
        "docs/zh/code.po": CATALOGUE,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def reference(language: str) -> griffe.Module:
    """The lesson as mkdocstrings reads it."""
    extension = Reference(
        language,
        PACKAGE,
        f"docs/{language}",
        "docs/zh/code.po" if language == "zh" else "",
    )
    package = griffe.load(
        PACKAGE, search_paths=["src"], extensions=griffe.load_extensions(extension)
    )
    module = package["chapter.the_lesson"]
    assert isinstance(module, griffe.Module)
    return module


def docstring(found: griffe.Object | griffe.Alias) -> str:
    assert found.docstring is not None
    return found.docstring.value


def import_of(name: str) -> str:
    """The line that stands before what is said of a function or a class."""
    return f"`from {PACKAGE}.chapter.the_lesson import {name}`\n\n"


@pytest.mark.usefixtures("project")
def test_docstrings_are_in_the_language_of_the_readers() -> None:
    module = reference("zh")
    assert docstring(module) == "这一课讲什么。"
    assert docstring(module["double"]) == (
        f"{import_of('double')}翻倍。\n\nArgs:\n    x: 任意数。\n\n"
        "所在课程：[这一课](../chapter/the-lesson.md)"
    )
    assert docstring(module["Net"]) == (
        f"{import_of('Net')}一个网络。\n\n所在课程：[这一课](../chapter/the-lesson.md)"
    )


@pytest.mark.usefixtures("project")
def test_an_example_links_to_its_place_in_the_lesson() -> None:
    link = "../chapter/the-lesson.md#show"
    show = import_of("show")
    assert docstring(reference("zh")["show"]) == (
        f"{show}演示。\n\n```pycon\n>>> show()\n4\n```\n\n所在课程：[这一课]({link})"
    )
    assert docstring(reference("en")["show"]) == (
        f"{show}Show it.\n\n```pycon\n>>> show()\n4\n```"
        f"\n\nLesson: [The lesson]({link})"
    )


@pytest.mark.usefixtures("project")
def test_what_nobody_sees_stays_as_it_is() -> None:
    assert docstring(reference("zh")["_own"]) == "Nobody sees this."


def test_a_lesson_without_a_page_has_no_link(project: Path) -> None:
    (project / "docs/en/chapter/the-lesson.md").unlink()
    assert docstring(reference("en")["Net"]) == f"{import_of('Net')}A network."


def test_a_docstring_without_a_translation_stops_the_build(project: Path) -> None:
    path = project / "docs/zh/code.po"
    path.write_text(CATALOGUE.replace("A network.", "Another."), encoding="utf-8")
    with pytest.raises(click.ClickException) as caught:
        reference("zh")
    assert caught.value.message == (
        "docs/zh/code.po: no translation of 'A network.'; run 'example-docs "
        "catalogue', and write it there (in the docstring of "
        f"{PACKAGE}.chapter.the_lesson.Net)"
    )


def test_lessons_are_found_by_name(project: Path) -> None:
    place = "chapter/the-lesson.md"
    assert dict(lessons(project / "docs/zh", PACKAGE)) == {
        f"{PACKAGE}.chapter.the_lesson": ("这一课", place),
        f"{PACKAGE}.chapter.the_lesson:show": ("这一课", f"{place}#show"),
    }


@pytest.mark.parametrize(
    ("docstring", "expected"),
    [
        ("(x**2 + 25 * y**2) / 2", r"(x\*\*2 + 25 * y\*\*2) / 2"),
        ("the __init__.py in it", r"the \_\_init\_\_.py in it"),
        ("relu_ and a * b", "relu_ and a * b"),
        ("`x**2` and **", r"`x**2` and \*\*"),
        (
            "a\n\n>>> f(x**2)\n**\n\n*b*",
            "a\n\n```pycon\n>>> f(x**2)\n**\n```\n\n\\*b\\*",
        ),
    ],
)
def test_a_docstring_says_the_same_as_markdown(docstring: str, expected: str) -> None:
    assert as_markdown(docstring) == expected
    rendered = Markdown(extensions=["fenced_code"]).convert(expected)
    assert not re.search("<em>|<strong>", rendered)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("def f(x: int) -> int:  # a comment\n    return x", "def f(x: int) -> int"),
        ("@marked(1)\ndef f() -> 'é':\n    pass", "def f() -> 'é'"),
        ("def f(x='é') -> int: return 1", "def f(x='é') -> int"),
        (
            "class A:\n    def f(\n        self,\n    ) -> int:\n        return 1",
            "def f(\n    self,\n) -> int",
        ),
    ],
)
def test_a_signature_is_what_the_author_wrote(code: str, text: str) -> None:
    functions = [
        node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)
    ]
    assert [signature(node, code.splitlines()) for node in functions] == [text]


@pytest.mark.usefixtures("project")
def test_the_template_gets_the_signature_of_each_typed_function() -> None:
    module = reference("en")
    extra = {"signature": "def double(x: float) -> float"}
    assert module["double"].extra["example_docs"] == extra


@pytest.mark.site
def test_a_signature_is_shown_where_it_says_something() -> None:
    page = ROOT / "site/reference/optimise/index.html"
    if not page.exists():
        pytest.fail("there is no built site; 'make test' and 'make site' build it")
    entries = re.split(r'<h\d id="torch_by_example\.', page.read_text("utf-8"))
    shown = {
        entry.partition('"')[0].rpartition(".")[2]: "doc-signature" in entry
        for entry in entries[1:]
    }
    assert shown["steps_until_low"]
    assert not shown["race"]
    functions = {
        node.name: bool(ast.unparse(node.args)) or ast.unparse(node.returns) != "None"
        for path in (ROOT / "src/torch_by_example/optimise").glob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
        if node.returns is not None
    }
    assert {name: shown[name] for name in functions} == functions


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_example_has_its_program(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    module = reference(language)
    extra = module["show"].extra["example_docs"]
    assert extra["summary"] == words_of(language, "reference_lesson")["program"]
    exec(compile(extra["program"], "copied", "exec"), {})
    assert capsys.readouterr().out == "4\n"
    assert "program" not in module["double"].extra["example_docs"]


@pytest.mark.usefixtures("project")
def test_an_example_that_is_no_program_stops_the_build(project: Path) -> None:
    path = project / f"src/{PACKAGE}/chapter/the_lesson.py"
    path.write_text(LESSON.replace("print(double(2))", "return"), encoding="utf-8")
    with pytest.raises(click.ClickException):
        reference("en")
