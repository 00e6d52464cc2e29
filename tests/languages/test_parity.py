from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.project import ROOT, configure, pages

from example_docs.cli import main
from example_docs.errors import ExampleError
from example_docs.languages.parity import mended, partings, twins

if TYPE_CHECKING:
    from pathlib import Path

    from example_docs.languages.parity import Parting

TITLE = "# A { #a }\n\n"


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of two languages that have no page yet, seen from the project."""
    monkeypatch.chdir(tmp_path)
    configure(tmp_path)
    for language in ("en", "zh"):
        (tmp_path / "docs" / language).mkdir(parents=True)
    return tmp_path / "docs"


def write(docs: Path, left: str, right: str) -> tuple[Path, Path]:
    """Write a pair of pages."""
    for language, text in (("en", left), ("zh", right)):
        (docs / language / "page.md").write_text(text, encoding="utf-8")
    return docs / "en/page.md", docs / "zh/page.md"


def compared(docs: Path, left: str, right: str) -> list[str]:
    return [str(parting) for parting in partings(*write(docs, left, right))]


def places(left: int, right: int) -> str:
    return f"docs/en/page.md:{left} and docs/zh/page.md:{right}: "


# The pages of the book ----------------------------------------------------------------


def test_each_page_of_the_book_has_a_twin() -> None:
    assert twins(ROOT / "docs/en", ROOT / "docs/zh")


@pytest.mark.parametrize("page", pages("en"))
def test_the_twins_of_the_book_have_the_same_blocks(page: str) -> None:
    found = partings(ROOT / "docs/en" / page, ROOT / "docs/zh" / page)
    assert not found, "\n".join(map(str, found))


# What is a parting --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            '# A { #a }\n\n!!! note "B"\n\n    text `c` [d](e.md) $x$\n',
            '# 甲 { #a }\n\n!!! note "乙"\n\n    字 $x$ [丁](e.md) `c` `c`\n',
        ),
        ("::example a:b caption='x' fold=c,d", '::example a:b fold="d,c" caption="甲"'),
        ("one line", "一行\n两行"),
        ("- a\n- b\n", "* 甲\n* 乙"),
        ("1. a", "2. 甲"),
        ("| a |\n|---|\n| b |", "| 甲 |\n|:-:|\n| 乙 |"),
    ],
)
def test_translations_do_not_part(docs: Path, left: str, right: str) -> None:
    assert compared(docs, left, right) == []


@pytest.mark.parametrize(
    ("left", "right", "message"),
    [
        (
            "## A { #a }",
            "## 甲 { #b }",
            "expected the heading '## #a', found '## #b'",
        ),
        ("## A { #a }", "# 甲 { #a }", "expected the heading '## #a', found '# #a'"),
        (
            "::example a:b",
            "::example a:c",
            "expected the example 'a:b', found 'a:c'",
        ),
        (
            "::example a:b fold=all",
            "::example a:b predict",
            "expected the example 'a:b fold=all', found 'a:b predict'",
        ),
        (
            "::example a:b caption='x' alt='y'",
            "::example a:b caption='x'",
            "expected the example 'a:b caption alt', found 'a:b caption'",
        ),
        (
            "| a | b |\n|---|---|\n| `x|y` | 2 |\n| 3 | 4 |",
            "| a | b |\n|---|---|\n| `x|y` | 2 |",
            "expected the table '4 rows, 2 columns', found '3 rows, 2 columns'",
        ),
        (
            "| a | b |\n|---|---|",
            "| a | b | c |\n|---|---|---|",
            "expected the table '2 rows, 2 columns', found '2 rows, 3 columns'",
        ),
        (
            '!!! note "A"',
            '!!! warning "甲"',
            "expected the admonition '!!! note', found '!!! warning'",
        ),
        (
            '!!! note "A"',
            '??? note "甲"',
            "expected the admonition '!!! note', found '??? note'",
        ),
        ("- a", "1. 甲", "expected the item 'bullet', found 'numbered'"),
        ("$$ a $$", "$$ b $$", "expected the formula '$$ a $$', found '$$ b $$'"),
        (
            "```text\na\n```",
            "```text\nb\n```",
            r"expected the fence '```text\na\n```', found '```text\nb\n```'",
        ),
        (
            "[a](b.md) [c](d.md)",
            "[a](b.md) [c](b.md)",
            (
                "expected the same link; only the first has ['d.md'], "
                "only the second has ['b.md']"
            ),
        ),
        (
            "- ![a](b.svg)",
            "- text",
            "expected the same image; only the first has ['b.svg']",
        ),
        (
            "`a` is `b`",
            "`a` 是 `c`",
            (
                "expected the same code; only the first has ['b'], "
                "only the second has ['c']"
            ),
        ),
        (
            "$x$ and $x$",
            "$x$",
            "expected the same formula; only the first has ['x']",
        ),
        (
            "{0.5 = a} or {0.5 = a}",
            "{0.5 = a}到 {0.6 = a}",
            "expected the same number; only the second has ['0.6 = a']",
        ),
        (
            "::example a:b alt='{0.5 = b}'",
            "::example a:b alt='{0.5 in b}'",
            (
                "expected the same number; only the first has ['0.5 = b'], "
                "only the second has ['0.5 in b']"
            ),
        ),
        (
            "text",
            "- 甲",
            (
                "expected paragraph at depth 0 ('text') on both sides, "
                "found item at depth 0 ('- 甲')"
            ),
        ),
        (
            "text",
            "    甲",
            (
                "expected paragraph at depth 0 ('text') on both sides, "
                "found paragraph at depth 1 ('甲')"
            ),
        ),
    ],
)
def test_a_parting_is_a_sentence_with_both_places(
    docs: Path, left: str, right: str, message: str
) -> None:
    assert compared(docs, f"{left}\n", f"\n\n{right}\n") == [places(1, 3) + message]


@pytest.mark.parametrize(
    ("left", "right", "sentence"),
    [
        (
            "text\n\nmore\n",
            "甲\n",
            places(3, 1) + "only docs/en/page.md has paragraph at depth 0 ('more'); "
            "write it for the other page too, or remove it",
        ),
        (
            "text\n",
            "甲\n\n乙",
            places(1, 3) + "only docs/zh/page.md has paragraph at depth 0 ('乙'); "
            "write it for the other page too, or remove it",
        ),
    ],
)
def test_a_page_may_end_early(docs: Path, left: str, right: str, sentence: str) -> None:
    assert compared(docs, left, right) == [sentence]


@pytest.mark.parametrize("missing", ["Second, `b`.", "::example a:b", "Last."])
def test_a_block_that_one_page_lacks_is_named_once(docs: Path, missing: str) -> None:
    page = "First.\n\nSecond, `b`.\n\n::example a:b\n\nThird.\n\nLast.\n"
    line = page.split("\n").index(missing) + 1
    (sentence,) = compared(docs, page, page.replace(f"{missing}\n", ""))
    kind = "example" if missing.startswith("::") else "paragraph"
    is_last = missing == "Last."  # the paragraph before it looks the same
    assert sentence.startswith(f"docs/en/page.md:{line - 2 * is_last} and") or is_last
    assert f"only docs/en/page.md has {kind} at depth 0 (" in sentence


def test_blocks_of_another_kind_do_not_hide_the_rest(docs: Path) -> None:
    found = compared(docs, "`a`\n\ntext\n\n$$ a $$\n", "`b`\n\n- 甲\n\n$$ b $$\n")
    assert len(found) == 3
    assert "only the first has ['a']" in found[0]
    assert "found item" in found[1]
    assert "found '$$ b $$'" in found[2]


# Bad pages ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (
            "# A\n",
            "docs/zh/page.md:1: the heading 'A' has no anchor; add { #anchor }",
        ),
        (
            "# A { #a }\n\n## B { #a }\n",
            "docs/zh/page.md:3: the anchor #a is that of line 1 too; rename one",
        ),
        (
            TITLE + "::example a:b fold\n",
            (
                "docs/zh/page.md:3: unknown option 'fold'; known are alt=…, caption=…, "
                "fold=…, show=…, predict"
            ),
        ),
    ],
)
def test_a_bad_page_is_one_sentence(docs: Path, page: str, sentence: str) -> None:
    write(docs, TITLE, page)
    with pytest.raises(ExampleError) as caught:
        partings(docs / "en/page.md", docs / "zh/page.md")
    assert str(caught.value) == sentence


def test_a_page_in_another_encoding_is_one_sentence(docs: Path) -> None:
    write(docs, TITLE, TITLE)
    (docs / "zh/page.md").write_bytes("# 甲 { #a }".encode("gb18030"))
    with pytest.raises(ExampleError) as caught:
        partings(docs / "en/page.md", docs / "zh/page.md")
    assert str(caught.value) == (
        "docs/zh/page.md: this page is not in UTF-8 (invalid start byte); "
        "save it in UTF-8"
    )


@pytest.mark.parametrize(("has", "lacks"), [("en", "zh"), ("zh", "en")])
def test_a_page_without_a_twin_is_one_sentence(
    docs: Path, has: str, lacks: str
) -> None:
    (docs / has / "alone.md").write_text(TITLE, encoding="utf-8")
    with pytest.raises(ExampleError) as caught:
        twins(docs / "en", docs / "zh")
    assert str(caught.value) == (
        f"docs/{has}/alone.md: has no twin; write docs/{lacks}/alone.md, "
        "or remove the page"
    )


# Repairs ------------------------------------------------------------------------------


def repaired(docs: Path, left: str, right: str) -> str:
    text, found = mended(*write(docs, left, right), "left")
    assert found
    assert all(parting.mended == "docs/zh/page.md" for parting in found)
    write(docs, left, text)
    assert partings(docs / "en/page.md", docs / "zh/page.md") == []
    return text


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ("## A { #a }", "## 甲 { #b }", "## 甲 { #a }"),
        ("## A { #a }", "# 甲 # 乙 { #a }", "## 甲 # 乙 { #a }"),
        ('!!! note "A"', '!!! warning "甲"', '!!! note "甲"'),
        ('??? note "A"', '!!! note "甲"', '??? note "甲"'),
        ("::example a:b predict", "::example a:c fold=x", "::example a:b predict"),
        (
            '::example a:b fold=x caption="one" show=y alt="two"',
            "::example a:b alt='乙 fold=z' predict caption=\"甲\"",
            "::example a:b fold=x show=y alt='乙 fold=z' caption=\"甲\"",
        ),
        ("$$\na\n+ b\n$$", "$$\na\n$$", "$$\na\n+ b\n$$"),
        ("```text\na\n```", "```text\nb\n\nc\n```", "```text\na\n```"),
        ("[A](b.md#c)", "[甲](../b.md)", "[甲](b.md#c)"),
        (
            "[A](b.md) [C](d.md) `[x](y.md)`",
            "[丙](d.md) [甲](d.md) `[x](y.md)`",
            "[丙](d.md) [甲](b.md) `[x](y.md)`",
        ),
    ],
)
def test_what_languages_share_is_repaired(
    docs: Path, left: str, right: str, result: str
) -> None:
    page = f"---\ntitle: 甲\n---\n\n字\n\n{right}\n\n    尾\n"
    assert repaired(docs, f"text\n\n{left}\n\n    end\n", page) == page.replace(
        right, result
    )


def test_a_repair_keeps_the_indent(docs: Path) -> None:
    left = "- a\n\n    ```text\n    b\n\n      c\n    ```\n\n    [d](e.md)\n"
    right = "- 甲\n\n    ```text\n    x\n    ```\n\n    [丁](f.md)"
    assert repaired(docs, left, right) == (
        "- 甲\n\n    ```text\n    b\n\n      c\n    ```\n\n    [丁](e.md)\n"
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("| a |\n|---|\n| b |", "| 甲 |\n|---|"),
        ("- a", "1. 甲"),
        ("`a`", "`b`"),
        ("$a$", "$b$"),
        ("[a](b.md) [c](d.md)", "[甲](b.md)"),
        ("::example a:b caption='x'", "::example a:b"),
        ("$$ a $$", "甲"),
        ("$$ a $$\n\ntext", "$$ b $$"),
    ],
)
def test_what_needs_the_language_is_left_alone(
    docs: Path, left: str, right: str
) -> None:
    text, found = mended(*write(docs, left, right), "left")
    assert text == right
    assert found
    assert not any(parting.mended for parting in found)


def test_what_is_repaired_of_a_block_is_told_from_what_is_not(docs: Path) -> None:
    text, found = mended(*write(docs, "`a` [b](c.md)\n", "`x` [乙](y.md)\n"), "left")
    assert text == "`x` [乙](c.md)\n"
    assert [(done(parting), parting.mended) for parting in found] == [
        ("code", ""),
        ("link", "docs/zh/page.md"),
    ]


def done(parting: Parting) -> str:
    return parting.message.removeprefix("expected the same ").partition(";")[0]


def test_either_side_may_be_right(docs: Path) -> None:
    text, found = mended(*write(docs, "# A { #a }\n", "# 甲 { #b }\n"), "right")
    assert text == "# A { #b }\n"
    assert [parting.mended for parting in found] == ["docs/en/page.md"]


# The command --------------------------------------------------------------------------


def test_the_command_says_nothing_of_equal_pages(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(docs, TITLE, TITLE)
    assert main(["parity"]) == 0
    assert main(["parity", "--fix"]) == 0
    assert capsys.readouterr().out == ""


def test_the_command_reports_and_changes_nothing(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, right = write(docs, TITLE, "# 甲 { #b }\n")
    assert main(["parity"]) == 1
    assert capsys.readouterr().out == (
        f"{places(1, 1)}expected the heading '# #a', found '# #b'\n"
    )
    assert right.read_text(encoding="utf-8") == "# 甲 { #b }\n"


@pytest.mark.parametrize(
    ("source", "language", "result"),
    [("en", "zh", "# 甲 { #a }\n"), ("zh", "en", "# A { #b }\n\n")],
)
def test_the_command_repairs_and_reports(
    docs: Path,
    capsys: pytest.CaptureFixture[str],
    source: str,
    language: str,
    result: str,
) -> None:
    write(docs, TITLE, "# 甲 { #b }\n")
    assert main(["parity", "--fix", "--from", source]) == 1
    assert capsys.readouterr().out == (
        f"{places(1, 1)}expected the heading '# #a', found '# #b'; "
        f"mended in docs/{language}/page.md\n"
    )
    page = docs / language / "page.md"
    assert page.read_text(encoding="utf-8") == result
    assert main(["parity", "--fix"]) == 0


def test_a_bad_page_stops_the_repair_of_all(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, right = write(docs, TITLE, "# 甲 { #b }\n")
    for language in ("en", "zh"):
        (docs / language / "zzz.md").write_text("# A\n", encoding="utf-8")
    assert main(["parity", "--fix"]) == 1
    assert "has no anchor" in capsys.readouterr().err
    assert right.read_text(encoding="utf-8") == "# 甲 { #b }\n"
