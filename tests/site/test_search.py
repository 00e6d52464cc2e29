from __future__ import annotations

from typing import TYPE_CHECKING

import jieba
import pytest
from material.plugins.search.plugin import Parser
from tests.project import ROOT, pages

from example_docs.languages.terms import parse_glossary, read_glossary
from example_docs.site.search import broken, explained, indexed, searched

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
