"""Rules on pages and properties in tests: held equal, and shown to readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from click import ClickException
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from tests.lessons import PACKAGE
from tests.project import LANGUAGES, ROOT, configure

from example_docs.cli import main
from example_docs.pages.directives import RULES
from example_docs.rules.check import rule_faults
from example_docs.rules.general import suspects
from example_docs.rules.listing import published_rules
from example_docs.rules.read import lessons_with_properties, properties, sentences

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree import ElementTree as ET

TESTS = ROOT / "tests" / "rules"
PROPERTIES = """
from tests.rule import rule


@rule(cases=7, n=numbers())
def sums_grow(n: int) -> None:
    assert n + 1 > n


@sums_grow.false("sums shrink")
def _(n: int) -> None:
    assert n + 1 < n


@rule()
def zero_is_zero() -> None:
    assert not 0
"""
PAGE = """# A lesson

[Sums [grow](other.md#up) by `1`.]{ rule=sums_grow } And [0 is 0]{ rule=zero_is_zero }.

```text
[no]{ rule=no_rule }
```
"""
NAME = "chapter/the-lesson.md"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small book in two languages with two rules."""
    monkeypatch.chdir(tmp_path)
    configure(tmp_path)
    write(tmp_path / "tests" / "rules" / "chapter" / "the_lesson.py", PROPERTIES)
    for language in LANGUAGES:
        docs = tmp_path / "docs" / language
        write(docs / NAME, PAGE)
        write(docs / "rules" / "chapter.md", "# A chapter { #a }\n")
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def faults(book: Path) -> list[str]:
    folders = [book / "docs" / language for language in LANGUAGES]
    return [str(fault) for fault in rule_faults(folders, book / "tests" / "rules")]


def replace(book: Path, file: str, old: str, new: str) -> None:
    path = book / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    write(path, text.replace(old, new))


def test_properties_are_read_as_text(book: Path) -> None:
    grow, zero = properties(book / "tests" / "rules", "chapter/the-lesson").values()
    assert (grow.name, grow.line, grow.cases) == ("sums_grow", 5, 7)
    assert grow.refuted == ("sums shrink",)
    assert grow.code.startswith("@rule(cases=7, n=numbers())\ndef sums_grow(")
    assert grow.code.endswith("assert n + 1 > n\n")
    assert (zero.cases, zero.refuted) == (50, ())


def test_sentences_stand_outside_fences() -> None:
    grow, zero = sentences(PAGE)
    assert (grow.name, grow.line) == ("sums_grow", 3)
    assert (zero.name, zero.text) == ("zero_is_zero", "0 is 0")


def test_equal_rules_are_no_fault(book: Path) -> None:
    assert faults(book) == []


def test_a_rule_without_property_is_a_fault(book: Path) -> None:
    replace(book, f"docs/zh/{NAME}", "rule=sums_grow", "rule=sum_grows")
    missing, unused = faults(book)
    assert missing.startswith(f"docs/zh/{NAME}:3: the rule 'sum_grows' has no property")
    assert missing.endswith(
        "tests/rules/chapter/the_lesson.py; the nearest is 'sums_grow'"
    )
    place = "tests/rules/chapter/the_lesson.py:5: "
    assert unused.startswith(f"{place}'sums_grow' is no rule of ")
    assert unused.endswith(f"docs/zh/{NAME}; name it there")


def test_a_rule_of_another_lesson_is_a_fault(book: Path) -> None:
    (book / "docs" / "en" / NAME).rename(book / "docs" / "en" / "chapter" / "else.md")
    found = faults(book)
    assert len(found) == 4
    assert all("chapter/else.md:3: the rule" in fault for fault in found[:2])
    assert all("is no rule of" in fault for fault in found[2:])


def test_a_name_is_a_rule_of_a_page_once(book: Path) -> None:
    replace(book, f"docs/en/{NAME}", "rule=zero_is_zero", "rule=sums_grow")
    assert faults(book)[0] == (
        f"docs/en/{NAME}:3: 'sums_grow' is already a rule of this page; name it once"
    )


def test_a_name_is_a_rule_of_one_lesson(book: Path) -> None:
    write(book / "tests" / "rules" / "chapter" / "more.py", PROPERTIES)
    for language in LANGUAGES:
        write(book / "docs" / language / "chapter" / "more.md", PAGE)
    assert faults(book)[0] == (
        "tests/rules/chapter/the_lesson.py:5: the rule 'sums_grow' is also one of "
        "chapter/more; rename one"
    )


def test_pages_and_properties_of_the_book_are_equal() -> None:
    folders = [ROOT / "docs" / language for language in LANGUAGES]
    assert lessons_with_properties(TESTS)
    assert [str(fault) for fault in rule_faults(folders, TESTS)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lesson_with_rules_has_its_list(language: str) -> None:
    listed = [
        (path.stem, match["names"])
        for path in sorted((ROOT / "docs" / language / "rules").glob("*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if (match := RULES.match(line))
    ]
    assert all(name.startswith(f"{chapter}/") for chapter, name in listed)
    assert sorted(name for _, name in listed) == lessons_with_properties(TESTS)


# The HTML ---------------------------------------------------------------------------


class Relpath(Treeprocessor):
    """Says which page it is, as the builder's own processor does."""

    def __init__(self, md: Markdown, page: str) -> None:
        super().__init__(md)
        self.file = type("File", (), {"src_uri": page})

    def run(self, root: ET.Element) -> None:
        pass


def html(language: str, page: str, text: str, repository: str = "") -> BeautifulSoup:
    names = ("attr_list", "example_docs.extensions.example")
    rules = "example_docs.extensions.rules"
    md = Markdown(
        extensions=[*names, rules],
        extension_configs={
            names[1]: {
                "package": PACKAGE,
                "docs": f"docs/{language}",
                "language": language,
            },
            rules: {"repository": repository},
        },
    )
    md.treeprocessors.register(Relpath(md, page), "relpath", 0)
    return BeautifulSoup(md.convert(text), "html.parser")


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "up to 7 cases; false sentences refuted: 1"), ("zh", "7 种情况")],
)
def test_a_sentence_has_a_mark_that_leads_to_its_test(language: str, said: str) -> None:
    rule = html(language, NAME, PAGE).select_one('[data-rule="sums_grow"]')
    assert rule is not None
    assert (rule["class"], rule["id"]) == (["rule"], "rule-sums-grow")
    assert rule.get_text() == "Sums grow by 1."
    mark = rule.select("a")[-1]
    assert (mark["href"], mark.get_text()) == ("../rules/chapter.md#sums-grow", "")
    assert said in mark["aria-label"]
    assert mark["title"] == mark["aria-label"]  # the tooltip


@pytest.mark.usefixtures("book")
def test_a_rule_without_property_stops_the_build() -> None:
    with pytest.raises(ClickException) as error:
        html("en", NAME, "[A.]{ rule=sum_grows }")
    assert error.value.message == (
        f"docs/en/{NAME}: the rule 'sum_grows' has no property; "
        "the nearest is 'sums_grow'"
    )


@pytest.mark.usefixtures("book")
def test_the_rules_of_a_lesson_are_listed() -> None:
    page = html("en", "rules/chapter.md", "::rules chapter/the-lesson")
    grow, zero = page.select(".rule-entry")
    assert grow["id"] == "sums-grow"
    assert grow.select(".rule-sentence")[0].get_text() == "Sums grow by 1."
    assert "up to 7 cases" in grow.get_text()
    assert [item.get_text() for item in grow.select("li")] == ["sums shrink"]
    assert "def sums_grow" in grow.select("details pre")[0].get_text()
    assert [a["href"] for a in grow.select(".rule-links a")] == [
        "../chapter/the-lesson.md#rule-sums-grow"
    ]
    assert not zero.select("li")


@pytest.mark.usefixtures("book")
def test_the_test_is_linked_where_the_repository_is_known() -> None:
    text = "::rules chapter/the-lesson"
    page = html("zh", "rules/chapter.md", text, "https://code.example/book/")
    link = page.select(".rule-links a")[1]
    assert link["href"] == (
        "https://code.example/book/blob/main/tests/rules/chapter/the_lesson.py#L5"
    )


@pytest.mark.usefixtures("book")
def test_chapters_are_counted() -> None:
    rows = html("en", "verified.md", "::rules chapter").select("tr")
    assert [[c.get_text() for c in row.select("td")] for row in rows[1:]] == [
        ["A chapter", "2", "57", "1"],
        ["All", "2", "57", "1"],
    ]
    assert rows[1].select("a")[0]["href"] == "rules/chapter.md"


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("::rules chapter/lesson", "no page 'chapter/lesson' has rules; the nearest"),
        ("::rules chapter other", "no page 'rules/other.md' for the rules of 'other'"),
        ("::rules other", "the chapter 'chapter' has rules; name it in '::rules' too"),
        ("::rules", "stands alone, between empty lines"),
        ("::rules chapter\nmore", "stands alone, between empty lines"),
    ],
)
def test_a_line_that_lists_nothing_stops_the_build(text: str, complaint: str) -> None:
    with pytest.raises(ClickException, match=r"verified\.md: ") as error:
        html("en", "verified.md", text)
    assert complaint in error.value.message


def test_downloads_list_the_rules(book: Path) -> None:
    docs, tests = book / "docs" / "en", book / "tests" / "rules"
    page = "rules/{chapter}.md"
    text = published_rules(["chapter/the-lesson"], docs, "en", tests, page)
    assert text.startswith('<a id="sums-grow"></a>Sums grow by `1`.\n\n')
    assert "Refuted, each by a counterexample among them:\n\n- sums shrink\n" in text
    assert "```py\n@rule(cases=7, n=numbers())\ndef sums_grow" in text
    table = published_rules(["chapter"], docs, "en", tests, page)
    assert "| [A chapter](rules/chapter.md) | 2 | 57 | 1 |" in table


# What sounds general ----------------------------------------------------------------


def test_what_sounds_general_is_listed() -> None:
    text = (
        "# Always\n\n[It never fails.]{ rule=a } A copy cannot leak. `always` is.\n\n"
        "No such tensor can grow.\n\n```text\nall\n```\n\n- 它总是这样。这里没有。\n"
    )
    found = [(s.line, s.words, s.text) for s in suspects(text)]
    assert found == [
        (3, ("cannot",), "… A copy cannot leak."),
        (5, ("no such tensor can",), "No such tensor can grow."),
        (11, ("总是",), "- 它总是这样。"),
    ]


def test_command_lists_what_sounds_general(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(book / "docs" / "en" / NAME, "# A\n\nIt is always so.\n")
    assert main(["general", "chapter/the-lesson"]) == 0
    assert capsys.readouterr().out == (f"docs/en/{NAME}:3: always: It is always so.\n")
    assert main(["general", "chapter/nothing"]) == 1
    assert "there is no page 'chapter/nothing.md'" in capsys.readouterr().err
