"""Rules of activations/why."""

from __future__ import annotations

from itertools import pairwise
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
CASES = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = torch.tensor([0.0, 1.0, 1.0, 0.0])
AND = torch.tensor([0.0, 0.0, 0.0, 1.0])


@rule(
    terms=st.lists(
        st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=5
    ),
    threshold=st.integers(-20, 20),
)
def threshold_is_a_negative_bias(terms: list[tuple[int, int]], threshold: int) -> None:
    total = sum(weight * number for weight, number in terms)
    assert (total > threshold) == (total + -threshold > 0)


@threshold_is_a_negative_bias.false("the bias is the threshold")
def _(terms: list[tuple[int, int]], threshold: int) -> None:
    total = sum(weight * number for weight, number in terms)
    assert (total > threshold) == (total + threshold > 0)


def train_two_layers(activation: Function, seed: int) -> tuple[nn.Linear, nn.Linear]:
    """Train a layer in front of an activation and one behind it.

    Returns:
        The layer in front of it, as drawn and as trained.
    """
    torch.manual_seed(seed)
    first, drawn, second = nn.Linear(3, 4), nn.Linear(3, 4), nn.Linear(4, 1)
    drawn.load_state_dict(first.state_dict())
    optimiser = torch.optim.SGD([*first.parameters(), *second.parameters()], lr=0.1)
    inputs, targets = torch.randn(8, 3), torch.randn(8, 1)
    for _ in range(5):
        optimiser.zero_grad()
        loss = ((second(activation(first(inputs))) - targets) ** 2).mean()
        loss.backward()
        optimiser.step()
    return drawn, first


def step(z: torch.Tensor) -> torch.Tensor:
    return (torch.sign(z) + 1) / 2


@rule(cases=20, seed=seeds)
def weights_in_front_of_a_step_never_move(seed: int) -> None:
    drawn, trained = train_two_layers(step, seed)
    assert torch.equal(drawn.weight, trained.weight)
    assert torch.equal(drawn.bias, trained.bias)


@weights_in_front_of_a_step_never_move.false("every activation can be trained through")
def _(seed: int) -> None:
    for activation in (torch.sigmoid, step):
        drawn, trained = train_two_layers(activation, seed)
        assert not torch.equal(drawn.weight, trained.weight)


def linear_layers(sizes: list[int]) -> list[nn.Linear]:
    return [nn.Linear(*pair, dtype=torch.float64) for pair in pairwise(sizes)]


def one_for_all(layers: list[nn.Linear]) -> tuple[torch.Tensor, torch.Tensor]:
    """The weights and the bias of the one layer that does what all of them do."""
    weight = torch.eye(layers[0].in_features, dtype=torch.float64)
    bias = torch.zeros(layers[0].in_features, dtype=torch.float64)
    for layer in layers:
        weight, bias = layer.weight @ weight, layer.weight @ bias + layer.bias
    return weight, bias


sizes = st.lists(st.integers(1, 6), min_size=3, max_size=12)


@rule(sizes=sizes, seed=seeds)
def layers_without_activation_are_one_layer(sizes: list[int], seed: int) -> None:
    torch.manual_seed(seed)
    layers = linear_layers(sizes)
    weight, bias = one_for_all(layers)
    inputs = torch.randn(5, sizes[0], dtype=torch.float64)
    torch.testing.assert_close(nn.Sequential(*layers)(inputs), inputs @ weight.T + bias)


@layers_without_activation_are_one_layer.false(
    "layers are one layer, with activations between them too"
)
def _(sizes: list[int], seed: int) -> None:
    torch.manual_seed(seed)
    layers = linear_layers(sizes)
    weight, bias = one_for_all(layers)
    inputs = torch.randn(5, sizes[0], dtype=torch.float64)
    hidden = inputs
    for layer in layers[:-1]:
        hidden = torch.relu(layer(hidden))
    torch.testing.assert_close(layers[-1](hidden), inputs @ weight.T + bias)


def squared_error(parameters: list[float], targets: torch.Tensor) -> float:
    *weights, bias = parameters
    answers = CASES @ torch.tensor(weights) + bias
    return ((answers - targets) ** 2).sum().item()


linear = st.lists(
    st.one_of(st.floats(-5, 5), st.sampled_from([0.5, -0.25])), min_size=3, max_size=3
)


@rule(parameters=linear)
def no_linear_layer_beats_one_half_on_xor(parameters: list[float]) -> None:
    at_best = squared_error([0.0, 0.0, 0.5], XOR)
    assert squared_error(parameters, XOR) >= at_best - 1e-6


@no_linear_layer_beats_one_half_on_xor.false(
    "no linear layer has a smaller error than 1 on any gate"
)
def _(parameters: list[float]) -> None:
    assert squared_error(parameters, AND) >= 1 - 1e-6


def bends(curve: Function, count: int) -> Function:
    """A sum of relus that meets a curve at places from -2 to 2."""
    places = torch.linspace(-2, 2, count, dtype=torch.float64)
    heights = curve(places)
    slopes = heights.diff() / places.diff()
    strengths = slopes.diff(prepend=torch.zeros(1, dtype=torch.float64))

    def followed(x: torch.Tensor) -> torch.Tensor:
        return heights[0] + torch.relu(x.unsqueeze(1) - places[:-1]) @ strengths

    return followed


@rule(height=st.floats(0.5, 3), pace=st.floats(0.5, 3), count=st.integers(3, 200))
def bends_follow_a_smooth_curve_on_an_interval(
    height: float, pace: float, count: int
) -> None:
    def curve(x: torch.Tensor) -> torch.Tensor:
        return height * torch.sin(pace * x)

    x = torch.linspace(-2, 2, 501, dtype=torch.float64)
    apart = (bends(curve, count)(x) - curve(x)).abs().max().item()
    # Between two points at distance h a chord stays within h²/8 times the curvature.
    assert apart <= height * pace**2 * (4 / (count - 1)) ** 2 / 8 + 1e-9


@bends_follow_a_smooth_curve_on_an_interval.false(
    "enough bends follow a smooth curve everywhere"
)
def _(height: float, pace: float, count: int) -> None:
    def curve(x: torch.Tensor) -> torch.Tensor:
        return height * torch.sin(pace * x)

    x = torch.linspace(-10, 10, 501, dtype=torch.float64)
    apart = (bends(curve, count)(x) - curve(x)).abs().max().item()
    assert apart == pytest.approx(0, abs=height)
