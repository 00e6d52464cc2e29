"""Every example on every device. Needs torch and its like, and nothing of the site.

A program is executed once a device and a run. What is executed is the text that readers
copy, in a fresh namespace: only that shows that no import and no helper is missing. The
function in the lesson is the same program by its syntax tree, which this file shows; so
is what the pages publish in each language, which ``test_published`` shows.
"""

from __future__ import annotations

import ast
from functools import cache

import pytest
from tests.project import LIBRARY
from tests.sameness import not_of_the_function

from example_docs.code.library import Example, Module, required_parameters
from example_docs.verify.pytorch import devices
from example_docs.verify.verify import verify_program

WIDTH = 79
"""The columns that a phone can show."""


@pytest.mark.parametrize(
    ("device", "example"),
    [
        pytest.param(device, example, id=f"{device}-{example.full_name}")
        for device in devices()
        for example in LIBRARY
    ],
)
def test_example_does_what_it_promises(device: str, example: Example) -> None:
    verdict = verify_program(example, device)
    if verdict.complaint is not None:
        pytest.fail(verdict.explanation, pytrace=False)


@pytest.mark.parametrize("module", list(LIBRARY.modules()), ids=lambda m: m.name)
def test_the_programs_are_the_functions(module: Module) -> None:
    assert [
        f"{example.name}: {statement}"
        for example in LIBRARY.examples_of(module)
        for statement in not_of_the_function(example, example.program.text)
    ] == []


@pytest.mark.parametrize("module", list(LIBRARY.modules()), ids=lambda m: m.name)
def test_the_programs_fit_a_phone(module: Module) -> None:
    assert [
        f"{example.name}: {line}"
        for example in LIBRARY.examples_of(module)
        for line in example.program.text.splitlines()
        if len(line) > WIDTH
    ] == []


@cache
def helping() -> frozenset[str]:
    """The names of all helpers that examples use."""
    programs = (example.program for example in LIBRARY)
    return frozenset(piece.name for program in programs for piece in program.helpers)


@pytest.mark.parametrize("module", list(LIBRARY.modules()), ids=lambda m: m.name)
def test_function_is_an_example_or_helps_one(module: Module) -> None:
    left_over = [
        name
        for name, node in module.definitions.items()
        if isinstance(node, ast.FunctionDef)
        and not name.startswith("_")
        and not required_parameters(node)
        and name not in {*module.examples, *helping()}
    ]
    assert left_over == []
