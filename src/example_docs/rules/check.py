"""Hold the rules on pages and the properties in tests equal, in name and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from example_docs.errors import ExampleError, nearest
from example_docs.rules.read import (
    lessons_with_properties,
    properties,
    property_path,
    sentences,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


def rule_faults(
    folders: Sequence[Path], tests: Path, lessons: Iterable[str] | None = None
) -> Iterator[ExampleError]:
    """Say where a rule has no property, a property no rule, or a name two meanings.

    Args:
        folders: The folders of the pages, one a language.
        tests: The folder of the properties.
        lessons: Which lessons, as ``chapter/lesson``; all by default.
    """
    named = sorted(set(lessons)) if lessons is not None else _all(folders, tests)
    places: dict[str, str] = {}
    for lesson in named:
        known = properties(tests, lesson)
        for folder in folders:
            yield from _page_faults(folder / f"{lesson}.md", tests, lesson)
        for item in known.values():
            if item.name in places:
                message = (
                    f"the rule {item.name!r} is also one of {places[item.name]}; "
                    "rename one"
                )
                yield ExampleError(message, item.path, item.line)
            places[item.name] = lesson


def _all(folders: Sequence[Path], tests: Path) -> list[str]:
    pages = {
        path.relative_to(folder).with_suffix("").as_posix()
        for folder in folders
        for path in folder.rglob("*.md")
    }
    return sorted(pages.union(lessons_with_properties(tests)))


def _page_faults(page: Path, tests: Path, lesson: str) -> Iterator[ExampleError]:
    known = properties(tests, lesson)
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    seen: set[str] = set()
    for sentence in sentences(text):
        name = sentence.name
        if name in seen:
            message = f"{name!r} is already a rule of this page; name it once"
            yield ExampleError(message, page, sentence.line)
        elif name not in known:
            where = property_path(tests, lesson).as_posix()
            message = (
                f"the rule {name!r} has no property in {where}{nearest(name, known)}"
            )
            yield ExampleError(message, page, sentence.line)
        seen.add(name)
    for item in known.values():
        if item.name not in seen:
            message = f"{item.name!r} is no rule of {page.as_posix()}; name it there"
            yield ExampleError(message, item.path, item.line)
