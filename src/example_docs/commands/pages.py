"""What is wrong with the two pages of a lesson, without building a site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from example_docs.errors import ExampleError
from example_docs.extensions.builder import set_page
from example_docs.languages.parity import partings
from example_docs.languages.terms import misuses_in_file, read_glossary
from example_docs.languages.typography import slips
from example_docs.numbers.formulas import formula_faults
from example_docs.numbers.prose import Sources, faults, read_page
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from example_docs.project import Project
    from example_docs.settings import Language

_WORD = re.compile(r"^[ \t]*::(?P<word>[A-Za-z]\w*)")
_WORDS = {"example", "glossary", "verified", "rules"}


def page_complaints(project: Project, lesson: str) -> Iterator[str]:
    """Yield a sentence for each thing wrong with the pages of a lesson.

    Args:
        project: The project.
        lesson: The lesson's page, as ``tensors/join``.
    """
    page = f"{lesson}.md"
    paths = [folder / page for folder in project.folders]
    for path in paths:
        if not path.exists():
            yield str(ExampleError("this page is missing; write it", path))
            return
        try:
            Page.read(path)
        except ExampleError as error:
            yield str(error)
            return
    for path in paths:
        yield from map(str, unknown_words(path))
    for language, path in zip(project.languages.values(), paths, strict=True):
        yield from _rendered(project, language, path)
    try:
        yield from map(str, _held_to_each_other(project, paths))
        for folder in project.folders:
            sources = Sources(project.lessons, read_page(folder, page))
            for check in (faults, formula_faults):
                yield from map(str, check(sources))
    except ExampleError as error:
        yield str(error)


def _held_to_each_other(project: Project, paths: list[Path]) -> Iterator[object]:
    """Yield what is wrong with a page as a translation."""
    if len(paths) == 2:  # noqa: PLR2004 - a pair
        yield from partings(*paths)
    for language, path in zip(project.languages.values(), paths, strict=True):
        if language.catalogue is not None:
            yield from slips(path, path.read_text(encoding="utf-8"))
            yield from misuses_in_file(read_glossary(project.glossary), path)


def unknown_words(path: Path) -> Iterator[ExampleError]:
    """Yield an error for each ``::word`` line that no extension knows."""
    for number, line in Page.read(path).outside():
        found = _WORD.match(line)
        if found and found["word"] not in _WORDS:
            known = ", ".join(f"'::{word}'" for word in sorted(_WORDS))
            message = f"'::{found['word']}' is unknown; write one of {known}"
            yield ExampleError(message, path, number)


def _rendered(project: Project, language: Language, path: Path) -> Iterator[str]:
    """Yield why a page cannot be rendered as its configuration says."""
    from markdown import Markdown  # noqa: PLC0415 - other commands run without it

    extensions: list[str] = ["example_docs"]
    options = {"example_docs": {"language": language.name, "project": project.root}}
    if language.configuration.is_file():
        from mkdocs.config import load_config  # noqa: PLC0415 - not all have MkDocs

        config = load_config(str(language.configuration))
        extensions, options = config["markdown_extensions"], config["mdx_configs"]
    markdown = Markdown(extensions=extensions, extension_configs=options)
    page = Page.read(path)
    set_page(markdown, path.relative_to(language.pages).as_posix())
    try:
        markdown.convert("\n".join(page.lines[page.head :]))
    except (click.ClickException, ExampleError) as error:
        yield str(error)
