from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag

from example_docs.errors import ExampleError
from example_docs.site.side_by_side import (
    Built,
    elements,
    parallel_view,
    parallel_views,
    rebased,
)

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = """\
<div class="example" id="show" data-copy="print(1)"><pre>{code}</pre>
<figure><svg><path id="f1-a"/><use href="#f1-a"/></svg>\
<figcaption>{caption}</figcaption></figure></div>"""

ENGLISH = f"""\
<h1 id="page">Page<a class="headerlink" href="#page">¶</a></h1>
<p>Text, <a href="../other/#a">a link</a>.</p>
{EXAMPLE.format(code="# why", caption='A <b>line</b>, <a href="../other/">see</a>')}
<pre id="same">console</pre>
<ul>
<li id="item">an item<br><img src="../../assets/a.svg"></li>
</ul>
"""
CHINESE = f"""\
<h1 id="page">页<a class="headerlink" href="#page">¶</a></h1>
<p>字，<a href="../other/#a">链接</a>。</p>
{EXAMPLE.format(code="# 为何", caption='一条<b>线</b>，<a href="../other/">见</a>')}
<pre id="same">console</pre>
<ul>
<li id="item">一项<br><img src="../../../assets/a.svg"></li>
</ul>
"""


def page(article: str, language: str, up: str) -> str:
    """A page as Material builds it: its scripts know the way to the root."""
    return f"""\
<!doctype html>
<html lang="{language}">
<head><link rel="stylesheet" href="{up}/assets/site.css">
<link rel="canonical" href="https://example.org/page/"></head>
<body dir="ltr">
<a class="parallel-switch" href="{up}/chapter/page/parallel/">both</a>
<a href="../other/">next</a> <a href="#page">skip</a> <a href=".">home</a>
<article class="md-content__inner md-typeset">
{article}</article>
<script>var base = {{"base": "{up}", "search": "{up}/assets/search.js"}}</script>
</body></html>
"""


def built(english: str = ENGLISH, chinese: str = CHINESE) -> tuple[Built, Built]:
    return (
        Built("en", "chapter/page", page(english, "en", "../..")),
        Built("zh", "zh/chapter/page", page(chinese, "zh", "../../..")),
    )


def view(english: str = ENGLISH, chinese: str = CHINESE) -> BeautifulSoup:
    return BeautifulSoup(parallel_view(*built(english, chinese)), "html.parser")


def only(found: BeautifulSoup | Tag, selector: str) -> Tag:
    (tag,) = found.select(selector)
    return tag


def article(found: BeautifulSoup) -> Tag:
    return only(found, "article")


# What stands beside what --------------------------------------------------------------


def test_blocks_stand_in_pairs() -> None:
    pairs = [
        [(side["lang"], side.get_text(" ", strip=True)) for side in pair.select("div")]
        for pair in article(view()).select(":scope > div.pair")
    ]
    assert pairs == [
        [("en", "Page ¶"), ("zh", "页 ¶")],
        [("en", "Text, a link ."), ("zh", "字， 链接 。")],
        [("en", "an item"), ("zh", "一项")],
    ]


def test_the_own_language_comes_first() -> None:
    english, chinese = built()
    found = BeautifulSoup(parallel_view(chinese, english), "html.parser")
    first = found.select("div.pair")[0]
    assert [side["lang"] for side in first.select("div")] == ["zh", "en"]
    assert only(found, "html")["lang"] == "zh"


def test_code_is_there_once_with_both_captions() -> None:
    found = article(view())
    assert only(found, "div.example").pre.text == "# why"  # type: ignore[union-attr]
    assert only(found, "figcaption").get_text() == "A line, see"
    caption = only(found, "p.example-caption")
    assert caption["lang"] == "zh"
    assert caption.get_text() == "一条线，见"


def test_the_caption_of_an_example_that_prints_is_there_in_both_languages() -> None:
    sides = [
        f'<div class="example" id="a"><p class="example-caption">{text}</p></div>'
        for text in ("one", "甲")
    ]
    found = article(view(*sides))
    assert [p.get_text() for p in found.select("p.example-caption")] == ["one", "甲"]


def test_what_is_said_of_an_answer_stays_folded() -> None:
    sides = [
        '<div class="example" id="a"><details class="example-answer"><summary>x'
        f'</summary><p class="example-caption">{text}</p></details>\n</div>'
        for text in ("one", "甲")
    ]
    found = article(view(*sides))
    folded = [p.get_text() for p in found.select("details > p.example-caption")]
    assert folded == ["one", "甲"]


def test_what_both_say_alike_is_there_once() -> None:
    found = article(view())
    assert only(found, ":scope > pre").text == "console"
    alike = article(view('<h2 id="a">Softmax</h2>', '<h2 id="a">Softmax</h2>'))
    assert only(alike, "h2")["id"] == "a"
    assert not alike.select("div.pair")


def test_an_identifier_is_there_once() -> None:
    ids = re.findall(r'\sid="([^"]*)"', str(view()))
    assert sorted(ids) == ["f1-a", "item", "page", "same", "show"]
    # The one that stays is in the page's own language.
    assert only(view(), "#item").get_text() == "an item"


def test_notices_of_staleness_are_no_blocks() -> None:
    notice = '<p class="stale" role="note">stale</p>\n'
    found = view(ENGLISH, notice + CHINESE.replace("<p>字", f"{notice}<p>字"))
    assert article(found).decode() == article(view()).decode()


# Addresses ----------------------------------------------------------------------------


def test_addresses_lead_where_they_led() -> None:
    found = view()
    first, second, third = article(found).select("div.pair")
    # One folder deeper; the twin's addresses lead into its own language.
    assert [a["href"] for a in second.select("a")] == [
        "../../other/#a",
        "../../../zh/chapter/other/#a",
    ]
    assert [a["href"] for a in first.select("a")] == ["#page", "#page"]
    assert [img["src"] for img in third.select("img")] == ["../../../assets/a.svg"] * 2
    assert [
        a["href"] for a in article(found).select("figcaption a, p.example-caption a")
    ] == ["../../other/", "../../../zh/chapter/other/"]
    assert [link["href"] for link in found.select("link")] == [
        "../../../assets/site.css",
        "https://example.org/page/",
    ]
    script = only(found, "script").text
    assert '"base": "../../.."' in script
    assert '"search": "../../../assets/search.js"' in script


def test_the_switch_is_on_and_leads_back() -> None:
    found = view()
    assert only(found, "body")["data-view"] == "parallel"
    switch = only(found, "a.parallel-switch")
    assert switch["aria-current"] == "page"
    assert switch["href"] == "../"


@pytest.mark.parametrize(
    ("address", "moved"),
    [
        ("../other/", "../../other/"),
        ("../other/#a", "../../other/#a"),
        ("../other/?q=1#a", "../../other/?q=1#a"),
        ("../..", "../../.."),
        ("../../zh/a.svg", "../../../zh/a.svg"),
        ("parallel/", "."),
        ("parallel/x.svg", "x.svg"),
        ("#a", "#a"),
        ("", ""),
        ("/a", "/a"),
        ("//example.org/a", "//example.org/a"),
        ("https://example.org/a", "https://example.org/a"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_an_address_is_rebased(address: str, moved: str) -> None:
    text = f'<a href="{address}">'
    assert rebased(text, "chapter/page", "chapter/page/parallel") == (
        f'<a href="{moved}">'
    )


# The site -----------------------------------------------------------------------------


def test_each_lesson_of_a_site_has_a_view_in_both_languages(tmp_path: Path) -> None:
    english, chinese = built()
    pages = {
        "chapter/page": english.text,
        "zh/chapter/page": chinese.text,
        "chapter/no-example": page("<p>a</p>", "en", "../.."),
        "zh/chapter/no-example": page("<p>甲</p>", "zh", "../../.."),
        "chapter/alone": english.text,
    }
    for address, text in pages.items():
        folder = tmp_path / address
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(text, encoding="utf-8")
    views = parallel_views(tmp_path, {"en": "", "zh": "zh"})
    assert views == {
        "chapter/page/parallel/index.html": parallel_view(english, chinese),
        "zh/chapter/page/parallel/index.html": parallel_view(chinese, english),
    }


@pytest.mark.parametrize(
    "chinese",
    ["<p>甲</p>", f"{CHINESE}<p>更多</p>", CHINESE.replace("ul>", "ol>")],
)
def test_blocks_that_do_not_correspond_are_one_sentence(chinese: str) -> None:
    with pytest.raises(ExampleError) as caught:
        view(ENGLISH, chinese)
    assert str(caught.value) == (
        "the blocks of chapter/page and zh/chapter/page do not correspond; "
        "'example-docs parity' says where"
    )


def test_a_page_without_an_article_is_one_sentence() -> None:
    with pytest.raises(ExampleError) as caught:
        parallel_view(Built("en", "a/b", "<p>text</p>"), built()[1])
    assert str(caught.value) == "a/b has no article; was it built by Material?"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("<p>a<br>b</p>\n<p>c</p>", ["<p>a<br>b</p>", "<p>c</p>"]),
        ("<div><div>a</div>\n</div >", ["<div><div>a</div>\n</div >"]),
        (
            "<svg><path/><path></path></svg><p>&lt;p&gt;</p>",
            ["<svg><path/><path></path></svg>", "<p>&lt;p&gt;</p>"],
        ),
        ("<p>a\u2028b\x0cc</p>\n<p>d</p>", ["<p>a\u2028b\x0cc</p>", "<p>d</p>"]),
        ("<hr>\n<!-- <p> -->\n<p>a</p>", ["<p>a</p>"]),
    ],
)
def test_an_article_is_cut_into_its_outermost_elements(
    text: str, parts: list[str]
) -> None:
    assert elements(text) == parts


def test_an_index_page_has_a_view_and_a_view_has_none(
    tmp_path: Path,
) -> None:
    for page in (built()[0], built()[1]):
        address = page.address.replace("/page", "")
        for place in (address, f"{address}/parallel"):
            (tmp_path / place).mkdir(parents=True, exist_ok=True)
            (tmp_path / place / "index.html").write_text(page.text, encoding="utf-8")
    assert list(parallel_views(tmp_path, {"en": "", "zh": "zh"})) == [
        "chapter/parallel/index.html",
        "zh/chapter/parallel/index.html",
    ]
