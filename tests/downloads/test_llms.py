"""``llms.txt`` and the whole book as one text, and the reference within it."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from tests.lessons import library_of
from tests.project import LANGUAGES, LIBRARY, ROOT

from example_docs.downloads.llms import (
    FULL,
    INDEX,
    Contents,
    Entry,
    description_of,
    llms_files,
    read_contents,
    seen_from_root,
)
from example_docs.downloads.markdown import (
    Edition,
    edition_of,
    published_files,
    published_markdown,
)
from example_docs.downloads.reference import in_plain_markdown
from example_docs.errors import ExampleError
from example_docs.files import write
from example_docs.pages.directives import fences
from example_docs.pages.inline import CODE
from example_docs.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

CONFIGURATIONS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}
LINK = re.compile(r"\]\(([^()\s:#]+)(?=[)#])")

each_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def published(language: str) -> dict[str, str]:
    """All that ``publish`` makes of the pages of a language, by address."""
    edition = edition_of(read_settings(ROOT), language)
    files = published_files(edition)
    contents = read_contents(ROOT / CONFIGURATIONS[language])
    return files | llms_files(contents, edition, files)


def prose(text: str) -> str:
    inside = {n for fence in fences(text) for n in range(fence.first, fence.last + 1)}
    return "\n".join(
        CODE.sub("", line)
        for number, line in enumerate(text.split("\n"), start=1)
        if number not in inside
    )


def lost(files: dict[str, str], address: str) -> list[str]:
    """The links of a text that lead to nothing that is published."""
    here = posixpath.dirname(address)
    targets = LINK.findall(prose(files[address]))
    paths = (posixpath.normpath(posixpath.join(here, path)) for path in targets)
    return [path for path in paths if path not in {*files, FULL}]


# The book ----------------------------------------------------------------------------


@each_language
def test_links_of_all_texts_lead_to_what_is_published(language: str) -> None:
    files = published(language)
    texts = [address for address in files if address.endswith((".md", ".txt"))]
    assert len(texts) > 50
    for address in texts:
        assert lost(files, address) == [], address


def test_a_lost_link_is_noticed() -> None:
    files = {"a/index.md": "[b](../b/index.md#c)\n\n```text\n[d](d.md)\n```\n"}
    assert lost(files, "a/index.md") == ["b/index.md"]


@each_language
def test_every_page_is_in_both_files_once(language: str) -> None:
    files = published(language)
    pages = {address for address in files if address.endswith(".md")}
    rows = re.findall(r"^- \[[^]]+\]\(([^)]+)\): \S", files[INDEX], re.MULTILINE)
    assert sorted(rows) == sorted(pages)
    titles = [prose(files[address]).lstrip().split("\n")[0] for address in pages]
    _title, *found = re.findall(r"^# .*$", prose(files[FULL]), re.MULTILINE)
    assert sorted(found) == sorted(titles)


@each_language
def test_the_form_is_that_of_the_convention(language: str) -> None:
    first, summary, *rest = published(language)[INDEX].rstrip("\n").split("\n\n")
    assert re.fullmatch(r"# \S.*", first)
    assert re.fullmatch(r"> \S.*", summary)
    assert f"]({FULL})" in rest[0]
    titles, lists = rest[1::2], rest[2::2]
    assert all(title.startswith("## ") for title in titles)
    assert all(row.startswith("- [") for text in lists for row in text.split("\n"))
    assert len(titles) == len(lists) == len(set(titles))


@each_language
def test_no_text_holds_what_only_builders_read(language: str) -> None:
    strange = re.compile(
        r"^ *:{2,}\s*\w|^---\ntitle:|<svg|<div|\{:? *[#.][a-z]", re.MULTILINE
    )
    for address, text in published(language).items():
        if address.endswith((".md", ".txt")):
            assert not strange.search(prose(text)), address


# Small ones --------------------------------------------------------------------------


def test_chapters_come_in_order_and_loose_pages_last(tmp_path: Path) -> None:
    docs = tmp_path / "en"
    for name, about in (("index", "All."), ("b/c", "Of c."), ("a/index", "")):
        front = f"---\ntitle: x\ndescription: {about}\n---\n" if about else ""
        write(docs / f"{name}.md", f"{front}# {name}\n")
    entries = (
        Entry("", "Home", "index.md"),
        Entry("B", "C", "b/c.md"),
        Entry("A", "A", "a/index.md"),
    )
    contents = Contents("Book", "About it.", entries)
    edition = Edition(docs, LIBRARY, tmp_path)
    texts = {
        "index.md": "# Home\n\n[c](b/c/index.md#d)\n",
        "b/c/index.md": "# C\n\n[up](../../index.md), ![f](../../figures/f.svg)\n",
        "a/index.md": "# A\n\n[d](#d) [h](https://h/x.md)\n",
    }
    files = llms_files(contents, edition, texts, "https://h/")
    rest = files[INDEX].split("\n\n", 3)[3]
    assert rest == (
        "## B\n\n- [C](https://h/b/c/index.md): Of c.\n\n"
        "## A\n\n- [A](https://h/a/index.md)\n\n"
        "## More\n\n- [Home](https://h/index.md): All.\n"
    )
    assert files[FULL] == (
        "# Book\n\n> About it.\n\n# Home\n\n[c](https://h/b/c/index.md#d)\n\n"
        "# C\n\n[up](https://h/index.md), ![f](https://h/figures/f.svg)\n\n"
        "# A\n\n[d](https://h/a/index.md#d) [h](https://h/x.md)\n"
    )
    with pytest.raises(ExampleError, match=r"'nav' names 'b/c\.md'"):
        llms_files(contents, edition, {"index.md": "# Home\n"})


def test_links_in_fences_stay() -> None:
    text = "[a](b.md)\n\n```text\n[a](b.md)\n```"
    assert seen_from_root(text, "c/d/index.md") == text.replace("b.md", "c/d/b.md", 1)


@pytest.mark.parametrize("nav", ["", "nav: 1", "nav:\n  - a.md", "nav:\n  - a: 1"])
def test_a_configuration_without_navigation_is_one_sentence(
    tmp_path: Path, nav: str
) -> None:
    write(tmp_path / "mkdocs.yml", f"site_name: a\n{nav}\n")
    with pytest.raises(ExampleError, match=r"mkdocs\.yml: 'nav' must be a list"):
        read_contents(tmp_path / "mkdocs.yml")


def test_a_description_is_one_line() -> None:
    assert description_of('---\ndescription: "a:\n  b"\n---\n# c\n') == "a: b"
    assert description_of("# c\n") == ""


# The reference -----------------------------------------------------------------------


@each_language
def test_sections_of_a_docstring_become_lists(language: str) -> None:
    docstring = (
        "Do it.\n\n```pycon\n>>> f()\n1\n```\n\nArgs:\n    x: One,\n        more.\n"
        "    y: Two.\n\nReturns:\n    A pair,\n    of both.\n\nLast."
    )
    names = {"en": ("Parameters", "Returns"), "zh": ("参数", "返回")}[language]
    assert in_plain_markdown(docstring, language) == (
        "Do it.\n\n```text\n>>> f()\n1\n```\n\n"
        f"{names[0]}:\n\n- x: One,\n  more.\n- y: Two.\n\n"
        f"{names[1]}:\n\n- A pair, of both.\n\nLast."
    )


def test_the_reference_holds_functions_and_classes_in_their_order(
    tmp_path: Path,
) -> None:
    lesson = '''
        """A lesson."""


        def show() -> None:
            """It shows.

            >>> show()
            1
            """
            print(1)


        class Net:
            """A net."""

            def forward(self, x: int) -> int:
                """Pass it on."""
                return x


        def _hidden() -> None:
            """Nobody reads this."""
    '''
    library = library_of(tmp_path, lesson=lesson)
    chapter = library.root / library.package / "chapter"
    write(chapter / "__init__.py", "")
    module = library.root / library.package / "lesson.py"
    write(chapter / "lesson.py", module.read_text(encoding="utf-8"))
    docs = tmp_path / "docs" / "en"
    write(docs / "reference.md", f"# R\n\n::: {library.package}.chapter\n")
    text = published_markdown(Edition(docs, library, tmp_path), "reference.md")
    heads = re.findall(r"^#+ .*$", text, re.MULTILINE)
    assert heads == [
        "# R",
        f"## {library.package}.chapter.lesson",
        "### `show() -> None`",
        "### `class Net`",
        "#### `Net.forward(x: int) -> int`",
    ]
    assert "```text\n>>> show()\n1\n```" in text
    assert "Nobody" not in text
