from __future__ import annotations

import numpy as np
from tests.figures.drawn import axes_of, data_of, is_gridded, labels_of

from torch_by_example.activations import relu


def test_curve_bends_and_slope_jumps_at_zero() -> None:
    axes = axes_of(relu.draw_curve)
    curve, slope = axes.lines
    assert labels_of(axes) == [
        r"$\mathrm{ReLU}(x)$",
        r"$\mathrm{ReLU}'(x)$",
    ]
    x, y = data_of(curve)
    np.testing.assert_allclose(x, np.arange(-300, 301) / 100)
    np.testing.assert_allclose(y, np.maximum(x, 0))
    x, y = data_of(slope)
    assert np.isnan(y[x == 0]).all()
    assert (x == 0).sum() == 1
    np.testing.assert_array_equal(y[x < 0], 0)
    np.testing.assert_array_equal(y[x > 0], 1)
    assert axes.get_xlabel() == "$x$"
    assert list(axes.get_yticks()) == [0, 1, 2, 3]
    assert is_gridded(axes)
