"""Where a project keeps what the commands read and write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from example_docs.code.library import Library
from example_docs.errors import ExampleError, relative

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from example_docs.code.library import Example

PACKAGE = "torch_by_example"
LANGUAGES = {"en": "", "zh": "zh"}
"""The languages of the site and the folder of each within it."""

CONFIGURATIONS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}
"""The configuration of each language's site."""

ADDRESSES = {"en": "SITE_URL", "zh": "SITE_URL_ZH"}
"""The variables that say where each language is published, as for MkDocs."""


@dataclass(frozen=True)
class Project:
    """A folder with lessons, pages and tests.

    Attributes:
        root: The folder.
    """

    root: Path

    @cached_property
    def lessons(self) -> Library:
        """The lessons.

        Raises:
            ExampleError: Their package has no module.
        """
        if next(self._package.rglob("*.py"), None) is None:
            raise self._nothing("module", self._package)
        return Library(self.root / "src", PACKAGE)

    def require_examples(self) -> None:
        """Do nothing if the lessons have an example; a run without any would pass.

        Raises:
            ExampleError: They have none.
        """
        if next(iter(self.lessons), None) is None:
            raise self._nothing("example", self._package)

    def require_pages(self) -> None:
        """Do nothing if both languages have pages; a run without any would pass.

        Raises:
            ExampleError: One of them has none.
        """
        for language in LANGUAGES:
            folder = self.docs / language
            if next(folder.rglob("*.md"), None) is None:
                raise self._nothing("page", folder)

    def chosen(self, names: Sequence[str]) -> list[Example]:
        """The examples of some lessons, or with some names; all if none is given.

        Raises:
            ExampleError: Nothing is called so, or there is no example at all.
        """
        self.require_examples()
        examples = list(self.lessons)
        for name in names:
            if not any(_is_called(example, name) for example in examples):
                message = (
                    f"no lesson or example is called {name!r}; "
                    "write chapter/lesson or chapter/lesson:function"
                )
                raise ExampleError(message)
        return [
            example
            for example in examples
            if not names or any(_is_called(example, name) for name in names)
        ]

    @property
    def docs(self) -> Path:
        """The folder of all pages."""
        return self.root / "docs"

    @property
    def folders(self) -> tuple[Path, Path]:
        """The folders of the English and of the Chinese pages.

        Raises:
            ExampleError: One of them has no page.
        """
        self.require_pages()
        return self.docs / "en", self.docs / "zh"

    @property
    def catalogue(self) -> Path:
        """The translations of the code."""
        return self.docs / "zh" / "code.po"

    def catalogue_of(self, language: str) -> Path | None:
        """The translations of the code into a language; none into its own."""
        return self.catalogue if LANGUAGES[language] else None

    @property
    def glossary(self) -> Path:
        """The terms in both languages."""
        return self.docs / "glossary.yml"

    @property
    def figures(self) -> Path:
        """The folder in which figures are kept."""
        return self.root / ".cache" / "figures"

    @property
    def tests(self) -> Path:
        """The folder of the tests."""
        return self.root / "tests"

    @property
    def properties(self) -> Path:
        """The folder of the properties that hold the rules of the prose."""
        return self.tests / "rules"

    @property
    def chinese_files(self) -> list[Path]:
        """Every file that holds Chinese for readers."""
        files = [
            *sorted(self.folders[1].rglob("*.md")),
            self.catalogue,
            self.glossary,
            self.root / "README.zh.md",
        ]
        return [path for path in files if path.exists()]

    @property
    def _package(self) -> Path:
        return self.root / "src" / PACKAGE

    @staticmethod
    def _nothing(what: str, folder: Path) -> ExampleError:
        return ExampleError(
            f"there is no {what} in {relative(folder)}; call example-docs in the "
            "project's folder, or name that folder with --root"
        )


def _is_called(example: Example, name: str) -> bool:
    known = {example.full_name, example.module.name}
    name = name.replace("/", ".").replace("-", "_")  # as pages are called
    return name in known or f"{PACKAGE}.{name}" in known
