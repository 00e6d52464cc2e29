"""Rules of backprop/one-weight."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import assume
from hypothesis import strategies as st
from tests.rule import rule
from torch.testing import assert_close

numbers = st.floats(-100, 100)
points = st.lists(st.tuples(numbers, numbers), min_size=2, max_size=6)


def weight(value: float) -> torch.Tensor:
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


def gradient(w: float, x: float, y: float) -> float:
    """The gradient of the squared error of one sample, by autograd."""
    leaf = weight(w)
    ((leaf * x - y) ** 2).backward()
    assert leaf.grad is not None
    return leaf.grad.item()


def close(one: float, other: float) -> bool:
    return one == pytest.approx(other, rel=1e-9, abs=1e-9)


@rule(w=numbers, x=numbers, y=numbers)
def gradient_of_one_sample_is_two_x_times_the_difference(
    w: float, x: float, y: float
) -> None:
    assert close(gradient(w, x, y), 2 * x * (w * x - y))


@gradient_of_one_sample_is_two_x_times_the_difference.false(
    "the gradient is twice the difference"
)
def _(w: float, x: float, y: float) -> None:
    assert close(gradient(w, x, y), 2 * (w * x - y))


@rule(w=numbers, x=numbers, y=numbers, rate=st.floats(0.01, 1))
def backward_changes_no_weight(w: float, x: float, y: float, rate: float) -> None:
    del rate
    leaf = weight(w)
    ((leaf * x - y) ** 2).backward()
    assert leaf.item() == w


@backward_changes_no_weight.false("backpropagation improves the weights")
def _(w: float, x: float, y: float, rate: float) -> None:
    leaf = weight(w)
    ((leaf * x - y) ** 2).backward()
    assert close(leaf.item(), w - rate * 2 * x * (w * x - y))


def epoch(w: float, samples: list[tuple[float, float]], rate: float) -> float:
    """The weight after an update with each sample."""
    for x, y in samples:
        w -= rate * gradient(w, x, y)
    return w


small = st.floats(-10, 10)


@rule(xs=st.lists(small, min_size=2, max_size=6), slope=small, data=st.data())
def for_points_on_the_line_the_order_does_not_change_the_weight(
    xs: list[float], slope: float, data: st.DataObject
) -> None:
    samples = [(x, slope * x) for x in xs]
    shuffled = data.draw(st.permutations(samples))
    assert close(epoch(3.0, samples, 0.001), epoch(3.0, shuffled, 0.001))


@for_points_on_the_line_the_order_does_not_change_the_weight.false(
    "the order of the samples does not change the weight"
)
def _(xs: list[float], slope: float, data: st.DataObject) -> None:
    samples = [(x, slope * x + 1) for x in xs]
    shuffled = data.draw(st.permutations(samples))
    assert close(epoch(3.0, samples, 0.001), epoch(3.0, shuffled, 0.001))


@rule(w=numbers, x=st.floats(-20, 20))
def an_update_multiplies_the_distance_by_a_constant_factor(w: float, x: float) -> None:
    after = epoch(w, [(x, 2 * x)], 0.01)
    assert close(after - 2, (w - 2) * (1 - 0.02 * x**2))


@an_update_multiplies_the_distance_by_a_constant_factor.false(
    "every update takes the weight nearer to 2"
)
def _(w: float, x: float) -> None:
    assume(abs(w - 2) > 1e-6)
    assert abs(epoch(w, [(x, 2 * x)], 0.01) - 2) <= abs(w - 2)


@rule(
    w=st.floats(2**-10, 2**10, width=32),
    part=st.floats(0, 0.49),
    up=st.booleans(),
)
def a_step_below_half_the_gap_is_rounded_away(w: float, part: float, up: bool) -> None:  # noqa: FBT001 (drawn)
    leaf = torch.tensor(w, dtype=torch.float32)
    towards = torch.tensor(math.inf if up else -math.inf)
    step = part * (torch.nextafter(leaf, towards) - leaf)
    assert leaf + step == leaf


@a_step_below_half_the_gap_is_rounded_away.false(
    "as long as the gradient is not 0, a step changes the weight"
)
def _(w: float, part: float, up: bool) -> None:  # noqa: FBT001 (drawn)
    leaf = torch.tensor(w, dtype=torch.float32)
    towards = torch.tensor(math.inf if up else -math.inf)
    step = part * (torch.nextafter(leaf, towards) - leaf)
    assume(step != 0)
    assert leaf + step != leaf


@rule(w=numbers, samples=points)
def without_clearing_the_gradients_add_up(
    w: float, samples: list[tuple[float, float]]
) -> None:
    leaf = weight(w)
    for x, y in samples:
        ((leaf * x - y) ** 2).backward()
    assert leaf.grad is not None
    total = sum(gradient(w, x, y) for x, y in samples)
    assert leaf.grad.item() == pytest.approx(total, rel=1e-9, abs=1e-6)


@without_clearing_the_gradients_add_up.false("backward() replaces the old gradient")
def _(w: float, samples: list[tuple[float, float]]) -> None:
    leaf = weight(w)
    for x, y in samples:
        ((leaf * x - y) ** 2).backward()
    assert leaf.grad is not None
    assert close(leaf.grad.item(), gradient(w, *samples[-1]))


def gradient_of_the_mean(w: float, samples: list[tuple[float, float]]) -> torch.Tensor:
    leaf = weight(w)
    x, y = torch.tensor(samples, dtype=torch.float64).T
    ((leaf * x - y) ** 2).mean().backward()
    assert leaf.grad is not None
    return leaf.grad


def gradients(w: float, samples: list[tuple[float, float]]) -> torch.Tensor:
    each = [gradient(w, x, y) for x, y in samples]
    return torch.tensor(each, dtype=torch.float64)


@rule(w=numbers, samples=points)
def gradient_of_the_mean_is_the_mean_of_the_gradients(
    w: float, samples: list[tuple[float, float]]
) -> None:
    mean = gradients(w, samples).mean()
    assert_close(gradient_of_the_mean(w, samples), mean, rtol=1e-7, atol=1e-6)


@gradient_of_the_mean_is_the_mean_of_the_gradients.false(
    "the gradient of the mean is the sum of the gradients"
)
def _(w: float, samples: list[tuple[float, float]]) -> None:
    total = gradients(w, samples).sum()
    assert_close(gradient_of_the_mean(w, samples), total, rtol=1e-7, atol=1e-6)
