"""Rules of regression/network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import nn

from torch_by_example.regression.network import Net

if TYPE_CHECKING:
    from collections.abc import Callable

seeds = st.integers(0, 2**32 - 1)


def legendre_fit(x: torch.Tensor, y: torch.Tensor, degree: int) -> torch.Tensor:
    """Return the weights of the best polynomial, as Legendre coefficients."""
    weights: torch.Tensor = torch.linalg.lstsq(legendre(x, degree), y).solution
    return weights


def legendre(x: torch.Tensor, degree: int) -> torch.Tensor:
    """Return the Legendre polynomials at the points, a column for each."""
    columns = [torch.ones_like(x), x]
    for k in range(1, degree):
        columns.append(((2 * k + 1) * x * columns[k] - k * columns[k - 1]) / (k + 1))
    return torch.stack(columns[: degree + 1], dim=1)


def losses(seed: int, noise: float, degree: int) -> tuple[float, float]:
    """Fit a polynomial to 100 noisy points: its loss there, and on new points."""
    torch.manual_seed(seed)
    x = torch.linspace(-1, 1, 100, dtype=torch.float64)
    y = 2 * x + 5 + noise * torch.rand_like(x)
    weights = legendre_fit(x, y, degree)
    new_x = 2 * torch.rand(5_000, dtype=torch.float64) - 1
    new_y = 2 * new_x + 5 + noise * torch.rand_like(new_x)
    return (
        (legendre(x, degree) @ weights - y).square().mean().item(),
        (legendre(new_x, degree) @ weights - new_y).square().mean().item(),
    )


@rule(cases=10, seed=seeds, noise=st.floats(0.01, 10), degree=st.integers(0, 60))
def noise_is_the_least_loss_on_new_points(seed: int, noise: float, degree: int) -> None:
    _, unseen = losses(seed, noise, degree)
    assert unseen > 0.9 * noise**2 / 12  # 5000 points are not all points


@noise_is_the_least_loss_on_new_points.false(
    "no fit can push its training loss far below the variance of the noise"
)
def _(seed: int, noise: float, degree: int) -> None:
    seen, _ = losses(seed, noise, degree)
    assert seen > 0.7 * noise**2 / 12


def early(attribute: object) -> nn.Module:
    """Make a module that stores an attribute before it is set up."""

    class Hasty(nn.Module):
        def __init__(self) -> None:
            self.early = attribute
            super().__init__()

    return Hasty()


def refused(make: Callable[[], object]) -> bool:
    """Whether a call ends in an AttributeError."""
    try:
        make()
    except AttributeError:
        return True
    return False


layers = st.sampled_from([nn.Linear(1, 1), nn.ReLU(), nn.Parameter(torch.ones(2))])
plain = st.sampled_from([3, "relu", [1, 2], None, torch.ones(2)])


@rule(attribute=layers | plain)
def super_init_comes_before_the_first_layer(attribute: object) -> None:
    holds = isinstance(attribute, nn.Module | nn.Parameter)
    assert refused(lambda: early(attribute)) == holds


@super_init_comes_before_the_first_layer.false("super().__init__() must come first")
def _(attribute: object) -> None:
    assert refused(lambda: early(attribute))


@super_init_comes_before_the_first_layer.false("super().__init__() may come anywhere")
def _(attribute: object) -> None:
    assert not refused(lambda: early(attribute))


CONTAINERS: list[Callable[[list[nn.Linear]], object]] = [
    list,
    tuple,
    lambda layers: dict(enumerate(layers)),
    lambda layers: layers[0],
    nn.ModuleList,
    lambda layers: nn.Sequential(*layers),
]


@rule(size=st.integers(1, 4), kind=st.integers(0, 5))
def modules_find_no_layers_in_lists(size: int, kind: int) -> None:
    assert (found(size, kind) > 0) == (kind > 2)


class Holder(nn.Module):
    """A module with one attribute."""

    def __init__(self, held: object) -> None:
        super().__init__()
        self.held = held


def found(size: int, kind: int) -> int:
    """Count the parameters of a module that holds layers in a container."""
    held = CONTAINERS[kind]([nn.Linear(1, 1) for _ in range(size)])
    return len(list(Holder(held).parameters()))


@modules_find_no_layers_in_lists.false("a module finds the layers in its attributes")
def _(size: int, kind: int) -> None:
    assert found(size, kind) > 0


OPTIMISERS = [torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.Adagrad]


@rule(optimizer_class=st.sampled_from(OPTIMISERS), lr=st.floats(1e-4, 1))
def optimisers_refuse_an_empty_list(
    optimizer_class: type[torch.optim.SGD], lr: float
) -> None:
    with pytest.raises(ValueError, match="empty parameter list"):
        optimizer_class(nn.ReLU().parameters(), lr=lr)


@optimisers_refuse_an_empty_list.false("layers in a plain list are never noticed")
def _(optimizer_class: type[torch.optim.SGD], lr: float) -> None:
    module = Holder([nn.Linear(1, 1)])
    try:
        optimizer_class(module.parameters(), lr=lr)
    except ValueError as error:
        raise AssertionError from error


@rule(features=st.integers(1, 5), hidden=st.integers(1, 9), outputs=st.integers(1, 5))
def a_hidden_unit_costs_features_plus_outputs_plus_one(
    features: int, hidden: int, outputs: int
) -> None:
    assert cost(features, hidden, outputs) == features + outputs + 1


def cost(features: int, hidden: int, outputs: int) -> int:
    """Count the parameters that one more hidden unit brings."""
    small, large = (
        sum(p.numel() for p in Net(features, units, outputs).parameters())
        for units in (hidden, hidden + 1)
    )
    return large - small


@a_hidden_unit_costs_features_plus_outputs_plus_one.false(
    "each hidden unit brings three parameters"
)
def _(features: int, hidden: int, outputs: int) -> None:
    assert cost(features, hidden, outputs) == 3


HOOKS = ["register_forward_pre_hook", "register_forward_hook"]


@rule(rows=st.integers(1, 5), register=st.sampled_from(HOOKS))
def forward_alone_runs_no_hooks(rows: int, register: str) -> None:
    assert count_hooks(rows, register) == (1, 0)


def count_hooks(rows: int, register: str) -> tuple[int, int]:
    """Count how often a hook ran: for net(x), and for net.forward(x)."""
    net = Net(1, 2, 1)
    calls = []
    getattr(net, register)(lambda *_: calls.append(1))
    net(torch.zeros(rows, 1))
    called = len(calls)
    net.forward(torch.zeros(rows, 1))
    return called, len(calls) - called


@forward_alone_runs_no_hooks.false("net.forward(x) does the same as net(x)")
def _(rows: int, register: str) -> None:
    called, alone = count_hooks(rows, register)
    assert called == alone


def bends(net: Net, left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Return how far the middle of a piece is from the mean of its ends."""
    with torch.no_grad():
        start, middle, end = (
            net(x.unsqueeze(1)).squeeze(1) for x in (left, (left + right) / 2, right)
        )
    bend: torch.Tensor = (middle - (start + end) / 2).abs()
    return bend


def drawn(seed: int, hidden: int) -> tuple[Net, torch.Tensor]:
    """Draw a network, and sort its kinks."""
    torch.manual_seed(seed)
    net = Net(1, hidden, 1).double()
    kinks = -net.hidden.bias / net.hidden.weight.squeeze(1)
    return net, kinks.detach().sort().values


@rule(seed=seeds, hidden=st.integers(2, 40))
def relu_curves_are_straight_between_kinks(seed: int, hidden: int) -> None:
    net, kinks = drawn(seed, hidden)
    scale = 1 + kinks.abs().max()
    assert (bends(net, kinks[:-1], kinks[1:]) <= 1e-10 * scale).all()


@relu_curves_are_straight_between_kinks.false("the curve is straight")
def _(seed: int, hidden: int) -> None:
    net, kinks = drawn(seed, hidden)
    assert bends(net, kinks[:1] - 1, kinks[-1:] + 1).item() < 1e-10


@rule(seed=seeds, hidden=st.integers(2, 40))
def relu_curves_are_straight_far_outside(seed: int, hidden: int) -> None:
    net, kinks = drawn(seed, hidden)
    weights = net.predict.weight[0] * net.hidden.weight[:, 0]
    for edge, side in ((kinks[0], -1), (kinks[-1], 1)):
        on = side * net.hidden.weight[:, 0] > 0
        x = edge + side * torch.tensor([[0.0], [1.0], [1e3]]).double()
        slopes = net(x).squeeze(1).diff() / x.squeeze(1).diff()
        wanted = weights[on].sum().expand(2)
        torch.testing.assert_close(slopes, wanted, rtol=1e-5, atol=1e-8)


@relu_curves_are_straight_far_outside.false(
    "outside the data the network goes on with the slope that it had inside"
)
def _(seed: int, hidden: int) -> None:
    net, kinks = drawn(seed, hidden)
    far = kinks[-1] + torch.tensor([[1.0], [2.0]]).double()
    inside = torch.tensor([[-0.01], [0.01]]).double()
    outer, inner = (
        net(x).squeeze(1).diff() / x.squeeze(1).diff() for x in (far, inside)
    )
    torch.testing.assert_close(outer, inner)
