"""No program uses a name of torch before the lesson that introduces it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import pytest
import torch
import yaml
from tests.project import LANGUAGES, LIBRARY, PACKAGE, ROOT

from example_docs.code.uses import names_used

INTRODUCED = ROOT / "docs" / "introduced.yml"
OWNERS = (
    torch.Tensor,
    torch.Generator,
    torch.dtype,
    torch.nn.Linear,
    torch.optim.Adam,
    torch.optim.lr_scheduler.ReduceLROnPlateau,
    torch.utils.data.DataLoader,
    torch.autograd.Function,
)
"""Whose methods are methods of torch."""


class Use(NamedTuple):
    """A name in the program of an example."""

    lesson: str
    place: str
    name: str


@cache
def course() -> tuple[str, ...]:
    """The lessons in the order of the navigation."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = re.findall(r"^ +- .*: ([\w/-]+)\.md$", text, re.MULTILINE)
    return tuple(page for page in pages if module_of(page) in LIBRARY)


def module_of(lesson: str) -> str:
    """The module of a page."""
    return f"{PACKAGE}.{lesson.replace('/', '.').replace('-', '_')}"


@cache
def uses() -> tuple[Use, ...]:
    """Every name of torch in every program, in the course's order."""
    found = []
    for lesson in course():
        module = LIBRARY.module(module_of(lesson))
        for example in LIBRARY.examples_of(module):
            place = f"{module.path.relative_to(ROOT)}:{example.node.lineno}"
            names = names_used(example.program.text, "torch")
            found += [Use(lesson, place, name) for name in names if is_torch(name)]
    return tuple(found)


def is_torch(name: str) -> bool:
    """Whether a method is one of torch's classes, and no dunder or that of a tuple."""
    if not name.startswith("."):
        return True
    if name.startswith(".__") or hasattr(tuple, name[1:]):
        return False
    return any(hasattr(owner, name[1:]) for owner in OWNERS)


def read() -> tuple[dict[str, str], dict[str, list[str]]]:
    """The overviews, each with its reason, and what each lesson introduces."""
    content = yaml.safe_load(INTRODUCED.read_text(encoding="utf-8"))
    return content["overviews"], content["lessons"]


def complaints(
    overviews: dict[str, str], lessons: dict[str, list[str]], uses: tuple[Use, ...]
) -> list[str]:
    """Say what is used too early, introduced by nobody, or introduced in vain."""
    position = {lesson: number for number, lesson in enumerate(course())}
    home = {name: lesson for lesson, names in lessons.items() for name in names}
    said = []
    for lesson, place, name in uses:
        if lesson in overviews:
            continue
        if name not in home:
            said.append(f"{place}: no lesson introduces {name}")
        elif position[lesson] < position[home[name]]:
            said.append(f"{place}: uses {name}, which {home[name]} introduces")
    shown = {(use.lesson, use.name) for use in uses}
    said += [
        f"docs/introduced.yml: no program of {lesson} uses {name}"
        for name, lesson in home.items()
        if (lesson, name) not in shown
    ]
    return said


def test_lessons_stand_in_the_order_of_the_navigation() -> None:
    overviews, lessons = read()
    assert [*lessons] == [lesson for lesson in course() if lesson in lessons]
    assert set(lessons) <= set(course())
    assert set(overviews) <= set(course())


def test_a_name_is_introduced_once() -> None:
    _, lessons = read()
    names = [name for introduced in lessons.values() for name in introduced]
    assert sorted(names) == sorted(set(names))


def test_nothing_is_used_before_it_is_introduced() -> None:
    assert len(uses()) > 1000
    found = complaints(*read(), uses())
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_lesson_introduces_its_page_speaks_of(language: str) -> None:
    missing = []
    for lesson, names in read()[1].items():
        page = (ROOT / "docs" / language / f"{lesson}.md").read_text(encoding="utf-8")
        prose = re.sub(r"^::.*$", "", page, flags=re.MULTILINE)
        missing += [
            f"docs/{language}/{lesson}.md does not speak of {name}"
            for name in names
            if not re.search(rf"(?<!\w){word_of(name)}(?!\w)", prose)
        ]
    assert not missing, "\n".join(missing)


def word_of(name: str) -> str:
    """The word by which a page speaks of a name."""
    return re.escape(name.strip("=").rpartition(".")[2])


def test_a_slip_is_noticed() -> None:
    first, second = course()[:2]
    early = (Use(first, "a.py:1", ".sum"), Use(second, "b.py:1", ".sum"))
    assert complaints({}, {second: [".sum"]}, early) == [
        f"a.py:1: uses .sum, which {second} introduces"
    ]
    assert complaints({}, {}, early[:1]) == ["a.py:1: no lesson introduces .sum"]
    assert complaints({}, {first: [".sum"]}, early[1:]) == [
        f"docs/introduced.yml: no program of {first} uses .sum"
    ]
    assert not complaints({first: "looks ahead"}, {second: [".sum"]}, early)
