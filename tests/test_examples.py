"""Every example on every device. Needs torch and its like, and nothing of the site."""

from __future__ import annotations

import ast
from functools import cache

import pytest
from tests.project import LIBRARY

from example_docs.code.library import Example, Module, required_parameters
from example_docs.verify.run import devices
from example_docs.verify.verify import verify

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
    verdict = verify(example, device)
    if verdict.complaint is not None:
        pytest.fail(verdict.explanation, pytrace=False)


@pytest.mark.parametrize("example", list(LIBRARY), ids=lambda e: e.full_name)
def test_program_fits_a_phone(example: Example) -> None:
    lines = example.program.text.splitlines()
    assert [line for line in lines if len(line) > WIDTH] == []


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
