"""Rules of regression/by-hand."""

from __future__ import annotations

import torch
from hypothesis import strategies as st
from tests.rule import rule

seeds = st.integers(0, 2**32 - 1)
counts = st.integers(2, 9)


def points(seed: int, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw points: x between -2 and 2, any targets."""
    torch.manual_seed(seed)
    x = 4 * torch.rand(count, dtype=torch.float64) - 2
    return x, 10 * torch.randn_like(x)


def line_by_formula(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the slope and the bias by the formula of the page."""
    away = x - x.mean()
    w = (away * (y - y.mean())).sum() / (away**2).sum()
    return torch.stack([w, y.mean() - w * x.mean()])


def loss(x: torch.Tensor, y: torch.Tensor, line: torch.Tensor) -> float:
    """Return the mean squared error of a line."""
    return (line[0] * x + line[1] - y).square().mean().item()


@rule(seed=seeds, count=counts, change=st.tuples(*2 * [st.floats(-5, 5)]))
def the_formula_gives_the_one_best_line(
    seed: int, count: int, change: tuple[float, float]
) -> None:
    x, y = points(seed, count)
    if x.std() < 1e-2:
        return
    line = line_by_formula(x, y)
    columns = torch.stack([x, torch.ones_like(x)], dim=1)
    solved = torch.linalg.lstsq(columns, y.unsqueeze(1)).solution.squeeze(1)
    torch.testing.assert_close(line, solved, rtol=1e-5, atol=1e-5)
    other = line + torch.tensor(change, dtype=torch.float64)
    if max(map(abs, change)) > 1e-2:
        assert loss(x, y, line) < loss(x, y, other)


@the_formula_gives_the_one_best_line.false("the mean of y / x is the best slope")
def _(seed: int, count: int, change: tuple[float, float]) -> None:
    del change
    x, y = points(seed, count)
    torch.testing.assert_close((y / x).mean(), line_by_formula(x, y)[0])


@the_formula_gives_the_one_best_line.false("all points at one place have one too")
def _(seed: int, count: int, change: tuple[float, float]) -> None:
    x, y = points(seed, count)
    x = torch.full_like(x, x[0].item())
    line = torch.stack([torch.zeros(()), y.mean()])
    other = line + change[0] * torch.stack([torch.ones(()), -x[0]])
    assert change[0] == 0 or loss(x, y, line) < loss(x, y, other) - 1e-9


def descend(
    columns: torch.Tensor, y: torch.Tensor, start: torch.Tensor
) -> torch.Tensor:
    """Descend the mean squared error to its end, by a rate that suits it."""
    hessian = 2 / len(y) * columns.T @ columns
    rate = 1 / torch.linalg.eigvalsh(hessian).max()
    # A step is a linear map, so its square is two steps: 2**33 steps in all.
    step = torch.eye(len(start), dtype=torch.float64) - rate * hessian
    offset = rate * 2 / len(y) * columns.T @ y
    for _ in range(33):
        offset = step @ offset + offset
        step = step @ step
    end: torch.Tensor = step @ start + offset
    return end


@rule(seed=seeds, count=st.integers(1, 4), weights=st.integers(5, 8))
def descent_ends_at_the_nearest_answer(seed: int, count: int, weights: int) -> None:
    columns, y, start = few_points(seed, count, weights)
    end = descend(columns, y, start)
    torch.testing.assert_close(columns @ end, y, rtol=1e-4, atol=1e-4)
    nearest = start + torch.linalg.pinv(columns) @ (y - columns @ start)
    torch.testing.assert_close(end, nearest, rtol=1e-3, atol=1e-3)


def few_points(
    seed: int, count: int, weights: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Draw fewer points than weights, and a start."""
    torch.manual_seed(seed)
    columns = torch.linalg.qr(torch.randn(weights, count, dtype=torch.float64)).Q.T
    y = torch.randn(count, dtype=torch.float64)
    return columns, y, torch.randn(weights, dtype=torch.float64)


@descent_ends_at_the_nearest_answer.false("every start leads to the same weights")
def _(seed: int, count: int, weights: int) -> None:
    columns, y, start = few_points(seed, count, weights)
    end = descend(columns, y, start)
    torch.testing.assert_close(end, descend(columns, y, start + 1))


@descent_ends_at_the_nearest_answer.false("it ends at the smallest weights")
def _(seed: int, count: int, weights: int) -> None:
    columns, y, start = few_points(seed, count, weights)
    smallest = torch.linalg.pinv(columns) @ y
    torch.testing.assert_close(descend(columns, y, start), smallest)


@rule(seed=seeds, count=counts, zeros=st.integers(0, 1))
def a_weight_for_each_sample_fits_any_targets(
    seed: int, count: int, zeros: int
) -> None:
    assert private_loss(seed, count, zeros) < 1e-9


def private_loss(seed: int, count: int, zeros: int) -> float:
    """Return the least loss with a weight for each sample and one bias."""
    x, y = points(seed, count)
    x = x.sign() * (x.abs() + 0.1)
    x[:zeros] = 0
    columns = torch.cat([x.diag(), torch.ones(count, 1, dtype=torch.float64)], dim=1)
    weights = torch.linalg.pinv(columns) @ y
    least: float = (columns @ weights - y).square().mean().item()
    return least


@a_weight_for_each_sample_fits_any_targets.false("also where several x are 0")
def _(seed: int, count: int, zeros: int) -> None:
    assert private_loss(seed, count, zeros + 1) < 1e-9


@a_weight_for_each_sample_fits_any_targets.false("so does a shared weight")
def _(seed: int, count: int, zeros: int) -> None:
    del zeros
    x, y = points(seed, count)
    assert loss(x, y, line_by_formula(x, y)) < 1e-9


@rule(seed=seeds, count=counts, length=st.floats(-9, 9))
def private_weights_leave_one_direction_open(
    seed: int, count: int, length: float
) -> None:
    before, after, _ = moved(seed, count, length)
    torch.testing.assert_close(after, before)


def moved(
    seed: int, count: int, length: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Move the weights by 1 / x and the bias by -1, so many times.

    Returns:
        The predictions before and after, and how far the weights moved.
    """
    x, weights = points(seed, count)
    x = x.sign() * (x.abs() + 0.1)
    change = length / x
    return weights * x + 1, (weights + change) * x + 1 - length, change


@private_weights_leave_one_direction_open.false("zero loss fixes the weights")
def _(seed: int, count: int, length: float) -> None:
    before, after, change = moved(seed, count, length)
    if torch.allclose(before, after):
        assert change.abs().max() < 1e-6


@rule(seed=seeds, count=counts)
def a_shared_weight_ends_at_one_line(seed: int, count: int) -> None:
    x, y = points(seed, count)
    if x.std() < 0.05:
        return
    for line in ends(x, y):
        torch.testing.assert_close(line, line_by_formula(x, y), rtol=1e-3, atol=1e-3)


def ends(x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Descend from two starts."""
    columns = torch.stack([x, torch.ones_like(x)], dim=1)
    first, second = 5 * torch.randn(2, 2, dtype=torch.float64)
    return descend(columns, y, first), descend(columns, y, second)


@a_shared_weight_ends_at_one_line.false("also when all x are equal")
def _(seed: int, count: int) -> None:
    x, y = points(seed, count)
    torch.testing.assert_close(*ends(torch.full_like(x, 1.5), y))
