"""What search finds first: the sections that explain a term of the glossary.

A Chinese page gives the English name of a term where it explains it, as in
次梯度（subgradient）. So each explanation is found without a list of its own, and the
section has the same anchor in both languages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from example_docs.languages.terms import prose
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from example_docs.languages.terms import Glossary, Term

_HEADING = re.compile(r"^#{1,6} .*\{ *#(?P<anchor>[\w-]+) *\}\s*$")
_MARKS = "*_ `"
_PROGRAM = re.compile(r' data-copy="[^"]*"')
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
    """The HTML of a page without what its index has not, which takes long to read.

    The program that a button copies, the lines of figures, links to headings, and the
    tags that search does not keep; their text stays. Where one of those tags tells
    search to leave something out, all stay.
    """
    content = _FIGURE.sub(r"\1", _PROGRAM.sub("", content))
    if _EXCLUDED.search(content):
        return content
    return _BOX.sub(" ", _MARK.sub("", _PERMALINK.sub("", content)))


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
