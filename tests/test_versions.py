"""Examples that do something else in other versions of PyTorch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from tests.lessons import PACKAGE, library_of
from tests.project import LANGUAGES, LIBRARY, ROOT

from example_docs.errors import ExampleError
from example_docs.marks import OnTorch, on_torch, release, version_marks_of
from example_docs.pages.directives import directives
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
    example = LIBRARY.example("tensors.arithmetic:inner_sizes_differ")
    (mark,) = version_marks_of(load(example))
    assert not needs_words(example, mark)
    assert needs_words(example, OnTorch(prints="else", raises=mark.raises))
