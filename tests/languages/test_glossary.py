from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click import ClickException
from markdown import Markdown
from tests.project import LANGUAGES, LIBRARY, ROOT, configure, pages

from example_docs.cli import main
from example_docs.downloads.markdown import Edition, published_markdown
from example_docs.errors import ExampleError
from example_docs.languages.parity import partings
from example_docs.languages.terms import (
    MOST,
    Glossary,
    misuses_in_file,
    parse_glossary,
    prose,
    read_glossary,
    unused,
)
from example_docs.pages.blocks import blocks

FILE = Path("glossary.yml")
GLOSSARY = ROOT / "docs" / "glossary.yml"
CHINESE = [
    *(ROOT / "docs" / "zh" / page for page in pages("zh")),
    ROOT / "docs" / "zh" / "code.po",
    GLOSSARY,
    ROOT / "README.zh.md",
]

TERMS = """\
- en: leaf tensor
  zh: 叶子张量
  also: [leaf]
  means_en: A tensor that was made, not computed.
  means_zh: 直接创建的张量。
- en: matrix
  zh: 矩阵
  also: [matrices]
  banned: [矩陈, '行列阵(?!列)']
  means_en: A tensor with "rows" & columns.
  means_zh: 有行有列的张量。
- en: stride
  zh: 步长
  silent: [zh]
  means_en: A jump in memory.
  means_zh: 内存里跳过的元素个数。
- en: tensor
  zh: 张量
  means_en: A block of numbers.
  means_zh: 一块数据。
"""


def glossary(text: str = TERMS) -> Glossary:
    return parse_glossary(FILE, text.encode())


def entry(**values: str) -> str:
    """An entry of the file, complete but for what is given."""
    keys = {"en": "tensor", "zh": "张量", "means_en": "A.", "means_zh": "甲。"} | values
    lines = "\n  ".join(f"{key}: {value}" for key, value in keys.items() if value)
    return f"- {lines}\n"


# Reading ----------------------------------------------------------------------------


def test_terms_are_read() -> None:
    leaf, matrix, stride, _ = glossary().terms
    assert (leaf.names, leaf.also, leaf.line) == (
        {"en": "leaf tensor", "zh": "叶子张量"},
        ("leaf",),
        1,
    )
    assert matrix.banned == ("矩陈", "行列阵(?!列)")
    assert (set(stride.silent), stride.means["en"]) == ({"zh"}, "A jump in memory.")
    assert leaf.anchor == "term-leaf-tensor"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            entry(colour="red"),
            (
                "5: unknown key 'colour'; known are en, zh, means_en, means_zh, also, "
                "banned, silent"
            ),
        ),
        (entry(zh=""), "1: the term 'tensor' has no 'zh'; add it"),
        (entry(means_zh=""), "1: the term 'tensor' has no 'means_zh'; add it"),
        (entry(means_en="' '"), "3: expected a text for 'means_en'"),
        (entry(means_en="a | b"), "3: 'means_en' is one line without '|'"),
        (entry() * 2, "5: the term 'tensor' is already in line 1; keep one"),
        (
            entry() + entry(zh="向量"),
            (
                "5: the term 'tensor' has two translations, '向量' here and '张量' in "
                "line 1; choose one"
            ),
        ),
        (
            entry(also="[array]") + entry(en="tensors", zh="数组", also="[Array]"),
            "6: the term 'Array' has two translations",
        ),
        (
            entry(zh="张量\n  zh: 向量"),
            "3: the term has two translations; keep one",
        ),
        (entry(en="a\n  en: b"), "2: the term says 'en' twice; keep one"),
        (
            entry(zh="[张量, 向量]"),
            "2: a term with two translations; choose one, and ban the others",
        ),
        (entry(zh="张量/向量"), "2: '张量/向量' are two translations; choose one"),
        (
            entry(en="array") + entry(),
            "5: '张量' already translates 'array' in line 1; give each term",
        ),
        (
            entry() + entry(en="array", zh="数组"),
            "5: terms are sorted by 'en', and 'array' is not; move it up",
        ),
        (
            entry(en="array", zh="数组", banned="[张量]") + entry(),
            "1: '张量' is banned for 'array', but it is the translation of 'tensor'",
        ),
        (entry(banned="['(']"), "1: '(' is no regular expression"),
        (entry(banned="['a?']"), "1: 'a?' has groups or matches nothing at all"),
        (entry(banned="甲"), "5: expected a list of texts for 'banned'"),
        (entry(silent="[fr]"), "1: there is no language 'fr'; known are en, zh"),
        ("en: tensor\n", "1: expected a list of terms, each '- en: …'"),
        ("- tensor\n", "1: expected a term that begins with '- en: …'"),
        ("- en: 'a\n", "2: this is not YAML ("),
        ("", "1: expected a list of terms"),
    ],
)
def test_a_glossary_that_cannot_be_used_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(ExampleError) as caught:
        glossary(text)
    assert f"glossary.yml:{sentence}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_another_encoding_is_refused_at_its_line() -> None:
    with pytest.raises(ExampleError) as caught:
        parse_glossary(FILE, entry().encode("gb18030"))
    assert re.fullmatch(
        r".*glossary\.yml:2: not UTF-8 \(invalid .* byte\); save it as UTF-8",
        str(caught.value),
    )


def test_a_glossary_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ExampleError, match="there is no such glossary; create it"):
        read_glossary(tmp_path / "glossary.yml")


# Finding ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Tensors, and a tensor.", ["Tensors"]),
        ("en", "a leaf tensor, a tensor", ["leaf tensor", "tensor"]),
        ("en", "matrices and a matrix", ["matrices"]),
        ("en", "tensorial, sub-tensor, torch.tensor, tensor-like, TENSOR", []),
        ("en", "the strides of tensor.", ["strides", "tensor"]),
        ("zh", "叶子张量是张量，矩阵也是张量", ["叶子张量", "张量", "矩阵"]),
        ("zh", "a tensor", []),
    ],
)
def test_first_uses_are_found(language: str, text: str, found: list[str]) -> None:
    uses = glossary().first_uses(text, language)
    assert [text[use.start : use.end] for use in uses] == found


def test_the_time_grows_with_the_text_and_not_faster() -> None:
    terms = read_glossary(GLOSSARY)
    for text, language in (
        ("a tensorial gradienta " * 4000, "en"),
        ("张矩" * 40000, "zh"),
    ):
        start = time.perf_counter()
        assert list(terms.uses(text, language)) == []
        assert time.perf_counter() - start < 2


# Checking ---------------------------------------------------------------------------


def test_a_banned_translation_is_placed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# 矩阵\n\n`矩陈`、行列阵列。\n\n一个矩陈。\n", encoding="utf-8")
    (found,) = misuses_in_file(glossary(), page)
    assert str(found).endswith(
        "page.md:5: '矩陈' is no translation of 'matrix' here; write '矩阵'"
    )


def test_a_banned_translation_in_the_catalogue_is_placed(tmp_path: Path) -> None:
    path = tmp_path / "code.po"
    text = 'msgid "a"\nmsgstr "矩阵"\n\nmsgid "b"\nmsgstr ""\n"矩"\n"陈"\n'
    path.write_text(text, encoding="utf-8")
    (found,) = misuses_in_file(glossary(), path)
    assert found.line == 4


def test_a_banned_translation_in_the_glossary_is_placed(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yml"
    text = TERMS.replace("一块数据", "一个矩陈")
    path.write_text(text, encoding="utf-8")
    (found,) = misuses_in_file(read_glossary(path), path)
    assert found.term.names["en"] == "matrix"
    assert found.line == 17


def test_a_page_in_another_encoding_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_bytes("张量".encode("gb18030"))
    with pytest.raises(ExampleError, match="not UTF-8"):
        misuses_in_file(glossary(), path)


def test_prose_keeps_its_lines() -> None:
    text = "甲 `a`\n\n```text\n乙\n```\n\n[丙](丁.md) $x$ { #戊 }\n"
    assert prose(text).split("\n")[:6] == ["甲    ", "", "", "", "", ""]
    assert set(prose(text)) == set("甲丙[ \n")


def test_a_term_that_no_page_uses_is_named() -> None:
    names = [t.names["en"] for t in unused(glossary(), ["a leaf", "`matrix`"], "en")]
    assert names == ["matrix", "stride", "tensor"]


# On the page ------------------------------------------------------------------------


def html(page: str, tmp_path: Path, language: str = "en") -> BeautifulSoup:
    path = tmp_path / "glossary.yml"
    path.write_text(TERMS, encoding="utf-8")
    converter = Markdown(
        extensions=[
            "admonition",
            "tables",
            "pymdownx.arithmatex",
            "example_docs.extensions.glossary",
        ],
        extension_configs={
            "pymdownx.arithmatex": {"generic": True},
            "example_docs.extensions.glossary": {
                "glossary": str(path),
                "language": language,
            },
        },
    )
    return BeautifulSoup(converter.convert(page), "html.parser")


def explained(found: BeautifulSoup) -> list[str]:
    return [element.text for element in found("abbr")]


def test_the_first_use_of_a_term_is_explained(tmp_path: Path) -> None:
    page = "# Page\n\nA *matrix*, matrices.\n\n- Two tensors: a tensor.\n"
    found = html(page, tmp_path)
    assert explained(found) == ["matrix", "tensors"]
    assert found.abbr is not None
    assert found.abbr["title"] == 'A tensor with "rows" & columns.'
    assert found.abbr["tabindex"] == "0"  # the keyboard reaches it
    assert found.text == "Page\nA matrix, matrices.\n\nTwo tensors: a tensor.\n"


@pytest.mark.parametrize(
    "text",
    [
        "## A tensor",
        "`tensor`",
        "[a tensor](page.md)",
        "$tensor$",
        '!!! note "A tensor"',
        "    tensor",
        "| tensor |\n| --- |\n| a |",
        "The **tensor** is defined here. A tensor.",
    ],
)
def test_what_is_no_running_text_stays_as_it_is(text: str, tmp_path: Path) -> None:
    found = html(f"# Page\n\n{text}\n", tmp_path)
    assert explained(found) == []
    page = f"# Page\n\n{text}\n\nThe tensor and a leaf.\n"
    assert "leaf" in explained(html(page, tmp_path))


@pytest.mark.parametrize(
    "text", ["- a tensor", "1. a tensor", "| a |\n|---|\n| tensor |"]
)
def test_lists_and_cells_are_running_text(text: str, tmp_path: Path) -> None:
    assert explained(html(f"# Page\n\n{text}\n", tmp_path)) == ["tensor"]


def test_the_title_needs_no_explanation(tmp_path: Path) -> None:
    assert explained(html("# Tensors\n\nA tensor, a leaf.\n", tmp_path)) == ["leaf"]


def test_a_piece_of_a_page_has_no_tooltips(tmp_path: Path) -> None:
    assert explained(html("A tensor.\n", tmp_path)) == []


def test_a_word_of_many_meanings_is_silent(tmp_path: Path) -> None:
    found = html("# 页\n\n步长、叶子张量、张量。\n", tmp_path, "zh")
    assert explained(found) == ["叶子张量", "张量"]
    assert found.abbr is not None
    assert found.abbr["title"] == "直接创建的张量。"


def test_a_page_explains_a_dozen_terms_at_most(tmp_path: Path) -> None:
    names = [f"word{chr(97 + n)}" for n in range(MOST + 3)]
    path = tmp_path / "many.yml"
    path.write_text(
        "".join(entry(en=name, zh=f"词{name}") for name in names), encoding="utf-8"
    )
    page = f"# Page\n\n{' '.join(names)}\n"
    converter = Markdown(
        extensions=["example_docs.extensions.glossary"],
        extension_configs={"example_docs.extensions.glossary": {"glossary": str(path)}},
    )
    found = BeautifulSoup(converter.convert(page), "html.parser")
    assert explained(found) == names[:MOST]


@pytest.mark.parametrize(("language", "other"), [("en", "zh"), ("zh", "en")])
def test_the_glossary_is_a_table_with_anchors(
    language: str, other: str, tmp_path: Path
) -> None:
    found = html("# Page\n\n::glossary\n\ntext\n", tmp_path, language)
    rows = found.select(".glossary tbody tr")
    assert [row["id"] for row in rows] == [
        "term-leaf-tensor",
        "term-matrix",
        "term-stride",
        "term-tensor",
    ]
    cells = rows[1]("td")
    term = glossary().terms[1]
    assert [cell.text for cell in cells] == [
        term.names[language],
        term.names[other],
        term.means[language],
    ]
    assert cells[1]["lang"] == other
    assert explained(found) == []


@pytest.mark.parametrize("page", ["text\n::glossary\n", "::glossary all\n"])
def test_a_directive_that_cannot_be_read_stops_the_build(
    page: str, tmp_path: Path
) -> None:
    with pytest.raises(ClickException, match="'::glossary' stands alone"):
        html(page, tmp_path)


@pytest.mark.parametrize("page", ["# Page\n", "::glossary\n"])
def test_a_broken_glossary_stops_the_build(page: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.yml"
    path.write_text(entry() * 2, encoding="utf-8")
    converter = Markdown(
        extensions=["example_docs.extensions.glossary"],
        extension_configs={"example_docs.extensions.glossary": {"glossary": str(path)}},
    )
    with pytest.raises(ClickException, match=r"broken.yml:5: the term 'tensor'"):
        converter.convert(page)


def test_the_directive_is_a_block_that_parity_knows(tmp_path: Path) -> None:
    (block,) = blocks("::glossary\n")
    assert (block.kind, block.shape, block.has_prose) == (
        "directive",
        "::glossary",
        False,
    )
    assert not any(block.inline.values())
    left, right = tmp_path / "left.md", tmp_path / "right.md"
    left.write_text("::glossary\n", encoding="utf-8")
    right.write_text("text\n", encoding="utf-8")
    assert len(partings(left, right)) == 1
    assert partings(left, left) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_published_markdown_holds_the_table(language: str, tmp_path: Path) -> None:
    (tmp_path / "glossary.yml").write_text(TERMS, encoding="utf-8")
    docs = tmp_path / language
    docs.mkdir()
    text = "# Page\n\n::glossary\n\n```text\n::glossary\n```\n"
    (docs / "page.md").write_text(text, encoding="utf-8")
    edition = Edition(
        docs, LIBRARY, tmp_path, language=language, glossary=tmp_path / "glossary.yml"
    )
    published = published_markdown(edition, "page.md")
    assert published == text.replace("::glossary", glossary().table(language), 1)
    assert "| --- | --- | --- |" in published


# The command ------------------------------------------------------------------------


def project(tmp_path: Path, chinese: str) -> Path:
    english = "leaf matrix stride tensor"
    for name, text in {
        "glossary.yml": TERMS,
        "en/page.md": english,
        "zh/page.md": chinese,
        "en/glossary.md": "::glossary",
        "zh/glossary.md": "::glossary",
    }.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n", encoding="utf-8")
    configure(tmp_path)
    return tmp_path


RIGHT = "叶子张量、矩阵、步长、张量"


@pytest.mark.parametrize(
    ("chinese", "sentence"),
    [
        (
            f"{RIGHT}、矩陈",
            (
                "docs/zh/page.md:1: '矩陈' is no translation of 'matrix' here; "
                "write '矩阵'"
            ),
        ),
        (
            RIGHT.replace("步长", ""),
            (
                "docs/glossary.yml:12: '步长' is on no page in docs/zh; remove the "
                "term, or write what the pages say"
            ),
        ),
    ],
)
def test_terms_says_what_is_wrong(
    chinese: str,
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project(tmp_path, chinese))
    assert main(["terms"]) == 1
    assert capsys.readouterr().out == f"{sentence}\n"


def test_terms_is_silent_when_all_is_well(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project(tmp_path, RIGHT))
    assert main(["terms"]) == 0
    assert capsys.readouterr().out == ""


# The project's own ------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", CHINESE, ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_the_chosen_terms_are_used(path: Path) -> None:
    assert [str(m) for m in misuses_in_file(read_glossary(GLOSSARY), path)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_occurs(language: str) -> None:
    texts = [
        (ROOT / "docs" / language / page).read_text(encoding="utf-8")
        for page in pages(language)
        if page != "glossary.md"
    ]
    found = unused(read_glossary(GLOSSARY), texts, language)
    assert [term.names[language] for term in found] == []


def test_no_term_is_explained_by_itself() -> None:
    for term in read_glossary(GLOSSARY).terms:
        name = re.escape(term.names["en"])
        assert not re.search(rf"\b{name}\b", term.means["en"], re.IGNORECASE)
        assert term.names["zh"] not in term.means["zh"]


def test_anchors_are_unique() -> None:
    anchors = [term.anchor for term in read_glossary(GLOSSARY).terms]
    assert len(set(anchors)) == len(anchors)
