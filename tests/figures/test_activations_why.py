from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from tests.figures.drawn import axes_of, data_of, is_gridded, labels_of

from torch_by_example.activations import why


def test_step_jumps_at_zero_without_a_line_that_climbs() -> None:
    axes = axes_of(why.draw_step)
    curve, filled, hollow = axes.lines
    z, height = data_of(curve)
    assert z[0] == pytest.approx(-3)
    assert z[-1] == pytest.approx(3)
    assert np.isnan(height[z == 0]).all()
    assert (z == 0).sum() == 1
    np.testing.assert_array_equal(height[z < 0], 0)
    np.testing.assert_array_equal(height[z > 0], 1)
    # The filled point says which value the jump itself has.
    assert [*map(float, np.concatenate(data_of(filled)))] == [0, 0]
    assert filled.get_fillstyle() == "full"
    assert [*map(float, np.concatenate(data_of(hollow)))] == [0, 1]
    assert hollow.get_fillstyle() == "none"
    assert len({to_rgba(line.get_color()) for line in axes.lines}) == 1
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$z$", "$H(z)$")
    assert list(axes.get_yticks()) == [0, 0.5, 1]
    assert is_gridded(axes)


def test_bends_meet_the_parabola_where_they_should() -> None:
    axes = axes_of(why.draw_bends)
    parabola, bent, straight = axes.lines
    assert labels_of(axes) == ["$x^2$", "$f(x)$", "$g(x)$"]
    x, y = data_of(parabola)
    np.testing.assert_allclose(x, np.linspace(-2, 2, 401), atol=1e-6)
    np.testing.assert_allclose(y, x**2, atol=1e-6)
    x, y = data_of(bent)
    knots = np.array([-2.0, -1, 0, 1, 2])
    np.testing.assert_allclose(y, np.interp(x, knots, knots**2), atol=1e-5)
    x, y = data_of(straight)
    np.testing.assert_allclose(y, 3 * x - 2, atol=1e-5)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$y$")
    assert list(axes.get_xticks()) == [-2, -1, 0, 1, 2]
    # All of the bends is seen, and room above them for the legend.
    assert axes.get_ylim() == (-3, 8)
    assert is_gridded(axes)
