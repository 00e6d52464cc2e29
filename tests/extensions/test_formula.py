from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import click
import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from tests.formulas import formulas
from tests.project import LANGUAGES, ROOT, pages

from example_docs.errors import ExampleError
from example_docs.extensions.builder import set_page
from example_docs.extensions.example import ExampleExtension
from example_docs.extensions.formula import mathml
from example_docs.site.math_font import characters_in, math_font

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [(language, page) for language in LANGUAGES for page in pages(language)]


def html(page: str, *extensions: ExampleExtension) -> BeautifulSoup:
    return BeautifulSoup(converter(*extensions).convert(page), "html.parser")


def converter(*extensions: ExampleExtension) -> Markdown:
    return Markdown(
        extensions=[
            *extensions,
            "tables",
            "pymdownx.superfences",
            "pymdownx.arithmatex",
            "example_docs.extensions.formula",
        ],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    )


def only_formula(page: str) -> Tag:
    (found,) = html(page).select("math")
    return found


def text_of(math: Tag) -> str:
    """What a reader sees."""
    annotation = math.select_one("annotation")
    assert annotation is not None
    annotation.extract()
    return math.text


# The pages of the book ----------------------------------------------------------------


@pytest.mark.parametrize(("language", "page"), PAGES)
def test_each_formula_of_the_book_renders(language: str, page: str) -> None:
    text = (ROOT / "docs" / language / page).read_text(encoding="utf-8")
    for formula in formulas(text):
        if not formula.is_row:
            ET.fromstring(mathml(formula.tex))  # noqa: S314 - made here


# From TeX to MathML -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "inside", "display"),
    [
        ("so $x_1$ is", "p > span.formula > math", "inline"),
        ("$$ x_1 $$", "div.formula > math", "block"),
        ("$$\nx_1\n$$", "div.formula > math", "block"),
        ("- a\n\n    $$\n    x_1\n    $$", "li > div.formula > math", "block"),
        ("| $x_1$ |\n|---|\n| b |", "th > span.formula > math", "inline"),
        ("## a $x_1$", "h2 > span.formula > math", "inline"),
        ("[a $x_1$](b.md)", "a > span.formula > math", "inline"),
        ("**a $x_1$**", "strong > span.formula > math", "inline"),
    ],
)
def test_formulas_stand_within_other_blocks(
    page: str, inside: str, display: str
) -> None:
    (found,) = html(page).select(inside)
    assert found["display"] == display
    assert found["alttext"] == "x_1"
    assert [tag.text for tag in found.select("msub > *")] == ["x", "1"]


@pytest.mark.parametrize(
    "tex",
    [
        "x < y",
        r"\begin{cases} a & b \\ c & d \end{cases}",
        "f''(x) + f'(x)",
        'a "quoted" b',
        "a*b*c_d*e_f",
        r"\{ a \} \, b",
    ],
)
def test_readers_copy_the_tex_that_was_written(tex: str) -> None:
    for page in (f"a ${tex}$ b", f"$$\n{tex}\n$$"):
        math = only_formula(page)
        annotation = math.select_one('annotation[encoding="application/x-tex"]')
        assert annotation is not None
        assert annotation.text == math["alttext"] == tex


@pytest.mark.parametrize(
    ("tex", "seen"),
    [
        ("x < y", "x<y"),
        ("x > y", "x>y"),
        (r"a \& b", "a&b"),
        ("f'(x)", "f′(x)"),
        ("f''", "f″"),
        (r"\sigma'(z)", "σ′(z)"),
        (r"\operatorname{relu}(x)", "relu(x)"),
        (r"\text{if } x", "if\N{NO-BREAK SPACE}x"),
        (r"X^\top \odot Y", "X⊤⊙Y"),
        (r"\frac{\partial f}{\partial x} \ne \nabla f", "∂f∂x≠∇f"),
    ],
)
def test_readers_see_signs(tex: str, seen: str) -> None:
    assert text_of(only_formula(f"a ${tex}$ b")) == seen


@pytest.mark.parametrize(
    "page",
    [
        "costs $5 and $6 more",
        "only $5",
        r"\$x\$",
        "`$x$`",
        "```text\n$x$\n```",
        "$ x $",
    ],
)
def test_dollars_that_are_no_formula_stay(page: str) -> None:
    found = html(page)
    assert not found.select("math")
    assert "$" in found.text


# Errors -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\foo{x}", r"uses '\\foo', which is unknown here"),
        (r"\frac{a}", "lacks an argument or a brace; mend the TeX"),
        (r"\frac{a", "lacks an argument or a brace; mend the TeX"),
        ("a}", "lacks an argument or a brace; mend the TeX"),
        (
            "x_",
            "cannot be read (MissingSuperScriptOrSubscriptError); mend the TeX",
        ),
        (
            r"\left( a",
            "cannot be read (ExtraLeftOrMissingRightError); mend the TeX",
        ),
        (r"\begin{cases} a", "cannot be read (MissingEndError); mend the TeX"),
    ],
)
def test_bad_tex_is_one_sentence(tex: str, reason: str) -> None:
    sentence = f"the formula {tex!r} {reason}"
    with pytest.raises(ExampleError) as caught:
        mathml(tex)
    assert str(caught.value) == sentence
    with pytest.raises(click.ClickException) as stopped:
        html(f"a ${tex}$ b")
    assert stopped.value.message == sentence


@pytest.mark.parametrize(
    ("formula", "line"), [(r"so $\foo$ is", 6), ("$$\n\\foo\n+ b\n$$", 7)]
)
def test_bad_tex_is_placed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formula: str, line: int
) -> None:
    monkeypatch.chdir(tmp_path)
    body = f"text\n\n{formula}\n"
    (tmp_path / "page.md").write_text(f"---\ntitle: A\n---\n{body}", encoding="utf-8")
    md = converter(ExampleExtension(docs=str(tmp_path)))
    set_page(md, "page.md")
    with pytest.raises(click.ClickException) as caught:
        md.convert(body)
    assert caught.value.message.startswith(f"page.md:{line}: the formula ")


@pytest.mark.parametrize("name", ["lim", "min"])
def test_what_a_limit_is_over_stands_below_it(name: str) -> None:
    element = ET.fromstring(mathml(rf"\{name}_{{h}} x_h"))  # noqa: S314 - our own
    (under,) = element.iter("munder")
    assert under[0].attrib["movablelimits"] == "true"
    assert ["".join(part.itertext()) for part in under] == [name, "h"]
    (index,) = element.iter("msub")
    assert "".join(index.itertext()) == "xh"


# The font -----------------------------------------------------------------------------


def test_the_font_has_what_formulas_use() -> None:
    formula = mathml(r"h = \nabla f + \alpha")
    page = f"<p>text é</p>{formula}<p>ü</p>"
    assert characters_in([page]) == set("=+∇ℎ𝛼𝑓")


def test_letters_are_upright_where_browsers_draw_them_so() -> None:
    formula = mathml(r"\epsilon + x + \exp h, \text{if}")
    assert characters_in([formula]) == set("𝜖+𝑥expℎ,if")


def test_a_root_needs_its_sign() -> None:
    assert characters_in([mathml(r"\sqrt{x}")]) == set("√𝑥")
    assert characters_in([mathml(r"\sqrt[3]{x}")]) == set("√3𝑥")
    assert characters_in([mathml("x")]) == {"𝑥"}


def test_the_font_is_the_same_again() -> None:
    font = math_font({"x", "∇"})
    assert font == math_font({"∇", "x"})
    assert font.startswith(b"wOF2")
    assert len(font) < len(math_font(set("x∇αβγδ∂∑⊙")))


def test_a_prime_stands_beside_its_letter_and_is_not_raised_twice() -> None:
    assert "msup" not in mathml(r"f'(x)")
    assert '<mo lspace="0" rspace="0">′</mo>' in mathml(r"f'(x)")
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in mathml("x^2")


def test_a_sign_is_no_operator_between_two() -> None:
    sign = '<mo form="prefix">\N{MINUS SIGN}</mo>'
    assert sign in mathml(r"L = -p")
    assert sign in mathml(r"f(-x)")
    for difference in (r"a - b", r"f(x) - y", r"f' - y", r"x_1 + \cdots - y"):
        assert sign not in mathml(difference)


def test_the_name_of_a_function_stands_at_its_bracket() -> None:
    assert '<mo rspace="0">ReLU</mo>' in mathml(r"\operatorname{ReLU}(x)")
    assert '<mo rspace="0">ReLU</mo>' in mathml(r"\operatorname{ReLU}'(x)")
    assert "rspace" not in mathml(r"\operatorname{diag} x")
