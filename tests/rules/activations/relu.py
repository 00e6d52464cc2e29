"""Rules of activations/relu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import nn
from torch.nn.functional import leaky_relu

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = Callable[[torch.Tensor], torch.Tensor]

seeds = st.integers(0, 10_000)
sizes = st.integers(1, 6)


@rule(
    at=st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(0.0)), min_size=1), seed=seeds
)
def relu_passes_a_gradient_unchanged_or_not_at_all(at: list[float], seed: int) -> None:
    torch.manual_seed(seed)
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    arriving = torch.randn_like(x)
    (passed,) = torch.autograd.grad(torch.relu(x), x, arriving)
    assert torch.equal(passed, torch.where(x > 0, arriving, 0.0))


@relu_passes_a_gradient_unchanged_or_not_at_all.false(
    "in a network of ReLUs gradients keep their size, however many layers they cross"
)
def _(at: list[float], seed: int) -> None:
    torch.manual_seed(seed)
    start = torch.randn(8, len(at), dtype=torch.float64, requires_grad=True)
    hidden = start
    for _ in range(10):
        hidden = torch.relu(nn.Linear(len(at), len(at), dtype=torch.float64)(hidden))
    arriving = torch.randn_like(hidden)
    (passed,) = torch.autograd.grad(hidden, start, arriving)
    open_paths = passed.abs() > 0
    assert (passed.abs() > 0.1 * arriving.abs().min())[open_paths].all()


def gradient_in_place(before: Function, relu: Function, seed: int, size: int) -> bool:
    """Whether a gradient comes back through a ReLU behind another function."""
    torch.manual_seed(seed)
    x = torch.randn(4, size, requires_grad=True)
    try:
        relu(before(x)).sum().backward()
    except RuntimeError:
        return False
    return True


@rule(seed=seeds, size=sizes, outputs=sizes)
def relu_in_place_is_fine_after_a_linear_layer(
    seed: int, size: int, outputs: int
) -> None:
    torch.manual_seed(seed)
    layer = nn.Linear(size, outputs)
    x = torch.randn(4, size, requires_grad=True)
    wanted = torch.autograd.grad(torch.relu(layer(x)).sum(), [x, layer.weight])
    found = torch.autograd.grad(torch.relu_(layer(x)).sum(), [x, layer.weight])
    for one, other in zip(found, wanted, strict=True):
        assert torch.equal(one, other)


@relu_in_place_is_fine_after_a_linear_layer.false("ReLU in place is fine anywhere")
def _(seed: int, size: int, outputs: int) -> None:
    del outputs
    for before in (torch.neg, torch.exp, torch.sigmoid):
        assert gradient_in_place(before, torch.relu_, seed, size)


def unit(seed: int, size: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Data, weights, and a bias that makes the unit negative for all of them."""
    torch.manual_seed(seed)
    data = torch.randn(10, size)
    weights = torch.randn(size)
    bias = -(data @ weights).max() - 0.1
    return data, weights.requires_grad_(), bias.detach().requires_grad_()


@rule(seed=seeds, size=sizes)
def a_unit_that_is_negative_for_all_data_gets_no_gradient(seed: int, size: int) -> None:
    data, weights, bias = unit(seed, size)
    output = torch.relu(data @ weights + bias)
    loss = ((output - torch.randn(10)) ** 2).mean() + (output * torch.randn(10)).sum()
    for gradient in torch.autograd.grad(loss, [weights, bias]):
        assert not gradient.any()


@a_unit_that_is_negative_for_all_data_gets_no_gradient.false(
    "a unit that is dead for these data is dead for all inputs"
)
def _(seed: int, size: int) -> None:
    _, weights, bias = unit(seed, size)
    others = 10 * torch.randn(10, size)
    assert not torch.relu(others @ weights + bias).any()


@a_unit_that_is_negative_for_all_data_gets_no_gradient.false(
    "no unit that is negative for all data gets a gradient, with LeakyReLU either"
)
def _(seed: int, size: int) -> None:
    data, weights, bias = unit(seed, size)
    loss = (leaky_relu(data @ weights + bias) - 1).square().mean()
    for gradient in torch.autograd.grad(loss, [weights, bias]):
        assert not gradient.any()
