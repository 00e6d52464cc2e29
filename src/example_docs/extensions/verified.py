"""Show what was run where: the lines ``::verified``, and one below each lesson.

``::verified`` becomes a table of all environments that have a record, and
``::verified CHAPTER`` one of the chapter's lessons. Works in every builder that runs
Python-Markdown; reads neither torch nor a lesson's values.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from example_docs.errors import ExampleError
from example_docs.extensions.builder import page_error, page_path
from example_docs.extensions.example import site_of
from example_docs.languages.edition import catalogue_at
from example_docs.languages.words import words_of
from example_docs.pages.directives import VERIFIED
from example_docs.records.record import Record, read_records
from example_docs.records.tables import (
    PAGE,
    Lesson,
    Present,
    Row,
    all_names,
    chapter_head,
    environments,
    lesson_at,
    lesson_cells,
    lessons_of,
    line_parts,
    remarks,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown import Markdown


class VerifiedExtension(Extension):
    """Configuration of the extension; the rest is that of ``extensions.example``."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - theirs
        """Declare the options."""
        self.config = {"records": ["docs/records", "folder of the records"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - theirs
        """Register both: the tables, and the line, after all text has been read."""
        md.parser.blockprocessors.register(
            _VerifiedBlock(md.parser, self), "verified", 173
        )
        # After the glossary's tooltips (7), before builders resolve links (0).
        md.treeprocessors.register(_Line(md, self), "verified", 5)

    def records(self) -> tuple[Record, ...]:
        """What was recorded."""
        return read_records(Path(self.getConfig("records")))


class _VerifiedBlock(BlockProcessor):
    """Turns ``::verified`` into a table."""

    def __init__(self, parser: Any, extension: VerifiedExtension) -> None:  # noqa: ANN401
        super().__init__(parser)
        self.extension = extension

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        return any(line.startswith("::verified") for line in block.split("\n"))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block = blocks.pop(0).strip("\n")
        md = self.parser.md
        try:
            match = VERIFIED.fullmatch(block)
            if match is None:
                message = (
                    f"{block!r}: '::verified' stands alone, between empty lines, with "
                    "a chapter or nothing after it"
                )
                raise ExampleError(message)  # noqa: TRY301 - placed like the others
            self._build(parent, match["chapter"] or "")
        except ExampleError as error:
            raise page_error(md, error, block) from None

    def _build(self, parent: ET.Element, chapter: str) -> None:
        site = site_of(self.parser.md)
        language = str(site.getConfig("language"))
        docs = Path(site.getConfig("docs"))
        records = self.extension.records()
        present = Present(site.library, catalogue_at(site.getConfig("catalogue")))
        holder = ET.SubElement(parent, "div", {"class": "verified-table"})
        if not chapter:
            names = all_names(site.library)
            head, *rows = environments(records, names, present, language)
            body = _table(holder, head)
            for row in rows:
                _cells(ET.SubElement(body, "tr"), row, head)
            return
        head = chapter_head(records, language)
        body = _table(holder, head)
        here = posixpath.dirname(page_path(self.parser.md) or "")
        for lesson in lessons_of(docs, chapter):
            line = ET.SubElement(body, "tr")
            cell = ET.SubElement(line, "td")
            _lesson(cell, lesson, here, records, present, language)
            _cells(line, lesson_cells(records, lesson, present, language), head[1:])


def _table(holder: ET.Element, head: Row) -> ET.Element:
    table = ET.SubElement(holder, "table")
    row = ET.SubElement(ET.SubElement(table, "thead"), "tr")
    for text in head:
        ET.SubElement(row, "th").text = AtomicString(text)
    return ET.SubElement(table, "tbody")


def _cells(row: ET.Element, texts: Row, head: Row) -> None:
    """Write cells that say what they are: on a phone they have no head above them."""
    for text, label in zip(texts, head, strict=True):
        ET.SubElement(row, "td", {"data-label": label}).text = AtomicString(text)


def _lesson(  # noqa: PLR0913, PLR0917 - what a cell is made from
    cell: ET.Element,
    lesson: Lesson,
    here: str,
    records: Sequence[Record],
    present: Present,
    language: str,
) -> None:
    """A lesson's title with its examples folded below it."""
    add: Callable[..., ET.Element] = ET.SubElement
    address = posixpath.relpath(lesson.page, here or ".")
    add(cell, "a", {"href": address}).text = AtomicString(lesson.title)
    details = add(cell, "details")
    summary = f"{len(lesson.names)} {words_of(language, 'records')['examples']}"
    add(details, "summary").text = AtomicString(summary)
    names, remarked = [], []
    for name in lesson.names:
        function = name.partition(":")[2]
        said = remarks(records, name, present, language)
        if said:
            remarked.append((function, said))
        else:
            names.append(function)
    if names:
        add(details, "p").text = AtomicString(", ".join(names))
    for function, said in remarked:
        paragraph = add(details, "p")
        add(paragraph, "b").text = AtomicString(function)
        remarks_of = words_of(language, "records")["semicolon"].join(said)
        paragraph[0].tail = AtomicString(f" {remarks_of}")


class _Line(Treeprocessor):
    """Puts the line below each lesson that shows examples."""

    def __init__(self, md: Markdown, extension: VerifiedExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: ET.Element) -> None:
        site = site_of(self.md)
        if root.find(".//div[@data-example]") is None:
            return  # such as each docstring of the reference
        page = page_path(self.md)
        docs = Path(site.getConfig("docs"))
        # A page at the top of the book, such as the home page, is no lesson.
        if page is None or "/" not in page or not (docs / page).is_file():
            return
        try:
            lesson = lesson_at(docs, page)
            language = str(site.getConfig("language"))
            parts = line_parts(
                self.extension.records(), lesson.names, Present(site.library), language
            )
        except ExampleError as error:
            raise page_error(self.md, error) from None
        # Out of the search: else each page would be found for "CUDA" and "torch".
        attributes = {"class": "verified", "data-search-exclude": ""}
        paragraph = ET.SubElement(root, "p", attributes)
        address = posixpath.relpath(PAGE, posixpath.dirname(page))
        link = ET.SubElement(paragraph, "a", {"href": address})
        for index, (text, is_stale) in enumerate(parts):
            if index:
                link[-1].tail = " · "
            name = {"class": "verified-stale"} if is_stale else {}
            ET.SubElement(link, "span", name).text = AtomicString(text)


def makeExtension(**options: Any) -> VerifiedExtension:  # noqa: ANN401, N802 - theirs
    """Make the extension, as Python-Markdown asks for it."""
    return VerifiedExtension(**options)
