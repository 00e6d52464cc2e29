"""The style sheets and scripts of a built site, without what none of its pages needs.

Of what a reader's first visit loads, the theme's style sheet is the second largest
file, and half of it were rules for what this site has not, such as a blog.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import rcssmin
import rjsmin
import tinycss2

from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from pathlib import Path

_CLASSES = re.compile(r'\sclass="([^"]*)"')
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_RIGHT_TO_LEFT = re.compile(r'\sdir="?rtl\b')
_WORD = re.compile(r"-?-?[A-Za-z_][\w-]*")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
_FEATURES = {
    '"content.code.annotate"': "md-annotation",
    '"navigation.instant.preview"': "md-tooltip2",
    '"tags": {': "md-tag",
    '"version": {': "md-version",
    'class="footnote': "footnote",
    'class="md-source"': "md-source",
    'class="md-status ': "md-status",
    'class="mermaid"': "md-mermaid",
    'class="tabbed-set': "tabbed",
    'tooltips"': "md-tooltip2",
}
"""What stands in a page that uses a feature, and how the words begin that the theme's
script has for it. If no page uses it, they name nothing."""

_AROUND_RULES = frozenset({"container", "layer", "media", "supports"})

_COMMA, _DOT = ",", "."

Token = Any
"""A node of tinycss2, which has no types."""


@dataclass(frozen=True)
class Names:
    """What the rules of a style sheet can apply to.

    Attributes:
        classes: Each class of a page, and each word of a script, which may become one.
        beginnings: The words of a script to which it may add another.
        variables: The custom properties that a page or a script asks for.
        right_to_left: Whether a page is written from right to left.
    """

    classes: frozenset[str]
    beginnings: tuple[str, ...]
    variables: frozenset[str]
    right_to_left: bool

    def has(self, name: str) -> bool:
        """Whether an element may have a class."""
        return name in self.classes or name.startswith(self.beginnings)


def lighter_assets(folders: Iterable[Path], pages: Iterable[str]) -> dict[Path, str]:
    """The style sheets and scripts of a site that say the same in less.

    Args:
        folders: Those of its assets, one a language.
        pages: The HTML of all that are shown with them.

    Raises:
        ExampleError: A style sheet cannot be read.
    """
    folders = list(folders)
    sheets = _texts(folders, "stylesheets/*.css")
    scripts = _texts(folders, "javascripts/*.js")
    names = names_in(pages, set(scripts.values()))
    # Most files are the same in all languages.
    lighter: dict[str, str] = {}
    for path, text in sheets.items():
        try:
            lighter[text] = lighter.get(text) or used_rules(text, names)
        except ExampleError as error:
            raise ExampleError(error.message, path, error.line) from None
    asked = names.variables.union(*map(_VARIABLE.findall, lighter.values()))
    for text, kept in lighter.items():
        lighter[text] = rcssmin.cssmin(without_properties(kept, asked))
    for path, text in scripts.items():
        if text not in lighter and not path.name.endswith(".min.js"):
            lighter[text] = rjsmin.jsmin(text)
    return {
        path: lighter[text]
        for path, text in [*sheets.items(), *scripts.items()]
        if text in lighter
    }


def _texts(folders: Iterable[Path], pattern: str) -> dict[Path, str]:
    paths = [path for folder in folders for path in sorted(folder.glob(pattern))]
    return {path: path.read_text(encoding="utf-8") for path in paths}


def names_in(pages: Iterable[str], scripts: Iterable[str]) -> Names:
    """What the pages and scripts of a site name."""
    classes: set[str] = set()
    inline: set[str] = set()
    variables: set[str] = set()
    signs = set(_FEATURES)
    right_to_left = False
    for page in pages:
        classes.update(_CLASSES.findall(page))
        inline.update(_INLINE.findall(page))
        variables.update(_VARIABLE.findall(page))
        signs -= {sign for sign in signs if sign in page}
        right_to_left = right_to_left or _RIGHT_TO_LEFT.search(page) is not None
    classes = {name for names in classes for name in names.split()}
    used = {word for sign, word in _FEATURES.items() if sign not in signs}
    unused = tuple(set(_FEATURES.values()) - used)
    words = {
        word
        for text in [*scripts, *inline]
        for word in _WORD.findall(text)
        if not word.lstrip("-").startswith(unused)
    }
    return Names(
        classes=frozenset(classes | words),
        beginnings=tuple(word for word in words if word.endswith(("-", "__"))),
        variables=frozenset(variables | words),
        right_to_left=right_to_left,
    )


def used_rules(sheet: str, names: Names) -> str:
    """A style sheet without rules for classes that no element has.

    What stands in ``:is()``, ``:not()`` and the like is not looked at: a rule may be
    kept that is never used, none is lost.

    Args:
        sheet: The text of a style sheet.
        names: What it can apply to.

    Raises:
        ExampleError: It cannot be read.
    """
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return "".join(_kept(rules, names))


def _kept(rules: Iterable[Token], names: Names) -> Iterator[str]:
    for rule in rules:
        for part in [rule, *(rule.prelude if rule.type == "qualified-rule" else ())]:
            if part.type == "error":
                message = f"the style sheet cannot be read: {part.message}; mend it"
                raise ExampleError(message, line=part.source_line)
        if rule.type == "qualified-rule":
            selectors = [
                tinycss2.serialize(selector)
                for selector in _alternatives(rule.prelude)
                if _may_apply(selector, names)
            ]
            if selectors:
                yield f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.lower_at_keyword in _AROUND_RULES and rule.content is not None:
            inner = tinycss2.parse_rule_list(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            if text := "".join(_kept(inner, names)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{text}}}"
        else:
            yield rule.serialize()


def _alternatives(prelude: list[Token]) -> Iterator[list[Token]]:
    """The selectors between commas."""
    selector: list[Token] = []
    for token in prelude:
        if token == _COMMA:
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _may_apply(selector: list[Token], names: Names) -> bool:
    for dot, name in pairwise(selector):
        if dot == _DOT and name.type == "ident" and not names.has(name.value):
            return False
    return names.right_to_left or not any(
        token.type == "[] block" and tinycss2.serialize(token.content) == "dir=rtl"
        for token in selector
    )


def without_properties(sheet: str, asked: Container[str]) -> str:
    """A style sheet without the custom properties that nobody asks for.

    Args:
        sheet: As ``used_rules`` makes it.
        asked: Their names, with ``--``.
    """
    rules = tinycss2.parse_stylesheet(sheet)
    return "".join(
        f"{tinycss2.serialize(rule.prelude)}{{{_asked(rule.content, asked)}}}"
        if rule.type == "qualified-rule"
        else rule.serialize()
        for rule in rules
    )


def _asked(content: list[Token], names: Container[str]) -> str:
    parts = tinycss2.parse_blocks_contents(content, skip_comments=True)
    return "".join(
        part.serialize() + ";" * (part.type == "declaration")
        for part in parts
        if part.type != "declaration"
        or not part.name.startswith("--")
        or part.name in names
    )
