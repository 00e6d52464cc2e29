from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from example_docs.languages.notices import with_notices
from example_docs.languages.staleness import recorded, written
from example_docs.languages.words import words_of
from example_docs.pages.blocks import blocks
from example_docs.pages.directives import front_matter

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = """\
---
title: Page
---

# Page { #page }

Text.

- an item

    within an item

- another

!!! note "Note"

    within a note

| a | b |
|---|---|
| c | d |
"""
CHINESE = """\
---
title: 页
---

# 页 { #page }

字。

- 一项

    项内

- 另一项

!!! note "注"

    注内

| 甲 | 乙 |
|---|---|
| 丙 | 丁 |
"""


class Book:
    """A page in two languages, and the record of how it was read."""

    def __init__(self, root: Path) -> None:
        self.docs = {language: root / "docs" / language for language in ("en", "zh")}
        self.record = root / "docs/translations.yml"
        for language, text in (("en", ENGLISH), ("zh", CHINESE)):
            self.docs[language].mkdir(parents=True)
            self.write(language, text)

    def write(self, language: str, text: str) -> None:
        (self.docs[language] / "page.md").write_text(text, encoding="utf-8")

    def remember(self) -> None:
        record = {"page": recorded(blocks(ENGLISH), blocks(CHINESE))}
        self.record.write_text(written(record), encoding="utf-8")

    def change(self, language: str, old: str, new: str) -> None:
        text = {"en": ENGLISH, "zh": CHINESE}[language]
        assert text.count(old) == 1
        self.write(language, text.replace(old, new))

    def lines(self, language: str) -> list[str]:
        """The page as a builder hands it on."""
        text = (self.docs[language] / "page.md").read_text(encoding="utf-8")
        return text.removeprefix(front_matter(text)).lstrip("\n").split("\n")

    def noticed(self, language: str) -> list[tuple[str, str]]:
        """Each notice of a page, with the line that it stands before."""
        found = with_notices(
            self.lines(language),
            self.docs,
            "page.md",
            self.record,
            language,
        )
        kinds = {
            f">{text}<": kind for kind, text in words_of(language, "notices").items()
        }
        return [
            (next(kind for text, kind in kinds.items() if text in line), found[at + 2])
            for at, line in enumerate(found)
            if 'class="stale"' in line
        ]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


@pytest.mark.parametrize(
    ("language", "first"), [("en", "# Page { #page }"), ("zh", "# 页 { #page }")]
)
def test_a_page_that_nobody_read_has_one_notice(
    book: Book, language: str, first: str
) -> None:
    assert book.noticed(language) == [("page", first)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_that_was_read_has_none(book: Book, language: str) -> None:
    book.remember()
    lines = book.lines(language)
    assert with_notices(lines, book.docs, "page.md", book.record, language) == lines


@pytest.mark.parametrize(
    ("old", "new", "before"),
    [
        ("Text.", "Words.", "字。"),
        ("- an item", "- the item", "- 一项"),
        ("within an item", "inside", "- 一项"),
        ("another", "the other", "- 另一项"),
        ('"Note"', '"Remark"', '!!! note "注"'),
        ("within a note", "inside", '!!! note "注"'),
        ("| c | d |", "| c | e |", "| 甲 | 乙 |"),
        ("# Page", "# Title", "# 页 { #page }"),
    ],
)
def test_a_notice_stands_before_the_outermost_block(
    book: Book, old: str, new: str, before: str
) -> None:
    book.remember()
    book.change("en", old, new)
    assert [place for kind, place in book.noticed("zh") if kind == "block"] == [before]
    assert [kind for kind, _ in book.noticed("zh")] == ["page", "block"]
    assert book.noticed("en") == []


def test_a_changed_translation_is_noticed_on_the_other_side(book: Book) -> None:
    book.remember()
    book.change("zh", "字。", "话。")
    assert book.noticed("zh") == []
    assert [kind for kind, _ in book.noticed("en")] == ["page", "block"]


def test_two_blocks_within_one_have_one_notice(book: Book) -> None:
    book.remember()
    both = CHINESE.replace("一项\n\n    项内", "甲\n\n    乙")
    book.write("zh", both)
    assert [kind for kind, _ in book.noticed("en")] == ["page", "block"]


def test_trailing_empty_lines_move_nothing(book: Book) -> None:
    book.remember()
    book.change("en", "Text.", "Words.")
    book.write("zh", f"{CHINESE}\n\n\n")
    assert book.noticed("zh")[1] == ("block", "字。")


def test_a_page_without_a_twin_has_no_notice(book: Book) -> None:
    (book.docs["zh"] / "page.md").unlink()
    assert book.noticed("en") == []


def test_a_notice_is_html_beside_the_block(book: Book) -> None:
    book.remember()
    book.change("en", "within an item", "inside")
    lines = with_notices(book.lines("zh"), book.docs, "page.md", book.record, "zh")
    html = Markdown(extensions=["admonition"]).convert("\n".join(lines))
    page = BeautifulSoup(html, "html.parser")
    notices = page.select("p.stale[role=note]")
    assert [notice.text for notice in notices] == [*words_of("zh", "notices").values()]
    following = notices[1].find_next_sibling()
    assert following is not None
    assert following.name == "ul"
    assert len(page.select("li")) == 2
