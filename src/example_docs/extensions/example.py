"""The Python-Markdown extension: one line of a page becomes snippet, output and figure.

Works in every builder that runs Python-Markdown (MkDocs, Zensical); imports neither
torch nor a lesson.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import click
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

from example_docs.code.library import shared_library
from example_docs.errors import ExampleError
from example_docs.extensions.builder import PageError, page_error, page_path
from example_docs.extensions.render import (
    check_captions,
    render,
    size_of,
    view_of,
)
from example_docs.figures.draw import draws, kept
from example_docs.languages.edition import catalogue_at, published_program
from example_docs.languages.versions import other_versions
from example_docs.languages.words import words_of
from example_docs.pages.directives import (
    DIRECTIVE,
    Directive,
    parse_directive,
)
from example_docs.pages.inline import MARK
from example_docs.pages.page import Page

if TYPE_CHECKING:
    import re

    from markdown import Markdown

    from example_docs.code.library import Example
    from example_docs.code.program import Program

_TWO = 2
"""Languages, of which one can be older than the other."""


class ExampleExtension(Extension):
    """Configuration of the extension; paths are relative to the working directory."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - theirs
        """Declare the options."""
        self.config = {
            "source": ["src", "folder that holds the package of lessons"],
            "package": ["", "package of lessons"],
            "prepare": ["", "what comes before an example runs, as module:function"],
            "project": [".", "folder of pyproject.toml, to draw what is missing"],
            "folders": [{}, "folders of the pages of all languages, by language"],
            "docs": ["docs", "folder of the pages, to place errors"],
            "language": ["en", "language of the pages"],
            "reference": ["", "page of the functions of a {chapter}, if there is one"],
            "translations": ["", "record of the blocks read side by side"],
            "figures": [".cache/figures", "folder in which figures are kept"],
            "catalogue": [
                "",
                "gettext catalogue for the code, unless it is the original's",
            ],
        }
        super().__init__(**options)
        self.library = shared_library(
            Path(self.getConfig("source")),
            self.getConfig("package"),
            self.getConfig("prepare"),
        )
        self.page: _Page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - theirs
        """Register both processors."""
        md.registerExtension(self)
        self.page = _Page(self)
        md.preprocessors.register(_Begin(md, self), "example_page", 1000)
        md.parser.blockprocessors.register(
            _ExampleBlock(md.parser, self), "example", 175
        )
        # After code, formulas and escapes (180), before all else.
        md.inlinePatterns.register(_Number(MARK, md), "number", 179)

    def reset(self) -> None:
        """Begin a new page."""
        self.page = _Page(self)


class _Page:
    """What has been shown on the page so far."""

    def __init__(self, extension: ExampleExtension) -> None:
        self.extension = extension
        self.shown: set[str] = set()

    @property
    def docs(self) -> Path:
        return Path(self.extension.getConfig("docs"))


class _Begin(Preprocessor):
    """Looks at the page as it came, before anything has changed a line."""

    def __init__(self, md: Markdown, extension: ExampleExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        if any(DIRECTIVE.match(line) for line in lines):
            self._check_repeated(lines)
        return self._with_notices(lines)

    def _check_repeated(self, lines: list[str]) -> None:
        """Make a repeated directive an error, at its line."""
        here = page_path(self.md)
        path = self.extension.page.docs / (here or "")
        page = Page.read(path) if path.is_file() else Page("\n".join(lines))
        try:
            _ = page.directives
        except ExampleError as error:
            message = error.message if page.path is None else str(error)
            raise PageError(message) from None

    def _with_notices(self, lines: list[str]) -> list[str]:
        """Tell readers which parts of the page are older than their originals."""
        extension = self.extension
        here = page_path(self.md)
        record = extension.getConfig("translations")
        folders = extension.getConfig("folders")
        if (
            not record
            or len(folders) < _TWO
            or here is None
            or not any(map(_is_title, lines))
        ):
            # No page: each docstring of a reference page comes along here too.
            return lines
        # Only a site in two languages pays for this.
        from example_docs.languages.notices import with_notices  # noqa: PLC0415

        language = extension.getConfig("language")
        return with_notices(lines, folders, here, Path(record), language)


class _Number(InlineProcessor):
    """Shows a number without the source that it is checked against."""

    def handleMatch(  # type: ignore[override] # noqa: N802 - theirs
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[ET.Element, int, int]:
        element = ET.Element("span", {"class": "number"})
        element.text = AtomicString(m["shown"])
        return element, m.start(), m.end()


class _ExampleBlock(BlockProcessor):
    """Turns ``::example NAME`` into HTML."""

    def __init__(self, parser: Any, extension: ExampleExtension) -> None:  # noqa: ANN401
        super().__init__(parser)
        self.extension = extension

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        return any(map(_is_directive, block.split("\n")))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        lines = block.split("\n")
        index = next(i for i, line in enumerate(lines) if _is_directive(line))
        before, line, after = lines[:index], lines[index], lines[index + 1 :]
        if any(text.strip() for text in [*before, *after]):
            error = ExampleError("'::example' needs an empty line before and after it")
            raise page_error(self.parser.md, error, line)
        try:
            example, program, content = self._render(parse_directive(line))
        except ExampleError as error:
            raise page_error(self.parser.md, error, line) from None
        element = ET.SubElement(
            parent,
            "div",
            {
                "class": "example",
                "id": example.anchor,
                "data-example": example.full_name,
                # Without the last line end, as the copy button leaves it out.
                "data-copy": program.text.rstrip("\n"),
                **size_of(content),
            },
        )
        ET.SubElement(element, "p").text = self.parser.md.htmlStash.store(content)
        self._link_reference(element, example)

    def _link_reference(self, element: ET.Element, example: Example) -> None:
        """Link to the function's entry, by a path that the builder resolves."""
        extension = self.extension
        here = page_path(self.parser.md)
        pattern = extension.getConfig("reference")
        if not pattern or here is None:
            return
        lesson = example.module.name.removeprefix(f"{extension.library.package}.")
        target = pattern.format(chapter=lesson.partition(".")[0])
        address = posixpath.relpath(target, posixpath.dirname(here) or ".")
        title = (
            words_of(extension.getConfig("language"), "example")["reference"]
            + example.name
        )
        link = ET.SubElement(
            element,
            "a",
            {
                "class": "example-reference",
                "href": f"{address}#{example.module.name}.{example.name}",
                "aria-label": title,
                "title": title,
            },
        )
        link.text = AtomicString("\u0192")

    def _render(self, directive: Directive) -> tuple[Example, Program, str]:
        extension = self.extension
        page = extension.page
        catalogue = catalogue_at(extension.getConfig("catalogue"))
        example = extension.library.example(directive.name)
        program = published_program(example, catalogue)
        view = view_of(program, directive, page.shown)
        page.shown |= {piece.text for piece in view.shown}
        check_captions(program, directive)
        figure = ""
        if draws(program):
            # The original's program: one figure serves all languages.
            original = example.program
            root = Path(extension.getConfig("project"))
            folder = Path(extension.getConfig("figures"))
            figure = kept(folder, original, directive.name, root)
        language = extension.getConfig("language")
        versions = other_versions(example, language, catalogue)
        html = render(
            example, view, directive, words_of(language, "example"), figure, versions
        )
        return example, program, html


def site_of(md: Markdown) -> ExampleExtension:
    """This extension of a converter, for others that share its configuration."""
    for extension in md.registeredExtensions:
        if isinstance(extension, ExampleExtension):
            return extension
    message = "example_docs.extensions.example must come before what builds on it"
    raise click.ClickException(message)


def _is_title(line: str) -> bool:
    return line.startswith("# ")


def _is_directive(line: str) -> bool:
    # An indented one belongs to a list or an admonition, which hands it on dedented.
    return line.startswith("::") and DIRECTIVE.match(line) is not None


def makeExtension(**options: Any) -> ExampleExtension:  # noqa: ANN401, N802 - theirs
    """Make the extension, as Python-Markdown asks for it."""
    return ExampleExtension(**options)
