"""Pages as text: the lines that name examples, the fences, and where they stand."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.pages.inline import unbound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DIRECTIVE = re.compile(r"^(?P<indent>[ \t]*)::example(?:[ \t]+(?P<rest>.*))?$")
GLOSSARY = re.compile(r"^[ \t]*::glossary[ \t]*$")
VERIFIED = re.compile(r"^[ \t]*::verified(?:[ \t]+(?P<chapter>[\w-]+))?[ \t]*$")
RULES = re.compile(r"^[ \t]*::rules[ \t]+(?P<names>[\w/ -]+?)[ \t]*$")
REFERENCE = re.compile(r"^::: (?P<name>[\w.]+)$")
_FENCE = re.compile(r"^(?P<indent>[ \t>]*)(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_VALUES = frozenset({"fold", "show", "caption", "alt"})
_FLAGS = frozenset({"predict"})

NOT_EXAMPLES = {
    "console": "a shell command",
    "powershell": "a shell command",
    "yaml": "configuration",
    "toml": "configuration",
    "ini": "configuration",
    "text": "plain text",
}
"""The fences that a page may hold beside examples, and why each is none."""


@dataclass(frozen=True)
class Directive:
    """One line that names an example.

    Attributes:
        name: ``chapter.lesson:function``.
        fold: Names to fold away though the page has not shown them.
        show: Names to show although the page has shown them.
        predict: Whether the output is folded, for the reader to predict.
        caption: A line in the page's language, or an empty string.
        alt: The alternative text of a figure, or an empty string.
    """

    name: str
    fold: frozenset[str] = frozenset()
    show: frozenset[str] = frozenset()
    predict: bool = False
    caption: str = ""
    alt: str = ""

    @property
    def anchor(self) -> str:
        """The ``id`` of the example on a page, as of ``Example``."""
        return self.name.partition(":")[2].replace("_", "-")


@dataclass(frozen=True)
class Line:
    """A directive of a page, with its place."""

    directive: Directive
    number: int
    indent: str


@dataclass(frozen=True)
class Fence:
    """A fenced block of a page."""

    info: str
    first: int
    last: int

    @property
    def language(self) -> str:
        """The first word of the info string, without braces and dots."""
        words = re.findall(r"[\w+-]+", self.info)
        return words[0] if words else ""


@lru_cache(maxsize=1024)  # a page is gone through three times, and shlex is slow
def parse_directive(line: str) -> Directive:
    """Read a line such as ``::example tensors.create:zeros fold=all caption="…"``.

    Raises:
        ExampleError: The line names no example, or has an option that does not exist.
    """
    match = DIRECTIVE.match(line)
    if match is None:
        raise ExampleError(f"{line.strip()!r} is not '::example NAME [OPTIONS]'")
    try:
        words = shlex.split(match["rest"] or "")
    except ValueError as error:
        raise ExampleError(f"a quote is not closed ({error}); close it") from None
    if not words:
        raise ExampleError(
            "'::example' names no example; write '::example chapter.lesson:function'"
        )
    values: dict[str, str] = {}
    for word in words[1:]:
        key, equals, value = word.partition("=")
        if key not in (_VALUES if equals else _FLAGS):
            known = ", ".join(
                [*sorted(f"{name}=…" for name in _VALUES), *sorted(_FLAGS)]
            )
            raise ExampleError(f"unknown option {word!r}; known are {known}")
        if key in values:
            raise ExampleError(f"the option {key!r} is given twice; keep one")
        values[key] = value
    return Directive(
        name=words[0],
        fold=_names(values.get("fold", "")),
        show=_names(values.get("show", "")),
        predict="predict" in values,
        caption=unbound(values.get("caption", "")),
        alt=unbound(values.get("alt", "")),
    )


def directives(path: Path, text: str) -> Iterator[Line]:
    """The directives of a page, outside its fences.

    Raises:
        ExampleError: A directive cannot be read, or names an example a second time.
    """
    inside = {n for fence in fences(text) for n in range(fence.first, fence.last + 1)}
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        match = DIRECTIVE.match(line)
        if match is None or number in inside:
            continue
        try:
            directive = parse_directive(line)
        except ExampleError as error:
            raise ExampleError(error.message, path, number) from None
        if directive.name in seen:
            message = (
                f"{directive.name!r} is already on this page; show an example once a "
                "page, and link to it"
            )
            raise ExampleError(message, path, number)
        seen.add(directive.name)
        yield Line(directive, number, match["indent"])


def fences(text: str) -> list[Fence]:
    """The fenced blocks of a page; one that is never closed ends with the page."""
    found: list[Fence] = []
    opened: tuple[str, str, int] | None = None
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        match = _FENCE.match(line)
        if match is None:
            continue
        if opened is None:
            opened = (match["marks"], match["info"].strip(), number)
        elif match["marks"].startswith(opened[0]) and not match["info"].strip():
            found.append(Fence(opened[1], opened[2], number))
            opened = None
    if opened is not None:
        found.append(Fence(opened[1], opened[2], len(lines)))
    return found


def check_fences(path: Path, text: str) -> None:
    """No fence escapes: each says by its language why it is no example.

    Raises:
        ExampleError: A fence has another language, or none.
    """
    for fence in fences(text):
        if fence.language not in NOT_EXAMPLES:
            message = (
                f"the fence {fence.info!r} is neither an example nor one of "
                f"{', '.join(NOT_EXAMPLES)}; code belongs into src/, and '::example' "
                "names it"
            )
            raise ExampleError(message, path, fence.first)


def front_matter(text: str) -> str:
    """The front matter of a page with its lines of dashes, or an empty string."""
    match = _FRONT_MATTER.match(text)
    return match.group() if match else ""


def _names(value: str) -> frozenset[str]:
    return frozenset(name for name in re.split(r"[,\s]+", value) if name)
