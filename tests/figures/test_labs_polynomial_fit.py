from __future__ import annotations

import numpy as np
import pytest
from numpy.polynomial import Polynomial
from tests.figures.drawn import axes_of, data_of, is_gridded

from torch_by_example.labs import polynomial_fit


def points(count: int) -> tuple[np.ndarray, np.ndarray]:
    """The points of the parabola that are fitted, by NumPy."""
    x = np.linspace(-1, 1, count)
    return x, x**2 + 0.2 * np.random.default_rng(1).random(count)


def test_curve_is_the_polynomial_through_all_points() -> None:
    axes = axes_of(polynomial_fit.draw_a_fit)
    seen, fitted, middle = map(data_of, axes.lines)
    x, y = points(10)
    assert seen[0] == pytest.approx(x, abs=1e-6)
    assert seen[1] == pytest.approx(y, abs=1e-6)
    wide = np.linspace(-1, 1, 201)
    assert fitted[0] == pytest.approx(wide)
    assert fitted[1] == pytest.approx(Polynomial.fit(x, y, 9)(wide), abs=1e-4)
    assert middle[0] == pytest.approx(wide)
    assert middle[1] == pytest.approx(wide**2 + 0.1)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$y$")
    # Room for the swings of other degrees, the same for each.
    assert axes.get_ylim() == (-0.5, 1.5)
    # More of them would run into each other.
    assert list(axes.get_xticks()) == [-1, -0.5, 0, 0.5, 1]


def test_losses_are_those_of_numpy() -> None:
    axes = axes_of(polynomial_fit.draw_both_losses)
    chance = np.random.default_rng(2)
    new_x = chance.uniform(-1, 1, 500)
    new_y = new_x**2 + 0.2 * chance.random(500)
    x, y = points(20)
    fits = [Polynomial.fit(x, y, degree) for degree in range(10)]
    seen, unseen = map(data_of, axes.lines)
    for degrees, _ in (seen, unseen):
        assert list(degrees) == list(range(10))
    losses = [np.mean((fitted(x) - y) ** 2) for fitted in fits]
    assert seen[1] == pytest.approx(losses, rel=1e-4)
    losses = [np.mean((fitted(new_x) - new_y) ** 2) for fitted in fits]
    assert unseen[1] == pytest.approx(losses, rel=1e-4)
    assert [line.get_marker() for line in axes.lines] == ["o", "s"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$n$", "$L$")
    assert (axes.get_yscale(), axes.get_ylim()) == ("log", (1e-4, 1))
    assert is_gridded(axes)
