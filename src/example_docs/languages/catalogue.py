"""Keep the catalogue of translations in step with the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polib

from example_docs.errors import ExampleError, relative
from example_docs.languages.code_translation import (
    Unit,
    comments,
    docstring_units,
    read_catalogue,
    reason_units,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from example_docs.code.library import Library, Module
    from example_docs.languages.code_translation import Catalogue


def units(library: Library) -> Iterator[tuple[Module, str]]:
    """Every text of the lessons that needs a translation, in the order of the code."""
    for module in library.modules():
        for unit in units_of(module):
            yield module, unit.text


def units_of(module: Module) -> list[Unit]:
    """Return the texts of a module that need a translation, in its order."""
    found = [*docstring_units(module), *reason_units(module), *comments(module.text)]
    return sorted(found, key=lambda unit: unit.first)


def missing(catalogue: Catalogue, module: Module) -> Iterator[ExampleError]:
    """Yield an error for each text of a module that has no translation.

    It names the line of the catalogue that waits for it, or else that of the module.
    """
    for text, unit in {unit.text: unit for unit in units_of(module)}.items():
        if catalogue.entries.get(text):
            continue
        if line := catalogue.lines.get(text):
            message = f"{text!r} has no translation; write it there"
            yield ExampleError(message, catalogue.path, line)
        else:
            message = (
                f"{text!r} is not in {relative(catalogue.path)}; run 'example-docs "
                "catalogue', and write its translation there"
            )
            yield ExampleError(message, module.path, unit.first)


def untranslated(path: Path, library: Library) -> list[str]:
    """Texts of the code that the catalogue does not translate, each with its module."""
    entries = read_catalogue(path).entries
    return [
        f"{module.name}: {text!r}"
        for module, text in units(library)
        if not entries.get(text)
    ]


def unused(path: Path, library: Library) -> list[str]:
    """Entries of the catalogue that match nothing in the code."""
    needed = {text for _, text in units(library)}
    return [text for text in read_catalogue(path).entries if text not in needed]


def updated(path: Path, library: Library) -> tuple[str, int, int]:
    """The catalogue with an entry for each text of the code, in the order of the code.

    Returns:
        The file's new text, how many entries wait for a translation, and how many
        old ones were dropped.
    """
    entries = read_catalogue(path).entries if path.exists() else {}
    file = polib.POFile(wrapwidth=78)
    file.metadata = {
        "Language": path.parent.name,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    places: dict[str, list[tuple[str, str]]] = {}
    for module, text in units(library):
        place = (module.path.relative_to(library.root.parent).as_posix(), "")
        if place not in places.setdefault(text, []):
            places[text].append(place)
    for text, where in places.items():
        file.append(
            polib.POEntry(msgid=text, msgstr=entries.get(text, ""), occurrences=where)
        )
    empty = sum(not entry.msgstr for entry in file)
    dropped = sum(text not in places for text in entries)
    return f"{file}\n".rstrip("\n") + "\n", empty, dropped
