"""Rules of activations/compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import nn
from torch.nn.functional import leaky_relu, silu, softplus

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = Callable[[torch.Tensor], torch.Tensor]

FUNCTIONS: dict[str, Function] = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": nn.LeakyReLU(0.1),
    "softplus": softplus,
    "silu": silu,
}
BOUNDED = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}

names = st.sampled_from(sorted(FUNCTIONS))
seeds = st.integers(0, 10_000)
numbers = st.floats(-1000, 1000)


def float64(number: float) -> torch.Tensor:
    return torch.tensor(number, dtype=torch.float64)


def slope(function: Function, at: torch.Tensor) -> torch.Tensor:
    x = at.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(function(x).sum(), x)
    return gradient


def near(number: torch.Tensor | float, other: torch.Tensor | float) -> bool:
    return float(number) == pytest.approx(float(other), abs=1e-9, rel=1e-6)


@rule(name=names, at=st.one_of(numbers, st.floats(10, 1e6)))
def only_sigmoid_and_tanh_are_bounded(name: str, at: float) -> None:
    value = FUNCTIONS[name](float64(at)).item()
    if name in BOUNDED:
        low, high = BOUNDED[name]
        assert low <= value <= high
    elif at >= 10:
        assert value == pytest.approx(at, abs=0.001)


@only_sigmoid_and_tanh_are_bounded.false("activations squash their input")
def _(name: str, at: float) -> None:
    assert -1 <= FUNCTIONS[name](float64(at)).item() <= 1


@rule(name=names, at=st.one_of(st.floats(-30, 30), st.just(0.0)))
def formulas_of_the_slopes_agree_with_autograd(name: str, at: float) -> None:
    x = float64(at)
    s = torch.sigmoid(x)
    formulas: dict[str, torch.Tensor | float] = {
        "sigmoid": s * (1 - s),
        "tanh": 1 - torch.tanh(x) ** 2,
        "relu": 1.0 if at > 0 else 0.0,
        "leaky_relu": 1.0 if at > 0 else 0.1,
        "softplus": s,
        "silu": s * (1 + x * (1 - s)),
    }
    assert near(slope(FUNCTIONS[name], x), formulas[name])


@formulas_of_the_slopes_agree_with_autograd.false("silu is as steep as softplus")
def _(name: str, at: float) -> None:
    del name
    assert near(slope(silu, float64(at)), slope(softplus, float64(at)))


@rule(leak=st.floats(-2, 2))
def relu_and_leaky_relu_take_the_left_slope_at_zero(leak: float) -> None:
    zero = float64(0.0)
    assert slope(torch.relu, zero) == 0
    assert slope(lambda x: leaky_relu(x, negative_slope=leak), zero) == leak


@relu_and_leaky_relu_take_the_left_slope_at_zero.false(
    "at a kink PyTorch takes the mean of both slopes"
)
def _(leak: float) -> None:
    assert near(
        slope(lambda x: leaky_relu(x, negative_slope=leak), float64(0.0)),
        (leak + 1) / 2,
    )


def ten_times(function: Function) -> Function:
    def chain(x: torch.Tensor) -> torch.Tensor:
        for _ in range(10):
            x = function(x)
        return x

    return chain


@rule(at=st.one_of(numbers, st.floats(-1, 1)))
def ten_sigmoids_leave_less_than_a_millionth(at: float) -> None:
    assert slope(ten_times(torch.sigmoid), float64(at)) < 1e-6


@ten_sigmoids_leave_less_than_a_millionth.false(
    "ten layers leave less than a millionth, whatever the activation"
)
def _(at: float) -> None:
    assert slope(ten_times(torch.tanh), float64(at)) < 1e-6


def first_to_last(
    optimiser: type[torch.optim.Optimizer], seed: int, width: int
) -> float:
    """How far ten steps move the first of ten sigmoid layers, beside the last."""
    torch.manual_seed(seed)
    layers = [nn.Linear(width, width) for _ in range(10)]
    model = nn.Sequential(*[part for layer in layers for part in (layer, nn.Sigmoid())])
    ends = layers[0].weight, layers[-1].weight
    before = [end.detach().clone() for end in ends]
    steps = optimiser(model.parameters(), lr=0.1)  # type: ignore[call-arg]
    inputs, targets = torch.randn(32, width), torch.rand(32, width)
    for _ in range(10):
        steps.zero_grad()
        ((model(inputs) - targets) ** 2).mean().backward()
        steps.step()
    first, last = (
        (end - start).abs().mean().item()
        for end, start in zip(ends, before, strict=True)
    )
    return first / last


@rule(cases=10, seed=seeds, width=st.integers(4, 64))
def gradient_descent_hardly_moves_the_first_of_ten_sigmoid_layers(
    seed: int, width: int
) -> None:
    assert first_to_last(torch.optim.SGD, seed, width) < 0.001


@gradient_descent_hardly_moves_the_first_of_ten_sigmoid_layers.false(
    "the first layer stays as it was drawn, whatever the optimiser"
)
def _(seed: int, width: int) -> None:
    assert first_to_last(torch.optim.Adam, seed, width) < 0.001


def size_at_the_input(function: Function, gain: float, seed: int) -> float:
    """What arrives, through ten layers of 64 units, of a gradient of size 1."""
    torch.manual_seed(seed)
    start = torch.randn(256, 64, requires_grad=True)
    hidden = start
    for _ in range(10):
        hidden = function(hidden @ (torch.randn(64, 64) * gain / 8))
    (gradient,) = torch.autograd.grad(hidden, start, torch.randn(256, 64))
    return gradient.square().mean().sqrt().item()


sizes = st.integers(50, 200)
