"""Rules of losses/mse."""

from __future__ import annotations

import math
import warnings

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch.nn import functional

seeds = st.integers(0, 2**32 - 1)
shapes = st.lists(st.integers(1, 4), min_size=1, max_size=3)


def pair(seed: int, shape: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw a prediction, which asks for its gradient, and a target."""
    torch.manual_seed(seed)
    prediction = torch.randn(shape, dtype=torch.float64, requires_grad=True)
    return prediction, torch.randn(shape, dtype=torch.float64)


@rule(seed=seeds, shape=shapes)
def mse_averages_over_all_numbers(seed: int, shape: list[int]) -> None:
    prediction, y = pair(seed, shape)
    squares = (prediction - y) ** 2
    torch.testing.assert_close(
        functional.mse_loss(prediction, y), squares.sum() / y.numel()
    )


@mse_averages_over_all_numbers.false("it averages over the samples")
def _(seed: int, shape: list[int]) -> None:
    prediction, y = pair(seed, shape)
    squares = (prediction - y) ** 2
    torch.testing.assert_close(
        functional.mse_loss(prediction, y), squares.sum() / len(y)
    )


@rule(seed=seeds, shape=shapes)
def mse_gradient_is_the_error_times_two_over_n(seed: int, shape: list[int]) -> None:
    prediction, y = pair(seed, shape)
    (gradient,) = torch.autograd.grad(functional.mse_loss(prediction, y), prediction)
    torch.testing.assert_close(gradient, 2 / y.numel() * (prediction - y))


@mse_gradient_is_the_error_times_two_over_n.false("the gradient is the error")
def _(seed: int, shape: list[int]) -> None:
    prediction, y = pair(seed, shape)
    (gradient,) = torch.autograd.grad(functional.mse_loss(prediction, y), prediction)
    torch.testing.assert_close(gradient, prediction - y)


def gradients(
    seed: int, shape: list[int], times: int, reduction: str
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the gradient by a weight, for the samples once and repeated."""
    x, y = pair(seed, shape)
    weight = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
    once, repeated = (
        torch.autograd.grad(
            functional.mse_loss(
                weight * torch.cat(count * [x.detach()]),
                torch.cat(count * [y]),
                reduction=reduction,
            ),
            weight,
        )[0]
        for count in (1, times)
    )
    return once, repeated


@rule(seed=seeds, shape=shapes, times=st.integers(2, 5))
def repeated_samples_leave_the_mean_alone(
    seed: int, shape: list[int], times: int
) -> None:
    torch.testing.assert_close(*gradients(seed, shape, times, "mean"))


@repeated_samples_leave_the_mean_alone.false("they leave the sum alone")
def _(seed: int, shape: list[int], times: int) -> None:
    torch.testing.assert_close(*gradients(seed, shape, times, "sum"))


@rule(seed=seeds, shape=shapes)
def squares_ignore_the_order_of_arguments(seed: int, shape: list[int]) -> None:
    prediction, y = pair(seed, shape)
    one, other = functional.mse_loss(prediction, y), functional.mse_loss(y, prediction)
    torch.testing.assert_close(one, other)
    torch.testing.assert_close(
        *(torch.autograd.grad(loss, prediction)[0] for loss in (one, other))
    )


@squares_ignore_the_order_of_arguments.false("every loss ignores the order")
def _(seed: int, shape: list[int]) -> None:
    p, y = (torch.sigmoid(numbers) for numbers in pair(seed, shape))
    torch.testing.assert_close(
        functional.binary_cross_entropy(p, y), functional.binary_cross_entropy(y, p)
    )


@rule(seed=seeds, rows=st.integers(1, 6))
def column_against_row_compares_all_pairs(seed: int, rows: int) -> None:
    prediction, y = pair(seed, [rows])
    pairs = [(p - t) ** 2 for p in prediction for t in y]
    wanted = torch.stack(pairs).mean()
    torch.testing.assert_close(mismatched(prediction, y), wanted)


def mismatched(prediction: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the loss of a column of predictions against a row of targets."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return functional.mse_loss(prediction.unsqueeze(1), y)


@column_against_row_compares_all_pairs.false("it compares row by row")
def _(seed: int, rows: int) -> None:
    prediction, y = pair(seed, [rows])
    torch.testing.assert_close(
        mismatched(prediction, y), functional.mse_loss(prediction, y)
    )


@rule(seed=seeds, shape=shapes)
def root_of_a_zero_loss_has_a_nan_gradient(seed: int, shape: list[int]) -> None:
    assert math.isnan(gradient_of_the_root(seed, shape).sum().item())


def gradient_of_the_root(seed: int, shape: list[int]) -> torch.Tensor:
    """Return the gradient of the root of the loss of perfect predictions."""
    prediction, _ = pair(seed, shape)
    loss = functional.mse_loss(prediction, prediction.detach())
    return torch.autograd.grad(loss.sqrt(), prediction)[0]


@root_of_a_zero_loss_has_a_nan_gradient.false("nothing moves: its gradient is 0")
def _(seed: int, shape: list[int]) -> None:
    assert gradient_of_the_root(seed, shape).eq(0).all()
