"""What search finds first: what explains a term, and what people call it.

A Chinese page gives the English name of a term where it explains it, as in
次梯度（subgradient）. So each explanation is found without a list of its own, and the
section has the same anchor in both languages. What people call a section and no text
says is a list: ``docs/search.yml``.
"""

from __future__ import annotations

import itertools
import re
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from example_docs.errors import ExampleError
from example_docs.languages.terms import prose
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from example_docs.languages.terms import Glossary, Term

QUERY = Path(__file__).parents[1] / "theme/assets/javascripts/query.js"
"""Cleans what is searched for: what it leaves out of a query is left out here."""

_LITTLE = re.compile(r"SAYS_LITTLE = new Set\(`([^`]*)`")
_PLACE = re.compile(
    r'<h(?P<level>[1-6])\b[^>]*\bid="(?P<heading>[^"]+)"'
    r'|<div class="example"[^>]*\bid="(?P<example>[^"]+)"'
    r'|<span class="example-exception">(?P<message>[^<]*)'
)
_HAN = re.compile(r"[\u3400-\u9fff]+")
_BETWEEN = re.compile(
    r"""[\s"'“”‘’()\[\]{},:;!?<>=…`，。：；！？（）《》、]+|\.(?!\d)"""
)
_PLURAL = re.compile(r"(?<=\w\w\w)(?<!s)s$")
_MARKS = "*_ `"
_PROGRAM = re.compile(r' data-copy="[^"]*"')
_FOLDED = re.compile(r'<details class="example-folded">.*?</details>', re.DOTALL)
_OUTPUT = re.compile(r'(<div class="example-output\b[^>]*><pre>)(.*?)</pre>', re.DOTALL)
_MESSAGE = re.compile(r'<span class="example-exception">.*?</span>', re.DOTALL)
_REFERENCE = re.compile(r'<a\b[^>]*class="example-reference"[^>]*>.*?</a>')
_FIGURE = re.compile(r"<svg\b[^>]*><title>(.*?)</title>.*?</svg>", re.DOTALL)
_PERMALINK = re.compile(r'<a\b[^>]*class="headerlink"[^>]*>.*?</a>')
_INLINE = "a|abbr|annotation|b|em|semantics|small|span|strong|m[a-z]+"
_BLOCK = "details|div|figcaption|figure|summary|table|tbody|td|th|thead|tr"
_MARK = re.compile(rf"</?(?:{_INLINE})\b[^>]*>")
_BOX = re.compile(rf"(?:</?(?:{_BLOCK})\b[^>]*>\s*)+")
_EXCLUDED = re.compile(
    rf"<(?:{_INLINE}|{_BLOCK})\b[^>]* (?:data-search-exclude|class=\"linenodiv)"
)
_JOINT = "\u200b"
"""Stands between Chinese words in the index; the separator of search knows it."""


def explained(text: str, glossary: Glossary) -> dict[str, list[Term]]:
    """The terms that each section of a Chinese page explains, by anchor.

    Args:
        text: The page.
        glossary: All terms.

    Returns:
        The terms in the order of the text. The anchor of the title is empty: search
        names a page's first section by the address of the page.
    """
    found: dict[str, list[Term]] = {}
    anchor, titles = "", 0
    readable = prose(text).split("\n")
    headings = {heading.line: heading for heading in Page(text).headings}
    for number, clean in enumerate(readable, start=1):
        if number in headings:
            titles += 1
            anchor = headings[number].anchor if titles > 1 else ""
        for term in _explained_in(clean, glossary):
            terms = found.setdefault(anchor, [])
            if term not in terms:
                terms.append(term)
    return found


def searched(content: str) -> str:
    """The HTML of a page without what nobody looks for, or what takes long to read.

    Numbers that are printed, of which a message of an error is all that people look
    for, and imports that are folded away; the program that a button copies, the lines
    of figures, links to headings, and the tags that search does not keep; their text
    stays. Where one of those tags tells search to leave something out, all stay.
    """
    content = _FOLDED.sub("", _REFERENCE.sub("", _PROGRAM.sub("", content)))
    content = _OUTPUT.sub(_only_messages, content)
    content = _FIGURE.sub(r"\1", content)
    if _EXCLUDED.search(content):
        return content
    return _BOX.sub(" ", _MARK.sub("", _PERMALINK.sub("", content)))


def _only_messages(output: re.Match[str]) -> str:
    return output[1] + "\n".join(_MESSAGE.findall(output[2])) + "</pre>"


def places(content: str) -> dict[str, tuple[list[str], list[str]]]:
    """Find what stands where in the HTML of a page.

    Returns:
        For the anchor of each section, empty for that of the title, the ids of its
        heading and its examples, and the messages of errors that it shows.
    """
    found: dict[str, tuple[list[str], list[str]]] = {"": ([], [])}
    anchor = ""
    for place in _PLACE.finditer(content):
        if place["message"] is not None:
            found[anchor][1].append(unescape(place["message"]))
            continue
        if place["heading"]:
            anchor = "" if place["level"] == "1" else place["heading"]
            found.setdefault(anchor, ([], []))
        found[anchor][0].append(place["heading"] or place["example"])
    return found


def titles(text: str) -> dict[str, str]:
    """The headings of a page by anchor; that of its title is empty."""
    found = [heading for heading in Page(text).headings if heading.anchor]
    return {
        heading.anchor if at else "": heading.title for at, heading in enumerate(found)
    }


def called(path: Path) -> dict[str, list[str]]:
    """Read what people call the sections of a book; again only if the file changed.

    Returns:
        The names by an id in their section; nothing where there is no such file.

    Raises:
        ExampleError: The file is no mapping of ids to lists of names.
    """
    if not path.is_file():
        return {}
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)  # a builder asks for each page
def _read(path: Path, _stamp: int) -> dict[str, list[str]]:
    try:
        found: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ExampleError(f"this is no YAML: {error}", path) from None
    if not isinstance(found, dict):
        raise ExampleError("expected ids, each with a list of names", path)
    for key, names in found.items():
        if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
            raise ExampleError(f"{key!r} has no list of names", path)
    return found


def asked(name: str, cut: Callable[[str], Iterable[str]]) -> str:
    """The words under which a name is found, each alone, and each two together.

    Args:
        name: What people call something, in either language.
        cut: Cuts Chinese into words.
    """
    words: list[str] = []
    for word in _words(name):
        words.append(word)
        if _HAN.match(word):
            words += [part for part in cut(word) if 1 < len(part) < len(word)]
    return " ".join([*words, *pairs(name)])


def pairs(text: str) -> list[str]:
    """Join each two words that say something and stand beside each other.

    As query.js does with a query: so what has two words of a question together comes
    before what has both somewhere.
    """
    words = [_PLURAL.sub("", word) for word in _words(text)]
    joined = (f"{one}_{next_}" for one, next_ in itertools.pairwise(words))
    return [pair for pair in joined if re.fullmatch(r"\w+", pair, re.ASCII)]


def _words(text: str) -> list[str]:
    apart = _HAN.sub(lambda match: f" {match[0]} ", text).lower()
    words = (word.strip("*") for word in _BETWEEN.split(apart))
    return [word for word in words if word and word not in _little()]


@cache
def _little() -> frozenset[str]:
    """The words that say little, as query.js has them."""
    found = _LITTLE.search(QUERY.read_text(encoding="utf-8"))
    if not found:
        raise ExampleError("expected 'SAYS_LITTLE = new Set(`', with words", QUERY)
    return frozenset(found[1].split())


def _explained_in(line: str, glossary: Glossary) -> Iterator[Term]:
    for use in glossary.uses(line, "zh"):
        start, bracket, rest = line[use.end :].partition("（")
        # One sign may stand between: 误差项 δ（error term）.
        if bracket and len(start.strip(_MARKS)) <= 1:
            english = rest.lstrip(_MARKS)
            english = english[:1].lower() + english[1:]
            if english.startswith(tuple(use.term.forms("en"))):
                yield use.term


def indexed(text: str, language: str, cut: Callable[[str], Iterable[str]]) -> str:
    """A text as the index wants it: with a joint between Chinese words.

    Args:
        text: The text, without markup.
        language: Its language.
        cut: Cuts Chinese into words.
    """
    return _JOINT.join(cut(text)) if language == "zh" else text


def broken(glossary: Glossary, cut: Callable[[str], Iterable[str]]) -> list[str]:
    """The Chinese terms of which cutting leaves single characters: 次 of 次梯度.

    They find much, and seldom what was meant; so these terms stay whole. A term that
    falls into words, such as 叶子张量, is better cut: who asks for 张量 finds it too.
    """
    names = (term.names["zh"] for term in glossary.terms)
    return [
        name
        for name in names
        if re.fullmatch(r"[\u4e00-\u9fff]{2,}", name)
        and any(len(word) == 1 for word in cut(name))
    ]
