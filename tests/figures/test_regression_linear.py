from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import make_regression
from tests.figures.drawn import axes_of, data_of

from torch_by_example.regression import linear

FEATURES, TARGETS, SLOPE = make_regression(
    n_samples=100, n_features=1, noise=10, bias=14.5, coef=True, random_state=0
)
LINE = np.polynomial.Polynomial.fit(FEATURES[:, 0], TARGETS, 1)
"""The least-squares line, by NumPy."""


def test_loss_falls_to_the_least_possible() -> None:
    least = np.mean((LINE(FEATURES[:, 0]) - TARGETS) ** 2)
    axes = axes_of(linear.draw_losses)
    epochs, losses = data_of(axes.lines[0])
    assert epochs == pytest.approx(np.arange(1, 101))
    assert losses[0] > 10 * least
    assert losses[-1] == pytest.approx(least, rel=0.02)


def test_second_curve_is_the_mean_of_all_epochs_so_far() -> None:
    axes = axes_of(linear.draw_losses)
    (_, losses), (_, running) = (data_of(line) for line in axes.lines)
    means = np.cumsum(losses) / np.arange(1, 101)
    # Not equal: the running mean lets the small batch count like the others.
    assert running == pytest.approx(means, rel=0.05)
    assert (running[1:] > losses[1:]).all()
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$t$", "$L$")
    assert axes.get_ylim()[0] == 0


def test_points_and_lines_are_those_of_the_data() -> None:
    axes = axes_of(linear.draw_fit)
    points = np.asarray(axes.collections[0].get_offsets())
    assert points[:, 0] == pytest.approx(FEATURES[:, 0], abs=1e-4)
    assert points[:, 1] == pytest.approx(TARGETS, abs=1e-4)
    (ends, fitted), (_, true) = (data_of(line) for line in axes.lines)
    assert ends == pytest.approx([FEATURES.min(), FEATURES.max()], abs=1e-4)
    assert fitted == pytest.approx(LINE(ends), abs=1)
    assert true == pytest.approx(SLOPE * ends + 14.5, abs=1e-3)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$y$")
