"""The reference: docstrings in the readers' language, linked to the lessons.

An extension of Griffe, which reads the code for mkdocstrings without importing it.
"""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import griffe

from example_docs.code.library import is_example, shared_library
from example_docs.errors import ExampleError
from example_docs.languages.edition import catalogue_at, published_program
from example_docs.languages.words import words_of
from example_docs.pages.page import Page, lesson_of
from example_docs.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KEPT = re.compile(r"^>>> .*(?:\n.*\S.*)*|`[^`]*`", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\s)\*|\*(?!\s)|__")

_IN_A_LESSON = 3
"""Dots in the path of a function: package, chapter and lesson stand before it."""


class Reference(griffe.Extension):
    """Translates docstrings and links each function to the lesson that shows it.

    Args:
        language: The language of the pages.
        package: The package of lessons; what ``[tool.example-docs]`` says if empty,
            as for the rest.
        docs: The folder of the pages.
        catalogue: The translations, unless the code is in that language.
    """

    def __init__(
        self, language: str, package: str = "", docs: str = "", catalogue: str = ""
    ) -> None:
        super().__init__()
        if not package:
            settings = read_settings(Path())
            found = settings.language(language)
            package, docs = settings.package, str(found.pages)
            catalogue = str(found.catalogue or "")
        self.language = language
        self.catalogue = catalogue_at(catalogue)
        self.lessons = dict(lessons(Path(docs), package))

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:  # noqa: ANN401 - theirs
        """Rewrite the docstring of one object, before it is parsed."""
        if obj.docstring is None or obj.name.startswith("_"):
            return
        if "__main__" in obj.path:
            return  # a command, and no lesson
        text = inspect.cleandoc(obj.docstring.value)
        if self.catalogue is not None:
            from example_docs.languages.code_translation import translate_docstring  # noqa: PLC0415

            try:
                text = translate_docstring(text, self.catalogue)
            except ExampleError as error:
                where = f" (in the docstring of {obj.path})"
                # As MkDocs shows it: one sentence, and a failed build.
                raise click.ClickException(f"{error}{where}") from None
        text = as_markdown(text)
        if isinstance(obj, griffe.Function | griffe.Class):
            text = import_line(obj) + text + self._link(obj)
        obj.docstring.value = text

    def on_function_instance(
        self,
        *,
        node: ast.AST | griffe.ObjectNode,
        func: griffe.Function,
        **_: Any,  # noqa: ANN401 - theirs
    ) -> None:
        """Keep the signature for the template, in the lines of its author."""
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            assert isinstance(func.filepath, Path)  # noqa: S101 - no package is one
            lines = func.lines_collection[func.filepath]
            func.extra["example_docs"] = {"signature": signature(node, lines)}
            if func.path.count(".") == _IN_A_LESSON and is_example(node):
                func.extra["example_docs"] |= {
                    "program": self._program(func),
                    "summary": words_of(self.language, "reference_lesson")["program"],
                }

    def _program(self, func: griffe.Function) -> str:
        """What a reader copies: the function as a program that runs by itself."""
        package = func.package.filepath
        assert isinstance(package, Path)  # noqa: S101 - no namespace
        library = shared_library(package.parent.parent, func.package.name)
        path = func.path.removeprefix(f"{func.package.name}.")
        module, _, name = path.rpartition(".")
        try:
            example = library.example(f"{module}:{name}")
            return published_program(example, self.catalogue).text
        except ExampleError as error:
            raise click.ClickException(str(error)) from None

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:  # noqa: ANN401
        """Order lessons by name: the order in which files are found is chance."""
        for chapter in pkg.modules.values():
            for name, lesson in sorted(chapter.modules.items()):
                del chapter.members[name]
                chapter.members[name] = lesson

    def _link(self, obj: griffe.Object) -> str:
        """A paragraph with the link to the place of the book that shows an object."""
        module, _, name = obj.path.rpartition(".")
        place = self.lessons.get(f"{module}:{name}") or self.lessons.get(module)
        if place is None:
            return ""
        title, address = place
        lesson = words_of(self.language, "reference_lesson")["lesson"]
        return f"\n\n{lesson}[{title}](../{address})"


def import_line(obj: griffe.Function | griffe.Class) -> str:
    """Return the line that imports `obj`, as code within a paragraph of its own.

    Empty for what cannot be imported, such as a method.
    """
    if obj.parent is None or not obj.parent.is_module:
        return ""
    return f"`from {obj.parent.path} import {obj.name}`\n\n"


def signature(node: ast.FunctionDef, lines: Sequence[str]) -> str:
    """A function from its ``def`` to the type of what it returns.

    Args:
        node: The function, which says what it returns.
        lines: The lines of its file.

    Returns:
        As many lines as the author gave it, without the indentation of a class.
    """
    assert node.returns is not None  # noqa: S101 - said above
    found = list(lines[node.lineno - 1 : node.returns.end_lineno])
    # Python counts columns in bytes.
    found[-1] = found[-1].encode()[: node.returns.end_col_offset].decode()
    return "\n".join(line[node.col_offset :] for line in found)


def as_markdown(docstring: str) -> str:
    """A docstring that Markdown takes for what it says.

    Its doctests are fenced: bare, they would be quotes. And what would be emphasis is
    none: ``x**2 + y**2`` in a docstring is a formula.
    """
    parts = []
    end = 0
    for match in _KEPT.finditer(docstring):
        text = match[0]
        is_code = text.startswith("`")
        parts += [
            _without_emphasis(docstring[end : match.start()]),
            text if is_code else f"```pycon\n{text}\n```",
        ]
        end = match.end()
    return "".join([*parts, _without_emphasis(docstring[end:])])


def _without_emphasis(text: str) -> str:
    return _EMPHASIS.sub(lambda match: re.sub(r"(.)", r"\\\1", match[0]), text)


def lessons(docs: Path, package: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Where the book shows what.

    Yields:
        The full name of an example or of a lesson's module, with the title of the
        page and its address within the language.
    """
    for path in sorted(docs.glob("*/*.md")):
        page = Page.read(path)
        address = path.relative_to(docs).as_posix()
        title = str(page.fields.get("title") or path.stem)
        yield f"{package}.{lesson_of(address)}", (title, address)
        for line in page.directives:
            shown = line.directive
            yield f"{package}.{shown.name}", (title, f"{address}#{shown.anchor}")
