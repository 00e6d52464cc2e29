"""Put the comments and docstrings of code into another language, by a catalogue.

A unit is what a person would translate at once: a run of full-line comments, a
comment behind code, a paragraph of a docstring. Strings are never touched, so a
translated program has the same syntax tree as the original.
"""

from __future__ import annotations

import ast
import inspect
import io
import re
import tokenize
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeGuard

import polib

from example_docs.code.library import PRAGMA
from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from example_docs.code.library import Module


@dataclass(frozen=True)
class Unit:
    """A text to translate and where it stands.

    Attributes:
        text: The text without ``#`` and indent.
        first: Its first line, counted from 1.
        last: Its last line.
        column: The column of the first ``#``; 0 for a docstring.
        alone: Whether the comment has its lines for itself.
    """

    text: str
    first: int
    last: int
    column: int = 0
    alone: bool = True


class Catalogue:
    """The translations of one language.

    Args:
        entries: Translated text by original text.
        path: Where they come from, for messages.
        lines: The line of each entry, by original text.
    """

    def __init__(
        self, entries: dict[str, str], path: Path, lines: dict[str, int] | None = None
    ) -> None:
        """Keep the entries."""
        self.entries = entries
        self.path = path
        self.lines = lines or {}

    def translate(self, text: str) -> str:
        """The translation of a text.

        Raises:
            ExampleError: The catalogue has none.
        """
        translation = self.entries.get(text)
        if not translation:
            line = self.lines.get(text)
            message = (
                f"no translation of {text!r}; write it there"
                if line
                else f"no translation of {text!r}; run 'example-docs catalogue', and "
                "write it there"
            )
            raise ExampleError(message, self.path, line)
        return translation


def read_catalogue(path: Path) -> Catalogue:
    """Read a gettext catalogue; again only if the file changed.

    Raises:
        ExampleError: There is no such file, or it is no gettext catalogue in UTF-8.
    """
    try:
        status = path.stat()
    except OSError:
        raise ExampleError("there is no such catalogue; create it", path) from None
    return _read(path, status.st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _stamp: int) -> Catalogue:
    data = path.read_bytes()
    if b"\r" in data:
        raise ExampleError(
            "line ends are not \\n; save the catalogue with Unix line ends",
            path,
        )
    try:
        file = polib.pofile(data.decode("utf-8"))
        used = list(_unique(file))
    except UnicodeDecodeError as error:
        raise ExampleError(
            f"not UTF-8 ({error.reason}); save it as UTF-8", path
        ) from None
    except (OSError, ValueError) as error:
        reason = str(error).removeprefix("Syntax error in po file ")
        place = re.match(r"\(?(?:[^()]*, )?line (\d+)\)?:? *", reason)
        line = int(place[1]) if place else None
        reason = reason[place.end() :] if place else reason
        message = f"not a gettext catalogue: {reason}; mend it"
        raise ExampleError(message, path, line) from None
    for entry in used:
        if entry.fuzzy:
            message = (
                f"the translation of {entry.msgid!r} is marked as fuzzy; read it, mend "
                "it, and remove the mark"
            )
            raise ExampleError(message, path, entry.linenum)
    entries = {entry.msgid: entry.msgstr for entry in used}
    lines = {entry.msgid: int(entry.linenum or 1) for entry in used}
    return Catalogue(entries, path, lines)


def _unique(file: polib.POFile) -> Iterator[polib.POEntry]:
    """The entries in use; polib's own check compares each with every other one."""
    seen: set[str] = set()
    for entry in file:
        if entry.obsolete:
            continue
        if entry.msgid in seen:
            raise ValueError(f"{entry.msgid!r} stands there twice")
        seen.add(entry.msgid)
        yield entry


def comments(text: str) -> list[Unit]:
    """The comments of a program or module, each run of full-line comments as one."""
    found: list[Unit] = []
    if "#" not in text:
        return found  # taking a text apart costs more than all the rest here
    lines = text.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        line, column = token.start
        alone = not lines[line - 1][:column].strip()
        words = PRAGMA.sub("", token.string).lstrip("#").strip()
        if not words:
            continue
        last = found[-1] if found else None
        if (
            alone
            and last
            and last.alone
            and (last.last, last.column) == (line - 1, column)
        ):
            found[-1] = Unit(f"{last.text}\n{words}", last.first, line, column)
        else:
            found.append(Unit(words, line, line, column, alone))
    return found


@lru_cache(maxsize=512)  # many programs hold the same helper
def translate_comments(text: str, catalogue: Catalogue) -> str:
    """A program with its comments in the catalogue's language.

    Raises:
        ExampleError: A comment has no translation.
    """
    lines = text.splitlines()
    for unit in reversed(comments(text)):
        words = catalogue.translate(unit.text).split("\n")
        if unit.alone:
            indent = " " * unit.column
            lines[unit.first - 1 : unit.last] = [
                f"{indent}# {line}".rstrip() for line in words
            ]
        else:
            code = lines[unit.first - 1][: unit.column]
            lines[unit.first - 1] = f"{code}# {' '.join(words)}"
    return "\n".join(lines) + "\n" if lines else ""


def docstring_units(module: Module) -> Iterator[Unit]:
    """The paragraphs of all public docstrings of a module, doctests left out."""
    for node in [module.tree, *module.definitions.values()]:
        yield from _docstrings_below(node)
    for constant, after in pairwise(module.tree.body):
        if isinstance(constant, ast.Assign | ast.AnnAssign) and _is_text(after):
            for paragraph in paragraphs(ast.literal_eval(after.value)):
                yield Unit(paragraph, after.lineno, after.end_lineno or after.lineno)


def reason_units(module: Module) -> Iterator[Unit]:
    """Why examples cannot do the same everywhere, as their marks say."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef):
            calls = [c for c in node.decorator_list if isinstance(c, ast.Call)]
            for keyword in [k for call in calls for k in call.keywords]:
                value = keyword.value
                if keyword.arg == "because" and isinstance(value, ast.Constant):
                    last = value.end_lineno or value.lineno
                    yield Unit(str(value.value), value.lineno, last)


def _is_text(statement: ast.stmt) -> TypeGuard[ast.Expr]:
    """Whether a statement is a string, which documents the constant before it."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _docstrings_below(node: ast.AST) -> Iterator[Unit]:
    documented = ast.Module | ast.FunctionDef | ast.ClassDef
    if not isinstance(node, documented):
        return
    name = getattr(node, "name", "")
    if name.startswith("_") and name != "__init__":
        return
    docstring = ast.get_docstring(node, clean=False)
    if docstring is not None:
        for paragraph in paragraphs(docstring):
            yield Unit(paragraph, node.body[0].lineno, node.body[0].end_lineno or 0)
    if isinstance(node, ast.ClassDef):
        for child in node.body:
            yield from _docstrings_below(child)


def paragraphs(docstring: str) -> list[str]:
    """The translatable texts of a docstring: paragraphs, and entries of its sections.

    ``Args:`` and its like are structure; an entry's name before the colon is code.
    """
    return [text for _, text in _split(inspect.cleandoc(docstring)) if text]


def translate_docstring(docstring: str, catalogue: Catalogue) -> str:
    """A docstring (cleaned of its indent) in the catalogue's language.

    Raises:
        ExampleError: A paragraph has no translation.
    """
    return "\n".join(
        prefix + catalogue.translate(text) if text else prefix
        for prefix, text in _split(inspect.cleandoc(docstring))
    )


_SECTION = re.compile(r"^(Args|Attributes|Returns|Raises|Yields|Examples?|Note):$")
_ENTRY = re.compile(r"^(\s+[\w.*, ]+(?: \([^)]*\))?: )(.*)$")


def _split(docstring: str) -> Iterator[tuple[str, str]]:
    """Lines to keep, as ``(line, "")``, and texts to translate: ``(prefix, text)``."""
    pending: tuple[str, str] | None = None
    in_section = in_doctest = False
    for line in docstring.splitlines():
        stripped = line.strip()
        in_doctest = bool(stripped) and (in_doctest or stripped.startswith(">>>"))
        section = _SECTION.match(line) is not None
        in_section = section or (in_section and (line.startswith(" ") or not stripped))
        if not stripped or in_doctest or section:
            if pending:
                yield pending
                pending = None
            yield line, ""
            continue
        entry = (
            _ENTRY.match(line)
            if in_section and _indent(line) == _ENTRY_INDENT
            else None
        )
        if entry or pending is None:
            if pending:
                yield pending
            indent = line[: _indent(line)]
            pending = (entry[1], entry[2]) if entry else (indent, stripped)
        else:
            pending = (pending[0], f"{pending[1]} {stripped}")
    if pending:
        yield pending


_ENTRY_INDENT = 4


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
