"""The mathematical font of the site: STIX Two Math, cut down to what its formulas use.

Browsers draw MathML well only with a font that has a table for mathematics, and few
systems have one. ``ziamath`` ships the font (SIL Open Font License 1.1).
"""

from __future__ import annotations

import io
import re
import unicodedata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools import subset
from fontTools.ttLib import TTFont

from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Iterable

_MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
_ANNOTATION = re.compile(r"<annotation\b.*?</annotation>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ITALIC_H = "\N{PLANCK CONSTANT}"
"""Unicode's italic h; its place among the italic letters is empty."""


def characters_in(pages: Iterable[str]) -> set[str]:
    """The characters of all formulas of some HTML pages, as browsers draw them."""
    found: set[str] = set()
    for page in pages:
        for formula in _MATH.findall(page):
            found |= set(_TAG.sub("", _ANNOTATION.sub("", formula)))
    return found | {letter for char in found for letter in _italic(char)}


def math_font(characters: set[str]) -> bytes:
    """The font, with the glyphs of these characters and their larger sizes.

    Returns:
        A font in WOFF2; the same bytes for the same characters.
    """
    options = subset.Options()
    options.flavor = "woff2"
    # Of 57 kB these were 38: small letters drawn anew for indices (``ssty``), which
    # browsers scale well enough, and hints for screens of few pixels. What formulas
    # need, the larger sizes of brackets and signs, is in the table ``MATH``.
    options.layout_features = []
    options.hinting = False
    with TTFont(_whole_font(), recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="".join(sorted(characters)))
        subsetter.subset(font)
        data = io.BytesIO()
        subset.save_font(font, data, options)
    return data.getvalue()


def _whole_font() -> Path:
    """The file, found without importing the package, which loads its fonts."""
    spec = find_spec("ziamath")
    if spec is None or spec.origin is None:
        raise ExampleError("the mathematical font is missing; install 'ziamath'")
    return Path(spec.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"


def _italic(char: str) -> Iterable[str]:
    """An ``mi`` of one letter is drawn in italics: a character of its own."""
    if char == "h":
        yield _ITALIC_H
    name = unicodedata.name(char, "")
    match = re.fullmatch(r"(?:LATIN|GREEK) (SMALL|CAPITAL) LETTER (\w+)", name)
    if match and char != "h":
        letter = f"MATHEMATICAL ITALIC {match[1]} {match[2]}"
        try:
            yield unicodedata.lookup(letter)
        except KeyError:
            return
