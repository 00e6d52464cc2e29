"""A digit or a sign changes on a page: a number in prose, a formula, a derivative."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch
from tests.course.test_derivatives import (
    CLAIMS,
    DERIVATIVES,
    ENGLISH,
    NOT_STATED,
    Claim,
    check,
    unheld,
)
from tests.formulas import formulas
from tests.lessons import PACKAGE, library_of
from tests.project import LANGUAGES, LIBRARY, ROOT, configure, pages

from example_docs.cli import main
from example_docs.errors import ExampleError
from example_docs.mutation.pages import numbers_changed, other, page_findings
from example_docs.numbers.prose import Sources, read_page
from example_docs.pages.blocks import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from torch import Tensor

    from example_docs.mutation.pages import PageFindings
    from example_docs.pages.inline import Bound


# Numbers in prose ---------------------------------------------------------------------


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
def test_a_number_that_is_wrong_in_both_languages_is_noticed(language: str) -> None:
    tried, kept, unnoticed = 0, 0, []
    for name in pages(language):
        page = read_page(ROOT / "docs" / language, name)
        sources = Sources(LIBRARY, page)
        for block in blocks(page.text):
            found: dict[Bound, list[bool]] = {}
            for mark, wrong, _ in numbers_changed(block):
                # Bound to nothing; or wrong already, which its own test says.
                if mark.relation != "given" and is_right(sources, mark):
                    found.setdefault(mark, []).append(is_right(sources, wrong))
            for mark, right in found.items():
                tried += len(right)
                kept += sum(right)
                if all(right) and all(is_right(sources, o) for o in any_digit(mark)):
                    place = f"{language}/{name}:{block.line}"
                    unnoticed.append(f"{place}: {mark.shown}")
    assert unnoticed == []
    # The rest are other numbers that the same example prints.
    assert kept <= 0.05 * tried


# One language -------------------------------------------------------------------------

LESSON = '''
    def show() -> None:
        """Show.

        >>> show()
        12.5 18.5
        """
        print(12.5, 18.5)
'''
PAGE = """# Page {{ #page }}

::example {lesson}

It prints {{12.5 = {lesson}}}, and $a + 1$.

$$
b - 2
$$

| Sum |
|---|
| {{18.5 = {lesson}}} |
"""


def findings(tmp_path: Path, left: str, right: str) -> PageFindings:
    """What comes of changes to ``left``."""
    library = library_of(tmp_path, lesson=LESSON)
    for language, page in (("en", left), ("zh", right)):
        folder = tmp_path / "docs" / language
        folder.mkdir(parents=True)
        text = page.format(lesson="lesson:show")
        (folder / "page.md").write_text(text, encoding="utf-8")
    docs = tmp_path / "docs"
    return page_findings(library, docs / "en", docs / "zh", "page.md")


def test_what_one_language_says_is_held_by_the_other(tmp_path: Path) -> None:
    found = findings(tmp_path, PAGE, PAGE)
    assert found.survivors == []
    # Two digits that begin and end 12.5 and 18.5, on both sides of the point.
    assert found.tried == {"page: number": 6, "page: formula": 4}


def test_what_neither_side_says_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("example_docs.mutation.pages.differences", lambda *_: [])
    found = findings(tmp_path, PAGE, PAGE)
    lines = [line.partition("page.md:")[2] for _, line in found.survivors]
    assert lines == [
        "5: page: formula: a + 1 -> a - 1",
        "5: page: formula: a + 1 -> a + 2",
        "7: page: formula: $$ b - 2 $$ -> $$ b + 2 $$",
        "7: page: formula: $$ b - 2 $$ -> $$ b - 3 $$",
    ]


def test_the_command_tries_the_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(tmp_path, PACKAGE)
    findings(tmp_path, PAGE, PAGE)
    call = ["--root", str(tmp_path), "mutate", "--only", "pages"]
    assert main(call) == 0
    assert "page: number                    12       12" in capsys.readouterr().out
    # That page belongs to no lesson of this name.
    assert main([*call, "lesson"]) == 0
    assert "page: number" not in capsys.readouterr().out
    monkeypatch.setattr("example_docs.mutation.pages.differences", lambda *_: [])
    assert main(call) == 1
    assert "7: page: formula: $$ b - 2 $$ -> $$ b + 2 $$" in capsys.readouterr().out


# Formulas -----------------------------------------------------------------------------


def changed_tex(tex: str) -> Iterator[str]:
    """A formula with one sign or one digit changed."""
    for match in re.finditer(r"[-+0-9]", tex):
        yield tex[: match.start()] + other(match[0]) + tex[match.end() :]


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
        for wrong in changed_tex(tex):
            count += 1
            # The arrow of a table's row is ours, and not a sign of the formula.
            if "->" in tex and "->" not in wrong:
                continue
            statement = wrong.replace(" -> ", " = ") if "->" in tex else wrong
            if is_noticed(known, there, index, statement):
                continue
            survivors.append(f"{tex}: {wrong}")
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
            changed = tex.replace("2", "3", 1)
            wrong = unheld(page.replace(tex, changed), known)
            assert changed in {each.tex for each in wrong}
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
    for each in wrong:
        with pytest.raises(AssertionError, match="not close"):
            check(each, "autograd")
