"""Read the book's terms in both languages, and find them in texts.

One file holds the terms. From it come the glossary page (the line ``::glossary``), a
tooltip where a page uses a term for the first time, and the check that the Chinese
text uses the chosen translation and none that is banned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from example_docs.errors import ExampleError, relative
from example_docs.languages.words import words_of
from example_docs.pages.inline import CODE, FORMULA, unbound
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LANGUAGES = ("en", "zh")

MOST = 12
"""The most terms that a page explains: more would be noise."""

_REQUIRED = ("en", "zh", "means_en", "means_zh")
_LISTS = ("also", "banned", "silent")
_TWO_IN_ONE = re.compile(r"[/;；、，]| or ")
_HIDDEN = re.compile(r"\]\([^)]*\)|\{ *#[\w-]+ *\}|<!--.*?-->|<https?://[^>]*>")


@dataclass(frozen=True)
class Term:
    """One term of the book.

    Attributes:
        names: The term, by language.
        means: What it means in one line, by language.
        line: Its first line in the file.
        also: Other English forms of it; -s and -es go without saying.
        banned: Regular expressions of Chinese that must not be used for it.
        silent: The languages in which the word means other things as well.
    """

    names: dict[str, str]
    means: dict[str, str]
    line: int
    also: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    silent: frozenset[str] = frozenset()

    @property
    def anchor(self) -> str:
        """The anchor of its entry, the same in both languages."""
        return "term-" + re.sub(r"\W+", "-", self.names["en"].lower()).strip("-")

    def forms(self, language: str) -> Iterator[str]:
        """All spellings of the term in a language, with a small first letter."""
        yield _key(self.names[language])
        if language == "en":
            for form in (self.names["en"], *self.also):
                yield from (_key(form), _key(f"{form}s"), _key(f"{form}es"))


@dataclass(frozen=True)
class Use:
    """A place in a text where a term is used.

    Attributes:
        term: The term.
        start: Where the word begins.
        end: Where it ends.
    """

    term: Term
    start: int
    end: int


@dataclass(frozen=True)
class Misuse:
    """A place in a text where a banned translation is used.

    Attributes:
        path: The file.
        line: The line.
        found: The banned words.
        term: The term whose translation should stand there.
    """

    path: Path
    line: int
    found: str
    term: Term

    def __str__(self) -> str:
        """One sentence that says where, what, and what to write."""
        name, chinese = self.term.names["en"], self.term.names["zh"]
        return (
            f"{relative(self.path)}:{self.line}: {self.found!r} is no translation of "
            f"{name!r} here; write {chinese!r}"
        )


class Glossary:
    """All terms of the book.

    Args:
        terms: The terms, in the order of the file.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        """Prepare one pattern a language, and one for what is banned."""
        self.terms = tuple(terms)
        self._by_form = {
            language: {
                form: term for term in self.terms for form in term.forms(language)
            }
            for language in LANGUAGES
        }
        self._patterns = {
            language: _pattern(forms) for language, forms in self._by_form.items()
        }
        bans = [(ban, term) for term in self.terms for ban in term.banned]
        self._banned_terms = [term for _, term in bans]
        self._banned = re.compile(
            "|".join(f"(?P<b{n}>{ban})" for n, (ban, _) in enumerate(bans)) or r"(?!)"
        )

    def uses(self, text: str, language: str) -> Iterator[Use]:
        """Every use of a term in a text, from the left, the longest term first.

        One pass of one pattern: the time grows with the text and not with its square.
        """
        forms = self._by_form[language]
        for match in self._patterns[language].finditer(text):
            yield Use(forms[_key(match.group())], *match.span())

    def first_uses(self, text: str, language: str) -> list[Use]:
        """The first use of each term in a text, in the order of the text."""
        found: dict[str, Use] = {}
        for use in self.uses(text, language):
            found.setdefault(use.term.anchor, use)
        return list(found.values())

    def misuses(self, path: Path, text: str, first: int = 1) -> Iterator[Misuse]:
        """Every banned translation in a Chinese text.

        Args:
            path: The file, for messages.
            text: Its text; code, formulas and addresses have been taken out.
            first: The line at which the text begins.
        """
        for match in self._banned.finditer(text):
            line = first + text.count("\n", 0, match.start())
            term = self._banned_terms[int(str(match.lastgroup)[1:])]
            yield Misuse(path, line, match.group(), term)

    def table(self, language: str) -> str:
        """The glossary as a Markdown table for the readers of a language."""
        rows = [
            words_of(language, "glossary").values(),
            ("---",) * 3,
            *self.rows(language),
        ]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def rows(self, language: str) -> Iterator[tuple[str, str, str]]:
        """Each term, its name in the other language, and what it means."""
        other = translation_of(language)
        for term in self.terms:
            yield term.names[language], term.names[other], term.means[language]


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """One alternation for all forms, by their first letters, the longest first."""
    groups: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        groups.setdefault(form[0], []).append(re.escape(form[1:]))
    latin, other = [], []
    for first, rest in groups.items():
        group = f"(?:{'|'.join(rest)})"
        if first.isascii():
            latin.append(f"[{re.escape(first)}{re.escape(first.upper())}]{group}")
        else:
            other.append(first + group)
    words = rf"(?<![A-Za-z0-9_.-])(?:{'|'.join(latin) or '(?!)'})(?![A-Za-z0-9_-])"
    return re.compile("|".join([words, *other]))


def _key(form: str) -> str:
    return form[:1].lower() + form[1:]


# Reading ----------------------------------------------------------------------------


def read_glossary(path: Path) -> Glossary:
    """Read the terms; again only if the file changed.

    Raises:
        ExampleError: The file is missing, is no list of terms in UTF-8, or says two
            things about one term.
    """
    try:
        status = path.stat()
    except OSError:
        raise ExampleError("there is no such glossary; create it", path) from None
    return _read(path, status.st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _stamp: int) -> Glossary:
    return parse_glossary(path, path.read_bytes())


def parse_glossary(path: Path, data: bytes) -> Glossary:
    """Read the terms from the content of their file.

    Raises:
        ExampleError: As for :func:`read_glossary`.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8 ({error.reason}); save it as UTF-8"
        raise ExampleError(message, path, line) from None
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "a character it cannot hold"
        message = f"this is not YAML ({problem}); mend it"
        raise ExampleError(message, path, mark.line + 1 if mark else None) from None
    if not isinstance(root, yaml.SequenceNode):
        raise ExampleError("expected a list of terms, each '- en: …'", path, 1)
    terms = [_term(path, node) for node in root.value]
    _check_together(path, terms)
    return Glossary(terms)


def _term(path: Path, node: yaml.Node) -> Term:
    """One entry of the file."""
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise ExampleError("expected a term that begins with '- en: …'", path, line)
    texts: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for key_node, value in node.value:
        key, place = key_node.value, key_node.start_mark.line + 1
        if key in texts or key in lists:
            what = "has two translations" if key == "zh" else f"says {key!r} twice"
            raise ExampleError(f"the term {what}; keep one", path, place)
        if key in _REQUIRED:
            texts[key] = _text(path, key, value)
        elif key in _LISTS:
            lists[key] = _list(path, key, value)
        else:
            known = ", ".join((*_REQUIRED, *_LISTS))
            message = f"unknown key {key!r}; known are {known}"
            raise ExampleError(message, path, place)
    for key in _REQUIRED:
        if key not in texts:
            name = texts.get("en", "")
            message = f"the term {name!r} has no {key!r}; add it"
            raise ExampleError(message, path, line)
    term = Term(
        names={language: texts[language] for language in LANGUAGES},
        means={language: texts[f"means_{language}"] for language in LANGUAGES},
        line=line,
        also=lists.get("also", ()),
        banned=lists.get("banned", ()),
        silent=frozenset(lists.get("silent", ())),
    )
    _check_alone(path, term)
    return term


def _text(path: Path, key: str, node: yaml.Node) -> str:
    line = node.start_mark.line + 1
    if key == "zh" and isinstance(node, yaml.SequenceNode):
        message = "a term with two translations; choose one, and ban the others"
        raise ExampleError(message, path, line)
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise ExampleError(f"expected a text for {key!r}", path, line)
    if "\n" in node.value or "|" in node.value:
        message = f"{key!r} is one line without '|': it becomes a cell of a table"
        raise ExampleError(message, path, line)
    if key == "zh" and _TWO_IN_ONE.search(node.value):
        message = f"{node.value!r} are two translations; choose one, and ban the others"
        raise ExampleError(message, path, line)
    return str(node.value)


def _list(path: Path, key: str, node: yaml.Node) -> tuple[str, ...]:
    if isinstance(node, yaml.SequenceNode) and all(
        isinstance(item, yaml.ScalarNode) and item.value for item in node.value
    ):
        return tuple(item.value for item in node.value)
    line = node.start_mark.line + 1
    raise ExampleError(f"expected a list of texts for {key!r}", path, line)


def _check_alone(path: Path, term: Term) -> None:
    """What can be wrong with one term."""
    unknown = term.silent - set(LANGUAGES)
    if unknown:
        message = f"there is no language {min(unknown)!r}; known are en, zh"
        raise ExampleError(message, path, term.line)
    for ban in term.banned:
        try:
            pattern = re.compile(ban)
        except re.error as error:
            message = f"{ban!r} is no regular expression ({error}); mend it"
            raise ExampleError(message, path, term.line) from None
        if pattern.groups or pattern.search(""):
            message = f"{ban!r} has groups or matches nothing at all; use (?:…)"
            raise ExampleError(message, path, term.line)


def _check_together(path: Path, terms: list[Term]) -> None:
    """What can be wrong between terms: order, repetitions, bans of what is chosen."""
    english: dict[str, Term] = {}
    chinese: dict[str, Term] = {}
    previous = ""
    for term in terms:
        for form in (term.names["en"], *term.also):
            _check_new(path, term, form, english.setdefault(form.casefold(), term))
        name = term.names["zh"]
        first = chinese.setdefault(name, term)
        if first is not term:
            message = (
                f"{name!r} already translates {first.names['en']!r} in line "
                f"{first.line}; give each term a translation of its own"
            )
            raise ExampleError(message, path, term.line)
        name = term.names["en"].casefold()
        if name < previous:
            message = f"terms are sorted by 'en', and {name!r} is not; move it up"
            raise ExampleError(message, path, term.line)
        previous = name
    for term in terms:
        for ban in term.banned:
            for name, other in chinese.items():
                if re.search(ban, name):
                    message = (
                        f"{ban!r} is banned for {term.names['en']!r}, but it is the "
                        f"translation of {other.names['en']!r}; remove the ban"
                    )
                    raise ExampleError(message, path, term.line)


def _check_new(path: Path, term: Term, form: str, first: Term) -> None:
    if first is term:
        return
    ours, theirs = term.names["zh"], first.names["zh"]
    message = f"the term {form!r} is already in line {first.line}; keep one"
    if ours != theirs:
        message = (
            f"the term {form!r} has two translations, {ours!r} here and {theirs!r} in "
            f"line {first.line}; choose one"
        )
    raise ExampleError(message, path, term.line)


# Checking ---------------------------------------------------------------------------


def translation_of(language: str) -> str:
    """Name the other language of the glossary."""
    return next(other for other in LANGUAGES if other != language)


def prose(text: str) -> str:
    """A page with code, formulas, addresses and anchors blanked out, line by line."""
    lines = text.split("\n")
    for fence in Page(text).fences:
        lines[fence.first - 1 : fence.last] = [""] * (fence.last - fence.first + 1)
    text = "\n".join(map(unbound, lines))
    for pattern in (CODE, FORMULA, _HIDDEN):
        text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def misuses_in_file(glossary: Glossary, path: Path) -> list[Misuse]:
    """Every banned translation in a Chinese page, catalogue or glossary.

    Raises:
        ExampleError: The file cannot be read.
    """
    if path.suffix == ".po":
        import polib  # noqa: PLC0415 - only a catalogue needs it

        from example_docs.languages.code_translation import read_catalogue  # noqa: PLC0415

        read_catalogue(path)  # says in a sentence what is wrong with it
        entries = polib.pofile(path.read_text(encoding="utf-8"))
        texts = [(int(entry.linenum or 1), prose(entry.msgstr)) for entry in entries]
        return [
            Misuse(path, line, misuse.found, misuse.term)
            for line, text in texts
            for misuse in glossary.misuses(path, text)
        ]
    if path.suffix == ".yml":
        return [
            misuse
            for term in glossary.terms
            for misuse in glossary.misuses(path, term.means["zh"], term.line)
        ]
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 ({error.reason}); save it as UTF-8"
        raise ExampleError(message, path) from None
    return list(glossary.misuses(path, prose(text)))


def unused(glossary: Glossary, texts: Iterable[str], language: str) -> list[Term]:
    """The terms that none of some pages uses."""
    found = {
        use.term.anchor
        for text in texts
        for use in glossary.uses(prose(text), language)
    }
    return [term for term in glossary.terms if term.anchor not in found]
