"""What is wrong with the pages of a lesson, without building a site."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

import click

from example_docs.errors import ExampleError, counted, nearest, relative
from example_docs.extensions.builder import set_page
from example_docs.languages.parity import partings
from example_docs.languages.staleness import read_record, stale_in
from example_docs.languages.terms import misuses_in_file, read_glossary
from example_docs.languages.typography import slips
from example_docs.numbers.formulas import formula_faults
from example_docs.numbers.prose import Sources, faults, read_page
from example_docs.pages.directives import check_fences
from example_docs.pages.metadata import head_faults
from example_docs.pages.page import Page
from example_docs.pages.targets import target_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from example_docs.project import Project
    from example_docs.settings import Language

_WORD = re.compile(r"^[ \t]*::(?P<word>[A-Za-z]\w*)")
_WORDS = {"example", "glossary", "verified", "rules"}


def page_complaints(
    project: Project, lesson: str, *, translated: bool = True
) -> Iterator[str]:
    """Yield a sentence for each thing wrong with the pages of a lesson.

    What could only follow from another complaint is left out.

    Args:
        project: The project.
        lesson: The lesson's page, as ``tensors/join``.
        translated: Whether all of the lesson's code is translated; otherwise all
            pages are rendered with the code as it is.
    """
    page = f"{lesson}.md"
    paths = [folder / page for folder in project.folders]
    languages = project.languages.values()
    for parts in (
        (unreadable(path) for path in paths),
        (_source_faults(project, each, page) for each in languages),
        (_rendered(project, each, page, translated) for each in languages),
        (_lab_faults(project, each, page) for each in languages),
        (_side_by_side(project, page),),
    ):
        found = [complaint for part in parts for complaint in _told(part)]
        yield from found
        if found:
            return


def _told(errors: Iterable[object]) -> Iterator[str]:
    """Yield errors as text, also the one that ends them."""
    try:
        yield from map(str, errors)
    except ExampleError as error:
        yield str(error)


def unreadable(path: Path) -> Iterator[ExampleError]:
    """Yield an error if a page is missing or not in UTF-8."""
    try:
        text = Page.read(path).text
    except FileNotFoundError:
        yield ExampleError("this page is missing; write it", path)
        return
    except ExampleError as error:
        yield error
        return
    if text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"):
        message = "a byte order mark precedes the text; save the page as UTF-8 without"
        yield ExampleError(message, path, 1)


def _source_faults(
    project: Project, language: Language, name: str
) -> Iterator[ExampleError]:
    """Yield what can be seen in the source of a page."""
    path = language.pages / name
    page = Page.read(path)
    if language.configuration.is_file():  # pages of a site have a title each
        others = sorted({*language.pages.rglob("*.md")} - {path})
        # The page comes last, so that it is the one that repeats a title.
        yield from (e for e in head_faults([*others, path]) if e.path == path)
    yield from unknown_words(path)
    for line in page.directives:
        try:
            _ = project.lessons.example(line.directive.name).expected
        except ExampleError as error:
            yield error if error.path else ExampleError(str(error), path, line.number)
    check_fences(path, page.text)
    yield from target_faults(path)


def _lab_faults(project: Project, language: Language, page: str) -> Iterator[object]:
    """Yield why a lab cannot be a notebook, whose cells share all their names."""
    from example_docs.downloads.markdown import edition_of  # noqa: PLC0415 - labs only
    from example_docs.downloads.notebook import cells_of, is_lab  # noqa: PLC0415

    path = language.pages / page
    if is_lab(path.read_text(encoding="utf-8")):
        try:
            cells_of(edition_of(project.settings, language.name), page, language.name)
        except ExampleError as error:
            yield ExampleError(error.message, error.path or path, error.line)


def unknown_words(path: Path) -> Iterator[ExampleError]:
    """Yield an error for each ``::word`` line that no extension knows."""
    for number, line in Page.read(path).outside():
        found = _WORD.match(line)
        if found and found["word"] not in _WORDS:
            known = ", ".join(f"'::{word}'" for word in sorted(_WORDS))
            close = nearest(found["word"], sorted(_WORDS))
            message = f"'::{found['word']}' is unknown; known are {known}{close}"
            yield ExampleError(message, path, number)


def _rendered(
    project: Project,
    language: Language,
    name: str,
    translated: bool,  # noqa: FBT001 - see page_complaints
) -> Iterator[str]:
    """Yield why a page cannot be rendered as its configuration says."""
    from markdown import Markdown  # noqa: PLC0415 - other commands run without it

    page = Page.read(language.pages / name)
    configuration = language.configuration.relative_to(project.root)
    # Extensions find their files from the project's folder, as in a build.
    with contextlib.chdir(project.root):
        try:
            extensions: list[str] = ["example_docs"]
            options: dict[str, Any] = {"example_docs": {"language": language.name}}
            if configuration.is_file():
                from mkdocs.config import load_config  # noqa: PLC0415 - not all have it

                config = load_config(str(configuration))
                if config["nav"] and name not in _pages_in(config["nav"]):
                    yield (
                        f"{configuration}: 'nav' lacks {name}, so that no reader finds "
                        "it; add it"
                    )
                extensions = config["markdown_extensions"]
                options = config["mdx_configs"]
            if not translated:
                options["example_docs"]["translated"] = False
            markdown = Markdown(extensions=extensions, extension_configs=options)
            set_page(markdown, name)
            markdown.convert("\n".join(page.lines[page.head :]))
        except (click.ClickException, ExampleError) as error:
            yield str(error)


def _pages_in(nav: Any) -> Iterator[str]:  # noqa: ANN401 - lists, mappings and texts
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _pages_in(item)


def _side_by_side(project: Project, page: str) -> Iterator[object]:
    """Yield where the pages part, and what is wrong with their words and numbers."""
    paths = [folder / page for folder in project.folders]
    is_pair = len(paths) == 2  # noqa: PLR2004 - a pair
    parted = list(partings(*paths)) if is_pair else []
    yield from parted
    for folder in project.folders:
        sources = Sources(project.lessons, read_page(folder, page))
        for check in (faults, formula_faults):
            yield from check(sources)
    for language, path in zip(project.languages.values(), paths, strict=True):
        if language.catalogue is not None:
            yield from slips(path, path.read_text(encoding="utf-8"))
            yield from misuses_in_file(read_glossary(project.glossary), path)
    if is_pair and not parted:
        yield from _unread(project, page)


def _unread(project: Project, page: str) -> Iterator[str]:
    """Yield a sentence if blocks changed since somebody read both pages."""
    lesson = page.removesuffix(".md")
    left, right = (folder / page for folder in project.pair)
    record = read_record(project.settings.translations)
    changed = stale_in(left, right, record.get(lesson, {}))
    if changed:
        first = changed[0]
        yield (
            f"{relative(left)}:{first.left.line} and {relative(right)}:"
            f"{first.right.line}: nobody has read both since "
            f"{counted(len(changed), 'block')} changed, of which this is the first; "
            f"when both say the same, run 'example-docs translated {lesson}'"
        )
