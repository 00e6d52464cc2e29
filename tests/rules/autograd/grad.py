"""Rules of autograd/grad."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Callable


numbers = st.floats(-2, 2)
values = st.lists(numbers, min_size=1, max_size=4)
SMOOTH: dict[str, Callable[[Tensor], Tensor]] = {
    "sin": torch.sin,
    "exp": lambda x: torch.exp(x / 2),
    "tanh": torch.tanh,
    "square": lambda x: x**2,
    "root": lambda x: torch.sqrt(1 + x**2),
}
names = st.sampled_from(sorted(SMOOTH))


def leaf(value: list[float] | float) -> Tensor:
    """Return a leaf in float64."""
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


@rule(value=values, name=names, before=st.booleans())
def autograd_grad_stores_nothing(
    value: list[float], name: str, *, before: bool
) -> None:
    x, unused = leaf(value), leaf(value)
    if before:
        (3 * x).sum().backward()
    old = x.grad.clone() if x.grad is not None else None
    y = SMOOTH[name](x).sum()
    found = torch.autograd.grad(y, [x, unused], retain_graph=True, allow_unused=True)
    assert isinstance(found, tuple)
    if x.grad is not None:
        assert old is not None
        assert torch.equal(x.grad, old)
    assert (x.grad is None) == (old is None)
    assert unused.grad is None
    x.grad = None
    y.backward()
    torch.testing.assert_close(found[0], x.grad)


@autograd_grad_stores_nothing.false("it adds to .grad, like backward()")
def _(value: list[float], name: str, *, before: bool) -> None:
    del before
    x = leaf(value)
    (found,) = torch.autograd.grad(SMOOTH[name](x).sum(), x)
    assert x.grad is not None
    torch.testing.assert_close(found, x.grad)


@rule(value=values, chain=st.lists(names, min_size=2, max_size=4), data=st.data())
def results_on_the_way_have_gradients_too(
    value: list[float], chain: list[str], data: st.DataObject
) -> None:
    way = [leaf(value)]
    for name in chain:
        way.append(SMOOTH[name](way[-1]))
    place = data.draw(st.integers(0, len(way) - 2))
    (found,) = torch.autograd.grad(way[-1].sum(), way[place])
    # The same computation, begun there.
    start = way[place].detach().requires_grad_()
    y = start
    for name in chain[place:]:
        y = SMOOTH[name](y)
    y.sum().backward()
    torch.testing.assert_close(found, start.grad)


@results_on_the_way_have_gradients_too.false("only leaves do")
def _(value: list[float], chain: list[str], data: st.DataObject) -> None:
    del data
    way = [leaf(value)]
    for name in chain:
        way.append(SMOOTH[name](way[-1]))
    found = torch.autograd.grad(way[-1].sum(), way[:-1], allow_unused=True)
    assert all(gradient is None for gradient in found[1:])


@results_on_the_way_have_gradients_too.false("so has a slice that is made afterwards")
def _(value: list[float], chain: list[str], data: st.DataObject) -> None:
    del data
    x = leaf(value)
    y = SMOOTH[chain[0]](x).sum()
    (found,) = torch.autograd.grad(y, x[:1], allow_unused=True)
    assert found is not None


def passes_twice(result: Tensor, again: Tensor) -> bool:
    """Tell whether two results can be gone back from, one after the other."""
    try:
        result.backward()
        again.backward()
    except RuntimeError:
        return False
    return True


def two_losses(value: list[float], shared: str, one: str) -> tuple[Tensor, ...]:
    """Return the leaf and two losses that share a part."""
    x = leaf(value)
    part = SMOOTH[shared](x)
    return x, SMOOTH[one](part).sum(), (part * 5).sum()


@rule(value=values, shared=names, one=names)
def one_pass_through_the_sum_of_losses_is_enough(
    value: list[float], shared: str, one: str
) -> None:
    x, first, second = two_losses(value, shared, one)
    (expected,) = torch.autograd.grad(first, x, retain_graph=True)
    expected = expected + torch.autograd.grad(second, x, retain_graph=True)[0]
    (first + second).backward()
    torch.testing.assert_close(x.grad, expected)


@one_pass_through_the_sum_of_losses_is_enough.false(
    "two passes do without retain_graph, since the losses are two"
)
def _(value: list[float], shared: str, one: str) -> None:
    _, first, second = two_losses(value, shared, one)
    assert passes_twice(first, second)


@one_pass_through_the_sum_of_losses_is_enough.false("a second pass is always refused")
def _(value: list[float], shared: str, one: str) -> None:
    del shared, one
    y = leaf(value).sum()
    assert not passes_twice(y, y)


LINKS: dict[str, tuple[Callable[[Tensor], Tensor], bool]] = {
    "times zero": (lambda x: 0 * x, True),
    "square": (torch.square, True),
    "round": (torch.round, True),
    "relu": (lambda x: torch.relu(x - 9), True),
    "detach": (lambda x: x.detach(), False),
    "number": (lambda x: torch.tensor(x.tolist()), False),
    "compare": (lambda x: (x > 0).double(), False),
    "shape": (lambda x: torch.ones(x.shape), False),
}
links = st.sampled_from(sorted(LINKS))


@rule(value=values, link=links)
def none_means_not_connected(value: list[float], link: str) -> None:
    function, connected = LINKS[link]
    x, other = leaf(value), leaf(1.0)
    y = (other * function(x)).sum()
    (found,) = torch.autograd.grad(y, x, allow_unused=True, retain_graph=True)
    assert (found is not None) == connected
    (zeros,) = torch.autograd.grad(y, x, materialize_grads=True)
    assert zeros is not None
    assert connected or not zeros.any()


@none_means_not_connected.false("None means that the gradient is zero")
def _(value: list[float], link: str) -> None:
    x, other = leaf(value), leaf(1.0)
    y = (other * LINKS[link][0](x)).sum()
    (found,) = torch.autograd.grad(y, x, allow_unused=True, retain_graph=True)
    (zeros,) = torch.autograd.grad(y, x, materialize_grads=True)
    assert (found is None) == (not zeros.any())


@none_means_not_connected.false("zeros mean connected, with materialize_grads too")
def _(value: list[float], link: str) -> None:
    function, connected = LINKS[link]
    x, other = leaf(value), leaf(1.0)
    y = (other * function(x)).sum()
    (found,) = torch.autograd.grad(y, x, materialize_grads=True)
    assert (found is not None) == connected


@rule(at=numbers, power=st.integers(1, 5), order=st.integers(1, 4))
def recorded_gradients_can_be_differentiated_again(
    at: float, power: int, order: int
) -> None:
    x = leaf(at)
    y = torch.sin(x) * x**power
    exact = y
    for _ in range(order):
        (y,) = torch.autograd.grad(y, x, create_graph=True)
    # Leibniz: derivatives of a product, each known by formula.
    sines = [torch.sin(x), torch.cos(x), -torch.sin(x), -torch.cos(x)]
    exact = torch.zeros_like(x)
    for k in range(order + 1):
        binomial, falling = 1.0, 1.0
        for i in range(k):
            binomial *= (order - i) / (i + 1)
            falling *= power - i
        power_part = falling * x ** max(power - k, 0)
        exact = exact + binomial * power_part * sines[(order - k) % 4]
    torch.testing.assert_close(y, exact)


def differentiates_twice(y: Tensor, x: Tensor, *, recorded: bool) -> bool:
    """Tell whether the gradient of y has a gradient."""
    (slope,) = torch.autograd.grad(y, x, create_graph=recorded)
    try:
        torch.autograd.grad(slope, x)
    except RuntimeError:
        return False
    return True


@recorded_gradients_can_be_differentiated_again.false("so can others")
def _(at: float, power: int, order: int) -> None:
    del order
    x = leaf(at)
    assert differentiates_twice(torch.sin(x) * x**power, x, recorded=False)


@recorded_gradients_can_be_differentiated_again.false("even constant ones")
def _(at: float, power: int, order: int) -> None:
    del order
    x = leaf(at)
    assert differentiates_twice(power * x, x, recorded=True)


def hill(point: Tensor) -> Tensor:
    """Return a smooth height over some coordinates."""
    return (point.sin() * point.roll(1) ** 2).sum() + point.exp().prod()


def rows(point: Tensor) -> Tensor:
    """Differentiate each entry of the gradient of the hill."""
    x = point.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(hill(x), x, create_graph=True)
    found = [torch.autograd.grad(g, x, retain_graph=True)[0] for g in gradient]
    return torch.stack(found)


@rule(cases=20, value=values)
def the_hessian_is_the_jacobian_of_the_gradient(value: list[float]) -> None:
    point = torch.tensor(value, dtype=torch.float64)
    expected = torch.autograd.functional.hessian(hill, point)
    torch.testing.assert_close(rows(point), expected)
    jacobian = torch.func.jacrev(torch.func.grad(hill))(point)
    torch.testing.assert_close(jacobian, expected)


@the_hessian_is_the_jacobian_of_the_gradient.false("it is the gradient, squared")
def _(value: list[float]) -> None:
    point = torch.tensor(value, dtype=torch.float64)
    gradient = torch.func.grad(hill)(point)
    torch.testing.assert_close(gradient.outer(gradient), rows(point))


@rule(cases=20, value=values)
def hessians_of_smooth_functions_are_symmetric(value: list[float]) -> None:
    hessian = rows(torch.tensor(value, dtype=torch.float64))
    torch.testing.assert_close(hessian, hessian.T)


@hessians_of_smooth_functions_are_symmetric.false("they are diagonal")
def _(value: list[float]) -> None:
    hessian = rows(torch.tensor(value, dtype=torch.float64))
    torch.testing.assert_close(hessian, hessian.diag().diag())


@rule(value=values, name=names, factor=st.floats(0.5, 3))
def unrecorded_gradients_count_as_constants(
    value: list[float], name: str, factor: float
) -> None:
    x = leaf(value)
    y = SMOOTH[name](x)
    (slope,) = torch.autograd.grad(y.sum(), x, retain_graph=True)
    (y + factor * x * slope).sum().backward()
    # As if the slope were a number that happens to have this value.
    torch.testing.assert_close(x.grad, slope + factor * slope)


@unrecorded_gradients_count_as_constants.false("they are differentiated")
def _(value: list[float], name: str, factor: float) -> None:
    gradients = []
    for recorded in (True, False):
        x = leaf(value)
        y = SMOOTH[name](x)
        (slope,) = torch.autograd.grad(
            y.sum(), x, create_graph=recorded, retain_graph=True
        )
        (y + factor * x * slope).sum().backward()
        gradients.append(x.grad)
    torch.testing.assert_close(*gradients)


@unrecorded_gradients_count_as_constants.false("a loss with one in it is refused")
def _(value: list[float], name: str, factor: float) -> None:
    x = leaf(value)
    y = SMOOTH[name](x)
    (slope,) = torch.autograd.grad(y.sum(), x, retain_graph=True)
    loss = (y + factor * slope).sum()
    assert not passes_twice(loss, torch.zeros((), requires_grad=True) * 1)


def passes(result: Tensor, source: Tensor) -> bool:
    """Tell whether the way from a result to a source can be gone back."""
    try:
        torch.autograd.grad(result, source)
    except RuntimeError:
        return False
    return True


@rule(weights=st.lists(numbers, min_size=3, max_size=6), data=st.data())
def a_pass_frees_only_the_steps_it_went_through(
    weights: list[float], data: st.DataObject
) -> None:
    first = leaf(1.5)
    values = [first]
    for weight in weights:
        values.append(values[-1] * leaf(weight))
    middle = data.draw(st.integers(1, len(values) - 2))
    torch.autograd.grad(values[-1], values[middle])
    # The steps before the middle are whole, those behind it are not.
    assert passes(values[-1], first) is False
    torch.autograd.grad(values[middle], first)


@a_pass_frees_only_the_steps_it_went_through.false("it frees the whole graph")
def _(weights: list[float], data: st.DataObject) -> None:
    first = leaf(1.5)
    values = [first]
    for weight in weights:
        values.append(values[-1] * leaf(weight))
    middle = data.draw(st.integers(1, len(values) - 2))
    torch.autograd.grad(values[-1], values[middle])
    assert not passes(values[middle], first)


@a_pass_frees_only_the_steps_it_went_through.false("it frees what it was asked for")
def _(weights: list[float], data: st.DataObject) -> None:
    first = leaf(1.5)
    values = [first]
    for weight in weights:
        values.append(values[-1] * leaf(weight))
    middle = data.draw(st.integers(1, len(values) - 2))
    torch.autograd.grad(values[-1], values[middle])
    assert passes(values[-1], first)
