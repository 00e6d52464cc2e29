"""Chinese typography: AutoCorrect, kept away from what is no prose, and a few rules.

Goes through a text line by line. What must not change (code, formulas, anchors,
names of examples) is left out, or replaced by a stand-in that is spaced like the word
it stands for and put back at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError, relative
from example_docs.pages.directives import DIRECTIVE
from example_docs.pages.inline import CODE, FORMULA, MARK, RULE_NAME
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXCEPTIONS = {
    r"向量-雅可比积": "one term with a hyphen, not two words with a dash between",
    r"\([^()]*,(?: [^()]*)?\)": "a tuple, such as the shape (行数, 列数), is code",
    r"\d[\d.]*：\d[\d.]*": "a colon of the sentence between numbers, no time of day",
}
"""What stays as it is, as regular expressions, and why."""

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_WORD = r"[A-Za-z0-9]"
_ANCHOR = re.compile(r" *\{ *[#:.][^{}]*\} *$")
_FIRST_HAN = 0x20000  # rare Han stands in for Han, and is spaced like it
_STAND_IN = re.compile(r"Qz(\d+)(?:z|y 万)|([\U00020000-\U0002a6d6])")
_TITLED = re.compile(r'^((?:!!!|\?\?\?\+?) +[\w-]+ +")(.*)("\s*)$')
_OPTION = re.compile(r'(?<=[ \t])((?:caption|alt)=")([^"]*)(")')
_MATTER = re.compile(r'^((?:title|description):[ \t]*"?)(.*?)("?\s*)$')
_ENTRY = re.compile(r'^(\s+(?:zh|means_zh):[ \t]*"?)(.*?)("?\s*)$')
_SPAN = r"(\*\*[^*]+\*\*|\*[^*\s][^*]*\*|\[[^\[\]]+\]\([^()\s]*\))"
_BRACKETS = re.compile(
    rf"(?<={_HAN})[ ]?\(((?:[^(),]*{_HAN}[^(),]*)|[A-Za-z][A-Za-z –-]{{2,}})\)"
)
_QUOTES = re.compile(rf'"([^"]*{_HAN}[^"]*)"')
_DOTS = re.compile(rf"(?<={_HAN})\.{{3}}(?!\.)")


@dataclass(frozen=True)
class Slip:
    """A line that typography would change.

    Attributes:
        path: The file.
        line: The line.
        found: The line as it is.
        right: The line as it should be.
    """

    path: Path
    line: int
    found: str
    right: str

    def __str__(self) -> str:
        """One sentence with the words that differ."""
        start = 0
        while self.found[start : start + 1] == self.right[start : start + 1]:
            start += 1
        end = 0
        shorter = min(len(self.found), len(self.right)) - start
        while end < shorter and self.found[-1 - end] == self.right[-1 - end]:
            end += 1
        start, end = max(start - 6, 0), max(end - 6, 0)
        found = self.found[start : len(self.found) - end]
        right = self.right[start : len(self.right) - end]
        return f"{relative(self.path)}:{self.line}: write {right!r}, not {found!r}"


def corrected(text: str) -> str:
    """One line of Chinese prose, with Markdown in it or without."""
    if not re.search(_HAN, text):
        return text
    kept: list[str] = []

    def hidden(match: re.Match[str]) -> str:
        kept.append(match.group())
        number = len(kept) - 1
        named = match.groupdict()
        # The name of a rule ends a sentence, and is spaced like Han: not at all.
        if "rule" in named or re.match(_HAN, match.group()):
            return chr(_FIRST_HAN + number)
        is_ten_thousands = named.get("shown", "").endswith("万")
        return f"Qz{number}y 万" if is_ten_thousands else f"Qz{number}z"

    anchor = _ANCHOR.search(text)
    line = text[: anchor.start()] if anchor else text
    for pattern in (CODE, FORMULA, *map(re.compile, (MARK, RULE_NAME, *EXCEPTIONS))):
        line = pattern.sub(hidden, line)
    line = _BRACKETS.sub(r"（\1）", line)
    line = _QUOTES.sub(r"“\1”", line)
    line = _DOTS.sub("……", line)
    # Twice: what the first pass makes half-width, the second one spaces.
    line = _spaced_spans(_autocorrect(_autocorrect(line)))

    def shown(match: re.Match[str]) -> str:
        return kept[int(match[1] or ord(match[2]) - _FIRST_HAN)]

    while _STAND_IN.search(line):  # a tuple may hold code
        line = _STAND_IN.sub(shown, line)
    return line + (anchor.group() if anchor else "")


def _autocorrect(line: str) -> str:
    try:
        from autocorrect_py import format_for  # noqa: PLC0415 - only this needs it
    except ImportError:
        message = "AutoCorrect is not installed; run: pip install '.[test]'"
        raise ExampleError(message) from None
    return str(format_for(line, "line.md"))


def _spaced_spans(line: str) -> str:
    """A space between Han and a word also where bold or a link begins or ends."""
    for before, first in ((_HAN, _WORD), (_WORD, _HAN)):
        line = re.sub(rf"({before})(?=(?:\*\*?|\[){first}[^*\[\]]*[*\]])", _open, line)
    return re.sub(_SPAN + rf"(?={_HAN}|{_WORD})", _close, line)


def _open(match: re.Match[str]) -> str:
    # An odd count of stars before it: what begins here is an end.
    line, end = match.string, match.end()
    stars = re.match(r"\*+", line[end:])
    if stars and line.count(stars.group(), 0, end) % 2:
        return match.group()
    return f"{match.group()} "


def _close(match: re.Match[str]) -> str:
    text = re.sub(r"\]\([^()]*\)$", "", match.group()).strip("*[]")
    last, following = text[-1:], match.string[match.end()]
    if bool(re.match(_HAN, last)) == bool(re.match(_HAN, following)):
        return match.group()
    is_pair = re.match(f"{_HAN}|{_WORD}", last)
    return f"{match.group()} " if is_pair else match.group()


def corrected_page(text: str) -> str:
    """A Chinese page, README or other Markdown; nothing but prose is touched."""
    page = Page(text)
    lines: list[str] = []
    formula = False
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        if number in page.fenced or bare.startswith("<!--"):
            lines.append(line)
        elif number <= page.head:
            lines.append(_MATTER.sub(_middle, line))
        elif formula or bare.startswith("$$"):
            closed = bare.endswith("$$") and (formula or len(bare) > len("$$"))
            formula = not closed
            lines.append(line)
        elif DIRECTIVE.match(line):
            lines.append(_OPTION.sub(_middle, line))
        else:
            indent = line[: len(line) - len(line.lstrip())]
            rest = line.lstrip()
            titled = _TITLED.match(rest)
            rest = _middle(titled) if titled else corrected(rest)
            lines.append(indent + rest)
    return "\n".join(lines)


def corrected_glossary(text: str) -> str:
    """The file of the terms, with its Chinese corrected."""
    return "\n".join(_ENTRY.sub(_middle, line) for line in text.split("\n"))


def _middle(match: re.Match[str]) -> str:
    return f"{match[1]}{corrected(match[2])}{match[3]}"


def corrected_catalogue(text: str) -> str:
    """A gettext catalogue, with its translations corrected; the rest stays."""
    lines = text.split("\n")
    translating = False
    for index, line in enumerate(lines):
        if line.startswith("msgstr"):
            translating = True
        elif not line.startswith('"'):
            translating = False
        if translating and (match := re.match(r'^((?:msgstr )?")(.*)("\s*)$', line)):
            lines[index] = _middle(match)
    return "\n".join(lines)


def corrected_file(path: Path, text: str) -> str:
    """The text of a file, corrected as its kind asks for."""
    by_suffix = {".po": corrected_catalogue, ".yml": corrected_glossary}
    return by_suffix.get(path.suffix, corrected_page)(text)


def slips(path: Path, text: str) -> Iterator[Slip]:
    """The lines of a file that typography would change."""
    right = corrected_file(path, text)
    pairs = zip(text.split("\n"), right.split("\n"), strict=True)
    for number, (found, corrected_line) in enumerate(pairs, start=1):
        if found != corrected_line:
            yield Slip(path, number, found, corrected_line)
