"""What is wrong with the two pages of a lesson, without building a site."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

import click

from example_docs.errors import ExampleError, counted, nearest, relative
from example_docs.languages.parity import partings
from example_docs.languages.staleness import read_record, stale_in
from example_docs.languages.terms import misuses_in_file, read_glossary
from example_docs.languages.typography import slips
from example_docs.numbers.formulas import formula_faults
from example_docs.numbers.prose import Sources, faults, read_page
from example_docs.pages.directives import check_fences, directives, fences
from example_docs.pages.metadata import head_faults
from example_docs.pages.targets import target_faults
from example_docs.project import CONFIGURATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from example_docs.project import Project

_WORD = re.compile(r"^[ \t]*::(?P<word>[A-Za-z]\w*)")
_WORDS = {"example", "glossary", "verified", "rules"}


def page_complaints(
    project: Project, lesson: str, *, has_chinese: bool = True
) -> Iterator[str]:
    """Yield a sentence for each thing wrong with the pages of a lesson.

    What could only follow from another complaint is left out.

    Args:
        project: The project.
        lesson: The lesson's page, as ``tensors/join``.
        has_chinese: Whether all of the lesson's code is translated; otherwise both
            pages are rendered with the code as it is.
    """
    page = f"{lesson}.md"
    paths = [folder / page for folder in project.folders]
    for parts in (
        (unreadable(path) for path in paths),
        (_source_faults(project, path) for path in paths),
        (_rendered(project, name, page, has_chinese) for name in CONFIGURATIONS),
        (_lab_faults(project, language, page) for language in CONFIGURATIONS),
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
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        yield ExampleError("this page is missing; write it", path)
        return
    except UnicodeDecodeError:
        yield ExampleError("this is not UTF-8; save the page as UTF-8", path)
        return
    if text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"):
        message = "a byte order mark precedes the text; save the page as UTF-8 without"
        yield ExampleError(message, path, 1)


def _source_faults(project: Project, path: Path) -> Iterator[ExampleError]:
    """Yield what can be seen in the source of a page."""
    folder = next(f for f in project.folders if f in path.parents)
    text = path.read_text(encoding="utf-8")
    others = sorted({*folder.rglob("*.md")} - {path})
    # The page comes last, so that it is the one that repeats a title.
    yield from (e for e in head_faults([*others, path]) if e.path == path)
    yield from unknown_words(path)
    for line in directives(path, text):
        try:
            _ = project.lessons.example(line.directive.name).expected
        except ExampleError as error:
            yield error if error.path else ExampleError(str(error), path, line.number)
    check_fences(path, text)
    yield from target_faults(path)


def _lab_faults(project: Project, language: str, page: str) -> Iterator[object]:
    """Yield why a lab cannot be a notebook, whose cells share all their names."""
    from example_docs.downloads.markdown import editions  # noqa: PLC0415 - for labs only
    from example_docs.downloads.notebook import cells_of, is_lab  # noqa: PLC0415

    path = project.docs / language / page
    if is_lab(path.read_text(encoding="utf-8")):
        try:
            cells_of(editions(project)[language], page, language)
        except ExampleError as error:
            yield ExampleError(error.message, error.path or path, error.line)


def unknown_words(path: Path) -> Iterator[ExampleError]:
    """Yield an error for each ``::word`` line that no extension knows."""
    text = path.read_text(encoding="utf-8")
    inside = {n for fence in fences(text) for n in range(fence.first, fence.last + 1)}
    for number, line in enumerate(text.splitlines(), start=1):
        found = _WORD.match(line)
        if found and number not in inside and found["word"] not in _WORDS:
            known = ", ".join(f"'::{word}'" for word in sorted(_WORDS))
            close = nearest(found["word"], sorted(_WORDS))
            message = f"'::{found['word']}' is unknown; known are {known}{close}"
            yield ExampleError(message, path, number)


def _rendered(
    project: Project,
    language: str,
    page: str,
    has_chinese: bool,  # noqa: FBT001 - see page_complaints
) -> Iterator[str]:
    """Yield why a page cannot be rendered as its configuration says."""
    from markdown import Markdown  # noqa: PLC0415 - other commands run without MkDocs
    from mkdocs.config import load_config  # noqa: PLC0415

    # Extensions find their files from the project's folder, as in a build.
    with contextlib.chdir(project.root):
        configuration = CONFIGURATIONS[language]
        try:
            config = load_config(configuration)
            if config["nav"] and page not in _pages_in(config["nav"]):
                yield (
                    f"{configuration}: 'nav' lacks {page}, so that no reader finds it; "
                    "add it"
                )
            if not has_chinese:
                config["mdx_configs"]["example_docs.extensions.example"].update(
                    catalogue=""
                )
            markdown = Markdown(
                extensions=config["markdown_extensions"],
                extension_configs=config["mdx_configs"],
            )
            # As MkDocs reads it, which takes the front matter away.
            text = f"{config['docs_dir']}/{page}"
            with open(text, encoding="utf-8") as file:  # noqa: PTH123 - a text of theirs
                body = re.sub(r"\A---\n.*?\n---\n", "", file.read(), flags=re.DOTALL)
            markdown.convert(body)
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
    left, right = (folder / page for folder in project.folders)
    parted = partings(left, right)
    yield from parted
    for folder in project.folders:
        sources = Sources(project.lessons, read_page(folder, page))
        for check in (faults, formula_faults):
            yield from check(sources)
    yield from slips(right, right.read_text(encoding="utf-8"))
    yield from misuses_in_file(read_glossary(project.glossary), right)
    if not parted:
        yield from _unread(project, page)


def _unread(project: Project, page: str) -> Iterator[str]:
    """Yield a sentence if blocks changed since somebody read both pages."""
    lesson = page.removesuffix(".md")
    left, right = (folder / page for folder in project.folders)
    record = read_record(project.docs / "translations.yml")
    changed = stale_in(left, right, record.get(lesson, {}))
    if changed:
        first = changed[0]
        yield (
            f"{relative(left)}:{first.left.line} and {relative(right)}:"
            f"{first.right.line}: nobody has read both since "
            f"{counted(len(changed), 'block')} changed, of which this is the first; "
            f"when both say the same, run 'example-docs translated {lesson}'"
        )
