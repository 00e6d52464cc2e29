"""Write the HTML of an example: code, output, figure."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from example_docs.code.program import Piece, Program, assemble
from example_docs.errors import ExampleError
from example_docs.figures.draw import draws
from example_docs.figures.svg import in_page

if TYPE_CHECKING:
    from example_docs.code.library import Example
    from example_docs.outputs.expected import Output
    from example_docs.pages.directives import Directive

Words = Mapping[str, str]

_CLOSED = re.compile(r"<details\b.*?</details>", re.DOTALL)
_TEXT = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_HEIGHTS = {
    "<details>": 1.55,
    "<pre><code>": 1.4,
    '<div class="example-output': 2.17,
    '<p class="example-caption">': 1.85,
    "<figcaption>": 4.8,
}
"""What stands around the rows of text, as high as so many rows; see ``site.css``."""

_BOX = re.compile(r'viewBox="\S+ \S+ (?P<width>\S+) (?P<height>[^"\s]+)"')


@dataclass(frozen=True)
class View:
    """What a page shows of a program.

    Attributes:
        program: The whole of it.
        shown: The imports and helpers that stand above the body.
        folded: Those that the page has shown before, or that it folds away.
    """

    program: Program
    shown: list[Piece]
    folded: list[Piece]


def view_of(program: Program, directive: Directive, already_shown: set[str]) -> View:
    """Divide imports and helpers into those the page shows and those it folds away.

    Raises:
        ExampleError: ``fold`` or ``show`` names nothing that the program has.
    """
    pieces = [*program.imports, *program.helpers]
    known = {piece.name for piece in pieces}
    unknown = (directive.fold | directive.show) - known - {"all", "none"}
    if unknown:
        message = (
            f"the program of {directive.name!r} has no {min(unknown)!r} to fold or "
            f"show; it has {', '.join(sorted(known)) or 'neither imports nor helpers'}"
        )
        raise ExampleError(message)

    def is_folded(piece: Piece) -> bool:
        if piece.name in directive.show or "none" in directive.fold:
            return False
        if piece.name in directive.fold or "all" in directive.fold:
            return True
        return piece.text in already_shown

    return View(
        program,
        shown=[piece for piece in pieces if not is_folded(piece)],
        folded=[piece for piece in pieces if is_folded(piece)],
    )


def check_captions(program: Program, directive: Directive) -> None:
    """A figure needs words, and only a figure has an alternative text.

    Raises:
        ExampleError: The directive says too little or too much.
    """
    if draws(program) and not (directive.alt and directive.caption):
        message = f"{directive.name!r} draws; say what, with alt=… and caption=…"
        raise ExampleError(message)
    if directive.alt and not draws(program):
        message = f"{directive.name!r} draws nothing; remove alt=…"
        raise ExampleError(message)


def render(  # noqa: PLR0913, PLR0917 - what an example is made from
    example: Example,
    view: View,
    directive: Directive,
    words: Words,
    figure: str = "",
    versions: Sequence[tuple[str, Output]] = (),
) -> str:
    """The HTML of one example: code, output, figure.

    Args:
        example: The function.
        view: What the page shows of its program.
        directive: The line of the page.
        words: The extension's own words in the page's language.
        figure: What the program draws, as SVG, if it draws.
        versions: What it does on other versions of PyTorch, each with a title.

    Raises:
        ExampleError: The example neither prints nor draws.
    """
    output = example.expected
    if not output.text and not figure:
        message = f"{example.name}() neither prints nor draws; let it show something"
        raise example.error(message)
    parts = []
    caption = html.escape(directive.caption)
    words_only = f'<p class="example-caption">{caption}</p>' * bool(caption)
    if not figure and not directive.predict:
        parts.append(words_only)
    if view.folded:
        summary = html.escape(", ".join(dict.fromkeys(map(_label, view.folded))))
        code = code_block(_assembled(view.program, view.folded, ""))
        parts.append(_details("example-folded", summary, code))
    parts.append(code_block(_assembled(view.program, view.shown, view.program.body)))
    block = _output(output) if output.text else ""
    if figure:
        drawn = in_page(figure, directive.alt)
        block += f"<figure>{drawn}<figcaption>{caption}</figcaption></figure>"
    others = "".join(
        _details("example-version", html.escape(title), _text("example-other", other))
        for title, other in versions
    )
    if directive.predict:
        answer = block + words_only * (not figure) + others
        block = _details("example-answer", words["predict"], answer)
    else:
        block += others
    return "\n".join([part for part in [*parts, block] if part])


@lru_cache(maxsize=256)  # what is folded away is often the same: ``import torch``
def code_block(text: str) -> str:
    """Highlight Python code, as ``pymdownx.highlight`` does.

    Args:
        text: The code, with the end of its last line.
    """
    code = highlight(text, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    return (
        f'<div class="language-python highlight"><pre><code>{code}</code></pre></div>'
    )


def size_of(content: str) -> dict[str, str]:
    """How high an example will be, so that browsers may lay it out when it is seen.

    Args:
        content: Its HTML.

    Returns:
        Attributes for the style sheet: the rows of text, and the height of its figure
        as a part of its width.
    """
    visible = _CLOSED.sub("<details>", content)
    rows = sum(text.count("\n") for text in _TEXT.findall(visible))
    rows += sum(visible.count(part) * height for part, height in _HEIGHTS.items())
    size = {"data-rows": f"{rows:.2f}"}
    if box := _BOX.search(visible):
        size["data-ratio"] = f"{float(box['height']) / float(box['width']):.2f}"
    return size


def _details(name: str, summary: str, content: str) -> str:
    opening = f'<details class="{name}"><summary>{summary}</summary>'
    return f"{opening}{content}</details>"


def _assembled(program: Program, pieces: list[Piece], body: str) -> str:
    imports = [piece for piece in program.imports if piece in pieces]
    helpers = [piece for piece in program.helpers if piece in pieces]
    return assemble(imports, helpers, body)


def _label(piece: Piece) -> str:
    if piece.text.startswith(("import ", "from ")):
        return f"import {piece.name}"
    return f"{piece.name}()" if piece.text.startswith("def ") else piece.name


def _output(output: Output) -> str:
    name = "example-output example-raises" if output.exception else "example-output"
    return _text(name, output)


def _text(name: str, output: Output) -> str:
    lines = []
    if output.printed:
        lines.append(html.escape(output.printed, quote=False))
    if output.exception:
        message = html.escape(output.exception, quote=False)
        lines.append(f'<span class="example-exception">{message}</span>')
    text = "\n".join(lines)
    return f'<div class="{name}"><pre>{text}\n</pre></div>'
