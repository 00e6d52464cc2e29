from __future__ import annotations

import numpy as np
import pytest
from tests.figures.drawn import axes_of, data_of, is_gridded, labels_of

from torch_by_example.activations import initialisation


def test_the_gradient_shrinks_by_the_factor_that_theory_gives() -> None:
    axes = axes_of(initialisation.draw_ten_layers)
    curves = {str(line.get_label()): data_of(line) for line in axes.lines}
    assert axes.get_yscale() == "log"
    assert list(curves) == ["relu 1.4", "tanh 1.0", "relu 1.0", "sigmoid 1.0"]
    for k, size in curves.values():
        np.testing.assert_array_equal(k, np.arange(11))
        assert size[10] == pytest.approx(1, abs=0.02)
    # A layer multiplies the mean square of a gradient by gain² E[f'²]. For relu,
    # E[f'²] is ½; for sigmoid f' is near ¼ or below; tanh lies between those.
    assert curves["relu 1.4"][1][0] == pytest.approx(1, rel=0.5)
    assert curves["relu 1.0"][1][0] == pytest.approx(0.5**5, rel=0.5)
    steps = curves["sigmoid 1.0"][1][:-1] / curves["sigmoid 1.0"][1][1:]
    assert np.all((steps > 0.18) & (steps < 0.25))
    assert curves["relu 1.0"][1][0] < curves["tanh 1.0"][1][0] < 1
    # Layers are counted, so there is a mark and a tick for each.
    assert all(line.get_marker() == "o" for line in axes.lines)
    assert list(axes.get_xticks()) == list(range(11))
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$k$", "$g_k$")
    assert labels_of(axes) == list(curves)
    assert is_gridded(axes)
