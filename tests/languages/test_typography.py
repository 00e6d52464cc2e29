from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.project import ROOT, configure, pages

from example_docs.cli import main
from example_docs.languages.typography import (
    EXCEPTIONS,
    corrected,
    corrected_catalogue,
    corrected_glossary,
    corrected_page,
    slips,
)

CHINESE = [
    *(ROOT / "docs" / "zh" / page for page in pages("zh")),
    ROOT / "docs" / "zh" / "code.po",
    ROOT / "docs" / "glossary.yml",
    ROOT / "README.zh.md",
]

# Before and after; what is the same on both sides must stay.
LINES = [
    ("张量tensor有3个数", "张量 tensor 有 3 个数"),
    ("先加,再乘.", "先加，再乘。"),
    ("用`x`算", "用 `x` 算"),
    ("见[`x`](a.md)的", "见 [`x`](a.md) 的"),
    ("公式$x^2$里", "公式 $x^2$ 里"),
    ("是**粗bold**字", "是**粗 bold** 字"),
    ("是**bold粗**字", "是 **bold 粗**字"),
    ("见[Devices](a.md)一课", "见 [Devices](a.md) 一课"),
    (
        "张量(tensor)和计算图 (computation graph)",
        "张量（tensor）和计算图（computation graph）",
    ),
    ('他说"张量"。', "他说“张量”。"),
    ("等等...", "等等……"),
    ("## 张量tensor { #a-b }", "## 张量 tensor { #a-b }"),
    ("| `a` | 返回a |", "| `a` | 返回 a |"),
    ("全角１２３", "全角 123"),
    ("损失是{0.5 = a_b}和{16 % in a}", "损失是 {0.5 = a_b} 和 {16 % in a}"),
    ("有{160 万 = a} 个", "有 {160 万 = a} 个"),
]
KEPT = [
    "见[下一课](../tensors/create.md#from-data)和 [NumPy](numpy.md) 那页。",
    "代码 `x,y(中文,z)` 和公式 $f(x,y)=\\text{若x大于0}$ 不动。",
    "区间 [0, 1) 里，点 (0, 0) 处，形状 (行数, 列数) 和 (n,)。",
    "**向量-雅可比积**（vector–Jacobian product）",
    "停在 0.55：0 到 1 之间",
    "**张量**（tensor）、*所有*元素、**负**号",
    "English, only English (tensor).",
    "# 标题 { #a-b }",
    "| --- | :-: |",
    "2 × 3，−5.2，[start, end)，f-string",
    "到 {−0.80 = a.b:c_d}，{160 万 = a}降到 {18 = a}。",
    "一共 {700 = 100 * 7}",
]


@pytest.mark.parametrize(("before", "after"), LINES)
def test_a_line_is_corrected(before: str, after: str) -> None:
    assert corrected(before) == after
    assert corrected(after) == after


@pytest.mark.parametrize("line", KEPT)
def test_a_line_that_is_right_stays(line: str) -> None:
    assert corrected(line) == line


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ntitle: 张量a\nurl: 张a\n---\n", "---\ntitle: 张量 a\nurl: 张a\n---\n"),
        ("```text\n张量a,b\n```\n", "```text\n张量a,b\n```\n"),
        ("$$\n\\text{若x}\n$$\n\n若x\n", "$$\n\\text{若x}\n$$\n\n若 x\n"),
        ("$$ \\text{若x} $$\n\n若x\n", "$$ \\text{若x} $$\n\n若 x\n"),
        ("<!-- 注x -->\n", "<!-- 注x -->\n"),
        (
            '::example a.b:c_d fold=x,y caption="图a" alt="有3个"\n',
            '::example a.b:c_d fold=x,y caption="图 a" alt="有 3 个"\n',
        ),
        (
            '!!! note "张量a"\n\n    张量a,好\n\n    - 第1项\n',
            '!!! note "张量 a"\n\n    张量 a，好\n\n    - 第 1 项\n',
        ),
        ("::glossary\n", "::glossary\n"),
    ],
    ids=["matter", "fence", "formula", "line", "comment", "example", "indent", "terms"],
)
def test_of_a_page_only_prose_is_corrected(before: str, after: str) -> None:
    assert corrected_page(before) == after


def test_of_a_catalogue_only_translations_are_corrected() -> None:
    text = '# 注a\nmsgid "原a"\nmsgstr ""\n"张量a\\n"\n"有3个"\n'
    text += '\nmsgid "b"\nmsgstr "第1"\n'
    right = text.replace("张量a", "张量 a").replace("有3个", "有 3 个")
    assert corrected_catalogue(text) == right.replace("第1", "第 1")


def test_of_a_glossary_only_chinese_is_corrected() -> None:
    text = "# 注a\n- en: a\n  zh: 张量a\n  banned: [张b]\n  means_zh: 有3个\n"
    right = text.replace("张量a", "张量 a").replace("有3个", "有 3 个")
    assert corrected_glossary(text) == right


def test_a_slip_says_where_and_what() -> None:
    path = Path("page.md")
    (slip,) = slips(path, "# 标题\n\n前面一段很长的话，张量a在后\n")
    assert str(slip).endswith(
        "page.md:3: write '长的话，张量 a 在后', not '长的话，张量a在后'"
    )


@pytest.mark.parametrize("pattern", EXCEPTIONS)
def test_an_exception_is_needed(pattern: str) -> None:
    texts = [*KEPT, *(path.read_text(encoding="utf-8") for path in CHINESE)]
    assert EXCEPTIONS[pattern]
    assert any(re.search(pattern, text) for text in texts)


def test_typography_reports_and_repairs(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "docs" / "zh" / "page.md"
    path.parent.mkdir(parents=True)
    path.write_text("张量a\n", encoding="utf-8")
    twin = tmp_path / "docs" / "en" / "page.md"
    twin.parent.mkdir()
    twin.touch()
    monkeypatch.chdir(tmp_path)
    configure(tmp_path)
    report = "docs/zh/page.md:1: write '张量 a', not '张量a'\n"
    assert main(["typography"]) == 1
    assert capsys.readouterr().out == report
    assert path.read_text(encoding="utf-8") == "张量a\n"
    assert main(["typography", "--fix"]) == 1
    assert capsys.readouterr().out == report
    assert path.read_text(encoding="utf-8") == "张量 a\n"
    assert main(["typography"]) == 0


@pytest.mark.parametrize(
    "path", CHINESE, ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_the_projects_chinese_is_set_well(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [str(slip) for slip in slips(path, text)] == []
