"""The one extension that a configuration lists: ``example_docs``.

Reads ``[tool.example-docs]`` and registers all other extensions as it says.

    markdown_extensions:
      example_docs:
        language: en
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from markdown.extensions import Extension

from example_docs.code.library import open_library
from example_docs.errors import ExampleError
from example_docs.extensions.example import ExampleExtension
from example_docs.languages.words import words_of
from example_docs.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown

    from example_docs.settings import Settings


class ProjectExtension(Extension):
    """Configuration of the extension; paths are relative to the working directory."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - theirs
        """Declare the options, and read where the project keeps things."""
        self.config = {
            "project": ["", "folder of pyproject.toml (default: the current one)"],
            "language": ["", "language of the pages (default: the original)"],
            "translated": [True, "whether code is shown in the pages' language"],
            "reference": ["", "page of the functions of a {chapter}, if there is one"],
            "repository": ["", "address of the repository, if it is known"],
            "formulas": [False, "whether formulas become MathML"],
            "reading_time": [False, "whether lessons say how long they take to read"],
        }
        super().__init__(**options)
        try:
            settings = read_settings(Path(self.getConfig("project")))
            self.extensions = list(self._extensions(settings))
        except ExampleError as error:
            # As MkDocs shows it: one sentence, and a failed build.
            raise click.ClickException(str(error)) from None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - theirs
        """Register all that the project has."""
        for extension in self.extensions:
            extension.extendMarkdown(md)

    def _extensions(self, settings: Settings) -> Iterator[Extension]:
        """The extensions for what the project has; no other needs what they import."""
        language = settings.language(self.getConfig("language"))
        words_of(language.name, "example")
        open_library(settings)
        catalogue = language.catalogue if self.getConfig("translated") else None
        folders = {name: found.pages for name, found in settings.languages.items()}
        yield ExampleExtension(
            source=settings.source,
            package=settings.package,
            prepare=settings.prepare,
            docs=language.pages,
            language=language.name,
            catalogue=catalogue or "",
            figures=settings.figures,
            project=settings.root,
            reference=self.getConfig("reference"),
            folders=folders,
            translations=settings.translations
            if settings.translations.exists()
            else "",
        )
        if self.getConfig("formulas"):
            from example_docs.extensions.formula import FormulaExtension  # noqa: PLC0415

            yield FormulaExtension()
        if self.getConfig("reading_time"):
            from example_docs.extensions.reading_time import (  # noqa: PLC0415
                ReadingExtension,
            )

            yield ReadingExtension(language=language.name)
        if settings.rules.is_dir():
            from example_docs.extensions.rules import RulesExtension  # noqa: PLC0415

            yield RulesExtension(
                tests=settings.rules, repository=self.getConfig("repository") or ""
            )
        if settings.records.is_dir():
            from example_docs.extensions.verified import (  # noqa: PLC0415
                VerifiedExtension,
            )

            yield VerifiedExtension(records=settings.records)
        if settings.glossary.is_file():
            from example_docs.extensions.glossary import (  # noqa: PLC0415
                GlossaryExtension,
            )

            yield GlossaryExtension(glossary=settings.glossary, language=language.name)


def makeExtension(**options: Any) -> ProjectExtension:  # noqa: ANN401, N802 - theirs
    """Make the extension, as Python-Markdown asks for it."""
    return ProjectExtension(**options)
