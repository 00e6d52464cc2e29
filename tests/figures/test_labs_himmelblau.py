from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
import pytest
import torch
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from tests.figures.drawn import axes_of, data_of, labels_of

from torch_by_example.labs import himmelblau
from torch_by_example.optimise.himmelblau import settle

if TYPE_CHECKING:
    from numpy.typing import NDArray

MINIMA = [(3, 2), (-2.805118, 3.131313), (-3.77931, -3.283186), (3.584428, -1.848127)]


def height(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2)


def slope(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    first, second = x**2 + y - 11, x + y**2 - 7
    return np.array([4 * x * first + 2 * second, 2 * first + 4 * y * second])


def adam(places: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    """The ways of points, shape (2, …), by Kingma and Ba, algorithm 1."""
    way, mean, square = [places], np.zeros_like(places), np.zeros_like(places)
    for step in range(1, 201):
        gradient = slope(*way[-1])
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        direction = mean / (1 - 0.9**step)
        direction /= np.sqrt(square / (1 - 0.999**step)) + 1e-8
        way.append(way[-1] - rate * direction)
    return np.array(way)


def descent(start: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    way = [start]
    for _ in range(200):
        way.append(way[-1] - rate * slope(*way[-1]))
    return np.array(way)


def test_ways_are_those_of_the_update_rules() -> None:
    draw = Axes.contour
    with mock.patch.object(Axes, "contour", autospec=True, side_effect=draw) as contour:
        axes = axes_of(himmelblau.draw_walks)
    _, x, y, heights, levels = contour.call_args.args
    side = pytest.approx(np.linspace(-6, 6, 80), abs=1e-5)
    assert np.asarray(x[0]) == side
    assert np.asarray(y[:, 0]) == side
    expected = height(np.asarray(x, np.float64), np.asarray(y, np.float64))
    assert np.asarray(heights) == pytest.approx(expected, rel=1e-4, abs=1e-3)
    assert levels == [5, 20, 50, 100, 150, 250, 400]
    by_descent, by_adam, minima = (np.stack(data_of(line), 1) for line in axes.lines)
    assert by_descent == pytest.approx(descent(np.zeros(2), 0.01), abs=1e-6)
    assert by_adam == pytest.approx(adam(np.zeros(2), 0.1), abs=1e-6)
    assert minima == pytest.approx(np.array(MINIMA), abs=2e-6)
    assert labels_of(axes) == [r"$\eta = 0.01$, SGD", r"$\eta = 0.1$, Adam"]
    assert axes.get_aspect() == 1
    assert axes.get_xlim() == (-6, 6)
    assert axes.get_ylim() == (-6, 9)  # above the map stands the legend


def test_regions_are_the_starts_of_their_minimum() -> None:
    draw = Axes.contourf
    with (
        mock.patch.object(Axes, "contourf", autospec=True, side_effect=draw) as fill,
        mock.patch.object(himmelblau, "settle", side_effect=settle) as settled,
    ):
        axes = axes_of(himmelblau.draw_where_starts_end)
    assert settled.call_args.args[1:] == (torch.optim.Adam, 0.1, 300)
    regions = []
    for call in fill.call_args_list:
        _, x, y, inside, levels = call.args
        assert tuple(x.shape) == (61, 61)
        assert height(x[45, 40], y[45, 40]) == height(x[0, 40], y[45, 0])
        low, high = levels
        assert 0 < low < 1 <= high
        regions.append(np.asarray(inside))
    # Each start has one end, and each minimum is its own.
    assert (np.sum(regions, axis=0) == 1).all()
    nearest = [
        np.hypot(np.asarray(x) - a, np.asarray(y) - b).argmin() for a, b in MINIMA
    ]
    for index, (minimum, line) in enumerate(zip(MINIMA, axes.lines, strict=True)):
        assert np.ravel(data_of(line)) == pytest.approx(minimum, abs=2e-6)
        assert regions[index].flat[nearest[index]]
        (colour,) = np.asarray(axes.collections[index].get_facecolor())
        assert to_rgba(str(line.get_color()), colour[3]) == tuple(colour)
    assert [line.get_marker() for line in axes.lines] == ["o", "s", "^", "D"]
    assert axes.get_aspect() == 1
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$y$")
