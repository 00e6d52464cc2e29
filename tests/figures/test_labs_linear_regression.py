from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
import pytest
from matplotlib.axes import Axes
from tests.figures.drawn import axes_of, data_of

from torch_by_example.labs import linear_regression

if TYPE_CHECKING:
    from numpy.typing import NDArray

X = np.linspace(-1, 3, 40)
Y = 2 * X + 1 + 0.5 * np.random.default_rng(0).standard_normal(40)


def way_down(rate: float, steps: int) -> NDArray[np.float64]:
    """Slope and bias on the way down from zero, by NumPy."""
    way = [np.zeros(2)]
    for _ in range(steps):
        errors = way[-1][0] * X + way[-1][1] - Y
        gradient = 2 * np.array([np.mean(errors * X), np.mean(errors)])
        way.append(way[-1] - rate * gradient)
    return np.array(way)


def test_guess_is_a_line_with_its_errors() -> None:
    axes = axes_of(linear_regression.guess_a_line)
    line, points = map(data_of, axes.lines)
    assert line[0] == pytest.approx(X, abs=1e-6)
    assert line[1] == pytest.approx(X + 2, abs=1e-6)
    assert points[0] == pytest.approx(X, abs=1e-6)
    assert points[1] == pytest.approx(Y, abs=1e-6)
    (errors,) = axes.collections
    ends = np.array([path.vertices for path in errors.get_paths()])
    assert ends[:, :, 0] == pytest.approx(np.stack([X, X], axis=1), abs=1e-6)
    expected = np.sort(np.stack([X + 2, Y], axis=1))
    assert ends[:, :, 1] == pytest.approx(expected, abs=1e-6)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$y$")


def test_way_leads_to_the_best_line_over_the_loss() -> None:
    draw = Axes.contour
    with mock.patch.object(Axes, "contour", autospec=True, side_effect=draw) as contour:
        axes = axes_of(linear_regression.draw_the_way)
    _, w, b, losses, levels = contour.call_args.args
    side = {"w": np.linspace(-1, 4, 60), "b": np.linspace(-1, 3, 60)}
    assert np.asarray(w[0]) == pytest.approx(side["w"], abs=1e-6)
    assert np.asarray(b[:, 0]) == pytest.approx(side["b"], abs=1e-6)
    lines = np.asarray(w)[..., None] * X + np.asarray(b)[..., None]
    expected = np.mean((lines - Y) ** 2, axis=-1)
    assert np.asarray(losses) == pytest.approx(expected, rel=1e-4)
    assert levels == [0.25, 0.5, 1, 2, 4, 8, 16]
    shown = {float(text.get_text()) for text in axes.texts}
    assert shown <= {*levels}
    assert len(shown) > 1
    way, star = map(data_of, axes.lines)
    found = np.stack(way, axis=1)
    assert found == pytest.approx(way_down(0.1, 50), abs=1e-4)
    best = np.polynomial.Polynomial.fit(X, Y, 1).convert().coef
    assert np.ravel(star) == pytest.approx(best[::-1], abs=1e-4)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$w$", "$b$")
    assert (axes.get_xlim(), axes.get_ylim()) == ((-1, 4), (-1, 3))
