"""What a project has, as its ``pyproject.toml`` says where."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from example_docs.code.library import open_library
from example_docs.errors import ExampleError, relative
from example_docs.pages.page import lesson_of
from example_docs.settings import TABLE, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from example_docs.code.library import Example, Library
    from example_docs.settings import Language, Settings


@dataclass(frozen=True)
class Project:
    """A folder with lessons, pages and tests.

    Attributes:
        root: The folder of ``pyproject.toml``.
    """

    root: Path

    @property
    def settings(self) -> Settings:
        """Where it keeps things.

        Raises:
            ExampleError: ``pyproject.toml`` does not say it.
        """
        return read_settings(self.root)

    @cached_property
    def lessons(self) -> Library:
        """The lessons.

        Raises:
            ExampleError: Their package has no module.
        """
        return open_library(self.settings)

    @property
    def package(self) -> str:
        """The name of the lessons' package."""
        return self.settings.package

    @property
    def languages(self) -> Mapping[str, Language]:
        """The languages of the pages by their codes, the original's first."""
        return self.settings.languages

    def require_examples(self) -> None:
        """Do nothing if the lessons have an example; a run without any would pass.

        Raises:
            ExampleError: They have none.
        """
        if next(iter(self.lessons), None) is None:
            raise self._nothing("example", self.lessons.root / self.package)

    def require_pages(self) -> None:
        """Do nothing if each language has pages; a run without any would pass.

        Raises:
            ExampleError: One of them has none.
        """
        for language in self.languages.values():
            if next(language.pages.rglob("*.md"), None) is None:
                raise self._nothing("page", language.pages)

    def chosen(self, names: Sequence[str]) -> list[Example]:
        """The examples of some lessons, or with some names; all if none is given.

        Raises:
            ExampleError: Nothing is called so, or there is no example at all.
        """
        self.require_examples()
        examples = list(self.lessons)
        for name in names:
            if not any(self._is_called(example, name) for example in examples):
                message = (
                    f"no lesson or example is called {name!r}; "
                    "write chapter/lesson or chapter/lesson:function"
                )
                raise ExampleError(message)
        return [
            example
            for example in examples
            if not names or any(self._is_called(example, name) for name in names)
        ]

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folder of each language's pages, the original's first.

        Raises:
            ExampleError: One of them has no page.
        """
        self.require_pages()
        return tuple(language.pages for language in self.languages.values())

    @property
    def pair(self) -> tuple[Path, Path]:
        """The folders of both languages' pages, for what compares the two.

        Raises:
            ExampleError: There are not two languages, or one of them has no page.
        """
        folders = self.folders
        if len(folders) != 2:  # noqa: PLR2004 - a pair
            message = (
                "this compares the pages of two languages; [tool.example-docs] has "
                f"{', '.join(self.languages)}"
            )
            raise ExampleError(message)
        return folders[0], folders[1]

    @property
    def catalogue(self) -> Path:
        """The translations of the code.

        Raises:
            ExampleError: No language has any.
        """
        for language in self.languages.values():
            if language.catalogue is not None:
                return language.catalogue
        message = f"no language of [{TABLE}] has a 'catalogue'; nothing is translated"
        raise ExampleError(message)

    def catalogue_of(self, language: str) -> Path | None:
        """The translations of the code into a language; none into its own."""
        return self.settings.language(language).catalogue

    def site_of(self, language: str) -> str:
        """Where a language is published, as the environment says; empty if unknown."""
        return os.environ.get(self.languages[language].address, "")

    @property
    def glossary(self) -> Path:
        """The terms in both languages."""
        return self.settings.glossary

    @property
    def figures(self) -> Path:
        """The folder in which figures are kept."""
        return self.settings.figures

    @property
    def tests(self) -> Path:
        """The folder of the tests."""
        return self.settings.tests

    @property
    def properties(self) -> Path:
        """The folder of the properties that hold the rules of the prose."""
        return self.settings.rules

    @property
    def translated_files(self) -> list[Path]:
        """Every file that holds text for readers of a translation."""
        files: list[Path] = []
        self.require_pages()
        for language in self.languages.values():
            if language.catalogue is not None:
                files += sorted(language.pages.rglob("*.md"))
                files += [language.catalogue, self.glossary, *language.also]
        return [path for path in files if path.exists()]

    def _is_called(self, example: Example, name: str) -> bool:
        known = {example.full_name, example.module.name}
        name = lesson_of(name)  # as pages are called
        return name in known or f"{self.package}.{name}" in known

    @staticmethod
    def _nothing(what: str, folder: Path) -> ExampleError:
        return ExampleError(
            f"there is no {what} in {relative(folder)}; call example-docs in the "
            "project's folder, or name that folder with --root"
        )
