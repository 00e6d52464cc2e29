"""Rules of activations/all."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import nn
from torch.nn.functional import elu, gelu, glu, hardswish, leaky_relu, silu, softplus
from torch.testing import assert_close

from torch_by_example.activations.all import ACTIVATIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = Callable[[torch.Tensor], torch.Tensor]

BOUNDED = {
    "Sigmoid",
    "Hardsigmoid",
    "Tanh",
    "Hardtanh",
    "Softsign",
    "ReLU6",
}

names = st.sampled_from(sorted(ACTIVATIONS))
seeds = st.integers(0, 10_000)


def float64(number: float) -> torch.Tensor:
    return torch.tensor(number, dtype=torch.float64)


@rule(name=names, at=st.floats(100, 1e6))
def bounded_on_both_sides_are_the_squashing_ones(name: str, at: float) -> None:
    ends = [abs(ACTIVATIONS[name](float64(x).float()).item()) for x in (-at, at)]
    assert (max(ends) <= 6) == (name in BOUNDED)


@bounded_on_both_sides_are_the_squashing_ones.false("activations squash their input")
def _(name: str, at: float) -> None:
    assert abs(ACTIVATIONS[name](torch.tensor(at)).item()) <= 6


@rule(
    seed=seeds,
    ends=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
    at=st.floats(-10, -0.1),
)
def rrelu_is_random_in_training_and_the_mean_afterwards(
    seed: int, ends: list[float], at: float
) -> None:
    torch.manual_seed(seed)
    low, high = ends
    activation = nn.RReLU(low, high)
    x = torch.full((50,), at, dtype=torch.float64)
    slopes = activation(x) / x
    assert (slopes >= low - 1e-6).all()
    assert (slopes <= high + 1e-6).all()
    if high - low > 0.01:
        assert slopes.unique().numel() > 1
    assert_close(activation.eval()(x), (low + high) / 2 * x)


@rrelu_is_random_in_training_and_the_mean_afterwards.false(
    "its slope is random after training too"
)
def _(seed: int, ends: list[float], at: float) -> None:
    torch.manual_seed(seed)
    outputs = nn.RReLU(ends[0], ends[1]).eval()(torch.full((50,), at))
    assert outputs.unique().numel() > 1


@rule(at=st.floats(-10, 10))
def the_two_forms_of_gelu_are_close(at: float) -> None:
    x = float64(at)
    assert abs(gelu(x) - gelu(x, approximate="tanh")) < 0.0005


@the_two_forms_of_gelu_are_close.false("they are equal to float32's digits")
def _(at: float) -> None:
    x = float64(at)
    assert abs(gelu(x) - gelu(x, approximate="tanh")) < 1e-6


@rule(at=st.one_of(st.floats(3, 1e6), st.floats(-1e6, -3)))
def hardswish_is_relu_beyond_three(at: float) -> None:
    x = float64(at)
    assert_close(hardswish(x), torch.relu(x), rtol=1e-12, atol=0)


@hardswish_is_relu_beyond_three.false("so is SiLU")
def _(at: float) -> None:
    x = float64(at)
    assert_close(silu(x), torch.relu(x), rtol=1e-12, atol=0)


@rule(seed=seeds, size=st.integers(1, 8), rows=st.integers(1, 5))
def glu_takes_the_sigmoid_of_the_second_half(seed: int, size: int, rows: int) -> None:
    torch.manual_seed(seed)
    value, gate = torch.randn(rows, size), torch.randn(rows, size)
    halves = torch.cat([value, gate], dim=1)
    assert_close(glu(halves, dim=1), value * torch.sigmoid(gate))


@glu_takes_the_sigmoid_of_the_second_half.false(
    "the first half goes through the sigmoid"
)
def _(seed: int, size: int, rows: int) -> None:
    torch.manual_seed(seed)
    value, gate = torch.randn(rows, size), torch.randn(rows, size)
    halves = torch.cat([value, gate], dim=1)
    assert_close(glu(halves, dim=1), torch.sigmoid(value) * gate)


RELATIVES: dict[str, Function] = {
    "leaky_relu": leaky_relu,
    "elu": elu,
    "softplus": softplus,
    "silu": silu,
    "gelu": gelu,
}
relatives = st.sampled_from(sorted(RELATIVES))


def slope(function: Function, at: float) -> torch.Tensor:
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    (gradient,) = torch.autograd.grad(function(x), x)
    return gradient


def formula(name: str, at: float) -> torch.Tensor:
    """The slope, as the table of the page has it."""
    x = torch.tensor(at, dtype=torch.float64)
    s = torch.sigmoid(x)
    bell = torch.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)
    formulas = {
        "leaky_relu": torch.where(x > 0, 1.0, 0.01),
        "elu": torch.exp(x).clamp(max=1),
        "softplus": s,
        "silu": s * (1 + x * (1 - s)),
        "gelu": torch.special.ndtr(x) + x * bell,
    }
    chosen: torch.Tensor = formulas[name]
    return chosen.double()


@rule(name=relatives, at=st.floats(12, 1e6))
def far_to_the_right_the_relatives_are_as_good_as_relu(name: str, at: float) -> None:
    x = torch.tensor(at, dtype=torch.float64)
    assert_close(RELATIVES[name](x), torch.relu(x), rtol=1e-4, atol=1e-4)


@far_to_the_right_the_relatives_are_as_good_as_relu.false(
    "far to the left the relatives are as good as ReLU"
)
def _(name: str, at: float) -> None:
    x = -torch.tensor(at, dtype=torch.float64)
    assert_close(RELATIVES[name](x), torch.relu(x), rtol=1e-4, atol=1e-4)


@rule(name=relatives, at=st.one_of(st.floats(-15, 15), st.just(0.0)))
def slopes_of_the_relatives_agree_with_autograd(name: str, at: float) -> None:
    assert_close(slope(RELATIVES[name], at), formula(name, at), rtol=1e-5, atol=1e-7)


@slopes_of_the_relatives_agree_with_autograd.false("no relative ever falls")
def _(name: str, at: float) -> None:
    assert slope(RELATIVES[name], at) >= 0


@rule(at=st.floats(-50, 50), beta=st.floats(0.1, 50))
def softplus_lies_above_relu_by_at_most_ln_2_over_beta(at: float, beta: float) -> None:
    x = torch.tensor(at, dtype=torch.float64)
    above = softplus(x, beta=beta) - torch.relu(x)
    assert 0 <= above <= math.log(2) / beta + 1e-12


@softplus_lies_above_relu_by_at_most_ln_2_over_beta.false(
    "softplus is as good as ReLU whatever beta is"
)
def _(at: float, beta: float) -> None:
    x = torch.tensor(at, dtype=torch.float64)
    assert softplus(x, beta=beta) - torch.relu(x) <= 0.1
