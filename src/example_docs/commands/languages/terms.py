"""Checks the glossary, the Chinese pages and the catalogue.

No banned translation of a term is used, and each term occurs in both languages.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.languages.terms import misuses_in_file, read_glossary, unused

if TYPE_CHECKING:
    import argparse

    from example_docs.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(project: Project, _options: argparse.Namespace) -> int:
    """Name every misuse, and every term that no page has."""
    path = project.glossary
    glossary = read_glossary(path)
    found = [
        str(misuse)
        for file in project.translated_files
        for misuse in misuses_in_file(glossary, file)
    ]
    for language, folder in zip(project.languages, project.folders, strict=True):
        pages = sorted(set(folder.rglob("*.md")) - {folder / "glossary.md"})
        texts = (page.read_text(encoding="utf-8") for page in pages)
        for term in unused(glossary, texts, language):
            message = (
                f"{term.names[language]!r} is on no page in {folder.as_posix()}; "
                "remove the term, or write what the pages say"
            )
            found.append(str(ExampleError(message, path, term.line)))
    for sentence in found:
        sys.stdout.write(f"{sentence}\n")
    return 1 if found else 0
