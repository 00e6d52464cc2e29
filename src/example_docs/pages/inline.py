"""What may stand within a line of prose: code, formulas, numbers with their source.

A number is written with what it comes from, ``{0.0321 = fit_a_line}``, and readers
see the number alone. ``quantities`` says what the sources mean and checks them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
# As pymdownx.arithmatex finds formulas.
FORMULA = re.compile(r"(?<![\\$])\$(?![\s$])((?:\\.|[^\\$])+?)(?<!\s)\$")

SCALES = {"million": 6, "万": 4, "%": 0}
"""The words that may follow a number, and the power of ten that each stands for."""

NUMBER = (
    r"[-+−]?(?:\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][-+−]?\d+)?"
    rf"(?: ?(?:{'|'.join(SCALES)}))?"
)
"""A number as prose writes it, as a regular expression."""

SHAPE = r"\(\d+(?:, ?\d+)*,?\)|\d+(?: ?× ?\d+)+"
"""A shape as prose writes it: ``(3, 2)`` or ``3 × 2``."""

MARK = (
    rf"(?<!\\)\{{(?P<shown>{SHAPE}|{NUMBER})"
    r" (?P<relation>=|~|in|given) (?P<source>[^{}\n|`]*[^{}\n|`\s])\}"
)
"""A number with its source, as a regular expression."""

RULE_NAME = r"\{ ?rule=(?P<rule>[a-z][a-z0-9_]*) ?\}"
"""The name behind the sentence of a rule, as a regular expression."""

RULE = (
    r"(?<![!\\])\[(?P<sentence>(?:[^\[\]\\`$]|\\.|`[^`]*`|\$[^$]*\$|\[[^\[\]]*\])+)\]"
    + RULE_NAME
)
"""A general sentence with the name of the test that holds it, as Pandoc writes spans:
``[Integers divide to floats.]{ rule=integers_divide_to_floats }``."""

ATTRIBUTES = r" *\{:? *(?P<attributes>[#.][A-Za-z_][\w-]*(?: +[#.\w][^{}\n]*?)?) *\}"
"""What a heading or a link is called and looks like, in HTML: ``{ #name .class }``."""

_MARK = re.compile(MARK)
_CODE_OR_ATTRIBUTES = re.compile(
    f"{CODE.pattern}|{FORMULA.pattern}|{ATTRIBUTES}", re.DOTALL
)
_RULE = re.compile(RULE, re.DOTALL)
_CODE_OR_MARK = re.compile(f"{CODE.pattern}|{FORMULA.pattern}|{MARK}", re.DOTALL)


@dataclass(frozen=True)
class Bound:
    """A number with its source.

    Attributes:
        shown: The number, as readers see it.
        relation: ``=``, ``~``, ``in`` or ``given``.
        source: What it comes from.
        start: Where the mark-up begins in its text.
    """

    shown: str
    relation: str
    source: str
    start: int = 0

    @property
    def is_shape(self) -> bool:
        """Whether it is a shape and no number."""
        return "(" in self.shown or "×" in self.shown

    @property
    def key(self) -> str:
        """What both languages have in common: they may spell the number differently."""
        if self.is_shape:
            what = "×".join(re.findall(r"\d+", self.shown))
        else:
            amount = quantity(self.shown)
            sign = "%" * amount.is_percent
            what = f"{amount.amount.normalize():f}{sign}"
        return f"{what} {self.relation} {self.source}"


@dataclass(frozen=True)
class Quantity:
    """A number as prose shows it, read.

    Attributes:
        amount: How much it is; a percentage as the number before its sign.
        tolerance: Half of its last digit.
        is_percent: Whether a percent sign follows.
    """

    amount: Decimal
    tolerance: Decimal
    is_percent: bool = False


def quantity(shown: str, *, about: bool = False) -> Quantity:
    """Read a number of prose, such as ``−0.03``, ``1,000``, ``1e-5`` or ``97 %``.

    Args:
        shown: The number.
        about: Whether zeros at its end are no digits: ``2000`` from 1500 to 2500.
    """
    text = re.sub(r"[ ,]", "", shown).replace("−", "-")
    scale = next((word for word in SCALES if text.endswith(word)), "")
    text = text.removesuffix(scale).lower()
    mantissa, _, exponent = text.partition("e")
    whole, _, decimals = mantissa.partition(".")
    power = int(exponent or 0) + SCALES.get(scale, 0)
    shift = power - len(decimals)
    digits = whole.strip("+-") + decimals
    if about:
        shift += len(digits) - len(digits.rstrip("0"))
    amount = Decimal(mantissa).scaleb(power)
    return Quantity(amount, Decimal(1).scaleb(shift) / 2, scale == "%")


def bound(text: str) -> Iterator[Bound]:
    """The numbers with a source in a text, outside code and formulas."""
    if "{" not in text:
        return
    for match in _CODE_OR_MARK.finditer(text):
        if match["shown"] is not None:
            yield Bound(
                match["shown"], match["relation"], match["source"], match.start()
            )


def without_attributes(text: str) -> str:
    """A text without attribute lists, which only builders of HTML understand."""
    if "{" not in text:
        return text
    return _CODE_OR_ATTRIBUTES.sub(
        lambda match: "" if match["attributes"] else match[0], text
    )


def rules(text: str) -> Iterator[str]:
    """The names of the rules in a text, in its order."""
    return (name for name, _ in rule_spans(text))


def rule_spans(text: str) -> Iterator[tuple[str, str]]:
    """The name and the sentence of each rule in a text, in its order."""
    if "rule=" in text:
        yield from ((m["rule"], m["sentence"]) for m in _RULE.finditer(text))


def blanked_rules(text: str) -> str:
    """A text with an ellipsis for each rule."""
    return _RULE.sub("…", text) if "rule=" in text else text


def unbound(text: str) -> str:
    """A text as readers see it: numbers without their sources, rules without names."""
    if "{" not in text:
        return text
    text = _RULE.sub(lambda match: match["sentence"], text)
    return _CODE_OR_MARK.sub(lambda match: match["shown"] or match[0], text)
