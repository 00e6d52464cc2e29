"""What was run where, for readers: the lines ``::verified`` and one below each lesson.

``::verified`` becomes a table of all environments that have a record, and
``::verified CHAPTER`` one of the chapter's lessons. Both and the line below a lesson
show what the records hold, and nothing else. Works in every builder that runs
Python-Markdown; reads neither torch nor a lesson's values.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.languages.words import words_of
from example_docs.pages.page import Page
from example_docs.records.record import KINDS, NAMES, PROMISED, Record, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from example_docs.code.library import Library
    from example_docs.languages.code_translation import Catalogue

PAGE = "verified.md"
"""The page that the line below a lesson leads to."""

STATES = (
    "passed",
    "marked",
    "properties",
    "raised",
    "skipped",
    "failed",
    "changed",
    "new",
)
"""What a record can say of an example as it is now, in the order of the columns."""

_GOOD = frozenset({"passed", "marked", "properties", "raised"})
_BAD = frozenset({"failed", "changed", "new"})


# What there is to tell --------------------------------------------------------------


@dataclass(frozen=True)
class Lesson:
    """A page that shows examples.

    Attributes:
        page: Its path within the language, with ``/``.
        title: Its heading.
        names: Its examples, in order, as ``chapter.lesson:function``.
    """

    page: str
    title: str
    names: tuple[str, ...]


def lesson_at(docs: Path, page: str) -> Lesson:
    """Read what a page is called and shows.

    Raises:
        ExampleError: The page has a directive that cannot be read.
    """
    text = Page.read(docs / page)
    names = tuple(line.directive.name for line in text.directives)
    return Lesson(page, text.title or page, names)


def lessons_of(docs: Path, chapter: str) -> list[Lesson]:
    """The pages of a chapter that show examples.

    Raises:
        ExampleError: There are none.
    """
    pages = sorted((docs / chapter).glob("*.md"))
    lessons = [lesson_at(docs, path.relative_to(docs).as_posix()) for path in pages]
    found = [lesson for lesson in lessons if lesson.names]
    if not found:
        known = sorted(path.name for path in docs.iterdir() if path.is_dir())
        message = (
            f"no page of a chapter {chapter!r} shows examples; there are "
            f"{', '.join(known)}"
        )
        raise ExampleError(message)
    return found


class Present:
    """The fingerprints of the examples as they are now, each taken once."""

    def __init__(self, library: Library, catalogue: Catalogue | None = None) -> None:
        """Nothing is read before it is asked for."""
        self.library = library
        self.catalogue = catalogue
        self._known: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        """The fingerprint of ``chapter.lesson:function``.

        Raises:
            ExampleError: There is no such example.
        """
        if name not in self._known:
            self._known[name] = self._taken(name)
        return self._known[name]

    def reason(self, because: str) -> str:
        """A reason that a mark gave, in the readers' language, or an empty string.

        Records are older than the code: its catalogue may no longer know a reason.
        """
        if self.catalogue is None:
            return because
        return self.catalogue.entries.get(because, "")

    def _taken(self, name: str) -> str:
        example = self.library.example(name)
        return fingerprint(example.program.text, example.noted)


def states(record: Record, names: Iterable[str], present: Present) -> Counter[str]:
    """How many of some examples a record calls what, as they are now."""
    return Counter(record.state(name, present[name]) for name in names)


# The line below a lesson ------------------------------------------------------------


def line_parts(
    records: Sequence[Record], names: Sequence[str], present: Present, language: str
) -> list[tuple[str, bool]]:
    """What the line below a lesson says, one part a device.

    Returns:
        The text of each device, and whether it tells of something that is not as it
        was when it was run.
    """
    words = words_of(language, "records")
    parts = []
    for kind in KINDS:
        own = [record for record in records if record.kind == kind]
        said = [_said(record, names, present, words) for record in own]
        texts = [text for text, _ in said if text]
        if not texts:
            # What has not been run stands on the page *Verified*, but for the CPU.
            if kind != "cpu":
                continue
            texts = [words["none"]]
        text = NAMES[kind] + words["colon"] + words["comma"].join(texts)
        parts.append((text, any(is_stale for _, is_stale in said)))
    return parts


def _said(
    record: Record, names: Sequence[str], present: Present, words: Mapping[str, str]
) -> tuple[str, bool]:
    counts = states(record, names, present)
    if counts["new"] == len(names):
        return "", False
    text = f"torch {record.version}"
    if record.kind != "cpu":
        text += words["comma"] + words["comma"].join((record.device, record.date))
    bad = [f"{counts[state]} {words[state]}" for state in STATES if state in _BAD]
    bad = [text for text in bad if not text.startswith("0 ")]
    if bad:
        text += f" ({words['comma'].join(bad)})"
    return text, bool(bad)


# The tables -------------------------------------------------------------------------

Cell = str
Row = list[Cell]


def environments(
    records: Sequence[Record], names: Sequence[str], present: Present, language: str
) -> list[Row]:
    """The table of all environments, its heading first; empty columns are left out."""
    words = words_of(language, "records")
    counted = [states(record, names, present) for record in records]
    columns = [s for s in STATES if s == "passed" or any(c[s] for c in counted)]
    head = [words[key] for key in ("environment", "date", "commit", *columns)]
    rows = [head]
    for record, counts in zip(records, counted, strict=True):
        what = (record.device, f"torch {record.torch}", f"Python {record.python}")
        name = words["comma"].join((*what, record.system))
        numbers = [str(counts[state]) for state in columns]
        rows.append([name, record.date, record.commit, *numbers])
    rows += [
        [NAMES[kind] + words["colon"] + words["none"], *[""] * (len(head) - 1)]
        for kind in _kinds_without(records)
    ]
    return rows


def _kinds_without(records: Sequence[Record]) -> list[str]:
    there = {record.kind for record in records}
    return [kind for kind in PROMISED if kind not in there]


def chapter_head(records: Sequence[Record], language: str) -> Row:
    """The heading of a chapter's table: a column an environment."""
    shown = [f"{NAMES[record.kind]} {record.version}" for record in records]
    without = [NAMES[kind] for kind in _kinds_without(records)]
    return [words_of(language, "records")["lesson"], *shown, *without]


def lesson_cells(
    records: Sequence[Record], lesson: Lesson, present: Present, language: str
) -> Row:
    """The cells of a lesson's row behind its title."""
    words = words_of(language, "records")
    cells = []
    for record in records:
        counts = states(record, lesson.names, present)
        good = sum(counts[state] for state in _GOOD)
        rest = [
            f"{counts[state]} {words[state]}"
            for state in STATES
            if state not in _GOOD and counts[state]
        ]
        total = f"{good} / {len(lesson.names)}"
        cells.append(words["comma"].join([total, *rest]))
    return cells + [words["none"]] * len(_kinds_without(records))


def remarks(
    records: Sequence[Record], name: str, present: Present, language: str
) -> list[str]:
    """What records say of an example beside that it passed."""
    words = words_of(language, "records")
    found = []
    for record in records:
        state = record.state(name, present[name])
        if state == "passed":
            continue
        where = f"{NAMES[record.kind]} {record.version}"
        text = where + words["colon"] + words[state]
        result = record.results.get(name)
        reason = present.reason(result.because) if result else ""
        if reason and state in STATES[1:6]:
            text += words["reason"].format(reason)
        found.append(text)
    return found


def markdown_table(rows: Sequence[Row]) -> str:
    """Rows as Markdown, for the pages that readers download."""
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def published_table(
    chapter: str,
    docs: Path,
    language: str,
    records: Sequence[Record],
    library: Library,
) -> str:
    """What ``::verified`` is in the pages that readers download.

    Raises:
        ExampleError: There is no such chapter.
    """
    present = Present(library)
    if not chapter:
        return markdown_table(
            environments(records, all_names(library), present, language)
        )
    rows = [chapter_head(records, language)]
    for lesson in lessons_of(docs, chapter):
        title = f"[{lesson.title}]({lesson.page})"
        rows.append([title, *lesson_cells(records, lesson, present, language)])
    return markdown_table(rows)


def all_names(library: Library) -> list[str]:
    """Every example, as records call it."""
    return [example.short_name for example in library]
