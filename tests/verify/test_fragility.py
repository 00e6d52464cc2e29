from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
import torch
from tests.lessons import library_of

from example_docs.verify import rounding as fragility
from example_docs.verify.rounding import Noise, edges, elsewhere
from example_docs.verify.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from example_docs.code.library import Library

LESSON = '''
    import torch


    def sum_is_one() -> None:
        """A comparison that hangs on the last bit.

        >>> sum_is_one()
        {first}
        """
        print(torch.exp(torch.tensor([0.1, 0.2])).sum().item() == {value!r})


    def edge_of_scientific() -> None:
        """The smallest element is just small enough for scientific notation.

        >>> edge_of_scientific()
        {second}
        """
        small = torch.exp(torch.tensor(-9.0)) / {scale!r} * 1e-4
        print(torch.stack([small, torch.tensor(0.0512345)]))


    def digits() -> None:
        """Digits that have nothing to fear.

        >>> digits()
        tensor([1.1052, 1.2214])
        True
        """
        x = torch.tensor([0.1, 0.2])
        print(torch.exp(x))
        print(torch.equal(torch.exp(x), x.exp()))


    def exact() -> None:
        """Whole numbers are not rounded.

        >>> exact()
        True
        """
        a = torch.arange(6.0).reshape(2, 3)
        print((a @ a.T).sum().item() == 83 + 0)
'''


@pytest.fixture
def lesson(package: str, tmp_path: Path) -> Library:
    """A lesson whose promises are what this machine prints."""
    value = torch.exp(torch.tensor([0.1, 0.2])).sum().item()
    scale = torch.exp(torch.tensor(-9.0)).item()
    small = torch.exp(torch.tensor(-9.0)) / scale * 1e-4
    shown = str(torch.stack([small, torch.tensor(0.0512345)]))
    text = LESSON.format(first=True, value=value, scale=scale, second=shown)
    text = text.replace("83 + 0", str(exact_sum()))
    return library_of(tmp_path, package, fragile=text)


def exact_sum() -> int:
    a = torch.arange(6.0).reshape(2, 3)
    return int((a @ a.T).sum().item())


def test_an_example_at_an_edge_is_named(lesson: Library) -> None:
    examples = [lesson.example(f"fragile:{name}") for name in NAMES]
    assert [verify(example).complaint for example in examples] == [None] * 4
    found = {edge.verdict.example.name: str(edge) for edge in edges(examples)}
    assert list(found) == ["sum_is_one", "edge_of_scientific"]
    assert (
        "fragile.py:4: sum_is_one() hangs on rounding, moved by one ulp"
        in (found["sum_is_one"])
    )
    assert "expected 'True', found 'False'" in found["sum_is_one"]


NAMES = ("sum_is_one", "edge_of_scientific", "digits", "exact")


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_rounded_result_moves_by_one_ulp_and_the_same_each_time(
    dtype: torch.dtype,
) -> None:
    x = torch.linspace(-3, 3, 101, dtype=dtype)
    integers = {torch.float32: torch.int32, torch.float64: torch.int64}[dtype]
    right = torch.tanh(x).view(integers)
    for seed in fragility.SEEDS:
        with Noise(seed):
            moved, again = torch.tanh(x), x.tanh()
            negative = torch.tanh(-x)
        steps = (moved.view(integers) - right).tolist()
        assert set(steps) == {-1, 0, 1}
        assert steps[50] == 0  # tanh(0) is 0 and was not rounded
        assert torch.equal(moved, again)
        assert torch.equal(moved, -negative)


def test_addition_and_generators_are_left_alone() -> None:
    x = torch.rand(100)
    torch.manual_seed(0)
    plain = (x + 0.1, x * 0.1, torch.rand(3))
    torch.manual_seed(0)
    with Noise(1):
        noisy = (x + 0.1, x * 0.1, torch.rand(3))
    assert all(map(torch.equal, plain, noisy))


def test_the_backward_pass_moves_too() -> None:
    def slopes() -> torch.Tensor:
        x = torch.linspace(0.1, 1, 50, requires_grad=True)
        torch.sigmoid(x).sum().backward()
        assert x.grad is not None
        return x.grad

    right = slopes()
    with Noise(1):
        assert not torch.equal(slopes(), right)


def test_other_ways_of_this_machine_are_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fragility, "ENVIRONMENTS", {"elsewhere": {"ELSEWHERE": "1"}})
    monkeypatch.setattr(sys, "executable", str(command(tmp_path, 'exit "$ELSEWHERE"')))
    assert list(elsewhere(tmp_path, ["lesson"])) == ["elsewhere:\nran\n"]
    monkeypatch.setattr(sys, "executable", str(command(tmp_path, "exit 0")))
    assert list(elsewhere(tmp_path, [])) == []


def command(folder: Path, end: str) -> Path:
    path = folder / "python"
    path.write_text(f"#!/bin/sh\necho ran\n{end}\n", encoding="utf-8")
    path.chmod(0o755)
    return path
