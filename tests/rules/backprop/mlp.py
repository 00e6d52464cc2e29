"""Rules of backprop/mlp."""

from __future__ import annotations

import itertools

import pytest
import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import nn
from torch.testing import assert_close

from torch_by_example.backprop.mlp import backpropagate, gradients_by_hand

seeds = st.integers(0, 10_000)
size = st.integers(1, 6)
sizes = st.lists(size, min_size=2, max_size=7)


class Network:
    """Sigmoid layers, with the gradients that autograd finds.

    Attributes:
        values: The inputs, and what each layer puts out.
        weights: A matrix for each layer.
        biases: A vector for each layer.
        target: What the last layer should put out.
    """

    def __init__(self, seed: int, sizes: list[int]) -> None:
        torch.manual_seed(seed)
        self.weights, self.biases = [], []
        for before, after in itertools.pairwise(sizes):
            self.weights.append(torch.randn(after, before, dtype=torch.float64))
            self.biases.append(torch.randn(after, dtype=torch.float64))
        for parameter in (*self.weights, *self.biases):
            parameter.requires_grad_()
        self.values = [torch.randn(sizes[0], dtype=torch.float64)]
        for weight, bias in zip(self.weights, self.biases, strict=True):
            self.values.append(torch.sigmoid(weight @ self.values[-1] + bias))
            self.values[-1].retain_grad()
        self.target = torch.rand(sizes[-1], dtype=torch.float64)
        (((self.values[-1] - self.target) ** 2).sum() / 2).backward()

    def deltas(self) -> list[torch.Tensor]:
        with torch.no_grad():
            return backpropagate(self.values[0], self.weights, self.biases, self.target)


@rule(seed=seeds, sizes=st.tuples(size, size, size).map(list))
def hidden_units_collect_through_the_transposed_weights(
    seed: int, sizes: list[int]
) -> None:
    network = Network(seed, sizes)
    collected = network.weights[-1].T @ network.deltas()[-1]
    assert_close(collected.detach(), network.values[1].grad)


@hidden_units_collect_through_the_transposed_weights.false(
    "backward, too, the error is multiplied by the weights as they are"
)
def _(seed: int, sizes: list[int]) -> None:
    square = [sizes[0], sizes[1], sizes[1]]
    network = Network(seed, square)
    collected = network.weights[-1] @ network.deltas()[-1]
    assert_close(collected.detach(), network.values[1].grad)


@rule(seed=seeds, sizes=sizes)
def the_same_two_lines_serve_any_number_of_layers(seed: int, sizes: list[int]) -> None:
    network = Network(seed, sizes)
    deltas = network.deltas()
    layers = zip(
        network.weights, network.biases, deltas, network.values[:-1], strict=True
    )
    for weight, bias, delta, before in layers:
        assert_close(torch.outer(delta, before.detach()), weight.grad)
        assert_close(delta, bias.grad)


@the_same_two_lines_serve_any_number_of_layers.false(
    "the slopes of the sigmoids in between can be left out"
)
def _(seed: int, sizes: list[int]) -> None:
    network = Network(seed, sizes)
    error = network.deltas()[-1]
    for weight, bias in zip(
        reversed(network.weights), reversed(network.biases), strict=True
    ):
        assert_close(error, bias.grad)
        error = weight.detach().T @ error


@rule(seed=seeds, sizes=st.tuples(size, size, size).map(list), rate=st.floats(0.1, 5))
def updating_early_spoils_the_gradients_in_front(
    seed: int, sizes: list[int], rate: float
) -> None:
    network = Network(seed, sizes)
    last = network.weights[-1]
    assert last.grad is not None
    delta = network.deltas()[-1]
    right = last.detach().T @ delta
    early = (last.detach() - rate * last.grad).T @ delta
    assert not torch.equal(early, right)


@updating_early_spoils_the_gradients_in_front.false(
    "in which order the layers are updated does not matter"
)
def _(seed: int, sizes: list[int], rate: float) -> None:
    network = Network(seed, sizes)
    last = network.weights[-1]
    assert last.grad is not None
    delta = network.deltas()[-1]
    early = (last.detach() - rate * last.grad).T @ delta
    assert_close(early, last.detach().T @ delta)


@rule(seed=seeds, sizes=sizes)
def a_sigmoid_layer_leaves_at_most_a_quarter_of_the_error(
    seed: int, sizes: list[int]
) -> None:
    network = Network(seed, sizes)
    for delta, value in zip(network.deltas(), network.values[1:], strict=True):
        assert value.grad is not None
        assert (delta.abs() <= value.grad.abs() / 4).all()


@a_sigmoid_layer_leaves_at_most_a_quarter_of_the_error.false(
    "from layer to layer the error terms shrink to a quarter"
)
def _(seed: int, sizes: list[int]) -> None:
    lengths = [float(delta.norm()) for delta in Network(seed, sizes).deltas()]
    for before, behind in itertools.pairwise(lengths):
        assert before <= behind / 4


CASES = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
parameters = st.lists(
    st.one_of(st.floats(-20, 20), st.sampled_from([10.0, -15.0])),
    min_size=3,
    max_size=3,
)


def answers(parameters: list[float]) -> list[float]:
    """What a single sigmoid unit answers, rounded."""
    *weights, bias = parameters
    return torch.sigmoid(CASES @ torch.tensor(weights) + bias).round().tolist()


@rule(parameters=parameters)
def a_single_sigmoid_unit_cannot_learn_exclusive_or(parameters: list[float]) -> None:
    assert answers(parameters) != [0, 1, 1, 0]


@a_single_sigmoid_unit_cannot_learn_exclusive_or.false(
    "a single sigmoid unit cannot learn any gate"
)
def _(parameters: list[float]) -> None:
    assert answers(parameters) != [0, 0, 0, 1]


def train_alike(seed: int, units: int, *, behind: bool) -> torch.Tensor:
    """Train a layer whose units begin alike; return its weights, a row each.

    Args:
        seed: For the data, and for what is not alike.
        units: How many hidden units.
        behind: Whether the weights behind the units are alike as well.
    """
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(3, units), nn.Sigmoid(), nn.Linear(units, 2))
    with torch.no_grad():
        first, last = model[0], model[2]
        assert isinstance(first, nn.Linear)
        assert isinstance(last, nn.Linear)
        first.weight.copy_(first.weight[:1].clone().expand(units, 3))
        first.bias.fill_(0.1)
        if behind:
            last.weight.copy_(last.weight[:, :1].clone().expand(2, units))
    optimiser = torch.optim.SGD(model.parameters(), lr=0.5)
    inputs, targets = torch.randn(8, 3), torch.rand(8, 2)
    for _ in range(20):
        optimiser.zero_grad()
        ((model(inputs) - targets) ** 2).mean().backward()
        optimiser.step()
    return first.weight.detach()


@rule(cases=20, seed=seeds, units=st.integers(2, 6))
def hidden_units_that_begin_alike_stay_alike(seed: int, units: int) -> None:
    weights = train_alike(seed, units, behind=True)
    assert_close(weights, weights[:1].expand_as(weights))


@hidden_units_that_begin_alike_stay_alike.false(
    "hidden units whose weights in front are alike stay alike"
)
def _(seed: int, units: int) -> None:
    weights = train_alike(seed, units, behind=False)
    assert_close(weights, weights[:1].expand_as(weights))


@hidden_units_that_begin_alike_stay_alike.false(
    "units that begin alike keep the weights they began with"
)
def _(seed: int, units: int) -> None:
    torch.manual_seed(seed)
    begun = nn.Linear(3, units).weight[0].tolist()
    assert train_alike(seed, units, behind=True)[0].tolist() == pytest.approx(begun)


@rule(seed=seeds, sizes=st.tuples(size, size, size).map(list))
def gradients_of_the_biases_are_the_error_terms(seed: int, sizes: list[int]) -> None:
    network = Network(seed, sizes)
    parameters = [
        part
        for layer in zip(network.weights, network.biases, strict=True)
        for part in layer
    ]
    found = gradients_by_hand(network.values[0], tuple(parameters), network.target)
    for gradient, parameter in zip(found, parameters, strict=True):
        assert_close(gradient, parameter.grad)
    for gradient, delta in zip(found[1::2], network.deltas(), strict=True):
        assert_close(gradient, delta)


@gradients_of_the_biases_are_the_error_terms.false(
    "they are the distances of the outputs from their targets"
)
def _(seed: int, sizes: list[int]) -> None:
    network = Network(seed, sizes)
    assert_close(
        network.biases[-1].grad, (network.values[-1] - network.target).detach()
    )
