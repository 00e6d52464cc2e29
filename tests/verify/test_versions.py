"""Examples that do something else in other versions of PyTorch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from tests.editions import edition
from tests.lessons import PACKAGE, library_of
from tests.project import LANGUAGES, LIBRARY, ROOT, pages

from example_docs.downloads.lessons import lesson_notebook
from example_docs.downloads.markdown import published_markdown
from example_docs.errors import ExampleError
from example_docs.extensions.render import render, view_of
from example_docs.languages.versions import other_versions
from example_docs.languages.words import words_of
from example_docs.marks import OnTorch, on_torch, release, version_marks_of
from example_docs.pages.directives import Directive, directives
from example_docs.verify import verify as verification
from example_docs.verify.verify import accept, load, verify

if TYPE_CHECKING:
    from pathlib import Path

    from example_docs.code.library import Example

HERE = ".".join(map(str, release(torch.__version__)))
MARKED = [
    (example, mark) for example in LIBRARY for mark in version_marks_of(load(example))
]
PAGES = [
    ROOT / "docs" / language / page.relative_to(ROOT / "docs" / "en")
    for language in LANGUAGES
    for page in sorted((ROOT / "docs" / "en").rglob("*.md"))
]


@pytest.mark.parametrize(
    ("since", "before", "version", "applies"),
    [
        ("2.14", "", "2.13.0+cpu", False),
        ("2.14", "", "2.14.0a0+git1", True),
        ("2.14", "", "2.14.1+cu130", True),
        ("2.9", "", "2.10.0", True),
        ("", "2.13", "2.12.1", True),
        ("", "2.13", "2.13.0", False),
        ("2.12", "2.14", "2.11.0", False),
        ("2.12", "2.14", "2.13.0", True),
    ],
)
def test_a_mark_knows_its_versions(
    *, since: str, before: str, version: str, applies: bool
) -> None:
    assert OnTorch(since=since, before=before).applies(version) is applies


def test_a_version_begins_with_numbers() -> None:
    with pytest.raises(ValueError, match="'main' is no version"):
        release("main")


@pytest.mark.parametrize("says", [{"since": "2"}, {"prints": "1"}])
def test_a_mark_says_when_and_what(says: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="on_torch"):
        on_torch(because="it does", **says)


def marked(root: Path, says: str, ends: str = "") -> Example:
    text = f'''
        from example_docs.marks import on_torch


        @on_torch(because="so it is", {says})
        def show() -> None:
            """What it shows.

            >>> show()
            1
            """
            print(2)
            {ends}
    '''
    name = f"v{abs(hash((str(root), says, ends)))}"
    return library_of(root, **{name: text}).example(f"{name}:show")


@pytest.mark.parametrize(
    ("says", "ends", "complaint"),
    [
        (f'since="{HERE}", prints="2"', "", None),
        (f'since="{HERE}", prints="3"', "", "expected '3', found '2'"),
        (f'before="{HERE}", prints="2"', "", "expected '1', found '2'"),
        (f'since="{HERE}", prints="2", raises="ValueError"', "int('x')", None),
        (f'since="{HERE}", prints="2", raises="ValueError: no"', "int('x')", "line 2"),
        (f'since="{HERE}", prints="2", raises="TypeError"', "int('x')", "ValueError"),
        (f'since="{HERE}", prints="2", raises="ValueError"', "", "did not raise"),
        (f'since="{HERE}", prints="2"', "int('x')", "raised"),
    ],
)
def test_the_mark_of_this_version_stands_for_the_docstring(
    says: str,
    ends: str,
    complaint: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path / "src"))
    monkeypatch.setattr(verification, "load", load_fresh)
    found = verify(marked(tmp_path, says, ends)).complaint
    if complaint is None:
        assert found is None
    else:
        assert complaint in str(found)


def load_fresh(example: Example) -> object:
    """The function itself: the package of these lessons has many folders."""
    namespace: dict[str, object] = {}
    exec(example.module.text, namespace)
    return namespace[example.name]


def test_accept_leaves_a_marked_example_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "load", load_fresh)
    example = marked(tmp_path, f'since="{HERE}", prints="3"')
    with pytest.raises(ExampleError, match=r"is marked by @on_torch"):
        accept([verify(example)])
    assert ">>> show()\n    1\n" in example.module.path.read_text(encoding="utf-8")
    assert example.module.name.startswith(PACKAGE)


# The project's own ------------------------------------------------------------------


def needs_words(example: Example, mark: OnTorch) -> bool:
    """Whether readers would see more than another wording of a message."""
    promise = example.expected
    kinds = [
        (text or "").partition(":")[0] for text in (promise.exception, mark.raises)
    ]
    return promise.printed != mark.prints or kinds[0] != kinds[1]


@pytest.mark.parametrize(
    ("example", "mark"), MARKED, ids=[example.full_name for example, _ in MARKED]
)
def test_pages_say_what_a_version_changes(example: Example, mark: OnTorch) -> None:
    name = example.full_name.partition(".")[2]
    version = mark.since or mark.before
    shown = 0
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        if name in {line.directive.name for line in directives(path, text)}:
            shown += 1
            assert not needs_words(example, mark) or version in text, (
                f"{path.relative_to(ROOT)} shows {name} and says nothing of {version}"
            )
    assert shown > 0
    for language in LANGUAGES:
        path = ROOT / "docs" / language / "maintaining.md"
        rows = [
            line
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.startswith("|") and f"`{example.name}`" in line and version in line
        ]
        assert rows, f"{path.relative_to(ROOT)} does not list {example.name}, {version}"


def test_another_wording_needs_no_words() -> None:
    example = LIBRARY.example("tensors.products:inner_sizes_differ")
    (mark,) = version_marks_of(load(example))
    assert not needs_words(example, mark)
    assert needs_words(example, OnTorch(prints="else", raises=mark.raises))


# What readers see -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "title", "text"),
    [
        ('since="2.15", prints="2"', "On PyTorch 2.15 and later: so it is", "2"),
        ('before="2.13", prints="3"', "Before PyTorch 2.13: so it is", "3"),
        (
            'since="2.1", before="2.3", prints="1", raises="ValueError: no"',
            "From PyTorch 2.1 to before 2.3: so it is",
            "1\nValueError: no",
        ),
        ('since="2.15", raises="ValueError"', "On PyTorch 2.15 and", "ValueError: …"),
    ],
)
def test_other_versions_are_said_in_words(
    says: str, title: str, text: str, tmp_path: Path
) -> None:
    ((found, output),) = other_versions(marked(tmp_path, says), "en")
    assert found.startswith(title)
    assert output.text == text


def test_marks_are_read_as_they_are_run() -> None:
    assert MARKED
    for example, _ in MARKED:
        assert example.version_marks == version_marks_of(load(example))
    marks = [m for example in LIBRARY for m in example.version_marks]
    assert len(marks) == len(MARKED)


def test_a_mark_that_is_no_literal_is_an_error(tmp_path: Path) -> None:
    example = marked(tmp_path, 'since="2.15", prints=str(2)')
    with pytest.raises(ExampleError, match="takes its texts as literals"):
        _ = example.version_marks


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_and_downloads_show_other_versions(language: str) -> None:
    book = edition(language)
    for page in pages(language):
        text = (book.docs / page).read_text(encoding="utf-8")
        named = [line.directive.name for line in directives(book.docs / page, text)]
        shown = [
            (title, output.text)
            for name in named
            for title, output in other_versions(
                LIBRARY.example(name), language, book.catalogue
            )
        ]
        if not shown:
            continue
        markdown = published_markdown(book, page)
        notebook = lesson_notebook(book, page)
        cells = "\n\n".join(cell.source for cell in notebook.cells)
        for title, output in shown:
            folded = f"<details><summary>{title}</summary>\n\n```text\n{output}\n```"
            assert folded in markdown
            assert folded in cells
            # Why, in the readers' language.
            assert (language == "zh") is not title.isascii()


def test_an_example_folds_other_versions() -> None:
    example = LIBRARY.example("activations.subgradients:ends_of_a_range")
    directive = Directive("activations.subgradients:ends_of_a_range")
    view = view_of(example.program, directive, set())
    versions = other_versions(example, "en")
    text = render(example, view, directive, words_of("en", "example"), "", versions)
    assert text.count('<div class="example-output">') == 1
    assert '<details class="example-version"><summary>On PyTorch 2.14 and' in text
    assert "tensor([0., 0., 1., 0., 0.])" in text.partition('"example-other"')[2]
