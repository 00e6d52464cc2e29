"""The book as one page: what is in it, in which order, and where its links lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.project import configure

from example_docs.book import book
from example_docs.book.book import book_html
from example_docs.cli import main
from example_docs.commands.publishing import pdf
from example_docs.downloads.llms import Contents, Entry, read_contents
from example_docs.errors import ExampleError
from example_docs.files import write

if TYPE_CHECKING:
    from pathlib import Path

CONFIGURATION = """
site_name: A "small" <book>
site_description: What it is.
copyright: Free.
nav:
  - Home: index.md
  - Chapter:
      - First: c/first.md
      - Second: c/second.md
  - Reference: r.md
  - Last: last.md
"""
CONTENTS = Contents(
    'A "small" <book>',
    "What it is.",
    (
        Entry("", "Home", "index.md"),
        Entry("Chapter", "First", "c/first.md"),
        Entry("Chapter", "Second", "c/second.md"),
        Entry("", "Reference", "r.md"),
        Entry("", "Last", "last.md"),
    ),
    "Free.",
)
FIRST = """
<h1 id="first">First</h1>
<p><a href="../second/#end">on</a> <a href="#first">up</a> <a href="../../">home</a>
<a href="../../r/">reference</a> <a href="first.ipynb">notebook</a>
<a href="https://example.org/">elsewhere</a> <img src="../../assets/a.png"></p>
<p><code>x</code> <span>kept</span></p>
<pre><span></span><code><span class="k">print</span>(1)</code></pre>
<svg><clipPath id="p"></clipPath><g clip-path="url(#p)"><use xlink:href="#p"/></g></svg>
"""
ARTICLES = {
    "": '<h1 id="home">Home</h1>',
    "c/first/": FIRST,
    "c/second/": '<h1 id="second">Second</h1><h2 id="end">End</h2>',
    "r/": '<h1>Reference</h1><div class="doc doc-object">f</div>',
    "last/": '<h1 id="last">Last</h1>',
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site of five pages."""
    for address, article in ARTICLES.items():
        up = "../" * address.count("/")
        own = '<link rel="stylesheet" href="own.css">' if address == "last/" else ""
        text = (
            f'<head><link rel="stylesheet" href="{up}a.css">{own}</head>'
            f'<article class="x">{article}</article>'
        )
        write(tmp_path / "site" / address / "index.html", text)
    return tmp_path / "site"


def html_of(site: Path) -> str:
    return book_html(CONTENTS, "en", site)


def test_the_configuration_says_what_the_book_is(tmp_path: Path) -> None:
    write(tmp_path / "mkdocs.yml", CONFIGURATION)
    assert read_contents(tmp_path / "mkdocs.yml") == CONTENTS


def test_pages_follow_the_navigation_without_the_reference(site: Path) -> None:
    headings = re.findall(r"<h\d[^>]*>[^<]*", html_of(site))
    assert headings == [
        "<h1>Contents",
        '<h1 id="/home">Home',
        '<h1 class="chapter">Chapter',
        '<h1 id="c/first/first">First',
        '<h1 id="c/second/second">Second',
        '<h2 id="c/second/end">End',
        '<h1 id="last/last">Last',
    ]


def test_links_lead_to_places_in_the_book(site: Path) -> None:
    text = html_of(site)
    for link in (
        '<a href="#c/second/end">on</a>',
        '<a href="#c/first/first">up</a>',
        '<a href="#/">home</a>',
        "<a>reference</a>",
        "<a>notebook</a>",
        '<a href="https://example.org/">elsewhere</a>',
        f'<img src="{site.as_uri()}/assets/a.png">',
        '<clipPath id="c/first/p">',
        'clip-path="url(#c/first/p)"',
        'xlink:href="#c/first/p"',
    ):
        assert link in text
    names = set(re.findall(r'\sid="([^"]*)"', text))
    assert set(re.findall(r'href="#([^"]*)"', text)) <= names


def test_the_contents_name_chapters_and_pages(site: Path) -> None:
    rows = re.findall(r"<li\b[^>]*>(?:<a[^>]*>)?([^<]*)", html_of(site))
    assert rows == ["Home", "Chapter", "First", "Second", "Last"]


def test_code_is_plain(site: Path) -> None:
    text = html_of(site)
    assert "<pre><code>print(1)</code></pre>" in text
    assert "<code>x</code> <span>kept</span>" in text


def test_each_style_sheet_is_named_once(site: Path) -> None:
    found = re.findall(r'<link rel="stylesheet" href="([^"]*)"', html_of(site))
    base = site.as_uri()
    assert list(dict.fromkeys(found)) == [f"{base}/a.css", f"{base}/last/own.css"]


def test_titles_are_escaped(site: Path) -> None:
    assert "<title>A &#34;small&#34; &lt;book&gt;</title>" in html_of(site)


def test_a_page_that_is_missing_is_named(site: Path) -> None:
    (site / "last" / "index.html").unlink()
    with pytest.raises(ExampleError, match=r"'last.md' of 'nav' is missing"):
        html_of(site)


def test_a_page_without_an_article_is_named(site: Path) -> None:
    write(site / "last" / "index.html", "<p>Last</p>")
    with pytest.raises(ExampleError, match=r"'last.md' of 'nav' is missing"):
        html_of(site)


@pytest.fixture
def root(site: Path) -> Path:
    """A project whose site has two languages, the same in both."""
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        write(site / "zh" / path.relative_to(site), text)
    configure(site.parent)
    for name in ("mkdocs.yml", "mkdocs.zh.yml"):
        write(site.parent / name, CONFIGURATION)
    for language in ("en", "zh"):
        write(site.parent / "docs" / language / "index.md", "# Home\n")
    return site.parent


def call(root: Path, *more: str) -> int:
    folders = str(root / "site"), str(root / "dist")
    return main(["--root", str(root), "pdf", *folders, *more])


def test_the_command_writes_a_book_a_language(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "print_book", str.encode)
    home = (root / "site/index.html").read_text(encoding="utf-8")
    assert call(root) == 0
    for language in ("en", "zh"):
        text = (root / f"dist/torch-by-example-{language}.pdf").read_text("utf-8")
        assert f'<html lang="{language}">' in text
    # Nobody is sent to a file that is not there.
    assert (root / "site/index.html").read_text(encoding="utf-8") == home


def test_the_command_offers_the_book_on_the_home_pages(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "print_book", lambda _html: b"PDF")
    for _ in range(2):  # a second time replaces the link
        assert call(root, "--offer") == 0
    for language, folder in {"en": "", "zh": "zh/"}.items():
        text = (root / "site" / folder / "index.html").read_text(encoding="utf-8")
        links = re.findall(r'<a href="(torch-[^"]*)">', text)
        assert links == [f"torch-by-example-{language}.pdf"]
        assert (root / "site" / folder / links[0]).read_bytes() == b"PDF"
    assert "整本书的 PDF</a>（0 MB）" in text


def test_without_a_browser_the_command_says_what_to_do(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(book, "find_chromium", lambda: None)
    assert call(root) == 1
    assert capsys.readouterr().err == (
        "example-docs: no Chromium was found; install one or name it in CHROMIUM\n"
    )
    assert not (root / "dist").exists()
