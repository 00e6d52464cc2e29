from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.project import LANGUAGES, ROOT

from example_docs.pages.metadata import head_faults

if TYPE_CHECKING:
    from pathlib import Path

DESCRIPTION = "A description that is long enough for a search engine to show it."


def page(path: Path, title: str, description: str = DESCRIPTION) -> Path:
    path.write_text(f"---\ntitle: {title}\ndescription: {description}\n---\n", "utf-8")
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_has_a_title_and_a_description_of_its_own(language: str) -> None:
    paths = sorted((ROOT / "docs" / language).rglob("*.md"))
    assert [str(fault) for fault in head_faults(paths)] == []


@pytest.mark.parametrize(
    ("title", "description", "sentence"),
    [
        ("", DESCRIPTION, ":1: the page has no title; write one"),
        ("Title", "", ":1: the page has no description; write one"),
        ("[a]", DESCRIPTION, ":1: the page has no title"),
        ("张量" * 16, DESCRIPTION, ":1: the title is 64 wide; 2 to 60 can be shown"),
        ("Title", "Short", ":1: the description is 5 wide; 40 to 170"),
        ("Title", "long " * 50, ":1: the description is 249 wide; 40 to 170"),
    ],
)
def test_a_head_that_shows_nothing_is_a_fault(
    tmp_path: Path, title: str, description: str, sentence: str
) -> None:
    (fault,) = head_faults([page(tmp_path / "a.md", title, description)])
    assert f"a.md{sentence}" in str(fault)


def test_two_pages_with_one_head_are_a_fault(tmp_path: Path) -> None:
    paths = [page(tmp_path / name, "Title") for name in ("a.md", "b.md")]
    found = [str(fault) for fault in head_faults(paths)]
    assert len(found) == 2
    assert "a.md has the same title" in found[0]
    assert "b.md:2: " in found[0]
    assert "b.md:3: " in found[1]


def test_a_page_without_a_head_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Title\n", "utf-8")
    assert len(list(head_faults([path]))) == 2
