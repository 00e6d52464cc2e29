"""Rules of losses/likelihood."""

from __future__ import annotations

import warnings

import torch
from hypothesis import strategies as st
from scipy import stats
from tests.rule import rule
from torch import Tensor
from torch.nn import functional

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 9)
spreads = st.floats(0.1, 10)


def errors(seed: int, size: int) -> Tensor:
    """Draw errors of a prediction."""
    torch.manual_seed(seed)
    return 3 * torch.randn(size, dtype=torch.float64)


def gaussian(error: Tensor, variance: float, *, full: bool = False) -> Tensor:
    """Return the loss of these errors with one variance for all."""
    zero = torch.zeros_like(error)
    return functional.gaussian_nll_loss(
        error, zero, torch.full_like(error, variance), full=full
    )


@rule(seed=seeds, size=sizes, spread=spreads)
def gaussian_loss_is_minus_the_log_density(seed: int, size: int, spread: float) -> None:
    error = errors(seed, size)
    wanted = -stats.norm(scale=spread).logpdf(error).mean()
    torch.testing.assert_close(gaussian(error, spread**2, full=True).item(), wanted)


@gaussian_loss_is_minus_the_log_density.false("so it is without full=True")
def _(seed: int, size: int, spread: float) -> None:
    error = errors(seed, size)
    wanted = -stats.norm(scale=spread).logpdf(error).mean()
    torch.testing.assert_close(gaussian(error, spread**2).item(), wanted)


@rule(seed=seeds, size=sizes)
def variance_one_leaves_half_the_squares(seed: int, size: int) -> None:
    error = errors(seed, size)
    torch.testing.assert_close(gaussian(error, 1.0), error.square().mean() / 2)


@variance_one_leaves_half_the_squares.false("any variance for all does")
def _(seed: int, size: int) -> None:
    error = errors(seed, size)
    torch.testing.assert_close(gaussian(error, 2.0), error.square().mean() / 2)


@rule(seed=seeds, size=st.integers(2, 9), spread=spreads)
def best_variance_is_the_mean_square(seed: int, size: int, spread: float) -> None:
    error = errors(seed, size)
    best = gaussian(error, error.square().mean().item())
    assert best <= gaussian(error, spread**2) + 1e-9


@best_variance_is_the_mean_square.false("the best is the root of it")
def _(seed: int, size: int, spread: float) -> None:
    error = errors(seed, size)
    best = gaussian(error, error.square().mean().sqrt().item())
    assert best <= gaussian(error, spread**2) + 1e-9


def counts(seed: int, size: int) -> Tensor:
    """Draw counts, at least one of them above zero."""
    torch.manual_seed(seed)
    drawn = torch.poisson(torch.full((size,), 3.0, dtype=torch.float64))
    drawn[0] += 1
    return drawn


def poisson(target: Tensor, rate: float) -> float:
    """Return the loss of one rate for all counts."""
    log_rate = torch.full_like(target, rate).log()
    return functional.poisson_nll_loss(log_rate, target).item()


@rule(seed=seeds, size=sizes, rate=spreads)
def best_rate_is_the_mean_count(seed: int, size: int, rate: float) -> None:
    target = counts(seed, size)
    assert poisson(target, target.mean().item()) <= poisson(target, rate) + 1e-9


@best_rate_is_the_mean_count.false("the best rate is the median count")
def _(seed: int, size: int, rate: float) -> None:
    target = counts(seed, size)
    middle = max(target.median().item(), 0.5)
    assert poisson(target, middle) <= poisson(target, rate) + 1e-9


def pair(seed: int, size: int, classes: int) -> tuple[Tensor, Tensor]:
    """Draw two tables of distributions, shape (size, classes)."""
    torch.manual_seed(seed)
    logits = 2 * torch.randn(2, size, classes, dtype=torch.float64)
    p, q = torch.softmax(logits, dim=2)
    return p, q


def divergence(p: Tensor, q: Tensor, reduction: str = "batchmean") -> Tensor:
    """Return what kl_div makes of two tables of distributions."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return functional.kl_div(q.log(), p, reduction=reduction)


classes = st.integers(2, 6)


@rule(seed=seeds, size=sizes, classes=classes)
def divergence_is_cross_entropy_less_the_entropy(
    seed: int, size: int, classes: int
) -> None:
    p, q = pair(seed, size, classes)
    entropy = torch.from_numpy(stats.entropy(p, axis=1)).mean()
    crossed = functional.cross_entropy(q.log(), p)
    torch.testing.assert_close(divergence(p, q), crossed - entropy)
    assert divergence(p, q) >= 0
    torch.testing.assert_close(divergence(p, p).item(), 0.0, atol=1e-12, rtol=0)


@divergence_is_cross_entropy_less_the_entropy.false("it is the same both ways round")
def _(seed: int, size: int, classes: int) -> None:
    p, q = pair(seed, size, classes)
    torch.testing.assert_close(divergence(p, q), divergence(q, p))


@rule(seed=seeds, size=sizes, classes=classes)
def mean_of_kl_div_divides_by_the_classes_too(
    seed: int, size: int, classes: int
) -> None:
    p, q = pair(seed, size, classes)
    torch.testing.assert_close(divergence(p, q), classes * divergence(p, q, "mean"))


@mean_of_kl_div_divides_by_the_classes_too.false("mean is the mean over the samples")
def _(seed: int, size: int, classes: int) -> None:
    p, q = pair(seed, size, classes)
    torch.testing.assert_close(divergence(p, q), divergence(p, q, "mean"))
