"""The Markdown that readers download: every example in full, with its output."""

from __future__ import annotations

import posixpath
import re
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.code.library import open_library
from example_docs.errors import ExampleError
from example_docs.figures.draw import draws, kept, key_of
from example_docs.languages.edition import catalogue_at, published_program
from example_docs.languages.terms import read_glossary
from example_docs.languages.versions import other_versions
from example_docs.pages.directives import (
    GLOSSARY,
    REFERENCE,
    RULES,
    VERIFIED,
    check_fences,
    directives,
)
from example_docs.pages.inline import unbound, without_attributes
from example_docs.pages.links import Link, in_markdown
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example_docs.code.library import Library
    from example_docs.code.program import Program
    from example_docs.languages.code_translation import Catalogue
    from example_docs.pages.directives import Directive, Line
    from example_docs.settings import Settings

_HEADING = re.compile(r"^(?P<marks>#{1,6}) .*\{ *#(?P<anchor>[\w-]+) *\} *$")


def published_address(page: str) -> str:
    """Where the Markdown of a page is published: beside its ``index.html``.

    Args:
        page: The page's path within its language, with ``/``.
    """
    stem = page.removesuffix(".md")
    return page if posixpath.basename(stem) == "index" else f"{stem}/index.md"


def notebook_address(page: str) -> str:
    """Where the notebook of a page is published: beside its ``index.html``.

    Args:
        page: The page's path within its language, with ``/``.
    """
    folder = posixpath.dirname(published_address(page))
    name = posixpath.basename(page.removesuffix(".md"))
    return posixpath.join(folder, f"{name}.ipynb")


@dataclass(frozen=True)
class Edition:
    """The book in one language.

    Attributes:
        docs: The folder of its pages.
        library: The lessons.
        figures: The folder in which figures are kept.
        catalogue: The translations of the code, unless it is in this language.
        language: The language.
        glossary: The file of the terms.
        records: The folder of what was run where.
        rules: The folder of the properties that hold the rules of the prose.
        root: The folder of ``pyproject.toml``, to draw what is missing.
    """

    docs: Path
    library: Library
    figures: Path
    catalogue: Catalogue | None = None
    language: str = "en"
    glossary: Path = Path("docs/glossary.yml")
    records: Path = Path("docs/records")
    rules: Path = Path("tests/rules")
    root: Path = Path()
    _programs: dict[str, Program] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def program(self, name: str) -> Program:
        """The program of an example in this language, taken apart once.

        Raises:
            ExampleError: There is no such example, or it is no program.
        """
        if name not in self._programs:
            example = self.library.example(name)
            made = published_program(example, self.catalogue)
            self._programs[name] = made
        return self._programs[name]

    def pages(self) -> list[str]:
        """The pages' paths within the language, with ``/``."""
        return sorted(
            p.relative_to(self.docs).as_posix() for p in self.docs.rglob("*.md")
        )


def edition_of(settings: Settings, language: str) -> Edition:
    """The book of a project in one language."""
    found = settings.language(language)
    return Edition(
        docs=found.pages,
        library=open_library(settings),
        figures=settings.figures,
        catalogue=catalogue_at(found.catalogue),
        language=language,
        glossary=settings.glossary,
        records=settings.records,
        rules=settings.rules,
        root=settings.root,
    )


def editions(settings: Settings) -> dict[str, Edition]:
    """The book of a project in each language."""
    return {name: edition_of(settings, name) for name in settings.languages}


def published_files(edition: Edition) -> dict[str, str]:
    """All that readers of a language can download: pages, and the figures in them.

    Raises:
        ExampleError: A directive or a fence of a page cannot be published.
    """
    files: dict[str, str] = {}
    for page in edition.pages():
        files[published_address(page)] = published_markdown(edition, page)
        for program, name in _programs(edition, page):
            if draws(program):
                figure = kept(edition.figures, program, name, edition.root)
                files[_figure_address(program)] = figure
    return files


def published_markdown(edition: Edition, page: str, *, relink: bool = True) -> str:
    """A page with its directives replaced by programs, outputs and figures.

    Args:
        edition: The book in one language.
        page: The page's path within it.
        relink: Whether it is for readers: links lead to published addresses, and no
            attribute lists are left. Otherwise another builder can make pages of it.

    Returns:
        Markdown in which every ``python`` fence is a complete program.

    Raises:
        ExampleError: A directive or a fence of the page cannot be published.
    """
    path = edition.docs / page
    text = path.read_text(encoding="utf-8")
    check_fences(path, text)
    replaced = {
        line.number: textwrap.indent(
            _placed(edition, line, page), line.indent, lambda row: row != "\n"
        )
        for line in directives(path, text)
    }
    whole = Page(text, path)
    for number, line in whole.outside():
        if GLOSSARY.match(line):
            replaced[number] = read_glossary(edition.glossary).table(edition.language)
        elif match := VERIFIED.match(line):
            replaced[number] = _verified(edition, match["chapter"] or "", page)
        elif match := RULES.match(line):
            replaced[number] = _rules(edition, match["names"].split(), page)
        elif match := REFERENCE.match(line):
            replaced[number] = _reference(edition, match["name"], page, relink=relink)
    lines = [
        replaced.get(number)
        or (line if number in whole.fenced else _for_readers(line, page, relink=relink))
        for number, line in enumerate(whole.lines, start=1)
    ]
    return "\n".join(lines[whole.head :]).lstrip("\n") + "\n"


def _programs(edition: Edition, page: str) -> Iterator[tuple[Program, str]]:
    path = edition.docs / page
    for line in directives(path, path.read_text(encoding="utf-8")):
        name = line.directive.name
        yield edition.program(name), name


def _placed(edition: Edition, line: Line, page: str) -> str:
    """The same, with the place in the page for an error that has none."""
    try:
        return _example(edition, line.directive, page)
    except ExampleError as error:
        if error.path is not None:
            raise
        path = edition.docs / page
        raise ExampleError(error.message, path, line.number) from None


def _example(edition: Edition, directive: Directive, page: str) -> str:
    example = edition.library.example(directive.name)
    program = edition.program(directive.name)
    anchor = f'<a id="{example.anchor}"></a>'  # the reference leads here
    parts = [anchor, f"```python\n{program.text}```"]
    output = example.expected.text
    if output:
        parts.append(f"```text\n{output}\n```")
    parts += [
        folded(title, f"```text\n{other.text}\n```")
        for title, other in other_versions(example, edition.language, edition.catalogue)
    ]
    if draws(program):
        here = posixpath.dirname(published_address(page)) or "."
        address = posixpath.relpath(_figure_address(program), here)
        parts.append(f"![{directive.alt}]({address})")
    if directive.caption:
        parts.append(f"*{directive.caption}*")
    return "\n\n".join(parts)


def folded(summary: str, text: str) -> str:
    """Markdown that unfolds at a click."""
    return f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>"


def _figure_address(program: Program) -> str:
    return f"figures/{key_of(program)}.svg"


def _verified(edition: Edition, chapter: str, page: str) -> str:
    # Only the page that shows the records needs what reads them.
    from example_docs.records.record import read_records  # noqa: PLC0415
    from example_docs.records.tables import published_table  # noqa: PLC0415

    records = read_records(edition.records)
    text = published_table(
        chapter, edition.docs, edition.language, records, edition.library
    )
    return "\n".join(_relinked(line, page) for line in text.split("\n"))


def _rules(edition: Edition, names: list[str], page: str) -> str:
    # Only pages that list rules need what reads them.
    from example_docs.rules.listing import published_rules  # noqa: PLC0415

    text = published_rules(
        names, edition.docs, edition.language, edition.rules, "rules/{chapter}.md"
    )
    return "\n".join(_relinked(line, page) for line in text.split("\n"))


def _reference(edition: Edition, name: str, page: str, *, relink: bool) -> str:
    # Only a book with a reference needs what reads one.
    from example_docs.downloads.reference import (  # noqa: PLC0415
        reference_markdown,
    )

    text = reference_markdown(edition, name)
    if not relink:
        return text
    return "\n".join(_relinked(line, page) for line in text.split("\n"))


def _for_readers(line: str, page: str, *, relink: bool) -> str:
    """A line of prose without what only checks read."""
    plain = unbound(line)
    if not relink:
        return plain
    text = _relinked(without_attributes(plain), page)
    if (heading := _HEADING.match(plain)) is None:
        return text
    # Before what it names; but a file begins with its title.
    anchor = f'<a id="{heading["anchor"]}"></a>'
    is_title = heading["marks"] == "#"
    return "\n\n".join([text, anchor] if is_title else [anchor, text])


def _relinked(line: str, page: str) -> str:
    """Links between files become links between their published addresses."""
    here = posixpath.dirname(published_address(page))

    def moved(link: Link) -> str:
        if not link.path.endswith(".md"):
            return link.address
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), link.path))
        return posixpath.relpath(published_address(target), here or ".") + link.rest

    return in_markdown(line, moved)
