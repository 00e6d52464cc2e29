"""Rules of losses/robust."""

from __future__ import annotations

import torch
from hypothesis import strategies as st
from sklearn.metrics import mean_pinball_loss
from tests.rule import rule
from torch.nn import functional

from torch_by_example.losses.robust import quantile_loss

numbers = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=7)
errors = st.lists(st.floats(-50, 50), min_size=1, max_size=7)
borders = st.floats(0.05, 20)
shares = st.floats(0.02, 0.98)


@rule(error=st.floats(-1e6, 1e6))
def absolute_and_huber_gradients_are_bounded(error: float) -> None:
    for loss in (functional.l1_loss, functional.huber_loss):
        prediction = torch.tensor([error], requires_grad=True)
        loss(prediction, torch.zeros(1)).backward()
        assert prediction.grad is not None
        assert prediction.grad.abs() <= 1


@absolute_and_huber_gradients_are_bounded.false("so is the gradient of the square")
def _(error: float) -> None:
    prediction = torch.tensor([error], requires_grad=True)
    functional.mse_loss(prediction, torch.zeros(1)).backward()
    assert prediction.grad is not None
    assert prediction.grad.abs() <= 1


@absolute_and_huber_gradients_are_bounded.false("the gradient of Huber's is 1 or -1")
def _(error: float) -> None:
    prediction = torch.tensor([error], requires_grad=True)
    functional.huber_loss(prediction, torch.zeros(1)).backward()
    assert prediction.grad is not None
    assert prediction.grad.abs() == 1


@rule(targets=numbers, other=st.floats(-1e3, 1e3))
def mean_fits_squares_and_median_fits_distances(
    targets: list[float], other: float
) -> None:
    y = torch.tensor(targets, dtype=torch.float64)
    assert squares(y, y.mean().item()) <= squares(y, other) + 1e-6
    assert distances(y, y.median().item()) <= distances(y, other) + 1e-6


def squares(y: torch.Tensor, constant: float) -> float:
    """Return the mean squared error of a constant."""
    return functional.mse_loss(torch.full_like(y, constant), y).item()


def distances(y: torch.Tensor, constant: float) -> float:
    """Return the mean absolute error of a constant."""
    return functional.l1_loss(torch.full_like(y, constant), y).item()


@mean_fits_squares_and_median_fits_distances.false("the mean fits both")
def _(targets: list[float], other: float) -> None:
    y = torch.tensor(targets, dtype=torch.float64)
    assert distances(y, y.mean().item()) <= distances(y, other) + 1e-6


@mean_fits_squares_and_median_fits_distances.false("the median fits both")
def _(targets: list[float], other: float) -> None:
    y = torch.tensor(targets, dtype=torch.float64)
    assert squares(y, y.median().item()) <= squares(y, other) + 1e-6


def huber_and_smooth(
    error: list[float], huber: float, smooth: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return both losses of the same errors, with a border each."""
    e = torch.tensor(error, dtype=torch.float64)
    zero = torch.zeros_like(e)
    return (
        functional.huber_loss(e, zero, delta=huber),
        functional.smooth_l1_loss(e, zero, beta=smooth),
    )


@rule(error=errors, border=borders)
def huber_is_delta_times_smooth_l1(error: list[float], border: float) -> None:
    huber, smooth = huber_and_smooth(error, border, border)
    torch.testing.assert_close(huber, border * smooth)


@huber_is_delta_times_smooth_l1.false("they are the same")
def _(error: list[float], border: float) -> None:
    torch.testing.assert_close(*huber_and_smooth(error, border, border))


def step_length(loss: str, error: float, rate: float) -> float:
    """Return how far one step of gradient descent moves the prediction."""
    prediction = torch.tensor([error], dtype=torch.float64, requires_grad=True)
    target = torch.zeros(1, dtype=torch.float64)
    value = getattr(functional, loss)(prediction, target)
    (gradient,) = torch.autograd.grad(value, prediction)
    return abs(rate * gradient.item())


sizes = st.floats(1e-6, 1e3) | st.floats(-1e3, -1e-6)


@rule(error=sizes, rate=st.floats(0.01, 2))
def steps_of_the_absolute_error_keep_their_length(error: float, rate: float) -> None:
    assert step_length("l1_loss", error, rate) == rate


@steps_of_the_absolute_error_keep_their_length.false("so do those of Huber's")
def _(error: float, rate: float) -> None:
    assert step_length("huber_loss", error, rate) == rate


def pinball(targets: list[float], constant: float, share: float) -> float:
    """Return the quantile loss of a constant."""
    y = torch.tensor(targets, dtype=torch.float64)
    return quantile_loss(torch.full_like(y, constant), y, share).item()


def quantile(targets: list[float], share: float) -> float:
    """Return a target below or at which the share of them lies."""
    y = torch.tensor(targets, dtype=torch.float64)
    return y.quantile(share, interpolation="lower").item()


@rule(targets=numbers, other=st.floats(-1e3, 1e3), share=shares)
def quantile_loss_is_smallest_at_the_quantile(
    targets: list[float], other: float, share: float
) -> None:
    ordered = sorted(targets)
    # The smallest target with at least the share of them at or below it.
    place = next(
        t for k, t in enumerate(ordered, 1) if k >= share * len(ordered) - 1e-9
    )
    here = pinball(targets, place, share)
    assert here <= pinball(targets, other, share) + 1e-6
    wanted = mean_pinball_loss(targets, len(targets) * [place], alpha=share)
    assert abs(here - wanted) < 1e-6


@quantile_loss_is_smallest_at_the_quantile.false("it is smallest at the median")
def _(targets: list[float], other: float, share: float) -> None:
    here = pinball(targets, quantile(targets, 0.5), share)
    assert here <= pinball(targets, other, share) + 1e-6


@quantile_loss_is_smallest_at_the_quantile.false("it is smallest at 1 - q")
def _(targets: list[float], other: float, share: float) -> None:
    here = pinball(targets, quantile(targets, 1 - share), share)
    assert here <= pinball(targets, other, share) + 1e-6
