"""The whole book as Chromium prints it: each page of the navigation, and programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.browser.site import FOLDERS, SITE
from tests.project import ROOT

from example_docs.book.book import book_html, find_chromium, print_book
from example_docs.downloads.llms import Contents, Entry, read_contents
from example_docs.errors import ExampleError
from example_docs.files import write
from example_docs.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "data = torch.tensor([[10.0, 20.0, 30.0], [40.0, 50.0, 60.0]])"
BEGINS = re.compile(
    r'<section class="leaf"[^>]*>(?P<chapter>\s*<h1 class="chapter">.*?</h1>)?'
    r".*?<h1[^>]*>(?P<title>.*?)(?:<a |</h1>)",
    re.DOTALL,
)


@pytest.fixture(scope="module", autouse=True)
def needed() -> None:
    """Skip without Chromium or pdftotext, but not in CI, where both are installed."""
    missing = {"Chromium": find_chromium(), "pdftotext": shutil.which("pdftotext")}
    for name, path in missing.items():
        if path is None:
            if os.environ.get("CI") and sys.platform == "linux":
                pytest.fail(f"{name} is missing; .ci/run installs it")
            pytest.skip(f"{name} is missing")


def sheets(pdf: bytes) -> list[str]:
    """The text of each sheet, without white space."""
    printed = subprocess.run(
        ["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return [bare(sheet) for sheet in printed.stdout.decode().split("\f")]


def bare(text: str) -> str:
    return "".join(re.sub(r"<[^>]*>", "", text).split())


@pytest.mark.parametrize("language", FOLDERS)
def test_the_whole_book(language: str) -> None:
    if not (SITE / "index.html").exists():
        pytest.fail("there is no built site; 'make test' and 'make site' build it")
    contents = read_contents(read_settings(ROOT).language(language).configuration)
    html = book_html(contents, language, SITE / FOLDERS[language])
    printed = sheets(print_book(html))
    pages = [page for page in contents.entries if "reference/" not in page.page]
    begins = [
        bare(f"{begin['chapter'] or ''}{begin['title']}").replace("&amp;", "&")
        for begin in BEGINS.finditer(html)
    ]
    assert len(begins) == len(pages)
    assert [
        title
        for title in begins
        if not any(sheet.startswith(title) for sheet in printed)
    ] == []
    assert any(bare(PROGRAM) in sheet for sheet in printed)


def test_a_book_of_two_pages(tmp_path: Path) -> None:
    entries = Entry("Chapter", "One", "one.md"), Entry("Chapter", "Two", "two.md")
    for name in ("one", "two"):
        article = f"<article><h1>{name.title()}</h1><pre>print(1)</pre></article>"
        write(tmp_path / name / "index.html", article)
    contents = Contents("A book", "Of two pages.", entries, "Free.")
    title, _, one, two, _ = sheets(print_book(book_html(contents, "en", tmp_path)))
    assert title == "AbookOftwopages.Free."
    assert one == "ChapterOneprint(1)3"
    assert two == "Twoprint(1)4"


def test_a_browser_that_fails_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "no-browser"))
    with pytest.raises(ExampleError, match="no-browser does not print"):
        print_book("<p>x</p>")
