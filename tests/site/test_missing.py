from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from example_docs.errors import ExampleError
from example_docs.site.not_found import missing_pages

if TYPE_CHECKING:
    from pathlib import Path

PAGE = '<article>\n<section class="not-found" lang="{0}">{0}</section>\n</article>'


def test_each_page_has_the_words_of_both_languages(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "404.html").write_text(PAGE.format("en"), "utf-8")
    (tmp_path / "zh/404.html").write_text(PAGE.format("zh"), "utf-8")
    first = missing_pages(tmp_path, ["", "zh"])
    assert [text.count("<section") for text in first.values()] == [2, 2]
    english, chinese = first.values()
    assert english.index(">en<") < english.index(">zh<")
    assert chinese.index(">zh<") < chinese.index(">en<")
    for path, text in first.items():
        path.write_text(text, "utf-8")
    assert missing_pages(tmp_path, ["", "zh"]) == first


def test_a_page_without_words_is_named(tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text("<article></article>", "utf-8")
    with pytest.raises(ExampleError, match=r"404\.html: expected <section"):
        missing_pages(tmp_path, [""])


def test_a_site_may_have_no_such_page(tmp_path: Path) -> None:
    assert missing_pages(tmp_path, ["", "zh"]) == {}
