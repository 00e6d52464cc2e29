from __future__ import annotations

from typing import TYPE_CHECKING

import jieba
import pytest
from material.plugins.search.plugin import Parser
from tests.project import ROOT, pages

from example_docs.errors import ExampleError
from example_docs.languages.terms import parse_glossary, read_glossary
from example_docs.site import search
from example_docs.site.search import (
    asked,
    broken,
    called,
    explained,
    indexed,
    pairs,
    places,
    searched,
    titles,
)

if TYPE_CHECKING:
    from pathlib import Path

TERMS = """
- {en: error term, zh: 误差项, means_en: e, means_zh: 误。}
- {en: leaf tensor, zh: 叶子张量, means_en: l, means_zh: 叶。}
- {en: subgradient, zh: 次梯度, also: [subdifferential], means_en: s, means_zh: 次。}
"""
PAGE = """# 一页 { #a-page }

开头说**次梯度**（subgradient），这里不说误差项。

## 一节 { #a-section }

叫做误差项 δ（error terms）。再说一次次梯度（某种东西）。

```text
叶子张量（leaf tensor）
```

## 另一节 { #another }

叶子张量（Leaf tensor，简称叶子）与叶子张量（leaf tensor）。
"""


def test_a_section_explains_what_it_gives_in_english(tmp_path: Path) -> None:
    glossary = parse_glossary(tmp_path / "glossary.yml", TERMS.encode())
    found = {
        anchor: [term.names["en"] for term in terms]
        for anchor, terms in explained(PAGE, glossary).items()
    }
    assert found == {
        "": ["subgradient"],
        "a-section": ["error term"],
        "another": ["leaf tensor"],
    }


def test_a_page_that_explains_nothing(tmp_path: Path) -> None:
    glossary = parse_glossary(tmp_path / "glossary.yml", TERMS.encode())
    assert explained("# 标题 { #a }\n\n误差项（没有英文）。\n", glossary) == {}


def test_terms_stay_whole_if_cutting_leaves_single_characters(tmp_path: Path) -> None:
    glossary = parse_glossary(tmp_path / "glossary.yml", TERMS.encode())
    cuts = {
        "误差项": ["误差", "项"],
        "叶子张量": ["叶子", "张量"],
        "次梯度": ["次", "梯度"],
    }
    assert broken(glossary, cuts.__getitem__) == ["误差项", "次梯度"]


def test_chinese_is_cut_and_english_is_not() -> None:
    assert indexed("leaf tensor", "en", list) == "leaf tensor"
    assert indexed("张量", "zh", list) == "张\u200b量"


def test_the_book_explains_most_of_its_terms() -> None:
    glossary = read_glossary(ROOT / "docs/glossary.yml")
    found = {
        term.anchor
        for page in pages("zh")
        for terms in explained(
            (ROOT / "docs/zh" / page).read_text(encoding="utf-8"), glossary
        ).values()
        for term in terms
    }
    assert len(found) > len(glossary.terms) / 2
    assert set(broken(glossary, jieba.cut)) < {
        term.names["zh"] for term in glossary.terms
    }


def sections(content: str) -> list[tuple[str, str, str]]:
    """What the theme's search reads in the HTML of a page; white space is no text."""
    parser = Parser()
    parser.feed(content)
    parser.close()
    return [
        (section.id, *("".join("".join(part).split()) for part in (title, text)))
        for section in parser.data
        for title, text in [(section.title, section.text)]
    ]


CODE = (
    '<pre><code><span class="k">import</span> a\n\n  <span class="m">1</span>'
    "</code></pre>"
)
FORMULA = (
    '<span class="formula"><math display="inline" alttext="x"><semantics><mrow>'
    '<mi>x</mi><mo stretchy="false">(</mo></mrow><annotation encoding="a/x">x(&nbsp;'
    "</annotation></semantics></math></span>"
)
FIGURE = (
    '<figure><svg viewBox="0 0 1 1"><title>A <b> &amp; c</title><path d="M0 0"/>'
    "<g><use x='1'/></g></svg><figcaption>Why</figcaption></figure>"
)


@pytest.mark.parametrize(
    "part",
    [
        CODE,
        f"<p>The {FORMULA} of <em>it</em>.</p>",
        FIGURE.replace("<b>", "&lt;b&gt;"),
        f'<div data-copy="import a\n1 &lt; 2 > 1 &quot;" class="example">{CODE}</div>',
        '<p data-search-exclude><span class="downloads">none of it</span></p><p>a</p>',
        '<h2 id="b">Of <code><span class="n">x</span></code></h2><menu><li>a</menu>',
        '<h2 id="b">B<a class="headerlink" href="#b" title="t">¶</a></h2>',
        "<details open>\n<summary>A <b>b</b></summary>\n<p>c</p></details>",
        "<table><tr>\n <td>a</td>\n <td><code>b</code></td></tr>\n</table>c",
        '<div><div><h2 id="b">B</h2><p>b</p></div><h2 id="c">C</h2>c</div>',
    ],
)
def test_search_reads_the_same_in_less(part: str) -> None:
    page = f'<h1 id="a">A</h1>{part}<h2 id="z">Z{FORMULA}</h2><p>end</p>'
    assert searched(page) != page
    assert sections(searched(page)) == sections(page)
    assert len(sections(page)) > 1


@pytest.mark.parametrize("tag", ["div", "span", "td"])
def test_what_search_shall_not_read_stays_marked(tag: str) -> None:
    part = f'<{tag} class="x" data-search-exclude><span>none of it</span></{tag}>'
    page = f'<h1 id="a">A</h1>{part}<h2 id="z">Z</h2><p>end</p>'
    assert searched(page) == page
    assert "none" not in str(sections(searched(page)))


def test_search_reads_messages_and_no_numbers() -> None:
    page = (
        '<h1 id="a">A</h1><details class="example-folded"><summary>import a</summary>'
        '<pre>import a</pre></details><div class="example-output"><pre>tensor([1.25])'
        '\n<span class="example-exception">ValueError: too large</span></pre></div>'
        '<a class="example-reference" href="x">ƒ</a>'
    )
    text = "<pre>ValueError:toolarge</pre>"
    assert [part[1:] for part in sections(searched(page))] == [("A", text)]


def test_what_stands_in_a_section() -> None:
    page = (
        '<h1 id="t">T</h1><div class="example" id="one"></div><h2 id="b">B</h2>'
        '<div class="example" data-a="" id="two">'
        '<span class="example-exception">A: &lt;b&gt;</span></div>'
    )
    assert places(page) == {"": (["t", "one"], []), "b": (["b", "two"], ["A: <b>"])}


def test_headings_by_anchor() -> None:
    page = "# A title { #a-title }\n\n## Of `x` { #part }\n"
    assert titles(page) == {"": "A title", "part": "Of `x`"}


def test_pairs_skip_what_says_little() -> None:
    assert pairs("Trying to backward through the graphs a second time") == [
        "backward_through",
        "through_graph",
        "graph_second",
    ]
    assert pairs("梯度 is nan") == []


def test_a_name_is_found_by_its_words_and_by_two_together() -> None:
    assert asked("Dying ReLU", list) == "dying relu dying_relu"
    assert asked("冻结参数", lambda _: ["冻结", "参数", "参"]) == "冻结参数 冻结 参数"


def test_no_file_calls_nothing_by_a_name(tmp_path: Path) -> None:
    assert called(tmp_path / "search.yml") == {}


@pytest.mark.parametrize("text", ["- a", "a: b", "a: [1]", "a: ["])
def test_names_are_lists_by_id(tmp_path: Path, text: str) -> None:
    path = tmp_path / "search.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExampleError):
        called(path)


def test_query_js_says_which_words_say_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "query.js"
    path.write_text("nothing", encoding="utf-8")
    monkeypatch.setattr(search, "QUERY", path)
    search._little.cache_clear()  # noqa: SLF001 - else it has read the other
    with pytest.raises(ExampleError, match="SAYS_LITTLE"):
        pairs("a b")
    search._little.cache_clear()  # noqa: SLF001
