from __future__ import annotations

import numpy as np
from tests.figures.drawn import axes_of, data_of, is_gridded, labels_of

from torch_by_example.activations import tanh


def test_curve_and_slope_are_those_of_tanh() -> None:
    axes = axes_of(tanh.draw_curve)
    curve, slope = axes.lines
    assert labels_of(axes) == [r"$\tanh(x)$", r"$\tanh'(x)$"]
    x, y = data_of(curve)
    np.testing.assert_allclose(x, np.linspace(-4, 4, 401), atol=1e-6)
    np.testing.assert_allclose(y, np.tanh(x), atol=1e-6)
    x, y = data_of(slope)
    np.testing.assert_allclose(y, 1 / np.cosh(x) ** 2, atol=1e-6)
    assert list(axes.get_yticks()) == [-1, -0.5, 0, 0.5, 1]
    assert axes.get_xlabel() == "$x$"
    assert is_gridded(axes)


def test_three_steps_lead_from_the_sigmoid_to_tanh() -> None:
    axes = axes_of(tanh.draw_three_steps)
    assert labels_of(axes) == [r"$\sigma(x)$", r"$\sigma(2x)$", r"$2\sigma(2x)-1$"]
    start, steeper, end = map(data_of, axes.lines)
    np.testing.assert_allclose(start[1], 1 / (1 + np.exp(-start[0])), atol=1e-6)
    np.testing.assert_allclose(steeper[1], 1 / (1 + np.exp(-2 * steeper[0])), atol=1e-6)
    np.testing.assert_allclose(end[1], np.tanh(end[0]), atol=1e-6)
    np.testing.assert_allclose(end[0], np.linspace(-4, 4, 401), atol=1e-6)
    assert list(axes.get_yticks()) == [-1, -0.5, 0, 0.5, 1]
    assert axes.get_xlabel() == "$x$"
    assert is_gridded(axes)
