"""A digit or a sign changes on a page: a number in prose, a formula, a derivative."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch
from tests.formulas import formulas
from tests.project import LANGUAGES, LIBRARY, ROOT, pages
from tests.test_derivatives import (
    CLAIMS,
    DERIVATIVES,
    ENGLISH,
    NOT_STATED,
    Claim,
    check,
    unheld,
)

from example_docs.errors import ExampleError
from example_docs.inline import Bound, bound
from example_docs.promise_mutants import digits_changed
from example_docs.quantities import Sources, read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor

NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[-+]?\d+)?")


# Numbers in prose ---------------------------------------------------------------------


def changed(mark: Bound) -> Iterator[Bound]:
    """A bound number with one digit changed, or without its sign."""
    for match in NUMBER.finditer(mark.shown):
        for digits in digits_changed(match[0]):
            shown = mark.shown[: match.start()] + digits + mark.shown[match.end() :]
            yield replace(mark, shown=shown)


def any_digit(mark: Bound) -> Iterator[Bound]:
    """A bound number with any other digit in the place of each."""
    for index, sign in enumerate(mark.shown):
        if sign.isdecimal():
            for digit in set("0123456789") - {sign}:
                shown = f"{mark.shown[:index]}{digit}{mark.shown[index + 1 :]}"
                yield replace(mark, shown=shown)


def is_right(sources: Sources, mark: Bound) -> bool:
    try:
        sources.check(mark)
    except ExampleError:
        return False
    return True


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bound_number_that_changes_is_noticed(language: str) -> None:
    tried, kept, unnoticed = 0, 0, []
    for name in pages(language):
        page = read_page(ROOT / "docs" / language, name)
        sources = Sources(LIBRARY, page)
        for line, text in page.prose:
            for mark in bound(text):
                if mark.relation == "given" or not is_right(sources, mark):
                    continue  # bound to nothing; or wrong, which its own test says
                found = [is_right(sources, other) for other in changed(mark)]
                tried += len(found)
                kept += sum(found)
                if all(found) and all(is_right(sources, o) for o in any_digit(mark)):
                    unnoticed.append(f"{language}/{name}:{line}: {mark.shown}")
    assert unnoticed == []
    # The rest are other numbers that the same example prints.
    assert kept <= 0.05 * tried


# Formulas -----------------------------------------------------------------------------


def changed_tex(tex: str) -> Iterator[str]:
    """A formula with one sign or one digit changed."""
    for match in re.finditer(r"[-+0-9]", tex):
        sign = match[0]
        other = {"+": "-", "-": "+"}.get(sign) or str((int(sign) + 1) % 10)
        yield tex[: match.start()] + other + tex[match.end() :]


def is_noticed(known: set[str], there: list[str], index: int, tex: str) -> bool:
    """Whether the tests of the derivatives fail if a formula becomes another.

    Args:
        known: The formulas that those tests hold.
        there: All formulas of the pages.
        index: Which of them changes.
        tex: What it becomes.
    """
    now = [*there[:index], tex, *there[index + 1 :]]
    return bool(unheld(f"${tex}$", known)) or not known <= set(now)


def test_each_sign_and_digit_of_a_derivative_is_held() -> None:
    known = {*DERIVATIVES, *NOT_STATED}
    there = [each.tex for page in ENGLISH.values() for each in formulas(page)]
    survivors = []
    count = 0
    for index, tex in enumerate(there):
        if tex not in DERIVATIVES:
            continue
        for other in changed_tex(tex):
            count += 1
            # The arrow of a table's row is ours, and not a sign of the formula.
            if "->" in tex and "->" not in other:
                continue
            statement = other.replace(" -> ", " = ") if "->" in tex else other
            if is_noticed(known, there, index, statement):
                continue
            survivors.append(f"{tex}: {other}")
    assert survivors == []
    assert count > 100


def test_a_change_to_a_page_is_found_there() -> None:
    known = {*DERIVATIVES, *NOT_STATED}
    found = 0
    for page in ENGLISH.values():
        for formula in formulas(page):
            tex = formula.tex
            if tex not in DERIVATIVES or page.count(tex) != 1 or "2" not in tex:
                continue
            other = tex.replace("2", "3", 1)
            wrong = unheld(page.replace(tex, other), known)
            assert other in {each.tex for each in wrong}
            found += 1
    assert found > 10


# The derivatives behind them ----------------------------------------------------------


def negated(claim: Claim) -> Claim:
    return replace(claim, derivative=lambda x: -claim.derivative(x))


def scaled(claim: Claim) -> Claim:
    return replace(claim, derivative=lambda x: 1.001 * claim.derivative(x))


def shifted(claim: Claim) -> Claim:
    return replace(claim, derivative=lambda x: claim.derivative(x) + 0.001)


def is_zero(claim: Claim) -> bool:
    """Whether the derivative is 0 wherever it is compared."""
    found: list[Tensor] = [
        claim.derivative(torch.tensor(point, dtype=torch.float64))
        for point in claim.points
    ]
    return not any(values.any() for values in found)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_derivative_that_is_a_little_off_is_noticed(name: str) -> None:
    claim = CLAIMS[name]
    wrong = [shifted(claim)]
    if not is_zero(claim):
        wrong += [negated(claim), scaled(claim)]
    for other in wrong:
        with pytest.raises(AssertionError, match="not close"):
            check(other, "autograd")
