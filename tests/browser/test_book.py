"""The whole book as Chromium prints it: bookmarks, letters, page numbers, links."""

from __future__ import annotations

import io
import os
import re
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from tests.browser.site import FOLDERS, SITE
from tests.project import ROOT

from example_docs.book.book import Book, Leaf, read_leaves
from example_docs.book.chromium import FLAGS, find_chromium
from example_docs.book.pdf_text import corrected, without_radicals
from example_docs.book.printing import (
    check_title,
    count,
    print_book,
    printed,
    sheets,
)
from example_docs.downloads.llms import Contents, Entry, read_contents
from example_docs.errors import ExampleError
from example_docs.project import CONFIGURATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

WORDS = {
    "en": ("data = torch.tensor([[10.0, 20.0, 30.0]", "Backpropagation", "张量"),
    "zh": ("data = torch.tensor([[10.0, 20.0, 30.0]", "反向传播", "自动求导"),
}
"""Letters of each book: a program, a chapter, and characters that are radicals too."""

SHORT = Contents("A book 书", "Of two pages.", ())


def leaf(name: str, article: str) -> Leaf:
    entry = Entry("Chapter", name.title(), f"{name}.md")
    return Leaf(entry, name, f"<article>{article}</article>")


def marks(reader: PdfReader) -> list[tuple[int, str, int]]:
    """The bookmarks: depth, title, and the sheet to which each leads."""
    found: list[tuple[int, str, int]] = []

    def walk(items: list[object], depth: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, depth + 1)
            else:
                number = reader.get_destination_page_number(item)  # type: ignore[arg-type]
                assert number is not None
                yield depth, str(item.title), number + 1  # type: ignore[attr-defined]

    found.extend(walk(list(reader.outline), 0))
    return found


def bare(text: str) -> str:
    return "".join(text.split())


def without_font(error: ExampleError) -> None:
    """Skips where no font has Chinese letters, but not in CI."""
    if "no font" in str(error) and not os.environ.get("CI"):
        pytest.skip(str(error))
    raise error


def test_a_short_book(browser: Browser) -> None:
    text = "<p>Words.</p>" * 200
    leaves = [
        leaf("first", f'<h1 id="a">First</h1>{text}<p><a href="../second/">on</a></p>'),
        leaf("second", '<h1 id="b">Second</h1><h2 id="c">用 end</h2>'),
    ]
    try:
        content = print_book(Book(SHORT, leaves, "en", "file:///nowhere"), browser)
    except ExampleError as error:
        without_font(error)
    reader = PdfReader(io.BytesIO(content))
    texts = [page.extract_text() for page in reader.pages]
    assert count(content) == len(texts) > 5
    last = len(texts)
    assert marks(reader) == [
        (0, "Contents", 2),
        (0, "Chapter", 3),
        (1, "First", 3),
        (1, "Second", last),
        (2, "用 end", last),
    ]
    assert re.findall(r"(First|Second)\s*(\d+)", texts[1]) == [
        ("First", "3"),
        ("Second", str(last)),
    ]
    assert "用" in texts[-1]
    assert bare("Chapter Second") in bare(texts[-1]), "no running head"
    assert f"\n{last}" in texts[-1], "no page number"
    assert reader.metadata is not None
    assert reader.metadata.title == SHORT.title
    assert "/StructTreeRoot" in reader.root_object, "nothing for those who listen"


def test_a_place_nobody_finds_is_noticed(browser: Browser) -> None:
    book = Book(SHORT, [leaf("first", "<p>x</p>"), leaf("f f", "")], "en", "file:///x")
    with pytest.raises(ExampleError, match="f f cannot be found in the print"):
        print_book(book, browser)


def test_numbers_are_those_of_linked_places(browser: Browser) -> None:
    content = printed(
        '<a href="#b">b</a><a href="#c">c</a><h1 id="a">A</h1>'
        '<h1 id="b" style="break-before: page">B</h1><p id="c">C</p>',
        browser,
        final=False,
    )
    assert sheets(content) == {"b": 2, "c": 2}


def test_letters_without_a_font_are_noticed(tmp_path: Path, browser: Browser) -> None:
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    book = Book(SHORT, [leaf("first", "<p>x</p>")], "en", "file:///x")
    with browser.browser_type.launch(
        executable_path=find_chromium(),
        args=list(FLAGS),
        env={**os.environ, "FONTCONFIG_FILE": str(configuration)},
    ) as poor:
        content = printed("<title>书</title><p>书", poor, final=False)
        if "书" in PdfReader(io.BytesIO(content)).pages[0].extract_text():
            pytest.skip("the fonts of this machine cannot be taken away")
        with pytest.raises(ExampleError, match=r"no font for 'A book 书'"):
            print_book(book, poor)


@pytest.mark.parametrize("language", FOLDERS)
def test_the_whole_book(language: str, browser: Browser) -> None:
    """One test, for printing takes longer than all that is asked of the print.

    The page numbers in its contents are left to the short book: they take a print more.
    """
    if not (SITE / "index.html").exists():
        pytest.fail("there is no built site; 'make test' and 'make site' build it")
    contents = read_contents(ROOT / CONFIGURATIONS[language])
    site = SITE / FOLDERS[language]
    leaves = read_leaves(contents, ROOT / "docs" / language, site)
    left_out = {e.page for e in contents.entries} - {x.entry.page for x in leaves}
    assert left_out
    assert all(page.startswith("reference/") for page in left_out)
    book = Book(contents, leaves, language, site.absolute().as_uri())
    html = book.html({})
    lost = set(re.findall(r'href="#([^"]*)"', html)) - set(
        re.findall(r'\sid="([^"]*)"', html)
    )
    assert not lost

    content = corrected(printed(html, browser, final=True))
    try:
        check_title(content, contents.title)
    except ExampleError as error:
        without_font(error)
    reader = PdfReader(io.BytesIO(content))
    texts = [page.extract_text() for page in reader.pages]
    # Each sheet has its number, and more than its number and running head.
    heads = {bare(f"{x.entry.chapter}{x.entry.title}") for x in leaves}
    for number, text in enumerate(texts[1:], start=2):
        rest = bare(text).replace(str(number), "", 1)
        assert rest, f"sheet {number} is empty"
        assert rest not in heads, f"sheet {number} is empty"
    titles = [
        bare(title)
        for depth, title, _ in marks(reader)
        if depth < 2  # chapters, and the pages in them
    ]
    places = iter(titles)
    for one in leaves:
        title = re.search(r"<h1[^>]*>(.*?)(?:<a |</h1>)", one.text, re.DOTALL)
        assert title is not None
        wanted = bare(re.sub(r"<[^>]*>", "", title[1]))
        assert wanted in places, f"{wanted} is not among the bookmarks, or not there"
    everything = bare("".join(texts))
    for words in WORDS[language]:
        assert bare(words) in everything
    assert without_radicals(everything) == everything
    assert "\ufffd" not in everything
