from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from matplotlib import pyplot as plt
from matplotlib.text import Text
from tests.lessons import library_of
from tests.project import LIBRARY, PACKAGE, ROOT
from torch.nn.modules import activation
from torch.optim import lr_scheduler

from example_docs.code.program import Program
from example_docs.errors import ExampleError
from example_docs.extensions.render import check_captions
from example_docs.figures.draw import (
    draw,
    draw_missing,
    draws,
    kept,
    key_of,
    path_of,
)
from example_docs.figures.svg import in_page, with_title
from example_docs.pages.directives import Directive

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CURVE = """\
import matplotlib.pyplot as plt
import torch

x = torch.linspace(-2, 2, 50)
plt.plot(x, x**2, label="$x^2$")
plt.plot(x, -x, label="$-x$")
plt.scatter([0.0], [1.0])
plt.xlabel("$x$")
plt.grid()
plt.legend()
plt.show()
"""


def program(text: str) -> Program:
    return Program(imports=(), helpers=(), body=text.rstrip("\n"))


def drawn(text: str) -> str:
    return draw(program(text), "lesson:show")


@pytest.fixture(scope="module")
def curve() -> str:
    return drawn(CURVE)


# What a figure is ---------------------------------------------------------------------


def test_a_figure_is_the_same_again(curve: str) -> None:
    assert drawn(CURVE) == curve


def test_a_figure_is_the_same_in_another_process(curve: str) -> None:
    code = (
        "import sys; from example_docs.figures.draw import draw; "
        "from example_docs.code.program import Program; "
        "text = sys.stdin.read().rstrip(chr(10)); "
        "print(draw(Program((), (), text), 'lesson:show'), end='')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=CURVE,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == curve


def complaints(svg: str) -> list[str]:
    """What keeps a figure from lying in a page."""
    root = ET.fromstring(svg)  # noqa: S314 - made here
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    used = re.findall(r'(?:href="|url\()#([^")]+)', svg)
    found = {
        "a style attribute": ' style="' in svg,
        "a style sheet": "<style" in svg,
        "a date or other metadata": "<metadata" in svg or "<dc:" in svg,
        "another namespace": "xlink" in svg,
        "ink of a colour of its own": bool(re.search("#000000|#010203|black", svg)),
        "an identifier twice": len(set(ids)) != len(ids),
        "a reference to nothing": set(used) != set(ids),
        "a size of its own": bool({"width", "height"} & set(root.attrib)),
        "text that needs a font": "<text" in svg,
    }
    return [complaint for complaint, holds in found.items() if holds]


def test_a_figure_fits_into_a_page(curve: str) -> None:
    assert complaints(curve) == []
    assert "<image" not in curve
    assert 'stroke="currentColor"' in curve
    assert "var(--figure-1,#0072b2)" in curve
    assert "stroke-dasharray" in curve  # the second line, for those who see no colour


@pytest.mark.parametrize(
    ("part", "complaint"),
    [
        ('<g style="fill: red"/>', "a style attribute"),
        ("<style>*{}</style>", "a style sheet"),
        ("<metadata/>", "a date or other metadata"),
        ('<g stroke="#000000"/>', "ink of a colour of its own"),
        ('<g id="a"/><g id="a"/><use href="#a"/>', "an identifier twice"),
        ('<use href="#nowhere"/>', "a reference to nothing"),
        ('<g id="unused"/>', "a reference to nothing"),
        ("<text>a</text>", "text that needs a font"),
    ],
)
def test_what_does_not_fit_is_noticed(part: str, complaint: str) -> None:
    assert complaints(f"<svg>{part}</svg>") == [complaint]


def test_figures_share_no_identifiers(curve: str) -> None:
    other = drawn(CURVE.replace("x**2", "x**3"))
    first, second = (set(re.findall(r' id="([^"]+)"', svg)) for svg in (curve, other))
    assert first
    assert second
    assert not first & second


def test_an_image_is_kept_as_one() -> None:
    svg = drawn(
        "import matplotlib.pyplot as plt\nplt.imshow([[0, 1], [1, 0]])\nplt.show()\n"
    )
    assert svg.count("<image") == 1
    assert complaints(svg) == []


def test_outlines_are_told_to_hundredths(curve: str) -> None:
    numbers = re.findall(r"\d+\.(\d+)", " ".join(re.findall(r'\sd="([^"]*)"', curve)))
    assert max(map(len, numbers)) == 2


def test_the_title_is_text(curve: str) -> None:
    svg = with_title(curve, 'a < b & "c"')
    root = ET.fromstring(svg)  # noqa: S314 - made here
    assert root[0].tag == "{http://www.w3.org/2000/svg}title"
    assert root[0].text == 'a < b & "c"'


def test_no_element_of_a_figure_in_a_page_has_a_href_that_scripts_would_set(
    curve: str,
) -> None:
    used = '<use href="#a"/><image href="data:a"/>'
    svg = in_page(curve.replace("</svg>", f"{used}</svg>"), "a")
    assert '<use xlink:href="#a"/><image xlink:href="data:a"/></svg>' in svg
    assert ' href="' not in svg
    assert "<title>a</title>" in svg


# When it is drawn ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"# why\n{CURVE}",
        CURVE.replace("plt.grid()", "plt.grid()  # 网格"),
        CURVE.replace("\nx =", "\n\n\nx   ="),
    ],
)
def test_comments_and_layout_draw_nothing_anew(text: str) -> None:
    assert text != CURVE
    assert key_of(program(text)) == key_of(program(CURVE))


@pytest.mark.parametrize(
    "text",
    [CURVE.replace("50", "51"), CURVE.replace("$x$", "$t$"), CURVE + "print(1)\n"],
)
def test_other_code_is_another_figure(text: str) -> None:
    assert key_of(program(text)) != key_of(program(CURVE))


@pytest.mark.parametrize(
    ("text", "does"),
    [
        (CURVE, True),
        ("print(1)\n", False),
        ("# plt.show()\n", False),
        ("print('plt.show()')\n", False),
    ],
)
def test_a_program_draws_if_it_shows(text: str, *, does: bool) -> None:
    assert draws(program(text)) is does


def test_only_missing_figures_are_drawn(tmp_path: Path, curve: str) -> None:
    programs = {
        "a:curve": program(CURVE),
        "a:print": program("print(1)"),
        "a:bad": program("raise ValueError\nplt.show()"),
    }
    # A kept figure is not drawn, so that this program, which fails, does not run.
    path_of(tmp_path, programs["a:bad"]).write_text("kept", encoding="utf-8")
    assert draw_missing(tmp_path, programs.items()) == ["a:curve"]
    assert draw_missing(tmp_path, programs.items()) == []
    assert sorted(tmp_path.iterdir()) == sorted(
        path_of(tmp_path, programs[name]) for name in ("a:curve", "a:bad")
    )
    path = path_of(tmp_path, programs["a:curve"])
    assert path.read_text(encoding="utf-8") == curve
    assert kept(tmp_path, programs["a:curve"], "a:curve", tmp_path) == curve


# Errors -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (
            "plt.plot([1])\nplt.legend()",
            (
                "UserWarning: No artists with labels found to put in legend.  Note "
                "that artists whose label start with an underscore are ignored when "
                "legend() is called with no argument."
            ),
        ),
        ("plt.figure()\nplt.figure()", "shows 2 figures; show exactly one"),
        ("pass", "shows 0 figures; show exactly one"),
        ("plt.plot([1])\nraise ValueError('no')", "ValueError: no"),
    ],
)
def test_what_cannot_be_drawn_is_a_sentence(before: str, reason: str) -> None:
    text = f"import matplotlib.pyplot as plt\n{before}\nplt.show()\n"
    with pytest.raises(ExampleError) as caught:
        drawn(text)
    message = caught.value.message.replace("example_docs.errors.ExampleError: ", "")
    assert message == f"the figure of 'lesson:show' cannot be drawn: {reason}"


@pytest.mark.parametrize("sign", ["\N{KHAROSHTHI LETTER A}", "中"])
def test_a_sign_that_the_font_lacks_is_named_with_what_to_do(sign: str) -> None:
    plot = f'plt.plot([1])\nplt.xlabel("{sign}")'
    with pytest.raises(ExampleError) as caught:
        drawn(f"import matplotlib.pyplot as plt\n{plot}\nplt.show()\n")
    assert caught.value.message == (
        f"the figure of 'lesson:show' lacks a sign in its font (Glyph {ord(sign)} "
        f"{sign!r}); write symbols, numbers and Latin letters in figures, and words "
        "into caption="
    )
    assert plt.get_fignums() == []


def test_nothing_is_kept_of_a_figure_that_fails(tmp_path: Path) -> None:
    bad = program("import matplotlib.pyplot as plt\nplt.show()")
    with pytest.raises(ExampleError, match="shows 0 figures"):
        draw_missing(tmp_path, [("a:bad", bad)])
    assert list(tmp_path.iterdir()) == []


def test_a_page_says_what_could_not_be_drawn(tmp_path: Path) -> None:
    with pytest.raises(ExampleError) as caught:
        kept(tmp_path, program("plt.show()"), "no.such:example", ROOT)
    assert caught.value.message.startswith(
        "'no.such:example' cannot be drawn: example-docs: no lesson or example is "
        "called 'no.such:example'"
    )


@pytest.mark.parametrize(
    ("text", "directive", "sentence"),
    [
        (CURVE, Directive("a:b"), "'a:b' draws; say what, with alt=… and caption=…"),
        (
            CURVE,
            Directive("a:b", alt="x"),
            "'a:b' draws; say what, with alt=… and caption=…",
        ),
        (
            CURVE,
            Directive("a:b", caption="x"),
            "'a:b' draws; say what, with alt=… and caption=…",
        ),
        ("1", Directive("a:b", alt="x"), "'a:b' draws nothing; remove alt=…"),
    ],
)
def test_a_figure_needs_words_on_the_page(
    text: str, directive: Directive, sentence: str
) -> None:
    with pytest.raises(ExampleError) as caught:
        check_captions(program(text), directive)
    assert caught.value.message == sentence


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        (CURVE, Directive("a:b", alt="x", caption="y")),
        ("1", Directive("a:b", caption="y")),
        ("1", Directive("a:b")),
    ],
)
def test_enough_words_are_enough(text: str, directive: Directive) -> None:
    check_captions(program(text), directive)


# The figures of the book --------------------------------------------------------------


FUNCTIONS = """
    sin cos tan tanh exp log max min softmax sigmoid relu leaky softplus silu elu
"""
IN_PYTORCH = {*activation.__all__, *lr_scheduler.__all__, "SGD", "Adam", "float"}
UNITS = "kg cm"
PEOPLE = "Huber"
NAMES = frozenset(f"{FUNCTIONS} {UNITS} {PEOPLE}".split()) | IN_PYTORCH
"""What may be written in a figure, because it is the same in every language."""

DRAWING = {
    example.full_name.removeprefix(f"{PACKAGE}."): found
    for example in LIBRARY
    if draws(found := example.program)
}


def words(labels: Iterable[str]) -> set[str]:
    """The words of some labels that belong to one language."""
    found: set[str] = set()
    for label in labels:
        signs = re.sub(r"\\[A-Za-z]+", " ", label)
        found |= set(re.findall(r"[^\W\d_]{2,}", signs))
    return found - NAMES


def seen(name: str) -> tuple[str, tuple[str, ...]]:
    """The figure of an example, and the labels that are drawn in it."""
    labels: list[str] = []
    save = plt.savefig

    def look(*arguments: object, **options: object) -> None:
        save(*arguments, **options)  # type: ignore[arg-type]
        texts = [text for text in plt.gcf().findobj(Text) if isinstance(text, Text)]
        labels.extend(text.get_text() for text in texts if text.get_visible())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plt, "savefig", look)
        svg = draw(DRAWING[name], name, LIBRARY)
    return svg, tuple(labels)


@pytest.mark.size("all")  # draws each figure again
@pytest.mark.parametrize("name", DRAWING)
def test_a_figure_of_the_book_has_no_words_and_fits_into_a_page(name: str) -> None:
    svg, labels = seen(name)
    assert words(labels) == set()
    assert complaints(svg) == []
    text = DRAWING[name].text
    assert "<image" not in svg or re.search(r"\.(?:imshow|pcolormesh|matshow)\(", text)
    # The one that the site shows was drawn earlier, by another process.
    path = path_of(ROOT / ".cache/figures", DRAWING[name])
    assert not path.exists() or path.read_text(encoding="utf-8") == svg


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("$x$", set()),
        (r"$\eta = 0.1$, $f'(x)$", set()),
        (r"$\mathrm{softmax}(a)_i$", set()),
        ("leaky_relu 0.1", set()),
        ("−1.5", set()),
        ("loss", {"loss"}),
        (r"$\mathrm{epoch}$", {"epoch"}),
        ("损失", {"损失"}),
        ("a b c", set()),
    ],
)
def test_words_in_a_figure_are_noticed(label: str, found: set[str]) -> None:
    assert words([label]) == found


def test_words_are_looked_for_in_all_that_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = library_of(
        tmp_path,
        lesson='''
        """A lesson."""

        import matplotlib.pyplot as plt


        def show() -> None:
            """What it shows.

            >>> show()
            """
            figure, axes = plt.subplots()
            axes.plot([1], label="legend")
            axes.set(xlabel="abscissa", title="title")
            axes.legend()
            axes.annotate("note", (0, 1))
            axes.set_xticks([0], ["tick"])
            figure.suptitle("top")
            plt.show()
        ''',
    )
    example = next(iter(library))
    monkeypatch.setitem(DRAWING, "lesson:show", example.program)
    assert words(seen("lesson:show")[1]) == set(
        "legend abscissa title note tick top".split()  # noqa: SIM905
    )
