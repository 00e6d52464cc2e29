"""Rules of regression/linear."""

from __future__ import annotations

import itertools
import math

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

seeds = st.integers(0, 2**32 - 1)
counts = st.integers(1, 40)
sizes = st.integers(1, 12)


def epochs(seed: int, count: int, size: int) -> list[list[list[int]]]:
    """Shuffle the numbers of rows in two epochs: their batches."""
    rows = TensorDataset(torch.arange(count))
    generator = torch.Generator().manual_seed(seed)
    loader: DataLoader[tuple[torch.Tensor, ...]] = DataLoader(
        rows, batch_size=size, shuffle=True, generator=generator
    )
    return [[batch.tolist() for (batch,) in loader] for _ in range(2)]


@rule(cases=20, seed=seeds, count=counts, size=sizes)
def an_epoch_holds_each_row_once(seed: int, count: int, size: int) -> None:
    for epoch in epochs(seed, count, size):
        assert sorted(itertools.chain(*epoch)) == list(range(count))


@an_epoch_holds_each_row_once.false("each epoch has the rows in the same order")
def _(seed: int, count: int, size: int) -> None:
    first, second = epochs(seed, count, size)
    assert first == second


@an_epoch_holds_each_row_once.false("each batch holds each row once")
def _(seed: int, count: int, size: int) -> None:
    for epoch in epochs(seed, count, size):
        assert sorted(epoch[0]) == list(range(count))


@rule(cases=20, seed=seeds, count=counts, size=sizes)
def the_last_batch_holds_what_is_left(seed: int, count: int, size: int) -> None:
    *full, last = epochs(seed, count, size)[0]
    assert all(len(batch) == size for batch in full)
    assert len(last) == count - size * len(full) <= size


@the_last_batch_holds_what_is_left.false("all batches are equally large")
def _(seed: int, count: int, size: int) -> None:
    assert all(len(batch) == size for batch in epochs(seed, count, size)[0])


def points(seed: int, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw noisy points near the line y = 2x + 5."""
    torch.manual_seed(seed)
    x = torch.randn(count, 1, dtype=torch.float64)
    return x, 2 * x + 5 + torch.randn_like(x)


def loss(x: torch.Tensor, y: torch.Tensor, w: float, b: float) -> float:
    """Return the mean squared error of a line."""
    return (w * x + b - y).square().mean().item()


def best_line(x: torch.Tensor, y: torch.Tensor) -> tuple[float, float]:
    """Return the slope and the bias of least squares."""
    columns = torch.cat([x, torch.ones_like(x)], dim=1)
    w, b = torch.linalg.lstsq(columns, y).solution.flatten().tolist()
    return w, b


@rule(
    seed=seeds,
    count=st.integers(3, 40),
    change=st.tuples(st.floats(-9, 9), st.floats(-9, 9)),
)
def no_line_beats_least_squares(
    seed: int, count: int, change: tuple[float, float]
) -> None:
    x, y = points(seed, count)
    w, b = best_line(x, y)
    least = loss(x, y, w, b)
    assert least <= loss(x, y, w + change[0], b + change[1]) + 1e-12
    assert least <= loss(x, y, 2, 5) + 1e-12


@no_line_beats_least_squares.false("the true line has the smallest loss")
def _(seed: int, count: int, change: tuple[float, float]) -> None:
    x, y = points(seed, count)
    w, b = best_line(x, y)
    assert loss(x, y, 2, 5) <= loss(x, y, w + change[0] / 1e3, b + change[1] / 1e3)


def batch_losses(
    seed: int, count: int, size: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the losses of batches, their rows, and the loss over all rows."""
    x, y = points(seed, count)
    pairs = list(zip(x.split(size), y.split(size), strict=True))
    each = torch.stack([functional.mse_loss(2 * a, b) for a, b in pairs])
    rows = torch.tensor([len(a) for a, _ in pairs])
    return each, rows, functional.mse_loss(2 * x, y)


@rule(seed=seeds, count=counts, size=sizes)
def weighing_batches_by_rows_gives_the_mean(seed: int, count: int, size: int) -> None:
    each, rows, whole = batch_losses(seed, count, size)
    torch.testing.assert_close((each * rows).sum() / rows.sum(), whole)


@weighing_batches_by_rows_gives_the_mean.false("so does the mean over the batches")
def _(seed: int, count: int, size: int) -> None:
    each, _, whole = batch_losses(seed, count, size)
    torch.testing.assert_close(each.mean(), whole)


@rule(falls=st.lists(st.floats(0.01, 50), min_size=2, max_size=20))
def a_running_mean_lags_behind_a_falling_loss(falls: list[float]) -> None:
    for now, mean in running(falls)[1:]:
        assert mean > now


def running(falls: list[float]) -> list[tuple[float, float]]:
    """Let a loss fall: its value and the mean since the first, epoch by epoch."""
    values = [sum(falls[index:]) for index in range(len(falls))]
    return [
        (values[index], sum(values[: index + 1]) / (index + 1))
        for index in range(len(values))
    ]


@a_running_mean_lags_behind_a_falling_loss.false("it comes to the loss in time")
def _(falls: list[float]) -> None:
    now, mean = running(falls)[-1]
    assert math.isclose(mean, now, rel_tol=0.01)


shapes = st.lists(st.integers(1, 3), min_size=1, max_size=4)


@rule(shape=shapes, features=st.integers(1, 3), outputs=st.integers(1, 3))
def linear_takes_the_features_from_the_last_dimension(
    shape: list[int], features: int, outputs: int
) -> None:
    wanted = [*shape[:-1], outputs] if shape[-1] == features else None
    assert shape_out(shape, features, outputs) == wanted


def shape_out(shape: list[int], features: int, outputs: int) -> list[int] | None:
    """Return the shape that a layer makes of a shape, or None if it refuses."""
    layer = nn.Linear(features, outputs)
    try:
        return list(layer(torch.zeros(shape)).shape)
    except RuntimeError:
        return None


@linear_takes_the_features_from_the_last_dimension.false("it wants a table")
def _(shape: list[int], features: int, outputs: int) -> None:
    table = len(shape) == 2 and shape[-1] == features
    assert (shape_out(shape, features, outputs) is not None) == table
