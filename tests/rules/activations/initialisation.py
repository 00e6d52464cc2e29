"""Rules of activations/initialisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = Callable[[torch.Tensor], torch.Tensor]

seeds = st.integers(0, 10_000)
sizes = st.integers(50, 200)


@rule(cases=30, inputs=st.integers(20, 300), width=st.floats(0.1, 5), seed=seeds)
def a_weighted_sum_has_n_times_the_variance(
    inputs: int, width: float, seed: int
) -> None:
    torch.manual_seed(seed)
    sums = torch.randn(1000, inputs) @ (width * torch.randn(inputs, 200))
    assert sums.var().item() == pytest.approx(inputs * width**2, rel=0.15)


@a_weighted_sum_has_n_times_the_variance.false("it is n times as large")
def _(inputs: int, width: float, seed: int) -> None:
    torch.manual_seed(seed)
    sums = torch.randn(1000, inputs) @ (width * torch.randn(inputs, 200))
    assert sums.std().item() == pytest.approx(inputs * width, rel=0.15)


def size_at_the_input(function: Function, gain: float, seed: int) -> float:
    """What arrives, through ten layers of 64 units, of a gradient of size 1."""
    torch.manual_seed(seed)
    start = torch.randn(256, 64, requires_grad=True)
    hidden = start
    for _ in range(10):
        hidden = function(hidden @ (torch.randn(64, 64) * gain / 8))
    (gradient,) = torch.autograd.grad(hidden, start, torch.randn(256, 64))
    return gradient.square().mean().sqrt().item()


@rule(cases=20, seed=seeds)
def relu_with_gain_root_two_keeps_the_size_of_the_gradient(seed: int) -> None:
    assert 0.5 < size_at_the_input(torch.relu, 2**0.5, seed) < 2


@relu_with_gain_root_two_keeps_the_size_of_the_gradient.false(
    "relu passes gradients on unchanged, however many layers"
)
def _(seed: int) -> None:
    assert 0.5 < size_at_the_input(torch.relu, 1.0, seed) < 2


@relu_with_gain_root_two_keeps_the_size_of_the_gradient.false(
    "with other random numbers the lines shift a little"
)
def _(seed: int) -> None:
    assert size_at_the_input(torch.relu, 2**0.5, seed) == pytest.approx(0.83, rel=0.1)


@rule(inputs=sizes, outputs=sizes, seed=seeds)
def linear_starts_with_the_gain_one_over_root_three(
    inputs: int, outputs: int, seed: int
) -> None:
    torch.manual_seed(seed)
    weight = nn.Linear(inputs, outputs).weight
    gain = weight.std().item() * inputs**0.5
    assert gain == pytest.approx(3**-0.5, rel=0.1)


@linear_starts_with_the_gain_one_over_root_three.false("Linear starts as Xavier would")
def _(inputs: int, outputs: int, seed: int) -> None:
    torch.manual_seed(seed)
    weight = nn.Linear(inputs, outputs).weight
    wanted = (2 / (inputs + outputs)) ** 0.5
    assert weight.std().item() == pytest.approx(wanted, rel=0.1)


@rule(inputs=sizes, outputs=sizes, seed=seeds, gain=st.floats(0.1, 5))
def xavier_has_the_gain_one_unless_told(
    inputs: int, outputs: int, seed: int, gain: float
) -> None:
    torch.manual_seed(seed)
    weight = torch.empty(outputs, inputs)
    mean = (inputs + outputs) / 2
    nn.init.xavier_normal_(weight)
    assert weight.std().item() * mean**0.5 == pytest.approx(1, rel=0.1)
    nn.init.xavier_normal_(weight, gain=gain)
    assert weight.std().item() * mean**0.5 == pytest.approx(gain, rel=0.1)


@xavier_has_the_gain_one_unless_told.false(
    "Xavier has the gain that PyTorch recommends for tanh"
)
def _(inputs: int, outputs: int, seed: int, gain: float) -> None:
    del gain
    torch.manual_seed(seed)
    weight = torch.empty(outputs, inputs)
    nn.init.xavier_normal_(weight)
    measured = weight.std().item() * ((inputs + outputs) / 2) ** 0.5
    assert measured == pytest.approx(nn.init.calculate_gain("tanh"), rel=0.1)


INITIALISERS: dict[str, Callable[..., torch.Tensor]] = {
    "kaiming_normal_": nn.init.kaiming_normal_,
    "kaiming_uniform_": nn.init.kaiming_uniform_,
    "xavier_normal_": nn.init.xavier_normal_,
    "xavier_uniform_": nn.init.xavier_uniform_,
}
modes = st.sampled_from(["fan_in", "fan_out"])
initialisers = st.sampled_from(sorted(INITIALISERS))


def filled(
    name: str, inputs: int, outputs: int, mode: str, seed: int
) -> tuple[torch.Tensor, float]:
    """Weights for relu, and the number by which their variance is divided."""
    torch.manual_seed(seed)
    weight = torch.empty(outputs, inputs)
    if name.startswith("xavier"):
        INITIALISERS[name](weight, gain=2**0.5)
        return weight, (inputs + outputs) / 2
    INITIALISERS[name](weight, mode=mode, nonlinearity="relu")
    return weight, inputs if mode == "fan_in" else outputs


@rule(name=initialisers, inputs=sizes, outputs=sizes, mode=modes, seed=seeds)
def initialisers_keep_the_variance_they_promise(
    name: str, inputs: int, outputs: int, mode: str, seed: int
) -> None:
    weight, fan = filled(name, inputs, outputs, mode, seed)
    assert weight.var().item() == pytest.approx(2 / fan, rel=0.15)


@initialisers_keep_the_variance_they_promise.false("each divides by the inputs")
def _(name: str, inputs: int, outputs: int, mode: str, seed: int) -> None:
    weight, _ = filled(name, inputs, outputs, mode, seed)
    assert weight.var().item() == pytest.approx(2 / inputs, rel=0.15)


@rule(inputs=sizes, outputs=sizes, seed=seeds)
def kaiming_reads_the_inputs_from_the_last_dimension(
    inputs: int, outputs: int, seed: int
) -> None:
    torch.manual_seed(seed)
    weight = nn.init.kaiming_normal_(torch.empty(outputs, inputs))
    assert weight.var().item() * inputs == pytest.approx(2, rel=0.15)


@kaiming_reads_the_inputs_from_the_last_dimension.false("it reads them from the first")
def _(inputs: int, outputs: int, seed: int) -> None:
    torch.manual_seed(seed)
    weight = nn.init.kaiming_normal_(torch.empty(outputs, inputs))
    assert weight.var().item() * outputs == pytest.approx(2, rel=0.15)


widths = st.integers(1, 8)


@rule(inputs=widths, hidden=widths, seed=seeds)
def layers_of_zeros_get_no_gradient(inputs: int, hidden: int, seed: int) -> None:
    torch.manual_seed(seed)
    first = torch.zeros(hidden, inputs, requires_grad=True)
    second = torch.zeros(1, hidden, requires_grad=True)
    answer = torch.relu(torch.randn(5, inputs) @ first.T) @ second.T
    loss = (answer - torch.randn(5, 1)).square().mean()
    for gradient in torch.autograd.grad(loss, [first, second]):
        assert not gradient.any()


@layers_of_zeros_get_no_gradient.false("a single layer of zeros gets none either")
def _(inputs: int, hidden: int, seed: int) -> None:
    del hidden
    torch.manual_seed(seed)
    only = torch.zeros(1, inputs, requires_grad=True)
    loss = (torch.randn(5, inputs) @ only.T - torch.randn(5, 1)).square().mean()
    (gradient,) = torch.autograd.grad(loss, only)
    assert not gradient.any()
