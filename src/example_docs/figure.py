"""Figures: what an example draws, kept as SVG by the hash of its program.

One file serves both languages and both colour schemes: it carries symbols and
numbers, its ink is the colour of the text around it, its colours are variables of
the style sheet. Words belong into the caption and the alternative text of the page.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import html
import io
import logging
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from example_docs.errors import ExampleError
from example_docs.files import write
from example_docs.outlines import shortened, without_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from example_docs.program import Program

STYLE = 5
"""Counts changes of how figures look, so that old ones are drawn anew."""

SHOW = "plt.show()"
"""The line by which a program shows its figure, to readers and to us."""

INK = "#010203"
"""Stands for the colour of the text; no program uses it by chance."""

# Okabe and Ito's palette (https://jfly.uni-koeln.de/color/), told apart by people
# who see few colours; the style sheet has its own shades for each colour scheme.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))
"""With each colour comes a line of its own, for paper and for eyes."""

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


def draws(program: Program) -> bool:
    """Whether a program shows a figure."""
    return SHOW in program.text.splitlines()


def key_of(program: Program) -> str:
    """The name under which the figure of a program is kept.

    Comments and layout are no part of it, so that both languages share a figure and
    a reworded comment draws nothing anew.
    """
    meaning = ast.dump(ast.parse(program.text))
    return hashlib.sha256(f"{STYLE}\n{meaning}".encode()).hexdigest()[:16]


def path_of(figures: Path, program: Program) -> Path:
    """The file that holds the figure of a program, whether or not it exists."""
    return figures / f"{key_of(program)}.svg"


def kept(figures: Path, program: Program, name: str, root: Path) -> str:
    """The figure of an example; drawn now, by a process of its own, if it is missing.

    Raises:
        ExampleError: The figure cannot be drawn.
    """
    path = path_of(figures, program)
    if not path.exists():
        command = [sys.executable, "-m", "example_docs", "--root", str(root)]
        run = subprocess.run(  # noqa: S603 - our own command
            [*command, "draw", name], capture_output=True, text=True, check=False
        )
        if not path.exists():
            message = f"{name!r} cannot be drawn: {(run.stderr or run.stdout).strip()}"
            raise ExampleError(message)
    return path.read_text(encoding="utf-8")


def draw_missing(figures: Path, programs: Iterable[tuple[str, Program]]) -> list[str]:
    """Draw the figures that are not kept yet.

    Returns:
        The names of the examples that were drawn.

    Raises:
        ExampleError: A program shows no figure, several, or one with a warning.
    """
    drawn = []
    for name, program in programs:
        path = path_of(figures, program)
        if draws(program) and not path.exists():
            write(path, draw(program, name))
            drawn.append(name)
    return drawn


def draw(program: Program, name: str) -> str:
    """Run a program and return the figure it shows, as SVG.

    Raises:
        ExampleError: As in ``draw_missing``.
    """
    # In this order: the first one says that there is no screen.
    from example_docs.running import run_program  # noqa: I001, PLC0415 - imports torch
    from matplotlib import pyplot as plt  # noqa: PLC0415 - pages build without it

    key = key_of(program)
    file = io.StringIO()

    def save() -> None:
        if len(plt.get_fignums()) != 1:
            message = f"shows {len(plt.get_fignums())} figures; show exactly one"
            raise ExampleError(message)
        # Here, where warnings are errors: a missing glyph is found on drawing.
        plt.savefig(file, format="svg", metadata={"Date": None, "Creator": None})

    with plt.rc_context(style(key)), _complaints() as complaints:
        output = run_program(program.text, before_closing=save)
    complaint = output.exception or next(iter(complaints), None)
    if complaint is not None:
        message = f"the figure of {name!r} cannot be drawn: {complaint}"
        raise ExampleError(message)
    return tidy(file.getvalue(), key)


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """What Matplotlib only logs: a sign missing in a formula, a font not found."""
    found: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("matplotlib")
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)


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


def style(key: str) -> dict[Any, Any]:
    """The settings of Matplotlib for a figure; the key makes its identifiers."""
    from cycler import cycler  # noqa: PLC0415 - comes with Matplotlib

    ink = dict.fromkeys(
        (
            "text.color",
            "axes.edgecolor",
            "axes.labelcolor",
            "axes.titlecolor",
            "xtick.color",
            "ytick.color",
            "grid.color",
            "patch.edgecolor",
            "legend.edgecolor",
        ),
        INK,
    )
    return {
        **ink,
        "axes.prop_cycle": cycler(color=COLOURS) + cycler(linestyle=LINES),
        "axes.facecolor": "none",
        "figure.facecolor": "none",
        "savefig.facecolor": "none",
        "legend.facecolor": "none",
        "legend.framealpha": 0,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "grid.alpha": 0.25,
        "grid.linewidth": 0.6,
        "figure.constrained_layout.use": True,
        # Readable on a phone: about 10 px there.
        "figure.figsize": (5.6, 3.7),
        "font.size": 12,
        "svg.fonttype": "path",
        "svg.hashsalt": key,
        "mathtext.fontset": "dejavusans",
    }
