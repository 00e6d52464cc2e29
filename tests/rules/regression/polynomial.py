"""Rules of regression/polynomial."""

from __future__ import annotations

import math

import torch
from hypothesis import strategies as st
from tests.rule import rule

from torch_by_example.regression.polynomial import fit, legendre, powers

seeds = st.integers(0, 2**32 - 1)
degrees = st.integers(1, 5)
counts = st.integers(7, 30)


def points(seed: int, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw targets, any numbers, over places from -1 to 1 that all differ."""
    torch.manual_seed(seed)
    x = torch.linspace(-1, 1, count, dtype=torch.float64).unsqueeze(1)
    if count > 2:
        x = x + (0.4 / count) * torch.rand_like(x)
    return x, 10 * torch.randn_like(x)


def loss(table: torch.Tensor, y: torch.Tensor, weights: torch.Tensor) -> float:
    """Return the mean squared error."""
    return (table @ weights - y).square().mean().item()


@rule(seed=seeds, count=counts, degree=degrees, size=st.floats(0, 5))
def least_squares_are_where_the_gradient_is_zero(
    seed: int, count: int, degree: int, size: float
) -> None:
    x, y = points(seed, count)
    table = powers(x, degree)
    weights = fit(table, y)
    gradient = 2 / count * table.T @ (table @ weights - y)
    torch.testing.assert_close(gradient, torch.zeros_like(gradient), atol=1e-8, rtol=0)
    other = weights + size * torch.randn_like(weights)
    assert loss(table, y, weights) <= loss(table, y, other) + 1e-9
    if size > 1e-2:
        assert (table.T @ (table @ other - y)).abs().max() > 1e-9


@least_squares_are_where_the_gradient_is_zero.false("the least loss is zero")
def _(seed: int, count: int, degree: int, size: float) -> None:
    del size
    x, y = points(seed, count)
    assert loss(powers(x, degree), y, fit(powers(x, degree), y)) < 1e-6


@rule(seed=seeds, count=counts, degree=degrees)
def legendre_polynomials_span_the_curves_of_the_powers(
    seed: int, count: int, degree: int
) -> None:
    x, y = points(seed, count)
    curves = [
        table @ fit(table, y) for table in (powers(x, degree), legendre(x, degree))
    ]
    torch.testing.assert_close(*curves)


@legendre_polynomials_span_the_curves_of_the_powers.false("with the same weights")
def _(seed: int, count: int, degree: int) -> None:
    x, y = points(seed, count)
    torch.testing.assert_close(fit(powers(x, degree), y), fit(legendre(x, degree), y))


@rule(seed=seeds, count=st.integers(1, 7))
def as_many_weights_as_points_fit_any_targets(seed: int, count: int) -> None:
    assert best_loss(seed, count, count - 1) < 1e-9


def best_loss(seed: int, count: int, degree: int) -> float:
    """Return the loss of the best polynomial of a degree."""
    x, y = points(seed, count)
    table = powers(x, degree)
    return loss(table, y, fit(table, y))


@as_many_weights_as_points_fit_any_targets.false("one weight less does it too")
def _(seed: int, count: int) -> None:
    assert count < 2 or best_loss(seed, count, count - 2) < 1e-9


@rule(seed=seeds, count=counts, degree=degrees)
def normal_equations_square_the_condition_number(
    seed: int, count: int, degree: int
) -> None:
    table = powers(points(seed, count)[0], degree)
    condition = torch.linalg.cond(table).item()
    assert math.isclose(
        torch.linalg.cond(table.T @ table).item(), condition**2, rel_tol=1e-3
    )


@normal_equations_square_the_condition_number.false("they leave it as it is")
def _(seed: int, count: int, degree: int) -> None:
    table = powers(points(seed, count)[0], degree)
    condition = torch.linalg.cond(table).item()
    assert math.isclose(
        torch.linalg.cond(table.T @ table).item(), condition, rel_tol=1e-3
    )


@rule(
    seed=seeds,
    count=counts,
    degree=st.integers(1, 3),
    shift=st.floats(-3, 3),
    scale=st.floats(0.2, 5),
)
def shifting_and_scaling_keeps_the_curves(
    seed: int, count: int, degree: int, shift: float, scale: float
) -> None:
    x, y = points(seed, count)
    moved = powers(scale * (x - shift), degree)
    curve = powers(x, degree) @ fit(powers(x, degree), y)
    torch.testing.assert_close(moved @ fit(moved, y), curve, rtol=1e-5, atol=1e-5)


@shifting_and_scaling_keeps_the_curves.false("it keeps the weights")
def _(seed: int, count: int, degree: int, shift: float, scale: float) -> None:
    x, y = points(seed, count)
    moved = powers(scale * (x - shift), degree)
    torch.testing.assert_close(fit(moved, y), fit(powers(x, degree), y))


@shifting_and_scaling_keeps_the_curves.false("it keeps the condition number")
def _(seed: int, count: int, degree: int, shift: float, scale: float) -> None:
    x, _ = points(seed, count)
    moved = powers(scale * (x - shift), degree)
    torch.testing.assert_close(
        torch.linalg.cond(moved), torch.linalg.cond(powers(x, degree))
    )
