"""Every link of every published file leads somewhere."""

from __future__ import annotations

import pytest
from tests.browser.site import SITE
from tests.editions import edition
from tests.links import broken_links
from tests.project import LANGUAGES, ROOT

from example_docs.downloads.lessons import lesson_notebooks
from example_docs.downloads.llms import llms_files, read_contents
from example_docs.downloads.markdown import published_files
from example_docs.settings import read_settings

READ = (".html", ".ipynb", ".md")


@pytest.mark.parametrize(
    ("address", "text", "complaint"),
    [
        ("a.md", "[b](b.md)", "a.md: b.md leads to no file"),
        ("a.md", "[b](#b)", "a.md: #b leads to no anchor"),
        ("a.md", "[b](c/index.md#b)", "a.md: c/index.md#b leads to no anchor"),
        ("a.md", '<a id="b"></a>\n\n[b](#b) [c](c/index.md#c) `[d](d)`', ""),
        ("a.md", "```text\n[b](b.md)\n```\n\n[x](https://x.example/#x)", ""),
        ("a.html", '<a class="x" href="b/">b</a>', "a.html: b/ leads to no file"),
        ("a.html", '<p id="b"></p><a href="#b"></a><a href="c/#d"></a>', ""),
        ("a.html", '<a href="c/#e"></a>', "a.html: c/#e leads to no anchor"),
        ("a.html", '<img src="d.svg"><img src="e.svg">', "a.html: e.svg leads to no"),
        (
            "a.ipynb",
            '{"cells": [{"cell_type": "markdown", "source": ["[b]", "(b.md)"]}]}',
            "a.ipynb: b.md leads to no file",
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_found(
    address: str, text: str, complaint: str
) -> None:
    files = {
        address: text,
        "c/index.md": '<a id="c"></a>',
        "c/index.html": '<p id="d"></p>',
    }
    found = broken_links(files, ["d.svg"])
    assert len(found) == bool(complaint)
    assert "".join(found).startswith(complaint)


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_of_downloads(language: str) -> None:
    book = edition(language)
    files = published_files(book)
    contents = read_contents(read_settings(ROOT).language(language).configuration)
    files |= llms_files(contents, book, files, "")
    files |= lesson_notebooks(book)
    texts = {name: text for name, text in files.items() if not name.endswith(".svg")}
    assert broken_links(texts, files) == []


@pytest.mark.size("all")
@pytest.mark.site
def test_links_of_built_site() -> None:
    others = {p.relative_to(SITE).as_posix(): p for p in SITE.rglob("*") if p.is_file()}
    texts = {
        name: path.read_text(encoding="utf-8")
        for name, path in others.items()
        if path.suffix in READ or path.name.startswith("llms")
    }
    assert len(texts) > 0
    assert broken_links(texts, others) == []
