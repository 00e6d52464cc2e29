from __future__ import annotations

import numpy as np
import pytest
from tests.figures.drawn import axes_of, data_of, labels_of

from torch_by_example.optimise import gradient_descent

SLOPES = np.array([1.0, 25.0])
STEPS = 30


def heavy_ball(rate: float, momentum: float) -> np.ndarray:
    """Where gradient descent with momentum goes from (10, 1), by NumPy."""
    places, velocity = [np.array([10.0, 1.0])], np.zeros(2)
    for _ in range(STEPS):
        velocity = momentum * velocity + SLOPES * places[-1]
        places.append(places[-1] - rate * velocity)
    return np.array(places)


def adam(rate: float) -> np.ndarray:
    """Where Adam goes from (10, 1), by NumPy; Kingma and Ba, algorithm 1."""
    places, mean, square = [np.array([10.0, 1.0])], np.zeros(2), np.zeros(2)
    for step in range(1, STEPS + 1):
        gradient = SLOPES * places[-1]
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        direction = mean / (1 - 0.9**step)
        direction /= np.sqrt(square / (1 - 0.999**step)) + 1e-8
        places.append(places[-1] - rate * direction)
    return np.array(places)


def test_ways_are_those_of_the_update_rules() -> None:
    axes = axes_of(gradient_descent.draw_paths)
    expected = heavy_ball(0.07, 0), heavy_ball(0.07, 0.5), adam(1)
    assert len(axes.lines) == len(expected)
    for line, way in zip(axes.lines, expected, strict=True):
        assert np.stack(data_of(line), axis=1) == pytest.approx(way, abs=1e-9)
    assert labels_of(axes) == ["SGD", r"$\mu=0.5$", "Adam"]
    assert len({line.get_marker() for line in axes.lines}) == len(expected)


def test_contours_have_the_heights_of_the_valley() -> None:
    axes = axes_of(gradient_descent.draw_paths)
    (contours,) = axes.collections
    levels = contours.levels  # type: ignore[attr-defined]
    assert levels.tolist() == [0.5, 2, 5, 10, 20, 40]
    # How far the map reaches; the ways do not go beyond it.
    assert axes.dataLim.get_points().tolist() == [
        [-4, -2],
        [11, pytest.approx(1.6)],
    ]
    for level, path in zip(
        levels,
        contours.get_paths(),
        strict=True,
    ):
        heights = (np.asarray(path.vertices) ** 2 @ SLOPES) / 2
        # Straight between the points of the grid, so a little too high.
        assert heights == pytest.approx(np.full_like(heights, level), abs=0.1)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$y$")
