"""The mathematical font of the site: STIX Two Math, cut down to what its formulas use.

Browsers draw MathML well only with a font that has a table for mathematics, and few
systems have one. ``ziamath`` ships the font (SIL Open Font License 1.1).
"""

from __future__ import annotations

import html
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
_TOKEN = re.compile(r"<m(?P<kind>[ions]|text)\b(?P<attributes>[^>]*)>(?P<text>[^<]*)<")
_ROOT = re.compile("<m(?:sqrt|root)>")
"""Its sign stands nowhere in the text."""

_ITALIC = {
    chr(int(match[1], 16)): chr(place)
    for place in (0x210E, *range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C))
    if (match := re.match("<font> (.*)", unicodedata.decomposition(chr(place))))
}
"""Letters and their italics, each a character of its own in Unicode."""

_LARGEST = 2900
"""Signs that grow are kept up to this height, in thousandths of the font's size: two
rows in brackets. What is higher is put together from pieces, as the font provides;
for less, the pieces are too high."""


def characters_in(pages: Iterable[str]) -> set[str]:
    """The characters of all formulas of some HTML pages, as browsers draw them."""
    found: set[str] = set()
    for page in pages:
        for formula in _MATH.findall(page):
            for token in _TOKEN.finditer(_ANNOTATION.sub("", formula)):
                found.update(_drawn(token))
            if _ROOT.search(formula):
                found.add("\N{SQUARE ROOT}")
    return found


def _drawn(token: re.Match[str]) -> str:
    """The characters of a token; a name of one letter is drawn in italics."""
    text = html.unescape(token["text"])
    is_name = token["kind"] == "i" and "mathvariant" not in token["attributes"]
    return _ITALIC.get(text, text) if is_name else text


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
        _leave_out_largest(font)
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="".join(sorted(characters)))
        subsetter.subset(font)
        data = io.BytesIO()
        subset.save_font(font, data, options)
    return data.getvalue()


def _leave_out_largest(font: TTFont) -> None:
    """Drop the sizes of a sign that its pieces make as well."""
    for sign in font["MATH"].table.MathVariants.VertGlyphConstruction:
        if sign.GlyphAssembly is not None:
            sign.MathGlyphVariantRecord = [
                size
                for size in sign.MathGlyphVariantRecord
                if size.AdvanceMeasurement <= _LARGEST
            ]
            sign.VariantCount = len(sign.MathGlyphVariantRecord)


def _whole_font() -> Path:
    """The file, found without importing the package, which loads its fonts."""
    spec = find_spec("ziamath")
    if spec is None or spec.origin is None:
        raise ExampleError("the mathematical font is missing; install 'ziamath'")
    return Path(spec.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"
