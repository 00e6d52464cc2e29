"""What readers see of the rules: a table of chapters, and the rules of a lesson."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError, nearest
from example_docs.languages.words import words_of
from example_docs.pages.inline import unbound
from example_docs.pages.links import in_markdown
from example_docs.pages.page import Page
from example_docs.rules.read import lessons_with_properties, properties, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from example_docs.rules.read import Property

_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]*)\]\([^()\s]*\)")


@dataclass(frozen=True)
class Entry:
    """A rule with all that readers see of it.

    Attributes:
        sentence: The sentence in their language, in Markdown without links.
        held: The property that holds it.
    """

    sentence: str
    held: Property


def entries(docs: Path, tests: Path, lesson: str) -> list[Entry]:
    """The rules of a lesson, in the order of its page.

    Raises:
        ExampleError: The page has none, or one that no property holds.
    """
    path = docs / f"{lesson}.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    known = properties(tests, lesson)
    found = []
    for item in sentences(text):
        held = property_of(known, item.name)
        plain = in_markdown(unbound(item.text), lambda _: None)
        found.append(Entry(plain, held))
    if not found:
        lessons = lessons_with_properties(tests)
        message = f"no page {lesson!r} has rules{nearest(lesson, lessons)}"
        raise ExampleError(message)
    return found


def property_of(known: dict[str, Property], name: str) -> Property:
    """The property that holds a rule.

    Raises:
        ExampleError: There is none.
    """
    if name not in known:
        message = f"the rule {name!r} has no property{nearest(name, known)}"
        raise ExampleError(message)
    return known[name]


def chapter_rows(
    docs: Path, tests: Path, chapters: Sequence[str], page: str
) -> list[tuple[str, str, list[int]]]:
    """What is counted of each chapter: its title, its page, and three numbers.

    Args:
        docs: The folder of the pages of a language.
        tests: The folder of the properties.
        chapters: The chapters, in the order of the table.
        page: The page of a ``{chapter}``.

    Raises:
        ExampleError: A chapter with rules is missing, or one has no page.
    """
    lessons = lessons_with_properties(tests)
    missing = {lesson.partition("/")[0] for lesson in lessons}.difference(chapters)
    if missing:
        message = f"the chapter {min(missing)!r} has rules; name it in '::rules' too"
        raise ExampleError(message)
    rows = []
    for chapter in chapters:
        address = page.format(chapter=chapter)
        path = docs / address
        if not path.is_file():
            message = f"there is no page {address!r} for the rules of {chapter!r}"
            raise ExampleError(message)
        title = Page.read(path).title
        own = [
            item
            for lesson in lessons
            if lesson.startswith(f"{chapter}/")
            for item in properties(tests, lesson).values()
        ]
        cases = sum(item.cases for item in own)
        refuted = sum(len(item.refuted) for item in own)
        counts = [len(own), cases, refuted]
        rows.append((title or chapter, address, counts))
    return rows


def totals(rows: Sequence[tuple[str, str, list[int]]]) -> list[int]:
    """The sums of the numbers of all chapters."""
    return [sum(column) for column in zip(*(row[2] for row in rows), strict=True)]


def published_rules(
    names: Sequence[str], docs: Path, language: str, tests: Path, page: str
) -> str:
    """What ``::rules`` is in the pages that readers download.

    Raises:
        ExampleError: There is no such lesson, or a chapter is missing.
    """
    words = words_of(language, "rules")
    if len(names) == 1 and "/" in names[0]:
        return "\n\n".join(
            _published(entry, names[0], words) for entry in entries(docs, tests, *names)
        )
    rows = chapter_rows(docs, tests, names, page)
    lines = [[words[key] for key in ("chapter", "rules", "cases", "refuted")]]
    lines.append(["---"] * len(lines[0]))
    lines += [[f"[{title}]({at})", *map(str, n)] for title, at, n in rows]
    lines.append([words["all"], *map(str, totals(rows))])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _published(entry: Entry, lesson: str, words: Mapping[str, str]) -> str:
    held = entry.held
    said = words["tried"].format(cases=held.cases)
    parts = [f'<a id="{held.anchor}"></a>{entry.sentence}']
    parts.append(said + words["lies"] if held.refuted else said)
    if held.refuted:
        parts.append("\n".join(f"- {sentence}" for sentence in held.refuted))
    # No program: it needs Hypothesis and the rest of its file.
    parts.append(f"```py\n{held.code}```")
    parts.append(f"[{words['lesson']}](../{lesson}.md)")
    return "\n\n".join(parts)
