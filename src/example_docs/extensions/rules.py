"""Show which sentences are rules, and how each was tried.

Behind a sentence ``[…]{ rule=name }`` stands a mark that leads to its entry on the
chapter's page of rules. ``::rules chapter/lesson`` becomes the entries of a lesson, and
``::rules CHAPTERS`` a table that counts them. Works in every builder that runs
Python-Markdown; reads the properties as text, and needs neither torch nor Hypothesis.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from example_docs.errors import ExampleError
from example_docs.extensions.builder import page_error, page_path
from example_docs.extensions.example import site_of
from example_docs.extensions.render import code_block
from example_docs.languages.words import words_of
from example_docs.pages.directives import RULES
from example_docs.pages.inline import RULE
from example_docs.rules.listing import (
    Entry,
    chapter_rows,
    entries,
    property_of,
    totals,
)
from example_docs.rules.read import properties

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from markdown import Markdown


class RulesExtension(Extension):
    """Configuration of the extension; the rest is that of ``extensions.example``."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - theirs
        """Declare the options."""
        self.config = {
            "tests": ["tests/rules", "folder of the properties"],
            "page": ["rules/{chapter}.md", "page of the rules of a {chapter}"],
            "repository": ["", "address of the repository, if it is known"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - theirs
        """Register both: the lines, and the marks behind sentences."""
        md.parser.blockprocessors.register(_RulesBlock(md.parser, self), "rules", 172)
        # After code, formulas and escapes (180), before numbers and all else.
        md.inlinePatterns.register(_Mark(RULE, md, self), "rule", 179.5)

    @property
    def tests(self) -> Path:
        """The folder of the properties."""
        return Path(self.getConfig("tests"))

    def page(self, lesson: str) -> str:
        """The page that lists the rules of a lesson."""
        return str(self.getConfig("page")).format(chapter=lesson.partition("/")[0])


class _Mark(InlineProcessor):
    """Puts a mark behind a sentence, with a link to what was tried."""

    def __init__(self, pattern: str, md: Markdown, extension: RulesExtension) -> None:
        super().__init__(pattern, md)
        self.extension = extension

    def handleMatch(  # type: ignore[override] # noqa: N802 - theirs
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[ET.Element, int, int]:
        element = ET.Element("span", {"class": "rule", "data-rule": m["rule"]})
        element.text = m["sentence"]
        here = page_path(self.md)
        if here is None:
            return element, m.start(), m.end()
        lesson = here.removesuffix(".md")
        try:
            held = property_of(properties(self.extension.tests, lesson), m["rule"])
        except ExampleError as error:
            raise page_error(self.md, error, m["rule"]) from None
        element.set("id", f"rule-{held.anchor}")
        page = posixpath.relpath(self.extension.page(lesson), posixpath.dirname(here))
        language = str(site_of(self.md).getConfig("language"))
        said = words_of(language, "rules")["mark"].format(
            cases=held.cases, refuted=len(held.refuted)
        )
        # The mark itself comes from the style sheet: a sentence stays its own text.
        link = {"class": "rule-mark", "href": f"{page}#{held.anchor}"}
        ET.SubElement(element, "a", {**link, "aria-label": said, "title": said})
        return element, m.start(), m.end()


class _RulesBlock(BlockProcessor):
    """Turns ``::rules`` into the entries of a lesson, or into a table."""

    def __init__(self, parser: Any, extension: RulesExtension) -> None:  # noqa: ANN401
        super().__init__(parser)
        self.extension = extension

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        return any(line.startswith("::rules") for line in block.split("\n"))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block = blocks.pop(0).strip("\n")
        md = self.parser.md
        try:
            match = RULES.fullmatch(block)
            if match is None:
                message = (
                    f"{block!r}: '::rules' stands alone, between empty lines, with a "
                    "lesson or with all chapters after it"
                )
                raise ExampleError(message)  # noqa: TRY301 - placed like the others
            names = match["names"].split()
            if len(names) == 1 and "/" in names[0]:
                self._lesson(parent, names[0])
            else:
                self._table(parent, names)
        except ExampleError as error:
            raise page_error(md, error, block) from None

    def _here(self) -> str:
        return posixpath.dirname(page_path(self.parser.md) or "") or "."

    def _words(self) -> Mapping[str, str]:
        return words_of(str(site_of(self.parser.md).getConfig("language")), "rules")

    def _docs(self) -> Path:
        return Path(site_of(self.parser.md).getConfig("docs"))

    def _table(self, parent: ET.Element, chapters: list[str]) -> None:
        words, extension = self._words(), self.extension
        page = str(extension.getConfig("page"))
        rows = chapter_rows(self._docs(), extension.tests, chapters, page)
        holder = ET.SubElement(parent, "div", {"class": "verified-table"})
        table = ET.SubElement(holder, "table")
        head = ET.SubElement(ET.SubElement(table, "thead"), "tr")
        for key in ("chapter", "rules", "cases", "refuted"):
            ET.SubElement(head, "th").text = AtomicString(words[key])
        body = ET.SubElement(table, "tbody")
        for title, address, counts in [*rows, (words["all"], "", totals(rows))]:
            row = ET.SubElement(body, "tr")
            cell = ET.SubElement(row, "td")
            if address:
                target = posixpath.relpath(address, self._here())
                cell = ET.SubElement(cell, "a", {"href": target})
            cell.text = AtomicString(title)
            for count in counts:
                ET.SubElement(row, "td").text = AtomicString(str(count))

    def _lesson(self, parent: ET.Element, lesson: str) -> None:
        for entry in entries(self._docs(), self.extension.tests, lesson):
            self._entry(parent, entry, lesson)

    def _entry(self, parent: ET.Element, entry: Entry, lesson: str) -> None:
        words, held = self._words(), entry.held
        box = ET.SubElement(parent, "div", {"class": "rule-entry", "id": held.anchor})
        sentence = ET.SubElement(box, "p", {"class": "rule-sentence"})
        # Markdown of the page, which the inline patterns read.
        sentence.text = entry.sentence
        tried = ET.SubElement(box, "p")
        tried.text = AtomicString(words["tried"].format(cases=held.cases))
        if held.refuted:
            tried.text = AtomicString(tried.text + words["lies"])
            # What tests say is English on every page.
            items = ET.SubElement(box, "ul", {"lang": "en"})
            for lie in held.refuted:
                ET.SubElement(items, "li").text = AtomicString(lie)
        details = ET.SubElement(box, "details", {"class": "rule-test"})
        ET.SubElement(details, "summary").text = AtomicString(words["test"])
        code = self.parser.md.htmlStash.store(code_block(held.code))
        ET.SubElement(details, "p").text = code
        links = ET.SubElement(box, "p", {"class": "rule-links"})
        target = posixpath.relpath(f"{lesson}.md", self._here())
        address = f"{target}#rule-{held.anchor}"
        link = ET.SubElement(links, "a", {"href": address})
        link.text = AtomicString(words["lesson"])
        if repository := str(self.extension.getConfig("repository") or ""):
            link.tail = " · "
            file = f"{repository.rstrip('/')}/blob/main/{held.path.as_posix()}"
            there = ET.SubElement(links, "a", {"href": f"{file}#L{held.line}"})
            there.text = AtomicString(words["file"])


def makeExtension(**options: Any) -> RulesExtension:  # noqa: ANN401, N802 - theirs
    """Make the extension, as Python-Markdown asks for it."""
    return RulesExtension(**options)
