from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.project import ROOT, configure, pages

from example_docs.cli import main
from example_docs.errors import ExampleError
from example_docs.languages.staleness import (
    digest,
    read_record,
    recorded,
    stale,
    stale_in,
    written,
)
from example_docs.pages.blocks import Block, blocks

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = """\
---
title: Page
---

# Page { #page }

One paragraph,
of two lines.

$$ a $$

- an item
- another
"""
CHINESE = """\
---
title: 页
---

# 页 { #page }

一段话。

$$ a $$

- 一项
- 另一项
"""


def differing(
    english: str, chinese: str, known: dict[str, str]
) -> list[tuple[int, int, str]]:
    """The line of each stale pair on both sides, and the side that is stale."""
    found = stale(blocks(english), blocks(chinese), known)
    return [(pair.left.line, pair.right.line, pair.side) for pair in found]


@pytest.fixture
def known() -> dict[str, str]:
    return recorded(blocks(ENGLISH), blocks(CHINESE))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one page in two languages, which nobody has read side by side."""
    monkeypatch.chdir(tmp_path)
    configure(tmp_path)
    for language, text in (("en", ENGLISH), ("zh", CHINESE)):
        page = tmp_path / "docs" / language / "chapter" / "page.md"
        page.parent.mkdir(parents=True)
        page.write_text(text, encoding="utf-8")
    return tmp_path


def change(project: Path, language: str, old: str, new: str) -> None:
    page = project / "docs" / language / "chapter/page.md"
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")


# The pages of the book ----------------------------------------------------------------


@pytest.mark.parametrize("page", pages("en"))
def test_each_page_of_the_book_has_been_read_side_by_side(page: str) -> None:
    record = read_record(ROOT / "docs/translations.yml")
    known = record.get(page.removesuffix(".md"), {})
    found = stale_in(ROOT / "docs/en" / page, ROOT / "docs/zh" / page, known)
    for pair in found[:1]:
        places = f"docs/en/{page}:{pair.left.line} and docs/zh/{page}:{pair.right.line}"
        pytest.fail(
            f"{len(found)} blocks are not recorded as read, the first at {places}; "
            "read them and run 'example-docs translated'"
        )


def test_the_record_has_no_page_that_is_gone() -> None:
    record = read_record(ROOT / "docs/translations.yml")
    assert {f"{page}.md" for page in record} - set(pages("en")) == set()


# What is stale ------------------------------------------------------------------------


def test_what_is_recorded_is_current(known: dict[str, str]) -> None:
    assert differing(ENGLISH, CHINESE, known) == []


def test_what_is_not_recorded_is_stale_on_both_sides() -> None:
    assert differing(ENGLISH, CHINESE, {}) == [
        (5, 5, "both"),
        (7, 7, "both"),
        (12, 11, "both"),
        (13, 12, "both"),
    ]


@pytest.mark.parametrize(
    ("side", "old", "new", "found"),
    [
        # The English block changed: its translation, on the right, is stale.
        ("en", "One", "The", [(7, 7, "right")]),
        ("en", "another", "the other", [(13, 12, "right")]),
        ("en", "# Page", "# A page", [(5, 5, "right")]),
        ("zh", "一段话", "两段话", [(7, 7, "left")]),
        ("zh", "另一项", "第二项", [(13, 12, "left")]),
    ],
)
def test_the_side_that_did_not_change_is_stale(
    known: dict[str, str],
    side: str,
    old: str,
    new: str,
    found: list[tuple[int, int, str]],
) -> None:
    english = ENGLISH.replace(old, new) if side == "en" else ENGLISH
    chinese = CHINESE.replace(old, new) if side == "zh" else CHINESE
    assert differing(english, chinese, known) == found


def test_where_both_changed_both_are_stale(known: dict[str, str]) -> None:
    english, chinese = ENGLISH.replace("One", "The"), CHINESE.replace("段", "行")
    assert differing(english, chinese, known) == [(7, 7, "both")]


@pytest.mark.parametrize(
    "english",
    [
        ENGLISH.replace("paragraph,\nof two", "paragraph, of two"),
        ENGLISH.replace("of two", "of\ntwo"),
        ENGLISH.replace("lines.\n", "lines.  \n\n\n"),
        ENGLISH.replace("title: Page", "title: Another"),
        ENGLISH.replace("$$ a $$", "$$ b $$"),
    ],
)
def test_line_breaks_and_what_is_no_prose_say_nothing(
    known: dict[str, str], english: str
) -> None:
    assert english != ENGLISH
    assert differing(english, CHINESE, known) == []


def test_moved_blocks_stay_current(known: dict[str, str]) -> None:
    english = ENGLISH.replace("- an item\n- another", "- another\n- an item")
    chinese = CHINESE.replace("- 一项\n- 另一项", "- 另一项\n- 一项")
    assert differing(english, chinese, known) == []


def test_a_text_may_be_translated_in_two_ways() -> None:
    english, chinese = "Look:\n\nLook:\n", "看：\n\n再看：\n"
    known = recorded(blocks(english), blocks(chinese))
    assert differing(english, chinese, known) == []
    assert differing(english, chinese.replace("再", "又"), known) == [(3, 3, "left")]
    assert read_back(known) == known


def read_back(known: dict[str, str]) -> dict[str, str]:
    import yaml  # noqa: PLC0415

    record = yaml.safe_load(written({"page": known}))
    assert isinstance(record, dict)
    return dict(record["page"])


def test_the_source_of_a_number_is_no_text() -> None:
    plain, bound = (blocks(f"to {text}.")[0] for text in ("0.5", "{0.5 = a}"))
    assert digest(bound) == digest(plain)
    assert digest(blocks("to {0.6 = a}.")[0]) != digest(plain)


def test_a_digest_is_short_and_of_the_text_only() -> None:
    one = Block("paragraph", 1, "a  b\nc", 0)
    other = Block("paragraph", 7, "a b c", 1)
    assert digest(one) == digest(other)
    assert len(digest(one)) == 12
    assert digest(one) != digest(Block("paragraph", 1, "a b d", 0))


# The record ---------------------------------------------------------------------------


def test_the_record_survives_being_rewritten(tmp_path: Path) -> None:
    pair = {"0e12": "1e3", "000000000000": "123456789012 abc"}
    text = written({"b/c": pair, "a": {}, "index": {"x": "y"}})
    path = tmp_path / "translations.yml"
    path.write_text(text, encoding="utf-8")
    record = read_record(path)
    assert record == {"a": {}, "b/c": pair, "index": {"x": "y"}}
    assert written(record) == text


def test_the_record_of_the_book_is_as_it_would_be_written() -> None:
    path = ROOT / "docs/translations.yml"
    assert written(read_record(path)) == path.read_text(encoding="utf-8")


def test_no_file_is_an_empty_record(tmp_path: Path) -> None:
    assert read_record(tmp_path / "none.yml") == {}


@pytest.mark.parametrize("content", [b"a: [", b"\xff\xfe", b"- a\n", b"a: b\n", b"a"])
def test_a_broken_record_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "translations.yml"
    path.write_bytes(content)
    with pytest.raises(ExampleError, match="restore it from version control") as caught:
        read_record(path)
    assert caught.value.path == path


# The command --------------------------------------------------------------------------


def test_the_command_shows_both_texts_and_records_them(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["translated"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "--- docs/en/chapter/page.md:5\n# Page { #page }\n"
        "+++ docs/zh/chapter/page.md:5\n# 页 { #page }\n\n"
        "--- docs/en/chapter/page.md:7\nOne paragraph,\nof two lines.\n"
        "+++ docs/zh/chapter/page.md:7\n一段话。\n\n"
    )
    assert out.endswith("\n4 blocks recorded as translations of each other\n")
    path = project / "docs/translations.yml"
    before = path.read_bytes()
    assert main(["translated"]) == 0
    assert capsys.readouterr().out == (
        "0 blocks recorded as translations of each other\n"
    )
    assert path.read_bytes() == before


def test_check_records_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["translated", "--check"]) == 1
    assert capsys.readouterr().out.count("+++ docs/zh/") == 4
    assert not (project / "docs/translations.yml").exists()
    assert main(["translated", "chapter/page"]) == 0
    assert main(["translated", "--check"]) == 0
    change(project, "zh", "一段话", "两段话")
    before = (project / "docs/translations.yml").read_bytes()
    capsys.readouterr()
    assert main(["translated", "--check"]) == 1
    assert capsys.readouterr().out == (
        "--- docs/en/chapter/page.md:7\nOne paragraph,\nof two lines.\n"
        "+++ docs/zh/chapter/page.md:7\n两段话。\n\n"
        "1 block changed since both languages were read side by side; when they say "
        "the same, run 'example-docs translated' with the names of their pages\n"
    )
    assert (project / "docs/translations.yml").read_bytes() == before


def test_pages_that_part_are_not_recorded(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(project, "zh", "$$ a $$", "$$ b $$")
    assert main(["translated"]) == 1
    assert capsys.readouterr().err == (
        "example-docs: the languages part: docs/en/chapter/page.md:10 and "
        "docs/zh/chapter/page.md:9: expected the formula '$$ a $$', found '$$ b $$'\n"
    )
    assert not (project / "docs/translations.yml").exists()


@pytest.mark.usefixtures("project")
def test_an_unknown_page_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translated", "chapter/other"]) == 1
    assert capsys.readouterr().err == (
        "example-docs: there is no page 'chapter/other.md' under docs/en and docs/zh\n"
    )


def test_a_page_that_is_gone_is_forgotten(project: Path) -> None:
    path = project / "docs/translations.yml"
    path.write_text(written({"gone": {"a": "b"}}), encoding="utf-8")
    assert main(["translated", "chapter/page"]) == 0
    assert set(read_record(path)) == {"chapter/page", "gone"}
    assert main(["translated"]) == 0
    assert set(read_record(path)) == {"chapter/page"}
