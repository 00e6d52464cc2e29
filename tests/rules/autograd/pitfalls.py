"""Rules of autograd/pitfalls."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import Tensor, nn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch.autograd.graph import Node

values = st.lists(st.floats(-3, 3, width=32), min_size=1, max_size=4)

# What one does to a tensor of starting values, with whether a new tensor comes out.
TREATMENTS: dict[str, tuple[Callable[[Tensor], Tensor], bool]] = {
    "nothing": (lambda x: x, False),
    "scale": (lambda x: 0.1 * x, True),
    "shift": (lambda x: x - 1, True),
    "reshape": (lambda x: x.reshape(-1, 1), True),
    "clone": (torch.clone, True),
    "to float64": (lambda x: x.to(torch.float64), True),
    "to float32": (lambda x: x.to(torch.float32), False),
    "to cpu": (lambda x: x.to("cpu"), False),
    "half": (lambda x: x.half(), True),
    "requires_grad_": (lambda x: x.requires_grad_(), False),
}
treatments = st.sampled_from(sorted(TREATMENTS))
OPTIMISERS: dict[str, Callable[[list[Tensor]], torch.optim.Optimizer]] = {
    "SGD": torch.optim.SGD,
    "Adam": torch.optim.Adam,
    "RMSprop": torch.optim.RMSprop,
    "LBFGS": torch.optim.LBFGS,
}
optimisers = st.sampled_from(sorted(OPTIMISERS))


def takes(name: str, tensor: Tensor) -> bool:
    """Tell whether an optimiser takes a tensor as a parameter."""
    try:
        OPTIMISERS[name]([tensor])
    except ValueError:
        return False
    return True


@rule(value=values, treatment=treatments, name=optimisers)
def optimisers_take_leaves_only(value: list[float], treatment: str, name: str) -> None:
    function, new = TREATMENTS[treatment]
    after = function(torch.tensor(value, requires_grad=True))
    before = function(torch.tensor(value)).requires_grad_()
    assert takes(name, after) == after.is_leaf == (not new)
    assert takes(name, before)


@optimisers_take_leaves_only.false("they take what requires grad")
def _(value: list[float], treatment: str, name: str) -> None:
    tensor = TREATMENTS[treatment][0](torch.tensor(value, requires_grad=True))
    assert takes(name, tensor) == tensor.requires_grad


CONVERSIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "float64": lambda x: x.to(torch.float64),
    "float32": lambda x: x.to(torch.float32),
    "bfloat16": lambda x: x.to(torch.bfloat16),
    "cpu": lambda x: x.to("cpu"),
    "meta": lambda x: x.to("meta"),
    "copy": lambda x: x.to(torch.float32, copy=True),
}
conversions = st.sampled_from(sorted(CONVERSIONS))


@rule(value=values, conversion=conversions)
def a_converted_leaf_is_a_result(value: list[float], conversion: str) -> None:
    x = torch.tensor(value, requires_grad=True)
    converted = CONVERSIONS[conversion](x)
    nothing_to_do = conversion in {"float32", "cpu"}
    assert (converted is x) == nothing_to_do
    assert converted.is_leaf == nothing_to_do


@a_converted_leaf_is_a_result.false("whether there is anything to convert or not")
def _(value: list[float], conversion: str) -> None:
    x = torch.tensor(value, requires_grad=True)
    assert not CONVERSIONS[conversion](x).is_leaf


@a_converted_leaf_is_a_result.false("a converted leaf is a leaf")
def _(value: list[float], conversion: str) -> None:
    x = torch.tensor(value, requires_grad=True)
    assert CONVERSIONS[conversion](x).is_leaf


WHOLE: dict[str, Callable[[Tensor], Tensor]] = {
    "greater": lambda x: x > 0,
    "equal": lambda x: x == x.mean(),
    "argmax": torch.argmax,
    "argsort": torch.argsort,
    "long": lambda x: x.long(),
    "bool": lambda x: x.bool(),
    "isnan": torch.isnan,
    "count": torch.count_nonzero,
    "bucketize": lambda x: torch.bucketize(x, torch.tensor([0.0, 1.0])),
    "topk": lambda x: x.topk(1).indices,
}
wholes = st.sampled_from(sorted(WHOLE))


@rule(value=values, step=wholes)
def integers_and_bools_end_the_record(value: list[float], step: str) -> None:
    x = torch.tensor(value, requires_grad=True)
    y = WHOLE[step](2 * x)
    assert not y.is_floating_point()
    for result in (y, y.float(), 3.0 * y.float().mean()):
        assert not result.requires_grad
        assert result.grad_fn is None


@integers_and_bools_end_the_record.false("float() takes the record up again")
def _(value: list[float], step: str) -> None:
    x = torch.tensor(value, requires_grad=True)
    assert WHOLE[step](2 * x).float().requires_grad


ROUNDINGS: dict[str, Callable[[Tensor], Tensor]] = {
    "round": torch.round,
    "floor": torch.floor,
    "ceil": torch.ceil,
    "trunc": torch.trunc,
    "sign": torch.sign,
}


@rule(value=values, step=st.sampled_from(sorted(ROUNDINGS)))
def rounding_hands_on_zeros(value: list[float], step: str) -> None:
    x = torch.tensor(value, requires_grad=True)
    y = ROUNDINGS[step](2 * x)
    assert y.grad_fn is not None
    (y.square() + y).sum().backward()
    torch.testing.assert_close(x.grad, torch.zeros_like(x))


@rounding_hands_on_zeros.false("they end the record")
def _(value: list[float], step: str) -> None:
    x = torch.tensor(value, requires_grad=True)
    assert not ROUNDINGS[step](x).requires_grad


@rounding_hands_on_zeros.false("the gradient passes as if nothing was rounded")
def _(value: list[float], step: str) -> None:
    x = torch.tensor(value, requires_grad=True)
    ROUNDINGS[step](x).sum().backward()
    torch.testing.assert_close(x.grad, torch.ones_like(x))


STEEP: dict[str, Callable[[Tensor], Tensor]] = {
    "sqrt": torch.sqrt,
    "power": lambda x: x**0.3,
    "log": torch.log,
    "acos": lambda x: torch.acos(1 - x),
}
# All of them multiply on the way back. ReLU does not: it puts zero in its place.
FLAT: dict[str, Callable[[Tensor], Tensor]] = {
    "square": lambda x: x**2,
    "abs": torch.abs,
    "cube": lambda x: x**3,
    "times zero": lambda x: 0 * x,
}
steeps = st.sampled_from(sorted(STEEP))
flats = st.sampled_from(sorted(FLAT))


@rule(steep=steeps, flat=flats, size=st.integers(1, 3))
def an_infinite_slope_times_zero_is_nan(steep: str, flat: str, size: int) -> None:
    x = torch.zeros(size, requires_grad=True)
    inner = FLAT[flat](x)
    outer = STEEP[steep](inner)
    (slope,) = torch.autograd.grad(outer.sum(), inner, retain_graph=True)
    assert slope.isinf().all()
    outer.sum().backward()
    assert x.grad is not None
    assert x.grad.isnan().all()


@an_infinite_slope_times_zero_is_nan.false("it is zero")
def _(steep: str, flat: str, size: int) -> None:
    x = torch.zeros(size, requires_grad=True)
    STEEP[steep](FLAT[flat](x)).sum().backward()
    torch.testing.assert_close(x.grad, torch.zeros(size))


@an_infinite_slope_times_zero_is_nan.false("so it is behind ReLU, which is flat there")
def _(steep: str, flat: str, size: int) -> None:
    del flat
    x = torch.zeros(size, requires_grad=True)
    STEEP[steep](torch.relu(x)).sum().backward()
    assert x.grad is not None
    assert x.grad.isnan().all()


@an_infinite_slope_times_zero_is_nan.false("where() keeps it out")
def _(steep: str, flat: str, size: int) -> None:
    x = torch.zeros(size, requires_grad=True)
    inner = FLAT[flat](x)
    torch.where(inner > 0, STEEP[steep](inner), 0.0).sum().backward()
    assert x.grad is not None
    assert not x.grad.isnan().any()


def copies(tensor: Tensor) -> bool:
    """Tell whether a deep copy can be made."""
    try:
        return torch.equal(copy.deepcopy(tensor), tensor)
    except RuntimeError:
        return False


@rule(value=values, treatment=treatments, flag=st.booleans())
def leaves_can_be_deep_copied_and_results_cannot(
    value: list[float], treatment: str, *, flag: bool
) -> None:
    x = TREATMENTS[treatment][0](torch.tensor(value, requires_grad=flag))
    assert copies(x) == x.is_leaf
    model = nn.Sequential(nn.Linear(1, 2), nn.Tanh())
    assert copies(next(copy.deepcopy(model).parameters()))


@leaves_can_be_deep_copied_and_results_cannot.false("each tensor can")
def _(value: list[float], treatment: str, *, flag: bool) -> None:
    assert copies(TREATMENTS[treatment][0](torch.tensor(value, requires_grad=flag)))


@leaves_can_be_deep_copied_and_results_cannot.false("what requires grad cannot")
def _(value: list[float], treatment: str, *, flag: bool) -> None:
    x = TREATMENTS[treatment][0](torch.tensor(value, requires_grad=flag))
    assert copies(x) != x.requires_grad


@rule(value=values, factor=st.floats(-3, 3), change=st.floats(0.5, 9))
def detached_clones_keep_their_values(
    value: list[float], factor: float, change: float
) -> None:
    prediction = factor * torch.tensor(value, requires_grad=True)
    best = prediction.detach().clone()
    expected = prediction.tolist()
    prediction += change
    prediction.detach()[0] = -100
    assert best.tolist() == expected
    assert not best.requires_grad


@detached_clones_keep_their_values.false("so does detach() alone")
def _(value: list[float], factor: float, change: float) -> None:
    prediction = factor * torch.tensor(value, requires_grad=True)
    best = prediction.detach()
    expected = prediction.tolist()
    prediction += change
    assert best.tolist() == expected


@detached_clones_keep_their_values.false("detach() alone never keeps them")
def _(value: list[float], factor: float, change: float) -> None:
    weight = torch.tensor(value, requires_grad=True)
    best = (factor * weight).detach()
    expected = best.tolist()
    with torch.no_grad():
        weight += change
    assert best.tolist() != expected


def nodes(last: Node) -> Iterator[Node]:
    """Go through a graph that has no joins, from its end."""
    yield last
    for source, _ in last.next_functions:
        if source is not None:
            yield from nodes(source)


def stored(node: Node) -> bool:
    """Tell whether a step of a graph still has the tensor that it stored."""
    try:
        return isinstance(getattr(node, "_saved_self", None), Tensor)
    except RuntimeError:
        return False


def graph_of_total(steps: int, *, trained: bool, numbers: bool) -> list[Node]:
    """Add up losses, and return what is reached from the total."""
    weight = torch.tensor([1.5, -1.0], requires_grad=True)
    total = torch.zeros(())
    for step in range(steps):
        loss = (weight * (step + 1)).square().sum()
        if trained:
            loss.backward()
        total = total + (loss.item() if numbers else loss)
    return list(nodes(total.grad_fn)) if total.grad_fn is not None else []


@rule(steps=st.integers(1, 12), trained=st.booleans())
def a_total_of_losses_keeps_their_graphs(steps: int, *, trained: bool) -> None:
    graph = graph_of_total(steps, trained=trained, numbers=False)
    squares = [node for node in graph if node.name().startswith("Pow")]
    assert len(squares) == steps
    assert sum(map(stored, squares)) == (0 if trained else steps)
    assert graph_of_total(steps, trained=trained, numbers=True) == []


@a_total_of_losses_keeps_their_graphs.false("and all that they stored, in training")
def _(steps: int, *, trained: bool) -> None:
    graph = graph_of_total(steps, trained=trained, numbers=False)
    squares = [node for node in graph if node.name().startswith("Pow")]
    assert sum(map(stored, squares)) == steps


@a_total_of_losses_keeps_their_graphs.false("backward() takes them apart")
def _(steps: int, *, trained: bool) -> None:
    graph = graph_of_total(steps, trained=trained, numbers=False)
    if trained:
        assert not any(node.name().startswith("Pow") for node in graph)
