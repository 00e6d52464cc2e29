"""Says all there is to say about a lesson, in both languages, without building a site.

Runs its examples and the programs readers copy, draws its figures, renders both of its
pages, and holds them to each other, to the catalogue, the glossary and the rules.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.commands.arguments import lesson_name
from example_docs.commands.pages import page_complaints, unreadable
from example_docs.errors import ExampleError, counted
from example_docs.figures.draw import draw_missing, draws
from example_docs.languages.edition import catalogue_at
from example_docs.rules.check import rule_faults
from example_docs.verify.lesson import complaints, lesson, unfinished
from example_docs.verify.run import hide

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from example_docs.code.library import Example, Module
    from example_docs.languages.code_translation import Catalogue
    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the lessons, and ``--watch``."""
    parser.add_argument(
        "lessons",
        nargs="+",
        metavar="LESSON",
        help="such as tensors/create, or tensors/create:filled_like",
    )
    parser.add_argument(
        "--watch", action="store_true", help="check again whenever a file is saved"
    )


def run(project: Project, options: argparse.Namespace) -> int:
    """Say what is wrong with each lesson."""
    names = [lesson_name(name) for name in options.lessons]
    if options.watch:
        from example_docs.commands.watch import repeat  # noqa: PLC0415 - not all watch

        repeat(project, lambda: _check(project, names))
    return _check(project, names)


def _check(project: Project, names: list[str]) -> int:
    ran: list[Example] = []
    found = [
        complaint for name in names for complaint in _complaints(project, name, ran)
    ]
    found = list(dict.fromkeys(found))
    for complaint in found:
        sys.stdout.write(f"{complaint}\n\n")
    sys.stdout.write(
        f"{counted(len(ran), 'example')} ran, {counted(len(found), 'complaint')}\n"
    )
    sys.stdout.flush()
    return 1 if found else 0


def _complaints(project: Project, name: str, ran: list[Example]) -> Iterator[str]:
    """Yield a sentence for each thing wrong with a lesson, or with one example.

    What could only follow from another complaint is left out.
    """
    place = name.partition(":")[0]
    pages = [path for folder in project.folders for path in folder.rglob("*.md")]
    found = [str(error) for path in sorted(pages) for error in unreadable(path)]
    if found:
        yield from found
        return
    undrawn: list[str] = []
    try:
        examples = lesson(project.lessons, name)
        module = examples[0].module
        catalogues = _catalogues(project)
        untranslated = list(map(str, _untranslated(catalogues, module)))
        for example in examples:
            ran.append(example)
            with hide(project.root):
                found = list(complaints(example, [] if untranslated else catalogues))
            yield from found
            if not found and (fault := _figure_fault(project, example)):
                undrawn.append(fault.message)
                yield str(fault)
        yield from untranslated
        yield from map(str, unfinished(project.lessons, module))
        yield from map(str, _unshown(project, examples))
        yield from map(str, rule_faults(project.folders, project.properties, [place]))
    except ExampleError as error:
        yield str(error)
        return
    # An example alone is checked without its page.
    if ":" not in name:
        for complaint in page_complaints(project, place, translated=not untranslated):
            if not any(message in complaint for message in undrawn):
                yield complaint


def _catalogues(project: Project) -> list[Catalogue]:
    """The translations of the code, one for each other language."""
    languages = project.languages.values()
    found = (catalogue_at(language.catalogue) for language in languages)
    return [catalogue for catalogue in found if catalogue is not None]


def _untranslated(catalogues: list[Catalogue], module: Module) -> Iterator[object]:
    """Yield an error for each text of a module that lacks a translation."""
    for catalogue in catalogues:
        # Only a book with translations needs what writes them.
        from example_docs.languages.catalogue import missing  # noqa: PLC0415

        yield from missing(catalogue, module)


def _unshown(project: Project, examples: list[Example]) -> Iterator[ExampleError]:
    """Yield an error for each example that no page names."""
    docs = project.folders[0]
    texts = [path.read_text(encoding="utf-8") for path in docs.rglob("*.md")]
    shown = {
        line.split()[1]
        for text in texts
        for line in text.splitlines()
        if line.lstrip().startswith("::example ")
    }
    for example in examples:
        name = example.short_name
        if name not in shown:
            message = (
                f"{example.name}() is on no page; write '::example {name}' on a line "
                "of its own, in each language"
            )
            yield example.error(message)


def _figure_fault(project: Project, example: Example) -> ExampleError | None:
    """Draw the figure of an example, if it has one, and say why it cannot be drawn."""
    if draws(example.program):
        programs = [(example.short_name, example.program)]
        try:
            draw_missing(project.figures, programs, project.lessons)
        except ExampleError as error:
            return example.error(error.message)
    return None
