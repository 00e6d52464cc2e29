"""Explain the terms on pages: tooltips, and the table ``::glossary``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import click
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from example_docs.errors import ExampleError
from example_docs.extensions.builder import page_error
from example_docs.languages.terms import (
    MOST,
    Glossary,
    Use,
    read_glossary,
    translation_of,
)
from example_docs.languages.words import words_of
from example_docs.pages.directives import GLOSSARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown import Markdown

_SKIPPED = frozenset(
    {
        *(f"h{level}" for level in range(1, 7)),
        *("a", "abbr", "button", "code", "figure", "kbd", "math", "pre"),
        *("script", "style", "summary", "svg", "th"),
    }
)
_SKIPPED_CLASSES = frozenset(
    {"admonition-title", "arithmatex", "example", "formula", "glossary", "stale"}
)


class GlossaryExtension(Extension):
    """Configuration of the extension; paths are relative to the working directory."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - theirs
        """Declare the options."""
        self.config = {
            "glossary": ["docs/glossary.yml", "file of the terms"],
            "language": ["en", "language of the pages"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - theirs
        """Register both processors; tooltips come when all inline text is there."""
        md.parser.blockprocessors.register(
            _GlossaryBlock(md.parser, self), "glossary", 174
        )
        md.treeprocessors.register(_Tooltips(md, self), "glossary", 7)

    @property
    def language(self) -> str:
        """The language of the pages."""
        return str(self.getConfig("language"))

    def glossary(self) -> Glossary:
        """The terms."""
        return read_glossary(Path(self.getConfig("glossary")))


class _Tooltips(Treeprocessor):
    """Explains a term where the page first uses it.

    A term that the title names, or that the page defines in bold, needs no tooltip.
    A text without a title is no page but a piece of one, such as a docstring.
    """

    def __init__(self, md: Markdown, extension: GlossaryExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: ET.Element) -> None:
        title = root.find(".//h1")
        if title is None:
            return
        language = self.extension.language
        try:
            glossary = self.extension.glossary()
        except ExampleError as error:
            raise click.ClickException(str(error)) from None
        explain(root, glossary, language, "".join(title.itertext()))


def explain(root: ET.Element, glossary: Glossary, language: str, title: str) -> None:
    """Wrap the first use of each term into ``<abbr title="what it means">``."""
    known = {use.term.anchor for use in glossary.uses(title, language)}
    known |= {term.anchor for term in glossary.terms if language in term.silent}
    _Explainer(glossary, language, known).visit(root)


class _Explainer:
    """Goes through a page once and remembers which terms it has met."""

    def __init__(self, glossary: Glossary, language: str, known: set[str]) -> None:
        self.glossary = glossary
        self.language = language
        self.known = known
        self.left = MOST

    def visit(self, element: ET.Element) -> None:
        """Explain the new terms in an element and in all that it holds."""
        children = list(element)
        if element.tag == "strong" and not children:
            self._note_definition(element.text or "")
        element.text, element[:] = self._wrapped(element.text)
        for child in children:
            if not _is_skipped(child):
                self.visit(child)
            child.tail, terms = self._wrapped(child.tail)
            element.append(child)
            element.extend(terms)

    def _note_definition(self, text: str) -> None:
        for use in self.glossary.uses(text, self.language):
            if use.end - use.start == len(text):
                self.known.add(use.term.anchor)

    def _wrapped(self, text: str | None) -> tuple[str | None, list[ET.Element]]:
        """A text up to its first new term, and the terms with what follows each."""
        if not text or text.isspace():
            return text, []
        new = list(self._new(text))
        ends = [use.start for use in new[1:]] + [len(text)]
        terms = [
            self._term(use, text, end) for use, end in zip(new, ends, strict=False)
        ]
        return (text[: new[0].start] if new else text), terms

    def _new(self, text: str) -> Iterator[Use]:
        """The uses in a text that the page has to explain."""
        if self.left == 0:
            return
        for use in self.glossary.uses(text, self.language):
            if use.term.anchor not in self.known:
                self.known.add(use.term.anchor)
                self.left -= 1
                yield use
                if self.left == 0:
                    return

    def _term(self, use: Use, text: str, end: int) -> ET.Element:
        # Reachable by the keyboard: Material shows its tooltip on focus too.
        attributes = {"title": use.term.means[self.language], "tabindex": "0"}
        element = ET.Element("abbr", attributes)
        element.text, element.tail = text[use.start : use.end], text[use.end : end]
        return element


def _is_skipped(element: ET.Element) -> bool:
    return element.tag in _SKIPPED or not _SKIPPED_CLASSES.isdisjoint(
        element.get("class", "").split()
    )


class _GlossaryBlock(BlockProcessor):
    """Turns the line ``::glossary`` into a table of all terms."""

    def __init__(self, parser: Any, extension: GlossaryExtension) -> None:  # noqa: ANN401
        super().__init__(parser)
        self.extension = extension

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        return any(line.startswith("::glossary") for line in block.split("\n"))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block = blocks.pop(0).strip("\n")
        if not GLOSSARY.fullmatch(block):
            message = (
                f"{block!r}: '::glossary' stands alone, between empty lines, and has "
                "no options"
            )
            raise page_error(self.parser.md, ExampleError(message), block)
        try:
            glossary = self.extension.glossary()
        except ExampleError as error:
            raise page_error(self.parser.md, error, block) from None
        _build(parent, glossary, self.extension.language)


def _build(parent: ET.Element, glossary: Glossary, language: str) -> None:
    other = translation_of(language)
    holder = ET.SubElement(parent, "div", {"class": "glossary"})
    table = ET.SubElement(holder, "table")
    add: Callable[..., ET.Element] = ET.SubElement
    row = add(add(table, "thead"), "tr")
    for heading in words_of(language, "glossary").values():
        add(row, "th").text = heading
    body = add(table, "tbody")
    for term, cells in zip(glossary.terms, glossary.rows(language), strict=True):
        row = add(body, "tr", {"id": term.anchor})
        for cell, attributes in zip(cells, ({}, {"lang": other}, {}), strict=True):
            # Atomic: what a term means is text, not Markdown.
            add(row, "td", attributes).text = AtomicString(cell)


def makeExtension(**options: Any) -> GlossaryExtension:  # noqa: ANN401, N802 - theirs
    """Make the extension, as Python-Markdown asks for it."""
    return GlossaryExtension(**options)
