"""One page of Markdown, and what lies where in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from example_docs.errors import ExampleError
from example_docs.pages.directives import Line, directives, fences, front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from example_docs.pages.directives import Fence

HEADING = re.compile(
    r"^(?P<marks>#{1,6}) +(?P<title>.*?)(?: *\{ *#(?P<anchor>[\w-]+) *\})? *$"
)
"""A heading, with what it is called in HTML."""


@dataclass(frozen=True)
class Heading:
    """A heading of a page.

    Attributes:
        level: From 1, the title's, to 6.
        title: Its text, in Markdown.
        anchor: Its ``id``, or an empty string.
        line: Its line, counted from 1.
    """

    level: int
    title: str
    anchor: str
    line: int


class Page:
    """A page as text; lines are counted from 1.

    Args:
        text: Its text.
        path: Its file, for errors.
    """

    def __init__(self, text: str, path: Path | None = None) -> None:
        """Nothing is taken apart before it is asked for."""
        self.text = text
        self.path = path

    @classmethod
    def read(cls, path: Path) -> Page:
        """Read a page from its file.

        Raises:
            ExampleError: It is not UTF-8.
        """
        try:
            return cls(path.read_text(encoding="utf-8"), path)
        except UnicodeDecodeError:
            message = "this is not UTF-8; save the page as UTF-8"
            raise ExampleError(message, path) from None

    @cached_property
    def lines(self) -> list[str]:
        """Its lines."""
        return self.text.splitlines()

    @cached_property
    def head(self) -> int:
        """How many lines its front matter has."""
        return front_matter(self.text).count("\n")

    @cached_property
    def fields(self) -> dict[str, Any]:
        """What its front matter says.

        Raises:
            ExampleError: It is not YAML.
        """
        rows = front_matter(self.text).strip("-\n")
        if not rows:
            return {}
        import yaml  # noqa: PLC0415 - a page without front matter does not need it

        try:
            fields = yaml.safe_load(rows)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "it has a sign that none may"
            message = f"the front matter is not YAML ({problem}); mend it"
            # Its first line is the second of the page.
            line = mark.line + 2 if mark else 1
            raise ExampleError(message, self.path, line) from None
        return fields if isinstance(fields, dict) else {}

    @cached_property
    def fences(self) -> Sequence[Fence]:
        """Its fenced blocks."""
        return fences(self.text)

    @cached_property
    def fenced(self) -> frozenset[int]:
        """The numbers of the lines inside fences, the marks among them."""
        return frozenset(
            number
            for fence in self.fences
            for number in range(fence.first, fence.last + 1)
        )

    def outside(self) -> Iterator[tuple[int, str]]:
        """The lines outside fences, with their numbers."""
        return (
            (number, line)
            for number, line in enumerate(self.lines, start=1)
            if number not in self.fenced
        )

    @cached_property
    def directives(self) -> Sequence[Line]:
        """The lines that name examples.

        Raises:
            ExampleError: One cannot be read, or names an example a second time.
        """
        return list(directives(self.path or Path("page.md"), self.text))

    @cached_property
    def headings(self) -> Sequence[Heading]:
        """Its headings."""
        return [
            Heading(len(m["marks"]), m["title"], m["anchor"] or "", number)
            for number, line in self.outside()
            if number > self.head and (m := HEADING.match(line))
        ]

    @property
    def title(self) -> str:
        """Its first heading of level 1, or an empty string."""
        return next((h.title for h in self.headings if h.level == 1), "")

    def line_of(self, text: str) -> int | None:
        """Find the line that is a text, or else one that has it, outside fences."""
        text = text.strip()
        lines = list(self.outside())
        for number, line in lines:
            if line.strip() == text:
                return number
        return next((number for number, line in lines if text in line), None)


def lesson_of(page: str) -> str:
    """Name the lesson of a page: ``a/b-c.md`` shows those of ``a.b_c``."""
    return page.removesuffix(".md").replace("-", "_").replace("/", ".")


def page_of(lesson: str) -> str:
    """Name the page of a lesson, without ``.md``: ``a.b_c`` is shown by ``a/b-c``."""
    return lesson.replace(".", "/").replace("_", "-")
