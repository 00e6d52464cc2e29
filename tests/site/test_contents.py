from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from example_docs.errors import ExampleError
from example_docs.site.contents import filled

if TYPE_CHECKING:
    from pathlib import Path

LESSON = (
    '<meta name="description" content="About &amp; on">'
    '<p class="reading-time" data-search-exclude>About 7 min to read</p>'
    '<div class="example" id="draw-it"><figure><svg></svg>'
    "<figcaption>Drawn.</figcaption></figure></div>"
)
LINK = '<a class="lesson" href="../part/one/">One</a>'
FIGURE = '<p><a data-figure="draw-it" href="../part/one/#there">Why</a></p>'


def write(site: Path, **pages: str) -> None:
    for place, text in pages.items():
        path = site / place.replace("_", "/") / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def contents(site: Path, language: str = "en") -> str:
    return filled(site, {language: ""})[site / "contents/index.html"]


def test_a_lesson_says_what_it_is_about_and_how_long_it_takes(tmp_path: Path) -> None:
    write(tmp_path, part_one=LESSON, contents=LINK)
    assert contents(tmp_path) == (
        f'{LINK} <span class="lesson-time">7 min</span> '
        '<span class="lesson-about">About &amp; on</span>'
    )
    assert "7 分钟" in contents(tmp_path, "zh")


def test_a_map_says_only_how_long(tmp_path: Path) -> None:
    write(tmp_path, part_one=LESSON, contents=f'<div class="chapters--map">{LINK}')
    assert "7 min" in contents(tmp_path)
    assert "About" not in contents(tmp_path)


def test_a_link_becomes_the_figure_of_its_example(tmp_path: Path) -> None:
    write(tmp_path, part_one=LESSON, contents=FIGURE)
    link = FIGURE.removeprefix("<p>").removesuffix("</p>")
    assert contents(tmp_path) == (
        f"<figure><svg></svg><figcaption>Drawn. {link}</figcaption></figure>"
    )


@pytest.mark.parametrize(
    "text",
    [LINK.replace("one", "two"), FIGURE.replace("one", "two"), FIGURE.replace("-", "")],
)
def test_what_is_not_there_is_an_error(tmp_path: Path, text: str) -> None:
    write(tmp_path, part_one=LESSON, contents=text.replace("datafigure", "data-figure"))
    with pytest.raises(ExampleError, match="there is no"):
        filled(tmp_path, {"en": ""})


def test_other_pages_stay_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, part_one=LESSON, contents="<p>Nothing is listed.</p>")
    assert filled(tmp_path, {"en": ""}) == {}
