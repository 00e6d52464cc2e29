"""Rules of autograd/accumulate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import Tensor, nn
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

if TYPE_CHECKING:
    from collections.abc import Callable

shapes = st.lists(st.integers(1, 4), max_size=3)
seeds = st.integers(0, 99)
values = st.lists(st.floats(0.5, 4, width=32), min_size=1, max_size=4)


def randn(seed: int, *shape: int) -> Tensor:
    """Return normally distributed numbers in float64, the same for each seed."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


NAMES = ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "NAdam"]


@rule(cases=20, name=st.sampled_from(NAMES), shape=shapes, seed=seeds)
def zero_grad_leaves_none(name: str, shape: list[int], seed: int) -> None:
    x = randn(seed, *shape).requires_grad_()
    optimizer: torch.optim.Optimizer = getattr(torch.optim, name)([x])
    x.sum().backward()
    optimizer.zero_grad()
    assert x.grad is None
    model = nn.Linear(2, 1)
    model(torch.ones(2)).sum().backward()
    model.zero_grad()
    assert model.weight.grad is None


@zero_grad_leaves_none.false("zeros")
def _(name: str, shape: list[int], seed: int) -> None:
    x = randn(seed, *shape).requires_grad_()
    optimizer: torch.optim.Optimizer = getattr(torch.optim, name)([x])
    x.sum().backward()
    optimizer.zero_grad()
    assert x.grad is not None
    assert (x.grad == 0).all()


@rule(samples=st.integers(1, 9), size=st.integers(1, 9), seed=seeds)
def means_of_pieces_add_up_with_their_shares(
    samples: int, size: int, seed: int
) -> None:
    whole, pieces = in_pieces(samples, size, seed, lambda n, _: n / samples)
    torch.testing.assert_close(pieces, whole)


def in_pieces(
    samples: int, size: int, seed: int, share: Callable[[int, int], float]
) -> tuple[Tensor, Tensor]:
    """Return the gradient of the whole, and what the pieces add up to.

    Args:
        samples: How many there are.
        size: How many make a piece; the last may have less.
        seed: Of the random numbers.
        share: The factor of a piece, from its samples and the number of pieces.
    """
    x, y = randn(seed, samples, 3), randn(seed + 1, samples)
    w = randn(seed + 2, 3).requires_grad_()
    (whole,) = torch.autograd.grad((x @ w - y).square().mean(), w)
    parts = list(zip(x.split(size), y.split(size), strict=True))
    for part, target in parts:
        loss = (part @ w - target).square().mean()
        (loss * share(len(part), len(parts))).backward()
    assert w.grad is not None
    return whole, w.grad


@means_of_pieces_add_up_with_their_shares.false("means add up by themselves")
def _(samples: int, size: int, seed: int) -> None:
    whole, pieces = in_pieces(samples, size, seed, lambda _n, _m: 1.0)
    torch.testing.assert_close(pieces, whole)


@means_of_pieces_add_up_with_their_shares.false(
    "dividing by the number of pieces is always enough"
)
def _(samples: int, size: int, seed: int) -> None:
    whole, pieces = in_pieces(samples, size, seed, lambda _, pieces: 1 / pieces)
    torch.testing.assert_close(pieces, whole)


@rule(value=values, first=values)
def switched_off_tensors_keep_their_old_gradient(
    value: list[float], first: list[float]
) -> None:
    x = torch.tensor(value, requires_grad=True)
    (first[0] * x).sum().backward()
    old = x.grad
    x.requires_grad = False
    w = torch.tensor(2.0, requires_grad=True)
    (w * x).sum().backward()
    assert x.grad is old
    torch.testing.assert_close(x.grad, torch.full_like(x, first[0]))
    torch.testing.assert_close(w.grad, x.sum())


@switched_off_tensors_keep_their_old_gradient.false("their gradient is None")
def _(value: list[float], first: list[float]) -> None:
    x = torch.tensor(value, requires_grad=True)
    (first[0] * x).sum().backward()
    x.requires_grad = False
    assert x.grad is None


OPTIMISERS: dict[str, Callable[[list[Tensor]], torch.optim.Optimizer]] = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "weight decay": lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.1),
    "Adam": torch.optim.Adam,
    "AdamW": torch.optim.AdamW,
    "RMSprop": torch.optim.RMSprop,
    "Adagrad": torch.optim.Adagrad,
    "Adadelta": torch.optim.Adadelta,
    "NAdam": torch.optim.NAdam,
    "RAdam": torch.optim.RAdam,
    "Rprop": torch.optim.Rprop,
    "Adamax": torch.optim.Adamax,
    "ASGD": torch.optim.ASGD,
    "Adafactor": torch.optim.Adafactor,
}


def steps_of(name: str, steps: int, gradient: Callable[[Tensor], None]) -> bool:
    """Tell whether a frozen weight moves, after some steps of training.

    Args:
        name: An optimiser.
        steps: How many steps are taken before the weight is frozen.
        gradient: What is done to the weight when it is frozen.
    """
    frozen = torch.tensor([2.0, -1.0], requires_grad=True)
    other = torch.tensor([3.0, 1.0], requires_grad=True)
    if name == "LBFGS":
        optimizer: torch.optim.Optimizer = torch.optim.LBFGS([frozen, other], lr=0.1)
    else:
        optimizer = OPTIMISERS[name]([frozen, other])

    def loss() -> float:
        other.grad = None
        if frozen.requires_grad:
            frozen.grad = None
        value = (frozen * other - 1).square().sum()
        value.backward()
        return value.item()

    for _ in range(steps):
        optimizer.step(loss)
    frozen.requires_grad = False
    gradient(frozen)
    before = frozen.clone()
    optimizer.step(loss)
    return not torch.equal(frozen, before)


def clear(weight: Tensor) -> None:
    """Remove the gradient."""
    weight.grad = None


def zero(weight: Tensor) -> None:
    """Set the gradient to zeros."""
    weight.grad = torch.zeros_like(weight)


def leave(weight: Tensor) -> None:
    """Leave the gradient as it is."""


@rule(cases=20, name=st.sampled_from(sorted(OPTIMISERS)), steps=st.integers(1, 3))
def optimisers_pass_over_parameters_without_gradient(name: str, steps: int) -> None:
    assert not steps_of(name, steps, clear)


@optimisers_pass_over_parameters_without_gradient.false("LBFGS does so, too")
def _(name: str, steps: int) -> None:
    del name
    assert not steps_of("LBFGS", steps, clear)


@optimisers_pass_over_parameters_without_gradient.false("and over frozen ones")
def _(name: str, steps: int) -> None:
    assert not steps_of(name, steps, leave)


@optimisers_pass_over_parameters_without_gradient.false("and those with zeros")
def _(name: str, steps: int) -> None:
    assert not steps_of(name, steps, zero)


def clipped(
    seed: int, sizes: list[int], limit: float, clip: Callable[[list[Tensor]], object]
) -> tuple[Tensor, Tensor]:
    """Return the gradients of several weights in a row, before and after a clip.

    Args:
        seed: Of the random gradients.
        sizes: How many numbers each weight has.
        limit: How long all the gradients together are before.
        clip: What is done to the weights.
    """
    weights = [torch.zeros(size, dtype=torch.float64) for size in sizes]
    whole = nn.functional.normalize(randn(seed, sum(sizes)), dim=0) * limit
    for weight, grad in zip(weights, whole.split(sizes), strict=True):
        weight.grad = grad.clone()
    clip(weights)
    after = [weight.grad for weight in weights if weight.grad is not None]
    return whole, torch.cat(after)


sizes = st.lists(st.integers(1, 4), min_size=1, max_size=3)
limits = st.floats(0.01, 100)


@rule(seed=seeds, sizes=sizes, length=limits)
def clipping_the_norm_keeps_the_direction(
    seed: int, sizes: list[int], length: float
) -> None:
    before, after = clipped(seed, sizes, length, lambda w: clip_grad_norm_(w, 1.0))
    torch.testing.assert_close(after / after.norm(), before / before.norm())
    expected = torch.tensor(min(length, 1.0), dtype=torch.float64)
    torch.testing.assert_close(after.norm(), expected, rtol=1e-4, atol=0)


@clipping_the_norm_keeps_the_direction.false("all gradients get the length max_norm")
def _(seed: int, sizes: list[int], length: float) -> None:
    _, after = clipped(seed, sizes, length, lambda w: clip_grad_norm_(w, 1.0))
    torch.testing.assert_close(after.norm().item(), 1.0, rtol=1e-4, atol=0)


@clipping_the_norm_keeps_the_direction.false("each weight is clipped for itself")
def _(seed: int, sizes: list[int], length: float) -> None:
    _, after = clipped(seed, sizes, length, lambda w: clip_grad_norm_(w, 1.0))
    _, each = clipped(
        seed, sizes, length, lambda ws: [clip_grad_norm_(w, 1.0) for w in ws]
    )
    torch.testing.assert_close(after, each)


@clipping_the_norm_keeps_the_direction.false("clip_grad_value_ does so, too")
def _(seed: int, sizes: list[int], length: float) -> None:
    before, after = clipped(seed, sizes, length, lambda w: clip_grad_value_(w, 1.0))
    torch.testing.assert_close(after / after.norm(), before / before.norm())


@rule(seed=seeds, sizes=sizes, length=limits, limit=limits)
def clipping_values_still_leads_down(
    seed: int, sizes: list[int], length: float, limit: float
) -> None:
    before, after = clipped(seed, sizes, length, lambda w: clip_grad_value_(w, limit))
    assert (before.sign() == after.sign()).all()
    assert before @ after > 0


@clipping_values_still_leads_down.false("clipped, the gradient is as steep")
def _(seed: int, sizes: list[int], length: float, limit: float) -> None:
    before, after = clipped(seed, sizes, length, lambda w: clip_grad_value_(w, limit))
    torch.testing.assert_close(before @ after / after.norm(), before.norm())


@rule(seed=seeds, size=st.integers(2, 6), place=st.integers(0, 5))
def one_nan_makes_all_clipped_gradients_nan(seed: int, size: int, place: int) -> None:
    weights = [torch.zeros((), dtype=torch.float64) for _ in range(size)]
    for number, weight in enumerate(weights):
        weight.grad = randn(seed + number)
    weights[place % size].grad = torch.tensor(torch.nan, dtype=torch.float64)
    clip_grad_norm_(weights, 1.0)
    assert all(w.grad is not None and w.grad.isnan() for w in weights)


@one_nan_makes_all_clipped_gradients_nan.false("clipping makes nan a number again")
def _(seed: int, size: int, place: int) -> None:
    del seed, size, place
    weight = torch.zeros(())
    weight.grad = torch.tensor(torch.nan)
    clip_grad_norm_([weight], 1.0)
    assert not weight.grad.isnan()


@one_nan_makes_all_clipped_gradients_nan.false("so does clip_grad_value_")
def _(seed: int, size: int, place: int) -> None:
    weights = [torch.zeros((), dtype=torch.float64) for _ in range(size)]
    for number, weight in enumerate(weights):
        weight.grad = randn(seed + number)
    weights[place % size].grad = torch.tensor(torch.nan, dtype=torch.float64)
    clip_grad_value_(weights, 1.0)
    assert all(w.grad is not None and w.grad.isnan() for w in weights)
