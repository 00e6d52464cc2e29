from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sklearn.datasets import make_regression
from tests.figures.drawn import axes_of, data_of, labels_of

from torch_by_example.regression import checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


def descent(
    features: NDArray[np.float64],
    y: NDArray[np.float64],
    lr: float,
    steps: int,
) -> Iterator[NDArray[np.float64]]:
    """The weights before each step of gradient descent from zero, and at its end."""
    weights = np.zeros(features.shape[1])
    for _ in range(steps + 1):
        yield weights
        error = features @ weights - y
        weights = weights - lr * 2 / len(y) * features.T @ error


def test_rates_give_the_losses_of_gradient_descent() -> None:
    x, y = make_regression(
        n_samples=100, n_features=1, noise=10, bias=14.5, random_state=0
    )
    features = np.column_stack([x[:, 0], np.ones(100)])
    axes = axes_of(checks.draw_rates)
    rates = (0.01, 0.1, 1.0)
    for line, lr in zip(axes.lines, rates, strict=True):
        _, found = data_of(line)
        losses = [
            np.mean((features @ weights - y) ** 2)
            for weights in descent(features, y, lr, 30)
        ]
        assert found == pytest.approx(losses, rel=1e-3)
    assert labels_of(axes) == [rf"$\eta = {lr}$" for lr in rates]
    assert axes.get_yscale() == "log"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$t$", "$L$")


def test_two_curves_are_those_of_gradient_descent() -> None:
    chance = np.random.default_rng(1)
    x, new_x = np.linspace(-1, 1, 10), np.linspace(-1, 1, 100)
    y = np.sin(3 * x) + 0.3 * chance.standard_normal(10)
    new_y = np.sin(3 * new_x) + 0.3 * chance.standard_normal(100)
    known = np.polynomial.legendre.legvander(x, 9).astype(np.float64)
    new = np.polynomial.legendre.legvander(new_x, 9).astype(np.float64)
    weights = list(descent(known, y, 0.2, 300))
    axes = axes_of(checks.draw_two_curves)
    (_, seen), (_, unseen) = (data_of(line) for line in axes.lines)
    assert seen == pytest.approx(
        [np.mean((known @ w - y) ** 2) for w in weights], abs=1e-3
    )
    assert unseen == pytest.approx(
        [np.mean((new @ w - new_y) ** 2) for w in weights], abs=1e-3
    )
    assert (np.diff(seen) < 0).all()
    assert 20 < unseen.argmin() < 60
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$t$", "$L$")
    assert axes.get_ylim()[0] == 0
