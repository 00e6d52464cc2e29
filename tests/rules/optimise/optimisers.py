"""Rules of optimise/optimisers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import Tensor
from torch.optim import (
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    NAdam,
    Optimizer,
    RMSprop,
    Rprop,
)

if TYPE_CHECKING:
    from collections.abc import Callable

starts = st.lists(st.floats(-5, 5), min_size=1, max_size=4)
rates = st.floats(0.001, 0.5)
steps = st.integers(1, 12)


def height(point: Tensor) -> Tensor:
    """Return a function with some of everything: slopes, curvature, waves."""
    return (point**2 / 2 + torch.sin(2 * point) + 0.3 * point).sum()


def way(optimizer: Optimizer, point: Tensor, count: int) -> Tensor:
    """Return the places on the way of an optimiser, shape (count, …)."""
    places = []
    for _ in range(count):
        optimizer.zero_grad()
        height(point).backward()
        optimizer.step()
        places.append(point.detach().clone())
    return torch.stack(places)


def way_by_hand(
    step: Callable[[Tensor, Tensor, int], Tensor], start: Tensor, count: int
) -> Tensor:
    """Return the places on the way of steps by hand, shape (count, …)."""
    point, places = start.clone(), []
    for number in range(1, count + 1):
        leaf = point.requires_grad_()
        (gradient,) = torch.autograd.grad(height(leaf), leaf)
        point = leaf.detach() - step(leaf.detach(), gradient, number)
        places.append(point.clone())
    return torch.stack(places)


def double(start: list[float]) -> Tensor:
    """Return a start as a leaf of float64."""
    return torch.tensor(start, dtype=torch.float64, requires_grad=True)


def steady(optimizer: Optimizer, weight: Tensor, count: int) -> list[float]:
    """Return the lengths of steps on a slope of -1."""
    lengths = []
    for _ in range(count):
        before = weight.item()
        optimizer.zero_grad()
        (-weight).sum().backward()
        optimizer.step()
        lengths.append(weight.item() - before)
    return lengths


def rmsprop(rate: float, memory: float) -> Callable[[Tensor, Tensor, int], Tensor]:
    """Return RMSprop's step."""
    square: Tensor | float = 0.0

    def step(_: Tensor, gradient: Tensor, _number: int) -> Tensor:
        nonlocal square
        square = memory * square + (1 - memory) * gradient**2
        return rate * gradient / (square.sqrt() + 1e-8)

    return step


def adagrad(rate: float) -> Callable[[Tensor, Tensor, int], Tensor]:
    """Return Adagrad's step."""
    total: Tensor | float = 0.0

    def step(_: Tensor, gradient: Tensor, _number: int) -> Tensor:
        nonlocal total
        total = total + gradient**2
        return rate * gradient / (total.sqrt() + 1e-10)

    return step


def adadelta(rate: float) -> Callable[[Tensor, Tensor, int], Tensor]:
    """Return Adadelta's step."""
    square: Tensor | float = 0.0
    moved: Tensor | float = 0.0

    def step(_: Tensor, gradient: Tensor, _number: int) -> Tensor:
        nonlocal square, moved
        square = 0.9 * square + 0.1 * gradient**2
        change = gradient * ((moved + 1e-6) / (square + 1e-6)) ** 0.5
        moved = 0.9 * moved + 0.1 * change**2
        return rate * change

    return step


def adamax(rate: float) -> Callable[[Tensor, Tensor, int], Tensor]:
    """Return Adamax's step."""
    mean: Tensor | float = 0.0
    largest = torch.zeros(())

    def step(_: Tensor, gradient: Tensor, number: int) -> Tensor:
        nonlocal mean, largest
        mean = 0.9 * mean + 0.1 * gradient
        largest = torch.maximum(0.999 * largest, gradient.abs() + 1e-8)
        return rate / (1 - 0.9**number) * mean / largest

    return step


def nadam(rate: float) -> Callable[[Tensor, Tensor, int], Tensor]:
    """Return NAdam's step."""
    mean: Tensor | float = 0.0
    square: Tensor | float = 0.0
    product = 1.0

    def fading(number: int) -> float:
        return 0.9 * (1 - 0.5 * math.pow(0.96, number * 0.004))

    def step(_: Tensor, gradient: Tensor, number: int) -> Tensor:
        nonlocal mean, square, product
        now, then = fading(number), fading(number + 1)
        product *= now
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        ahead = (1 - now) * gradient / (1 - product)
        ahead = ahead + then * mean / (1 - product * then)
        return rate * ahead / ((square / (1 - 0.999**number)).sqrt() + 1e-8)

    return step


def rprop(rate: float) -> Callable[[Tensor, Tensor, int], Tensor]:
    """Return Rprop's step."""
    length: Tensor | float = rate
    before: Tensor | float = 0.0

    def step(_: Tensor, gradient: Tensor, _number: int) -> Tensor:
        nonlocal length, before
        sign = (gradient * before).sign()
        factor = torch.where(sign > 0, 1.2, torch.where(sign < 0, 0.5, 1.0))
        length = (length * factor).clamp(1e-6, 50)
        before = torch.where(sign < 0, 0.0, gradient)
        return before.sign() * length

    return step


BY_HAND: dict[type[Optimizer], Callable[[float], Callable[..., Tensor]]] = {
    RMSprop: lambda rate: rmsprop(rate, 0.99),
    Adagrad: adagrad,
    Adadelta: adadelta,
    Adamax: adamax,
    NAdam: nadam,
    Rprop: rprop,
}


@rule(start=starts, rate=rates, memory=st.floats(0.5, 0.999))
def first_step_of_rmsprop_is_too_long(
    start: list[float], rate: float, memory: float
) -> None:
    weight = double(start[:1])
    (length,) = steady(RMSprop([weight], lr=rate, alpha=memory), weight, 1)
    assert math.isclose(length, rate / math.sqrt(1 - memory), rel_tol=1e-5)
    # Beside it, the whole family against its lines of code.
    for made, by_hand in BY_HAND.items():
        point = double(start)
        found = way(made([point], lr=rate), point, 6)  # type: ignore[call-arg]
        wanted = way_by_hand(by_hand(rate), double(start).detach(), 6)
        torch.testing.assert_close(found, wanted, rtol=1e-5, atol=1e-7)


@first_step_of_rmsprop_is_too_long.false("it is the rate")
def _(start: list[float], rate: float, memory: float) -> None:
    weight = double(start[:1])
    (length,) = steady(RMSprop([weight], lr=rate, alpha=memory), weight, 1)
    assert math.isclose(length, rate, rel_tol=1e-5)


@rule(rate=rates, number=st.integers(1, 40))
def adagrad_steps_shrink_like_the_root(rate: float, number: int) -> None:
    weight = double([0.0])
    lengths = steady(Adagrad([weight], lr=rate), weight, number)
    assert math.isclose(lengths[-1], rate / math.sqrt(number), rel_tol=1e-6)


@adagrad_steps_shrink_like_the_root.false("so do those of RMSprop")
def _(rate: float, number: int) -> None:
    weight = double([0.0])
    lengths = steady(RMSprop([weight], lr=rate), weight, number)
    assert math.isclose(lengths[-1], rate / math.sqrt(number), rel_tol=1e-6)


def nesterov(rate: float, momentum: float) -> Callable[..., Tensor]:
    """Return the step of Nesterov's momentum, in PyTorch's form."""
    velocity: Tensor | float = 0.0

    def step(_: Tensor, gradient: Tensor, _number: int) -> Tensor:
        nonlocal velocity
        velocity = momentum * velocity + gradient
        return rate * (gradient + momentum * velocity)

    return step


@rule(start=starts, rate=rates, momentum=st.floats(0.1, 0.95), count=steps)
def nesterov_adds_the_velocity_to_come(
    start: list[float], rate: float, momentum: float, count: int
) -> None:
    point = double(start)
    optimizer = SGD([point], lr=rate, momentum=momentum, nesterov=True)
    found = way(optimizer, point, count)
    step = nesterov(rate, momentum)
    wanted = way_by_hand(step, double(start).detach(), count)
    torch.testing.assert_close(found, wanted)


@nesterov_adds_the_velocity_to_come.false("it is momentum, one step late")
def _(start: list[float], rate: float, momentum: float, count: int) -> None:
    point, other = double(start), double(start)
    ahead = SGD([point], lr=rate, momentum=momentum, nesterov=True)
    plain = SGD([other], lr=rate, momentum=momentum)
    torch.testing.assert_close(way(ahead, point, count), way(plain, other, count))


def penalised(start: list[float], rate: float, decay: float, count: int) -> Tensor:
    """Return the way of plain descent with half the squares in the loss."""
    return way_by_hand(
        lambda point, gradient, _: rate * (gradient + decay * point),
        double(start).detach(),
        count,
    )


@rule(start=starts, rate=rates, decay=st.floats(0.01, 1), count=steps)
def decay_of_sgd_is_a_penalty(
    start: list[float], rate: float, decay: float, count: int
) -> None:
    point = double(start)
    found = way(SGD([point], lr=rate, weight_decay=decay), point, count)
    torch.testing.assert_close(found, penalised(start, rate, decay, count))


@decay_of_sgd_is_a_penalty.false("with momentum, it is a decay by a fixed share")
def _(start: list[float], rate: float, decay: float, count: int) -> None:
    point, other = double(start), double(start)
    optimizer = SGD([point], lr=rate, momentum=0.9, weight_decay=decay)
    plain = SGD([other], lr=rate, momentum=0.9)
    for _ in range(count + 1):
        way(optimizer, point, 1)
        with torch.no_grad():
            other *= 1 - rate * decay
        way(plain, other, 1)
    torch.testing.assert_close(point, other)


def decayed(
    made: type[Optimizer], start: list[float], rate: float, decay: float, count: int
) -> tuple[Tensor, Tensor]:
    """Return the ends of an optimiser with decay, and of shrinking plus Adam."""
    point, other = double(start), double(start)
    optimizer = made([point], lr=rate, weight_decay=decay)  # type: ignore[call-arg]
    adam = Adam([other], lr=rate)
    way(optimizer, point, count)
    for _ in range(count):
        adam.zero_grad()
        height(other).backward()
        with torch.no_grad():
            other *= 1 - rate * decay
        adam.step()
    return point, other


@rule(start=starts, rate=rates, decay=st.floats(0.01, 1), count=steps)
def adamw_shrinks_and_then_steps(
    start: list[float], rate: float, decay: float, count: int
) -> None:
    torch.testing.assert_close(*decayed(AdamW, start, rate, decay, count))


@adamw_shrinks_and_then_steps.false("so does Adam")
def _(start: list[float], rate: float, decay: float, count: int) -> None:
    torch.testing.assert_close(*decayed(Adam, start, rate, decay, count))
