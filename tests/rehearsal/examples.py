"""Every example on the stand-in, as the course's tests run them on CUDA."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from tests.project import LIBRARY, PACKAGE
from tests.rehearsal.plugin import CALLS

from example_docs.verify.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from example_docs.code.library import Example

UNABLE = {
    "autograd.func:hessian_of_each_point": (
        "forward mode under vmap ends the process on the stand-in"
    ),
    "tensors.devices:autocast_rounds_products": (
        "autocast asks for properties of a device, of which the stand-in has none"
    ),
}
"""What the stand-in cannot do, though CUDA can."""

STANDIN = torch.ops.standin


def test_what_it_cannot_do_are_examples() -> None:
    known = {e.full_name.removeprefix(f"{PACKAGE}.") for e in LIBRARY}
    assert set(UNABLE) <= known


@pytest.mark.parametrize("example", list(LIBRARY), ids=lambda e: e.full_name)
def test_example_runs_on_the_device(
    example: Example, record_property: Callable[[str, object], None]
) -> None:
    name = example.full_name.removeprefix(f"{PACKAGE}.")
    if name in UNABLE:
        pytest.skip(UNABLE[name])
    before = STANDIN.calls()
    verdict = verify(example, "cuda")
    record_property(CALLS, STANDIN.calls() - before)
    if verdict.complaint is not None:
        pytest.fail(verdict.explanation, pytrace=False)
    assert STANDIN.events() == []
