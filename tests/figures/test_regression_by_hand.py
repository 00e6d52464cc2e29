from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from tests.figures.drawn import axes_of, data_of

from torch_by_example.regression import by_hand

X = np.array([0.0, 1, 2, 3, 4])
Y = np.array([1.5, 2.5, 5.5, 6.5, 9.5])


def test_line_is_the_least_squares_line() -> None:
    axes = axes_of(by_hand.draw_line)
    x, line = data_of(axes.lines[0])
    assert x == pytest.approx(X)
    assert line == pytest.approx(np.polynomial.Polynomial.fit(X, Y, 1)(X))
    x, y = data_of(axes.lines[1])
    assert x == pytest.approx(X)
    assert y == pytest.approx(Y)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$y$")


def test_grey_lines_are_the_errors() -> None:
    axes = axes_of(by_hand.draw_line)
    line = np.polynomial.Polynomial.fit(X, Y, 1)(X)
    (errors,) = axes.collections
    segments = np.array([path.vertices for path in errors.get_paths()])
    assert segments[:, :, 0] == pytest.approx(np.stack([X, X], axis=1))
    assert segments[:, 0, 1] == pytest.approx(line)
    assert segments[:, 1, 1] == pytest.approx(Y)
    colours = np.asarray(errors.get_edgecolor())
    assert colours[0] == pytest.approx(to_rgba("gray"))
