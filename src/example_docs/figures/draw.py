"""Figures: what an example draws, kept as SVG by the hash of its program.

One file serves both languages and both colour schemes: it carries symbols and
numbers, its ink is the colour of the text around it, its colours are variables of
the style sheet. Words belong into the caption and the alternative text of the page.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import io
import logging
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from example_docs.errors import ExampleError
from example_docs.figures.svg import COLOURS, INK, tidy
from example_docs.files import write
from example_docs.marks import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from example_docs.code.library import Library
    from example_docs.code.program import Program

STYLE = 7
"""Counts changes of how figures look, so that old ones are drawn anew."""

SHOW = "plt.show()"
"""The line by which a program shows its figure, to readers and to us."""

LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))
"""With each colour comes a line of its own, for paper and for eyes."""

_LACKING = re.compile(r"Glyph (\d+) .*missing from font", re.DOTALL)


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


def draw_missing(
    figures: Path,
    programs: Iterable[tuple[str, Program]],
    library: Library | None = None,
) -> list[str]:
    """Draw the figures that are not kept yet.

    Args:
        figures: The folder in which they are kept.
        programs: The programs, each with the name of its example.
        library: The lessons that the programs are from.

    Returns:
        The names of the examples that were drawn.

    Raises:
        ExampleError: A program shows no figure, several, or one with a warning.
    """
    drawn = []
    for name, program in programs:
        path = path_of(figures, program)
        if draws(program) and not path.exists():
            write(path, draw(program, name, library))
            drawn.append(name)
    return drawn


def draw(program: Program, name: str, library: Library | None = None) -> str:
    """Run a program and return the figure it shows, as SVG.

    Raises:
        ExampleError: As in ``draw_missing``.
    """
    # In this order: the first one says that there is no screen.
    from example_docs.verify.run import run_program  # noqa: I001, PLC0415 - runs it
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
        # Whether it may take so long is for those to say who run it as an example.
        output = run_program(
            program.text, library, before_closing=save, seconds=LONGEST
        )
    complaint = output.exception or next(iter(complaints), None)
    if complaint is not None:
        message = f"the figure of {name!r} cannot be drawn: {complaint}"
        if sign := _LACKING.search(complaint):
            message = (
                f"the figure of {name!r} lacks a sign in its font (Glyph {sign[1]} "
                f"{chr(int(sign[1]))!r}); write symbols, numbers and Latin letters in "
                "figures, and words into caption="
            )
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
