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
