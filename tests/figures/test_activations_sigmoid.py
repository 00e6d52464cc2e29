from __future__ import annotations

import numpy as np
from tests.figures.drawn import axes_of, data_of, is_gridded, labels_of

from torch_by_example.activations import sigmoid


def test_curve_and_slope_are_those_of_the_sigmoid() -> None:
    axes = axes_of(sigmoid.draw_curve)
    curve, slope = axes.lines
    assert labels_of(axes) == [r"$\sigma(x)$", r"$\sigma'(x)$"]
    x, y = data_of(curve)
    np.testing.assert_allclose(x, np.linspace(-8, 8, 401), atol=1e-6)
    exact = 1 / (1 + np.exp(-x))
    np.testing.assert_allclose(y, exact, atol=1e-6)
    x, y = data_of(slope)
    np.testing.assert_allclose(y, np.gradient(exact, x), atol=1e-3)
    np.testing.assert_allclose(y, np.exp(-x) / (1 + np.exp(-x)) ** 2, atol=1e-6)


def test_ticks_name_the_height_of_the_slope() -> None:
    axes = axes_of(sigmoid.draw_curve)
    assert list(axes.get_yticks()) == [0, 0.25, 0.5, 0.75, 1]
    assert axes.get_xlabel() == "$x$"
    assert is_gridded(axes)
    low, high = axes.get_ylim()
    assert low < 0
    assert high > 1
