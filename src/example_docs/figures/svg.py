"""Tidy the SVG that Matplotlib writes, and fit it into a page."""

from __future__ import annotations

import html
import re

from example_docs.errors import ExampleError
from example_docs.figures.paths import shortened, without_groups

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
_PATH = re.compile(
    r'<path(?P<name> id="[^"]*")? d="(?P<outline>[^"]*)"'
    r'(?P<letter> transform="scale\(0\.015625\)")?'
)
_LETTER = re.compile(
    r'<path id="(?P<name>[^"]*)" (?P<shape>d="[^"]*" transform="scale\(\.5\)")/>'
)
"""How ``_outlined`` writes one."""

_MARKS = re.compile(
    r'<use (?P<name>href="[^"]*") x="[^"]*" y="[^"]*"(?P<look>[^>]+)/>'
    r'(?:\s*<use (?P=name) x="[^"]*" y="[^"]*"(?P=look)/>)+'
)
"""The same mark several times, such as the points of a curve."""

_PLACE = re.compile(r'\s(?:x|y|width|height|points)="[^"]*"|translate\([^)]*\)')
_PLACE_OF_LETTER = re.compile(r'<use href="[^"]*" transform="translate\([^)]*\)')
_MOVED = re.compile(r'(<use href="[^"]*") transform="translate\(([^ ]*) ([^)]*)\)"/>')
_DEFINITIONS = re.compile(r"<defs>((?:<path id=[^>]*/>)+)</defs>")
_FRACTION = re.compile(r"\d+\.\d+")
_IDENTIFIER = re.compile(r'\sid="([^"]+)"')
_REFERENCE = re.compile(r'(?:href="|url\()#([^")]+)')


def tidy(svg: str, key: str) -> str:
    """Make a figure of Matplotlib fit into a page.

    Presentation attributes instead of styles (a strict content security policy
    forbids those), identifiers that no other figure has, colours from the style
    sheet, outlines by short steps, no size but the view box.
    """
    root = _ROOT.search(svg)
    if root is None:
        raise ExampleError("Matplotlib wrote no SVG with a view box; report this")
    body = svg[root.end() : svg.rindex("</svg>")].replace("xlink:href", "href")
    for pattern in _LEFT_OUT:
        body = pattern.sub("", body)
    body = _STYLE_ATTRIBUTE.sub(_as_attributes, body)
    body = _PLACE_OF_LETTER.sub(_to_whole_numbers, _PATH.sub(_outlined, body))
    body = _PLACE.sub(_to_tenths, body)
    body = without_groups(_renumbered(body, key))
    body = _MOVED.sub(_placed, _MARKS.sub(_grouped, body))
    body = body.replace(INK, "currentColor")
    for index, colour in enumerate(COLOURS, start=1):
        body = body.replace(colour, f"var(--figure-{index},{colour})")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{root[1]}" role="img" '
        f'stroke-linejoin="round" stroke-linecap="butt" data-figure="{key}">'
        f"{_defined_first(_between_tags(body))}</svg>\n"
    )


def with_letters_of_page(svg: str, letters: dict[str, str]) -> str:
    """The figure as a later one of a page, which shares the letters of those before.

    They stand too far above for gzip to find them again.

    Args:
        svg: A figure as ``tidy`` makes it.
        letters: The name of each outline on the page so far; new ones are added.
    """
    names: dict[str, str] = {}

    def defined_once(match: re.Match[str]) -> str:
        known = letters.setdefault(match["shape"], match["name"])
        if known == match["name"]:
            return match[0]
        names[match["name"]] = known
        return ""

    svg = _LETTER.sub(defined_once, svg).replace("<defs></defs>", "")
    return _REFERENCE.sub(
        lambda match: match[0].replace(match[1], names.get(match[1], match[1])), svg
    )


def with_title(svg: str, alt: str) -> str:
    """The figure with its alternative text as title, in the page's language."""
    end = svg.index(">") + 1
    return f"{svg[:end]}<title>{html.escape(alt)}</title>{svg[end:]}"


def in_page(svg: str, alt: str) -> str:
    """The same for the HTML of a page.

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


def _outlined(match: re.Match[str]) -> str:
    name = match["name"] or ""
    if match["letter"]:  # on a grid of 64 to a point; 2 are finer than any screen
        outline = shortened(match["outline"], scale=1 / 32, digits=0)
        return f'<path{name} d="{outline}" transform="scale(.5)"'
    # What has a name is a small mark, such as a dot, and is drawn many times.
    outline = shortened(match["outline"], digits=2 if name else 1)
    return f'<path{name} d="{outline}"'


def _grouped(marks: re.Match[str]) -> str:
    """What marks look like is said once."""
    return f"<g{marks['look']}>{marks[0].replace(marks['look'], '')}</g>"


def _placed(moved: re.Match[str]) -> str:
    """What is only moved says where it is."""
    places = {"x": moved[2], "y": moved[3]}
    where = "".join(f' {k}="{v}"' for k, v in places.items() if v != "0")
    return f"{moved[1]}{where}/>"


def _defined_first(body: str) -> str:
    """The same with all outlines in one place: so gzip finds what they share."""
    outlines = "".join(_DEFINITIONS.findall(body))
    rest = _DEFINITIONS.sub("", body)
    return f"<defs>{outlines}</defs>{rest}" if outlines else rest


def _to_whole_numbers(match: re.Match[str]) -> str:
    # Of a hundred to the size of the font.
    return _FRACTION.sub(lambda number: f"{float(number[0]):.0f}", match[0])


def _to_tenths(match: re.Match[str]) -> str:
    return _FRACTION.sub(_tenths, match[0])


def _tenths(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _between_tags(body: str) -> str:
    # White space between tags says nothing in a picture without text elements.
    return re.sub(r">\s+<", "><", body.strip())


def _as_attributes(match: re.Match[str]) -> str:
    pairs = (pair.partition(":") for pair in match[1].split(";") if pair.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _, value in pairs)
