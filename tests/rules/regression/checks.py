"""Rules of regression/checks."""

from __future__ import annotations

import itertools
import math

import torch
from hypothesis import strategies as st
from tests.rule import rule

from torch_by_example.regression.checks import r_squared

seeds = st.integers(0, 2**32 - 1)


def table(seed: int, rows: int, columns: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw a table of features and its targets."""
    torch.manual_seed(seed)
    x = torch.randn(rows, columns, dtype=torch.float64)
    return x, x[:, :1] + torch.randn(rows, 1, dtype=torch.float64)


def loss(x: torch.Tensor, y: torch.Tensor, weights: torch.Tensor) -> float:
    """Return the mean squared error of a linear fit."""
    return (x @ weights - y).square().mean().item()


@rule(cases=15, seed=seeds, rows=st.integers(2, 30), columns=st.integers(2, 6))
def training_loss_falls_with_each_column(seed: int, rows: int, columns: int) -> None:
    seen, _ = losses_by_columns(seed, rows, columns)
    for before, after in itertools.pairwise(seen):
        assert after <= before + 1e-9


def losses_by_columns(
    seed: int, rows: int, columns: int
) -> tuple[list[float], list[float]]:
    """Fit 1, 2, … columns; the losses on the rows, and on a hundred others."""
    x, y = table(seed, rows + 100, columns)
    seen, unseen = [], []
    for count in range(1, columns + 1):
        part = x[:, :count]
        weights = torch.linalg.pinv(part[:rows]) @ y[:rows]
        seen.append(loss(part[:rows], y[:rows], weights))
        unseen.append(loss(part[rows:], y[rows:], weights))
    return seen, unseen


@training_loss_falls_with_each_column.false("so does the validation loss")
def _(seed: int, rows: int, columns: int) -> None:
    _, unseen = losses_by_columns(seed, rows, columns)
    for before, after in itertools.pairwise(unseen):
        assert after <= before + 1e-9


@rule(low=st.floats(0.01, 10), ratio=st.floats(1, 1e4), share=st.floats(0.01, 0.99))
def best_rate_lies_in_the_upper_half(low: float, ratio: float, share: float) -> None:
    high = low * ratio
    limit = 2 / high

    def factor(rate: float) -> float:
        return max(abs(1 - rate * low), abs(1 - rate * high))

    candidates = torch.linspace(0, 1, 1001, dtype=torch.float64)[1:].tolist()
    best = min(candidates, key=lambda part: factor(part * limit))
    assert 0.499 < best <= 1
    assert factor(best * limit) <= factor(share * limit) + 1e-3


@best_rate_lies_in_the_upper_half.false("the best rate is the greatest that works")
def _(low: float, ratio: float, share: float) -> None:
    high = low * ratio
    limit = 2 / high
    parts = [max(abs(1 - r * low), abs(1 - r * high)) for r in (share * limit, limit)]
    assert parts[1] <= parts[0] + 1e-3


@best_rate_lies_in_the_upper_half.false("half the greatest rate is the best")
def _(low: float, ratio: float, share: float) -> None:
    high = low * ratio
    rates = (share * 2 / high, 1 / high)
    parts = [max(abs(1 - rate * low), abs(1 - rate * high)) for rate in rates]
    assert parts[1] <= parts[0] + 1e-9


@rule(bound=st.floats(allow_nan=False))
def nan_is_neither_above_nor_below(bound: float) -> None:
    for nan in (math.nan, torch.tensor(math.nan)):
        assert not nan > bound
        assert not nan < bound
        assert not math.isfinite(nan)


@nan_is_neither_above_nor_below.false("a loss of nan is above any bound")
def _(bound: float) -> None:
    assert torch.tensor(math.nan) > bound


@rule(seed=seeds, rows=st.integers(10, 30), noise=st.floats(0.1, 3))
def rows_in_both_sets_hide_overfitting(seed: int, rows: int, noise: float) -> None:
    seen, leaked, fresh = losses_with_a_leak(seed, rows, noise)
    assert leaked < fresh
    assert math.isclose(leaked, seen, rel_tol=1e-9)


def losses_with_a_leak(
    seed: int, rows: int, noise: float
) -> tuple[float, float, float]:
    """Fit as many columns as half the rows: losses on rows seen, leaked, new."""
    x, y = table(seed, rows + 500, rows // 2)
    y = x[:, :1] + noise * (y - x[:, :1])
    weights = torch.linalg.lstsq(x[:rows], y[:rows]).solution
    leaked = torch.randperm(rows)  # every validation row is a row of training
    return (
        loss(x[:rows], y[:rows], weights),
        loss(x[leaked], y[leaked], weights),
        loss(x[rows:], y[rows:], weights),
    )


@rows_in_both_sets_hide_overfitting.false(
    "a row in both sets makes the validation loss far lower than the training loss"
)
def _(seed: int, rows: int, noise: float) -> None:
    seen, leaked, _ = losses_with_a_leak(seed, rows, noise)
    assert leaked < 0.9 * seen


@rule(seed=seeds, rows=st.integers(2, 30), spread=st.floats(0, 5))
def r_squared_is_negative_below_the_mean(seed: int, rows: int, spread: float) -> None:
    prediction, y = predicted(seed, rows, spread)
    share = r_squared(prediction, y).item()
    worse = loss_of(prediction, y) > loss_of(y.mean().expand_as(y), y)
    assert (share < 0) == worse
    assert share <= 1
    assert r_squared(y, y).item() == 1
    assert abs(r_squared(y.mean().expand_as(y), y).item()) < 1e-9


def predicted(seed: int, rows: int, spread: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw targets, and predictions that are off by a spread."""
    torch.manual_seed(seed)
    y = torch.randn(rows, 1, dtype=torch.float64)
    return y + spread * torch.randn_like(y), y


def loss_of(prediction: torch.Tensor, y: torch.Tensor) -> float:
    """Return the mean squared error."""
    return (prediction - y).square().mean().item()


@r_squared_is_negative_below_the_mean.false("R² lies between 0 and 1")
def _(seed: int, rows: int, spread: float) -> None:
    assert 0 <= r_squared(*predicted(seed, rows, spread)).item() <= 1


def learned(seed: int, hidden: int) -> torch.Tensor:
    """Train 32 networks on three points: which of them know them by heart."""
    torch.manual_seed(seed)
    x = torch.tensor([-1.0, 0.0, 1.0]).view(1, 3, 1)
    y = torch.tensor([1.0, 0.0, 1.0]).view(1, 3, 1)
    bound = hidden**-0.5
    # Drawn like nn.Linear does it: uniform, within one over the root of the inputs.
    weights = [
        torch.empty(32, 1, hidden).uniform_(-1, 1),
        torch.empty(32, 1, hidden).uniform_(-1, 1),
        torch.empty(32, hidden, 1).uniform_(-bound, bound),
        torch.empty(32, 1, 1).uniform_(-bound, bound),
    ]
    for weight in weights:
        weight.requires_grad_()
    optimizer = torch.optim.SGD(weights, lr=0.2)
    for _ in range(500):
        first, bias, last, offset = weights
        hidden_units = torch.relu(x * first + bias)
        losses = (hidden_units @ last + offset - y).square().mean(dim=(1, 2))
        optimizer.zero_grad()
        losses.sum().backward()
        optimizer.step()
    return losses.detach() < 1e-3


@rule(cases=3, seed=seeds, hidden=st.integers(8, 12))
def most_starts_learn_three_points(seed: int, hidden: int) -> None:
    assert learned(seed, hidden).float().mean() > 0.8


@most_starts_learn_three_points.false(
    "a correct network learns three points by heart, whatever the start"
)
def _(seed: int, hidden: int) -> None:
    assert learned(seed, hidden).all()


def all_pairs(prediction: torch.Tensor, y: torch.Tensor) -> float:
    """Return the loss of a column against a row."""
    return (prediction - y.squeeze(1)).square().mean().item()


@rule(seed=seeds, rows=st.integers(2, 30), spread=st.floats(0.01, 5))
def all_pairs_are_closest_to_the_mean(seed: int, rows: int, spread: float) -> None:
    prediction, y = predicted(seed, rows, spread)
    mean = y.mean().expand_as(y)
    assert all_pairs(mean, y) <= all_pairs(prediction, y) + 1e-12
    parts = loss_of(prediction, mean) + y.var(correction=0).item()
    assert math.isclose(all_pairs(prediction, y), parts)


@all_pairs_are_closest_to_the_mean.false("perfect predictions have the least loss")
def _(seed: int, rows: int, spread: float) -> None:
    prediction, y = predicted(seed, rows, spread)
    assert all_pairs(y, y) <= all_pairs(prediction, y)


@rule(seed=seeds, rows=st.integers(2, 30), constant=st.floats(-100, 100))
def constant_predictions_hide_the_shape_bug(
    seed: int, rows: int, constant: float
) -> None:
    _, y = predicted(seed, rows, 0)
    prediction = torch.full_like(y, constant)
    assert math.isclose(all_pairs(prediction, y), loss_of(prediction, y))


@constant_predictions_hide_the_shape_bug.false(
    "the shape bug shows in the loss of any prediction"
)
def _(seed: int, rows: int, constant: float) -> None:
    _, y = predicted(seed, rows, 0)
    prediction = torch.full_like(y, constant)
    assert not math.isclose(all_pairs(prediction, y), loss_of(prediction, y))


@constant_predictions_hide_the_shape_bug.false("the shape bug does not change the loss")
def _(seed: int, rows: int, constant: float) -> None:
    prediction, y = predicted(seed, rows, constant)
    assert math.isclose(all_pairs(prediction, y), loss_of(prediction, y))
