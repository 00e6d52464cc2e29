"""The marks of the examples, taken away: without its mark, an example fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from tests.project import LIBRARY, PACKAGE

from example_docs.marks import OnCuda, mark_of
from example_docs.verify.pytorch import prepare
from example_docs.verify.run import run
from example_docs.verify.verify import disagreement, load

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

    from example_docs.code.library import Example

UNSEEN = {
    "regression.checks:rate_for_a_network": (
        "the trained network has the same loss, whatever it began with"
    ),
    "activations.initialisation:forwards_and_backwards": (
        "the variances of these sizes agree to the digit shown, whatever was drawn"
    ),
    "tensors.random:scaled_and_shifted": (
        "ends, mean and spread agree to the digits shown, whatever was drawn"
    ),
    "tensors.select:boundaries_out_of_order": ("the stand-in searches as the CPU does"),
}
"""The marks that are right, and of which the stand-in cannot show it."""


def marked() -> list[ParameterSet]:
    """The examples that have a mark for CUDA."""
    found = []
    for example in LIBRARY:
        if mark_of(load(example)) == OnCuda():
            continue
        name = example.full_name.removeprefix(f"{PACKAGE}.")
        reason = UNSEEN.get(name)
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        found.append(pytest.param(example, id=name, marks=marks))
    return found


@pytest.mark.parametrize("example", marked())
def test_example_fails_without_its_mark(example: Example) -> None:
    assert (
        disagreement(example.noted, run(load(example), "cuda", prepare=prepare))
        is not None
    )


def test_unseen_marks_are_marks() -> None:
    for name in UNSEEN:
        assert mark_of(load(LIBRARY.example(name))) != OnCuda()


def test_rehearsal_is_on_the_stand_in() -> None:
    assert torch.cuda.get_device_name().startswith("Stand-in")
