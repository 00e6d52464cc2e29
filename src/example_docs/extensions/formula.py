"""Formulas: TeX on the page becomes MathML when the page is built.

``pymdownx.arithmatex`` finds the formulas; this extension renders what it found.
No script and no other host is needed to read them, and the TeX stays in the page for
those who copy it.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from latex2mathml import converter
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from example_docs.errors import ExampleError
from example_docs.extensions.builder import page_error

if TYPE_CHECKING:
    from markdown import Markdown

_DELIMITERS = re.compile(r"\A\\[(\[](?P<tex>.*)\\[)\]]\Z", re.DOTALL)
_NOT_UNDERSTOOD = re.compile(r"\\[A-Za-z]+|\\.")

_MATHML = "http://www.w3.org/1998/Math/MathML"
_PRIMES = frozenset("\N{PRIME}\N{DOUBLE PRIME}\N{TRIPLE PRIME}")
_SIGNS = frozenset("+\N{MINUS SIGN}\N{PLUS-MINUS SIGN}")
_ENDS = _PRIMES | set(")]}|!\N{HORIZONTAL ELLIPSIS}\N{MIDLINE HORIZONTAL ELLIPSIS}")
"""Operators that end what they belong to, so that what follows is between two."""
_LIMITS = frozenset({"inf", "lim", "max", "min", "sup"})
_BRACE = re.compile(r"(?<!\\)(?:\\\\)*([{}])")
_ARGUMENTS = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "msubsup": 3,
    "munderover": 3,
}
"""How many elements these must hold; browsers draw others as an error."""


@lru_cache(maxsize=1024)
def mathml(tex: str, *, display: bool = False) -> str:
    """Render one formula.

    Args:
        tex: The formula without its dollar signs.
        display: Whether it stands on a line of its own.

    Returns:
        A ``math`` element that also holds the TeX, for copying and for speech.

    Raises:
        ExampleError: The formula is not TeX, or uses a command that is not known.
    """
    tex = tex.strip()
    try:
        element = ET.fromstring(  # noqa: S314 - made here, a line above
            converter.convert(tex, display="block" if display else "inline")
        )
    except Exception as error:
        reason = str(error) or type(error).__name__
        message = f"the formula {tex!r} cannot be read ({reason}); mend the TeX"
        raise ExampleError(message) from error
    for text in element.itertext():
        unknown = _NOT_UNDERSTOOD.search(text)
        if unknown:
            message = f"the formula {tex!r} uses {unknown[0]!r}, which is unknown here"
            raise ExampleError(message)
    braces = Counter(_BRACE.findall(tex))
    if braces["{"] != braces["}"] or not all(map(_is_complete, element.iter())):
        message = f"the formula {tex!r} lacks an argument or a brace; mend the TeX"
        raise ExampleError(message)
    for power in element.iter(f"{{{_MATHML}}}msup"):
        _lower_prime(power)
    for part in element.iter():
        _close_up(part)
    for part in element.iter(f"{{{_MATHML}}}msub"):
        _put_below(part)
    ET.register_namespace("", _MATHML)
    row = "".join(ET.tostring(child, encoding="unicode") for child in element)
    row = row.replace(f' xmlns="{_MATHML}"', "")
    kind = "block" if display else "inline"
    return (
        f'<math display="{kind}" alttext="{html.escape(tex)}">'
        f"<semantics>{row}"
        f'<annotation encoding="application/x-tex">{html.escape(tex)}</annotation>'
        "</semantics></math>"
    )


def _lower_prime(power: ET.Element) -> None:
    """Set a prime beside its letter: the font's sign is raised and small already."""
    base, exponent = power
    if exponent.text in _PRIMES:
        power.tag = f"{{{_MATHML}}}mrow"
        prime = ET.Element(f"{{{_MATHML}}}mo", {"lspace": "0", "rspace": "0"})
        prime.text = exponent.text
        power[:] = [base, prime]


def _put_below(index: ET.Element) -> None:
    """Set what a limit or a minimum is over below its name, in a line beside it."""
    name, _ = index
    if name.text in _LIMITS:
        index.tag = f"{{{_MATHML}}}munder"
        name.set("movablelimits", "true")


def _close_up(row: ET.Element) -> None:
    """Take the spaces of an operator from what is none, as TeX does.

    A minus after another operator is a sign; the name of a function stands at its
    bracket.
    """
    for before, each in pairwise(row):
        if not before.tag == each.tag == f"{{{_MATHML}}}mo":
            continue
        name, sign = before.text or "", each.text or ""
        if sign in _SIGNS and name not in _ENDS:
            each.set("form", "prefix")
        if name.isalpha() and len(name) > 1 and (sign == "(" or sign in _PRIMES):
            before.set("rspace", "0")


def _is_complete(element: ET.Element) -> bool:
    tag = element.tag.rpartition("}")[2]
    return len(element) == _ARGUMENTS.get(tag, len(element))


class _Render(Treeprocessor):
    """Replaces the text of each formula that was found by its MathML."""

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            if element.get("class") != "arithmatex":
                continue
            match = _DELIMITERS.match(html.unescape(element.text or "").strip())
            if match is None:
                continue
            display = element.tag == "div"
            try:
                rendered = mathml(match["tex"], display=display)
            except ExampleError as error:
                first = match["tex"].strip().partition("\n")[0]
                raise page_error(self.md, error, first) from None
            element.set("class", "formula")
            element.text = self.md.htmlStash.store(rendered)


class FormulaExtension(Extension):
    """Renders what ``pymdownx.arithmatex`` (``generic: true``) has found."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - theirs
        """Run after the inline patterns (20), before raw HTML is put back."""
        md.treeprocessors.register(_Render(md), "formula", 15)


def makeExtension(**options: Any) -> FormulaExtension:  # noqa: ANN401, N802 - theirs
    """Make the extension, as Python-Markdown asks for it."""
    return FormulaExtension(**options)
