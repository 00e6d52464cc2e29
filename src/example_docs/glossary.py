"""The book's terms in both languages: read, found in texts, explained on pages.

One file holds the terms. From it come the glossary page (the line ``::glossary``), a
tooltip where a page uses a term for the first time, and the check that the Chinese
text uses the chosen translation and none that is banned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import click
import yaml
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from example_docs.errors import ExampleError, relative
from example_docs.inline import CODE, FORMULA, unbound
from example_docs.markdown import page_path
from example_docs.pages import GLOSSARY, fences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markdown import Markdown

LANGUAGES = ("en", "zh")

MOST = 12
"""The most terms that a page explains: more would be noise."""

HEADINGS = {
    "en": ("Term", "Chinese", "Meaning"),
    "zh": ("术语", "英文", "含义"),
}
"""The columns of the glossary page."""

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
        rows = [HEADINGS[language], ("---",) * 3, *self.rows(language)]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def rows(self, language: str) -> Iterator[tuple[str, str, str]]:
        """Each term, its name in the other language, and what it means."""
        other = "zh" if language == "en" else "en"
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


def prose(text: str) -> str:
    """A page with code, formulas, addresses and anchors blanked out, line by line."""
    lines = text.split("\n")
    for fence in fences(text):
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

        from example_docs.translation import read_catalogue  # noqa: PLC0415

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


# On the page ------------------------------------------------------------------------

_SKIPPED = frozenset(
    {
        *(f"h{level}" for level in range(1, 7)),
        *("a", "abbr", "button", "code", "figure", "kbd", "math", "pre"),
        *("script", "style", "summary", "svg", "th"),
    }
)
_SKIPPED_CLASSES = frozenset(
    {"admonition-title", "arithmatex", "example", "formula", "glossary", "stale"}
)


class GlossaryExtension(Extension):
    """Configuration of the extension; paths are relative to the working directory."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - theirs
        """Declare the options."""
        self.config = {
            "glossary": ["docs/glossary.yml", "file of the terms"],
            "language": ["en", "language of the pages"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - theirs
        """Register both processors; tooltips come when all inline text is there."""
        md.parser.blockprocessors.register(
            _GlossaryBlock(md.parser, self), "glossary", 174
        )
        md.treeprocessors.register(_Tooltips(md, self), "glossary", 7)

    @property
    def language(self) -> str:
        """The language of the pages."""
        return str(self.getConfig("language"))

    def glossary(self) -> Glossary:
        """The terms."""
        return read_glossary(Path(self.getConfig("glossary")))


class _Tooltips(Treeprocessor):
    """Explains a term where the page first uses it.

    A term that the title names, or that the page defines in bold, needs no tooltip.
    A text without a title is no page but a piece of one, such as a docstring.
    """

    def __init__(self, md: Markdown, extension: GlossaryExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: ET.Element) -> None:
        title = root.find(".//h1")
        if title is None:
            return
        language = self.extension.language
        try:
            glossary = self.extension.glossary()
        except ExampleError as error:
            raise click.ClickException(str(error)) from None
        explain(root, glossary, language, "".join(title.itertext()))


def explain(root: ET.Element, glossary: Glossary, language: str, title: str) -> None:
    """Wrap the first use of each term into ``<abbr title="what it means">``."""
    known = {use.term.anchor for use in glossary.uses(title, language)}
    known |= {term.anchor for term in glossary.terms if language in term.silent}
    _Explainer(glossary, language, known).visit(root)


class _Explainer:
    """Goes through a page once and remembers which terms it has met."""

    def __init__(self, glossary: Glossary, language: str, known: set[str]) -> None:
        self.glossary = glossary
        self.language = language
        self.known = known
        self.left = MOST

    def visit(self, element: ET.Element) -> None:
        """Explain the new terms in an element and in all that it holds."""
        children = list(element)
        if element.tag == "strong" and not children:
            self._note_definition(element.text or "")
        element.text, element[:] = self._wrapped(element.text)
        for child in children:
            if not _is_skipped(child):
                self.visit(child)
            child.tail, terms = self._wrapped(child.tail)
            element.append(child)
            element.extend(terms)

    def _note_definition(self, text: str) -> None:
        for use in self.glossary.uses(text, self.language):
            if use.end - use.start == len(text):
                self.known.add(use.term.anchor)

    def _wrapped(self, text: str | None) -> tuple[str | None, list[ET.Element]]:
        """A text up to its first new term, and the terms with what follows each."""
        if not text or text.isspace():
            return text, []
        new = list(self._new(text))
        ends = [use.start for use in new[1:]] + [len(text)]
        terms = [
            self._term(use, text, end) for use, end in zip(new, ends, strict=False)
        ]
        return (text[: new[0].start] if new else text), terms

    def _new(self, text: str) -> Iterator[Use]:
        """The uses in a text that the page has to explain."""
        if self.left == 0:
            return
        for use in self.glossary.uses(text, self.language):
            if use.term.anchor not in self.known:
                self.known.add(use.term.anchor)
                self.left -= 1
                yield use
                if self.left == 0:
                    return

    def _term(self, use: Use, text: str, end: int) -> ET.Element:
        # Reachable by the keyboard: Material shows its tooltip on focus too.
        attributes = {"title": use.term.means[self.language], "tabindex": "0"}
        element = ET.Element("abbr", attributes)
        element.text, element.tail = text[use.start : use.end], text[use.end : end]
        return element


def _is_skipped(element: ET.Element) -> bool:
    return element.tag in _SKIPPED or not _SKIPPED_CLASSES.isdisjoint(
        element.get("class", "").split()
    )


class _GlossaryBlock(BlockProcessor):
    """Turns the line ``::glossary`` into a table of all terms."""

    def __init__(self, parser: Any, extension: GlossaryExtension) -> None:  # noqa: ANN401
        super().__init__(parser)
        self.extension = extension

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        return any(line.startswith("::glossary") for line in block.split("\n"))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block = blocks.pop(0).strip("\n")
        if not GLOSSARY.fullmatch(block):
            message = (
                f"{block!r}: '::glossary' stands alone, between empty lines, and has "
                "no options"
            )
            raise _page_error(self.parser.md, ExampleError(message))
        try:
            glossary = self.extension.glossary()
        except ExampleError as error:
            raise _page_error(self.parser.md, error) from None
        _build(parent, glossary, self.extension.language)


def _page_error(md: Markdown, error: ExampleError) -> click.ClickException:
    page = page_path(md)
    if error.path is None and page is not None:
        return click.ClickException(f"{page}: {error.message}")
    return click.ClickException(str(error))


def _build(parent: ET.Element, glossary: Glossary, language: str) -> None:
    other = "zh" if language == "en" else "en"
    holder = ET.SubElement(parent, "div", {"class": "glossary"})
    table = ET.SubElement(holder, "table")
    add: Callable[..., ET.Element] = ET.SubElement
    row = add(add(table, "thead"), "tr")
    for heading in HEADINGS[language]:
        add(row, "th").text = heading
    body = add(table, "tbody")
    for term, cells in zip(glossary.terms, glossary.rows(language), strict=True):
        row = add(body, "tr", {"id": term.anchor})
        for cell, attributes in zip(cells, ({}, {"lang": other}, {}), strict=True):
            # Atomic: what a term means is text, not Markdown.
            add(row, "td", attributes).text = AtomicString(cell)


def makeExtension(**options: Any) -> GlossaryExtension:  # noqa: ANN401, N802 - theirs
    """Make the extension, as Python-Markdown asks for it."""
    return GlossaryExtension(**options)
