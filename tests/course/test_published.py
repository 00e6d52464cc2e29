"""What readers get, in both languages: the programs that ran, and what they printed.

Nothing is executed here but by pytest-codeblocks: the text of each program runs in
``test_examples``. A published program is that text; a translated one is the same syntax
tree.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from mkdocs.config import load_config
from tests.project import LANGUAGES, LIBRARY, ROOT, pages

from example_docs.downloads.markdown import edition_of, published_markdown
from example_docs.numbers.prose import read_page
from example_docs.pages.directives import NOT_EXAMPLES, directives, fences
from example_docs.pages.inline import bound
from example_docs.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from example_docs.code.library import Example

CONFIGURATIONS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}
READMES = (
    *("README.md", "README.zh.md"),
    *("CONTRIBUTING.md", "CONTRIBUTING.zh.md"),
)
"""Files that are read in the repository, which pytest-codeblocks runs as they are."""

each_page = pytest.mark.parametrize(
    ("language", "page"),
    [
        pytest.param(language, page, id=f"{language}/{page}")
        for language in LANGUAGES
        for page in pages(language)
    ],
)


@dataclass(frozen=True)
class Published:
    """An example as readers get it: its program and the output below it."""

    program: str
    output: str
    line: int = 0


@cache
def markdown(language: str, page: str) -> str:
    return published_markdown(edition_of(read_settings(ROOT), language), page)


def examples_in(text: str) -> list[Published]:
    """The ``python`` fences of a text, each with the ``text`` fence right below it."""
    lines = text.split("\n")
    found: list[Published] = []
    previous = None
    for fence in fences(text):
        content = block(lines, fence.first, fence.last)
        if fence.language == "python":
            found.append(Published(content, "", fence.first))
        elif (
            fence.language == "text"
            and previous is not None
            and previous.language == "python"
            and not "".join(lines[previous.last : fence.first - 1]).strip()
        ):
            found[-1] = Published(found[-1].program, content, found[-1].line)
        previous = fence
    return found


def block(lines: list[str], first: int, last: int) -> str:
    """The content of a fence without the indent of its own lines."""
    indent = len(lines[first - 1]) - len(lines[first - 1].lstrip())
    return "".join(f"{line[indent:]}\n" for line in lines[first : last - 1])


def named_on(language: str, page: str) -> list[Example]:
    path = ROOT / "docs" / language / page
    text = path.read_text(encoding="utf-8")
    return [LIBRARY.example(line.directive.name) for line in directives(path, text)]


@each_page
def test_what_is_published_is_what_ran(language: str, page: str) -> None:
    """The texts of ``test_examples``, or their twins, with the outputs it found."""
    found = examples_in(markdown(language, page))
    for published, example in zip(found, named_on(language, page), strict=True):
        ran = example.program.text
        if language == LANGUAGES[0]:
            assert published.program == ran
        else:
            assert tree(published.program) == tree(ran)
        promise = example.noted.text
        assert published.output == (f"{promise}\n" if promise else "")


@each_page
def test_every_example_is_published_and_nothing_else_is_python(
    language: str, page: str
) -> None:
    text = markdown(language, page)
    languages = [fence.language for fence in fences(text)]
    assert languages.count("python") == len(named_on(language, page))
    # Properties are no programs: they need Hypothesis and the rest of their file.
    others = {"py"} if page.startswith("rules/") else set()
    assert set(languages) <= {"python", *others, *NOT_EXAMPLES}


def tree(text: str) -> str:
    return ast.dump(ast.parse(text))


# The HTML ---------------------------------------------------------------------------


@cache
def converter(language: str) -> Markdown:
    """Python-Markdown as the site's own configuration sets it up."""
    config = load_config(str(ROOT / CONFIGURATIONS[language]))
    return Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs
    )


@cache
def html(language: str, page: str) -> BeautifulSoup:
    """The HTML of a page, made in the project's folder, as the builders do."""
    text = (ROOT / "docs" / language / page).read_text(encoding="utf-8")
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    return BeautifulSoup(converter(language).reset().convert(body), "html.parser")


@each_page
def test_the_html_carries_the_same_programs_and_outputs(
    language: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    found = html(language, page).select("div.example")
    published = examples_in(markdown(language, page))
    names = [example.full_name for example in named_on(language, page)]
    assert [element["data-example"] for element in found] == names
    # The copy button leaves the last line end out.
    copied = [f"{element['data-copy']}\n" for element in found]
    assert copied == [example.program for example in published]
    assert [
        "".join(p.text for p in e.select(".example-output pre")) for e in found
    ] == [example.output for example in published]


@each_page
def test_the_html_shows_the_program_in_parts(
    language: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for element in html(language, page).select("div.example"):
        shown = "\n".join(code.text for code in element.select("pre > code"))
        assert sorted(filled(shown)) == sorted(filled(str(element["data-copy"])))


def filled(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


@each_page
def test_no_source_of_a_number_is_published(
    language: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    written = [
        number.shown
        for _, line in read_page(ROOT / "docs" / language, page).prose
        for number in bound(line)
        if not line.startswith(("alt=", "caption="))
    ]
    found = html(language, page)
    assert [e.text for e in found.select("span.number")] == written
    for code in found.select("code, math, [data-copy]"):
        code.decompose()
    assert SOURCE.findall(found.text) == []
    assert [
        n for line in markdown(language, page).split("\n") for n in bound(line)
    ] == []


SOURCE = re.compile(r"\{ *[-+−]?\d[^{}]*[ =](?:=|~|in|given)[ =][^{}]*\}")


def test_a_published_source_would_be_noticed() -> None:
    assert SOURCE.search("is {0.5 = steepest}.")
    assert SOURCE.search("is {0.5 given typ}.")
    assert list(bound("is {0.5 in steepest}."))


# pytest-codeblocks ------------------------------------------------------------------

XFAIL = (
    '<!--pytest.mark.xfail(raises=RuntimeError, strict=True, reason="ends in the '
    'exception that the page shows")-->'
)


def with_marks(text: str, examples: list[Example]) -> str:
    """A page in which the programs that end in an exception are expected to."""
    lines = text.split("\n")
    published = examples_in(text)
    for item, example in reversed(list(zip(published, examples, strict=True))):
        if example.expected.exception is not None:
            lines.insert(item.line - 1, XFAIL)
    return "\n".join(lines)


SHARED = """
import sys

import torch

torch.set_warn_always(True)


def pytest_runtest_teardown():
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close("all")
"""
"""Blocks share a process: some warnings come once in it, and nobody closes figures."""


def codeblocks(folder: Path) -> tuple[int, str]:
    """Run pytest-codeblocks on a folder: how many blocks ran well, and the report."""
    (folder / "conftest.py").write_text(SHARED, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--codeblocks",
            "-q",
            "-W",
            "error",
            "-p",
            "pytest_codeblocks.plugin",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            ".",
            ".",
        ],
        cwd=folder,
        env=os.environ
        | {
            "MPLBACKEND": "Agg",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONPATH": str(ROOT / "src"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    well = re.findall(r"(\d+) (?:passed|xfailed)", done.stdout)
    return (0 if done.returncode else sum(map(int, well))), done.stdout + done.stderr


@pytest.mark.size(
    "all"
)  # the programs have run; here another tool reads and runs the files
def test_pytest_codeblocks_runs_every_published_program(tmp_path: Path) -> None:
    expected = 0
    language = LANGUAGES[0]
    for page in pages(language):
        text = with_marks(markdown(language, page), named_on(language, page))
        expected += len(examples_in(text))
        path = tmp_path / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    ran, report = codeblocks(tmp_path)
    assert ran == expected, report
    assert ran > 0


def test_pytest_codeblocks_runs_the_readmes(tmp_path: Path) -> None:
    expected = 0
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        expected += len(examples_in(text))
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran, report = codeblocks(tmp_path)
    assert ran == expected, report
    assert ran > 0


@pytest.mark.parametrize(
    "block",
    ["```python\n1 / 0\n```\n", f"{XFAIL}\n```python\nprint(1)\n```\n"],
    ids=["fails", "passes though it should fail"],
)
def test_pytest_codeblocks_notices_a_wrong_program(tmp_path: Path, block: str) -> None:
    (tmp_path / "page.md").write_text(block, encoding="utf-8")
    ran, report = codeblocks(tmp_path)
    assert ran == 0
    assert "1 failed" in report


NOT_RUN = re.compile(r"<!-- not run: \S.* -->")


@pytest.mark.parametrize("name", READMES)
def test_no_fence_of_a_readme_escapes(name: str) -> None:
    assert unmarked((ROOT / name).read_text(encoding="utf-8")) == []


def test_a_fence_that_nothing_runs_needs_a_reason() -> None:
    text = (
        "```python\n```\n\n<!-- not run: why -->\n```console\n```\n\n```console\n```\n"
    )
    assert unmarked(text) == [8]


def unmarked(text: str) -> list[int]:
    lines = ["", *text.split("\n")]
    return [
        fence.first
        for fence in fences(text)
        if fence.info != "python" and not NOT_RUN.fullmatch(lines[fence.first - 1])
    ]
