"""Tidy the SVG that Matplotlib writes, and fit it into a page."""

from __future__ import annotations

import html
import re

from example_docs.errors import ExampleError

INK = "#010203"
"""Stands for the colour of the text; no program uses it by chance."""

# Okabe and Ito's palette (https://jfly.uni-koeln.de/color/), told apart by people
# who see few colours; the style sheet has its own shades for each colour scheme.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")

_ROOT = re.compile(r"<svg\b[^>]*?viewBox=\"([^\"]*)\"[^>]*>", re.DOTALL)
_LEFT_OUT = (
    re.compile(r"<metadata>.*?</metadata>", re.DOTALL),
    re.compile(r"<style\b.*?</style>", re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"<defs>\s*</defs>"),
)
_STYLE_ATTRIBUTE = re.compile(r'\sstyle="([^"]*)"')
_PLACE = re.compile(r'\s(?:d|x|y|width|height|points)="[^"]*"|translate\([^)]*\)')
_LONG_FRACTION = re.compile(r"(\d+\.\d\d)\d+")
_IDENTIFIER = re.compile(r'\sid="([^"]+)"')
_REFERENCE = re.compile(r'(?:href="|url\()#([^")]+)')


def tidy(svg: str, key: str) -> str:
    """Make a figure of Matplotlib fit into a page.

    Presentation attributes instead of styles (a strict content security policy forbids
    those), identifiers that no other figure has, colours from the style sheet,
    hundredths of a point, no size but the view box.

    Args:
        svg: What Matplotlib wrote.
        key: Begins the identifiers.

    Raises:
        ExampleError: It is no SVG with a view box.
    """
    root = _ROOT.search(svg)
    if root is None:
        raise ExampleError("Matplotlib wrote no SVG with a view box; report this")
    body = svg[root.end() : svg.rindex("</svg>")].replace("xlink:href", "href")
    for pattern in _LEFT_OUT:
        body = pattern.sub("", body)
    body = _STYLE_ATTRIBUTE.sub(_as_attributes, body)
    body = _PLACE.sub(lambda match: _LONG_FRACTION.sub(r"\1", match[0]), body)
    body = _renumbered(body, key).replace(INK, "currentColor")
    for index, colour in enumerate(COLOURS, start=1):
        body = body.replace(colour, f"var(--figure-{index},{colour})")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{root[1]}" role="img" '
        f'stroke-linejoin="round" stroke-linecap="butt" data-figure="{key}">'
        f"{body.strip()}</svg>\n"
    )


def with_title(svg: str, alt: str) -> str:
    """The figure with its alternative text as title, in the page's language."""
    end = svg.index(">") + 1
    return f"{svg[:end]}<title>{html.escape(alt)}</title>{svg[end:]}"


def in_page(svg: str, alt: str) -> str:
    """Put the title into a figure, and make it part of a page's HTML.

    Instant navigation sets the ``href`` of all elements that have one, and SVG's cannot
    be set. One with a prefix, which HTML knows without being told, is left alone. That
    an ``svg`` is one it knows, too.
    """
    svg = svg.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
    return with_title(svg, alt).replace(' href="', ' xlink:href="')


def _renumbered(body: str, key: str) -> str:
    """Name what is referred to by its order; Matplotlib's names hash exact floats."""
    used = set(_REFERENCE.findall(body))
    order = dict.fromkeys(name for name in _IDENTIFIER.findall(body) if name in used)
    names = {name: f"f{key[:6]}-{number}" for number, name in enumerate(order)}
    body = _IDENTIFIER.sub(
        lambda match: f' id="{names[match[1]]}"' if match[1] in names else "", body
    )
    return _REFERENCE.sub(
        lambda match: match[0].replace(f"#{match[1]}", f"#{names[match[1]]}"), body
    )


def _as_attributes(match: re.Match[str]) -> str:
    pairs = (pair.partition(":") for pair in match[1].split(";") if pair.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _, value in pairs)
