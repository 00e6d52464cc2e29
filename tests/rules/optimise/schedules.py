"""Rules of optimise/schedules."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch.optim import lr_scheduler

from torch_by_example.optimise.schedules import rates_of

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = 25
factors = st.floats(0.1, 0.99)
lengths = st.integers(1, 20)


def same(found: list[float], formula: Callable[[int], float]) -> None:
    """Assert that rates follow a closed form, from step 0 on."""
    wanted = [formula(step) for step in range(len(found))]
    assert found == pytest.approx(wanted, rel=1e-6, abs=1e-9)


def forms(
    gamma: float, size: int, marks: list[int], power: float
) -> list[
    tuple[type[lr_scheduler.LRScheduler], dict[str, Any], Callable[[int], float]]
]:
    """Return four schedulers, what they are made with, and their closed forms."""
    return [
        (
            lr_scheduler.StepLR,
            {"step_size": size, "gamma": gamma},
            lambda t: math.pow(gamma, t // size),
        ),
        (
            lr_scheduler.MultiStepLR,
            {"milestones": marks, "gamma": gamma},
            lambda t: math.pow(gamma, sum(mark <= t for mark in marks)),
        ),
        (
            lr_scheduler.ExponentialLR,
            {"gamma": gamma},
            lambda t: math.pow(gamma, t),
        ),
        (
            lr_scheduler.PolynomialLR,
            {"total_iters": size, "power": power},
            lambda t: math.pow(1 - min(t / size, 1), power),
        ),
    ]


shapes: dict[str, Any] = {
    "gamma": factors,
    "size": lengths,
    "marks": st.lists(st.integers(1, 20), min_size=1, max_size=4, unique=True),
    "power": st.floats(0.5, 3),
}


@rule(**shapes)
def four_schedules_follow_their_closed_forms(
    gamma: float, size: int, marks: list[int], power: float
) -> None:
    for make, options, formula in forms(gamma, size, sorted(marks), power):
        same(rates_of(make, STEPS, **options), formula)


@four_schedules_follow_their_closed_forms.false("from step 1 on")
def _(gamma: float, size: int, marks: list[int], power: float) -> None:
    for make, options, formula in forms(gamma, size, sorted(marks), power):
        same(rates_of(make, STEPS, **options), lambda t, f=formula: f(t + 1))  # type: ignore[misc]


def cosine(step: int, length: int, lowest: float) -> float:
    """Return the closed form of CosineAnnealingLR, beginning with 1."""
    return lowest + (1 - lowest) * (1 + math.cos(math.pi * step / length)) / 2


@rule(length=lengths, lowest=st.floats(0, 0.5))
def cosine_follows_its_formula_and_turns_back(length: int, lowest: float) -> None:
    rates = rates_of(
        lr_scheduler.CosineAnnealingLR,
        2 * length + 1,
        T_max=length,
        eta_min=lowest,
    )
    same(rates, lambda t: cosine(t, length, lowest))
    assert rates[-1] == pytest.approx(1)
    # Beside it, restarts: the same curve, begun anew.
    restarts = rates_of(
        lr_scheduler.CosineAnnealingWarmRestarts,
        3 * length,
        T_0=length,
        eta_min=lowest,
    )
    same(restarts, lambda t: cosine(t % length, length, lowest))


@cosine_follows_its_formula_and_turns_back.false("it stays at the lowest rate")
def _(length: int, lowest: float) -> None:
    rates = rates_of(
        lr_scheduler.CosineAnnealingLR,
        2 * length + 1,
        T_max=length,
        eta_min=lowest,
    )
    same(rates, lambda t: cosine(min(t, length), length, lowest))


def linear(start: float, end: float, length: int) -> list[float]:
    """Return the rates of LinearLR."""
    return rates_of(
        lr_scheduler.LinearLR,
        STEPS,
        start_factor=start,
        end_factor=end,
        total_iters=length,
    )


@rule(start=factors, end=factors, length=lengths)
def linear_goes_in_equal_steps(start: float, end: float, length: int) -> None:
    rates = linear(start, end, length)
    same(rates, lambda t: start + (end - start) * min(t / length, 1))


@linear_goes_in_equal_steps.false("each step multiplies by the same factor")
def _(start: float, end: float, length: int) -> None:
    rates = linear(start, end, length)
    same(rates, lambda t: start * math.pow(end / start, min(t / length, 1)))


def chained(factor: float, gamma: float, length: int) -> list[float]:
    """Return the rates of a constant factor and an exponential at once."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    schedule = lr_scheduler.ChainedScheduler(
        [
            lr_scheduler.ConstantLR(optimizer, factor=factor, total_iters=length),
            lr_scheduler.ExponentialLR(optimizer, gamma=gamma),
        ]
    )
    rates = []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return rates


@rule(factor=factors, gamma=factors, length=lengths)
def chained_factors_multiply(factor: float, gamma: float, length: int) -> None:
    same(
        chained(factor, gamma, length),
        lambda t: (factor if t < length else 1) * math.pow(gamma, t),
    )


@chained_factors_multiply.false("the second begins when the first has ended")
def _(factor: float, gamma: float, length: int) -> None:
    same(
        chained(factor, gamma, length),
        lambda t: factor if t < length else math.pow(gamma, t - length),
    )


def falls_at(patience: int) -> int:
    """Return the epoch in which a loss that stays lowers the rate, from 0."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    schedule = lr_scheduler.ReduceLROnPlateau(optimizer, patience=patience)
    epoch = 0
    while True:
        schedule.step(1.0)
        if schedule.get_last_lr()[0] < 1:
            return epoch
        epoch += 1


@rule(patience=st.integers(0, 15))
def plateau_waits_patience_epochs_and_falls_at_the_next(patience: int) -> None:
    # Epoch 0 is progress: nothing was there before.
    assert falls_at(patience) == patience + 1


@plateau_waits_patience_epochs_and_falls_at_the_next.false(
    "it falls after patience epochs without progress"
)
def _(patience: int) -> None:
    assert falls_at(patience) == patience
