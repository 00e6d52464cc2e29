"""The whole book of a language as one page of HTML, made to be printed.

Every page of the navigation is taken as it was built, in that order, except the
reference, which repeats function by function what the lessons show. Links between pages
become links within the book. Nothing is rendered a second time.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.downloads.markdown import published_address
from example_docs.errors import ExampleError
from example_docs.pages.directives import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from example_docs.downloads.llms import Contents, Entry

STYLE = Path(__file__).with_name("book.css")
"""What a book has and a site has not: sheets of paper, a title, page numbers."""

WORDS = {"en": "Contents", "zh": "目录"}
"""What the table of contents is called."""

_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]*)"')
# Printed code is black. Without the marks of its colours the file is a third as large.
_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_SPAN = re.compile(r"</?span\b[^>]*>")
_IDENTIFIER = re.compile(r'(\sid="|\burl\(#)')
_LINK = re.compile(r'\s(?P<kind>(?:xlink:)?href|src)="(?P<address>[^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|/", re.IGNORECASE)
_HEADING = re.compile(r"<h([1-5])\b")


@dataclass(frozen=True)
class Leaf:
    """A page of the book.

    Attributes:
        entry: Its place in the navigation.
        folder: The folder of its ``index.html`` within the language.
        text: Its HTML.
    """

    entry: Entry
    folder: str
    text: str

    @property
    def name(self) -> str:
        """What it is called within the book, as an anchor."""
        return self.folder.replace("/", "-") or "home"


def read_leaves(contents: Contents, docs: Path, site: Path) -> list[Leaf]:
    """The pages of the book, in the order of the navigation.

    Args:
        contents: What the configuration says.
        docs: The folder of the pages that the language was built from.
        site: The folder of the built language.

    Raises:
        ExampleError: A page of the navigation has not been built.
    """
    leaves = []
    for entry in contents.entries:
        folder = posixpath.dirname(published_address(entry.page))
        path = site / folder / "index.html"
        if not path.is_file():
            message = f"'nav' names {entry.page!r}, which is not here; build the site"
            raise ExampleError(message, path)
        source = (docs / entry.page).read_text(encoding="utf-8")
        if any(map(REFERENCE.match, source.splitlines())):
            continue
        text = path.read_text(encoding="utf-8")
        # The navigation calls the first page after its place, not after its subject.
        title = entry.title if folder else contents.title
        leaves.append(Leaf(replace(entry, title=title), folder, text))
    return leaves


@dataclass(frozen=True)
class Book:
    """The book in one language.

    Attributes:
        contents: What the configuration says.
        leaves: Its pages.
        language: Its language.
        base: The address of the folder in which the language was built, as the
            browser that prints it finds it.
        site: Where the language is published, if that is known.
    """

    contents: Contents
    leaves: Sequence[Leaf]
    language: str
    base: str
    site: str = ""

    def html(self, numbers: Mapping[str, int]) -> str:
        """The book as one page.

        Args:
            numbers: The sheet on which each leaf begins, by its name, if known.

        Raises:
            ExampleError: A leaf has no article.
        """
        names = {leaf.folder: leaf.name for leaf in self.leaves}
        places = _Places(names, self.base.rstrip("/"), self.site.rstrip("/"))
        sections = []
        chapter = ""
        for leaf in self.leaves:
            begins = leaf.entry.chapter if leaf.entry.chapter != chapter else ""
            chapter = leaf.entry.chapter
            sections.append(_section(leaf, begins, places))
        style = STYLE.read_text(encoding="utf-8") + _running_heads(self.leaves)
        lines = [
            "<!doctype html>",
            f'<html lang="{self.language}">',
            "<head>",
            '<meta charset="utf-8">',
            f"<title>{escape(self.contents.title)}</title>",
            *(
                f'<link rel="stylesheet" href="{places.base}/{address}">'
                for address in _stylesheets(self.leaves)
            ),
            f"<style>\n{style}</style>",
            "</head>",
            '<body dir="ltr" data-md-color-scheme="default">',
            '<main class="md-typeset">',
            _title_page(self.contents, self.site),
            _table(self.leaves, WORDS[self.language], numbers),
            *sections,
            "</main>",
            "</body>",
            "</html>",
        ]
        return "\n".join(lines) + "\n"


def _stylesheets(leaves: Sequence[Leaf]) -> list[str]:
    """Those of all pages, within the language, each once and in their order."""
    found = {
        posixpath.normpath(posixpath.join(leaf.folder, address)): None
        for leaf in leaves
        for address in _STYLESHEET.findall(leaf.text)
    }
    return list(found)


def _running_heads(leaves: Sequence[Leaf]) -> str:
    """Chapter and title at the top of each sheet."""
    return "".join(
        f"@page {leaf.name} {{ @top-left {{ content: {_quoted(leaf.entry.chapter)} }} "
        f"@top-right {{ content: {_quoted(leaf.entry.title)} }} }}\n"
        f"#{leaf.name} {{ page: {leaf.name} }}\n"
        for leaf in leaves
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    return f'"{escaped}"'


def _title_page(contents: Contents, site: str) -> str:
    lines = [escape(contents.summary), escape(contents.rights)]
    if site:
        lines.insert(1, f'<a href="{escape(site)}">{escape(site)}</a>')
    paragraphs = "".join(f"<p>{line}</p>" for line in lines if line)
    title = f'<p class="title">{escape(contents.title)}</p>'
    return f'<section class="book-title">{title}{paragraphs}</section>'


def _table(leaves: Sequence[Leaf], title: str, numbers: Mapping[str, int]) -> str:
    rows = []
    chapter = ""
    for leaf in leaves:
        entry = leaf.entry
        if entry.chapter and entry.chapter != chapter:
            rows.append(f'<li class="chapter">{escape(entry.chapter)}</li>')
        chapter = entry.chapter
        kind = ' class="inner"' if chapter else ""
        link = f'<a href="#{leaf.name}">{escape(entry.title)}</a>'
        number = numbers.get(leaf.name, "")
        rows.append(f"<li{kind}>{link}<span>{number}</span></li>")
    listed = "\n".join(["<ol>", *rows, "</ol>"])
    return f'<section class="book-contents"><h1>{title}</h1>{listed}</section>'


def _section(leaf: Leaf, chapter: str, places: _Places) -> str:
    match = _ARTICLE.search(leaf.text)
    if match is None:
        message = f"{leaf.folder or 'the home page'} has no article; was it built?"
        raise ExampleError(message)
    text = _SCRIPT.sub("", match[1])
    text = _CODE.sub(lambda code: _SPAN.sub("", code[0]), text)
    text = _IDENTIFIER.sub(rf"\g<0>{leaf.name}--", text)
    text = _LINK.sub(lambda link: places.moved(link, leaf), text)
    if leaf.entry.chapter:  # its title stands below that of its chapter
        text = _HEADING.sub(_lowered, text)
    title = f'<h1 class="chapter">{escape(chapter)}</h1>' if chapter else ""
    return f'<section class="leaf" id="{leaf.name}">{title}{text}</section>'


def _lowered(heading: re.Match[str]) -> str:
    """A heading that looks as before and is one level lower in the outline."""
    return f'{heading[0]} aria-level="{int(heading[1]) + 1}"'


@dataclass(frozen=True)
class _Places:
    """Where what a page names is found from within the book."""

    names: Mapping[str, str]
    base: str
    site: str

    def moved(self, link: re.Match[str], leaf: Leaf) -> str:
        """The attribute of a link, or nothing for what only the site has."""
        kind, address = link["kind"], link["address"]
        if address.startswith("#"):
            return f' {kind}="#{leaf.name}--{address[1:]}"'
        if _ELSEWHERE.match(address):
            return link[0]
        path, _, anchor = address.partition("#")
        target = posixpath.normpath(posixpath.join(leaf.folder, path))
        if kind == "src":
            return f' src="{self.base}/{target}"'
        folder = "" if target == "." else target
        if folder in self.names:
            end = f"--{anchor}" if anchor else ""
            return f' href="#{self.names[folder]}{end}"'
        if self.site and not target.startswith("../"):
            slash = "/" if path.endswith("/") else ""
            end = f"#{anchor}" if anchor else ""
            return f' href="{self.site}/{target}{slash}{end}"'
        return ""
