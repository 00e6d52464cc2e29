from __future__ import annotations

import numpy as np
from tests.figures.drawn import axes_of, data_of, is_gridded, labels_of

from torch_by_example.losses import cross_entropy


def test_the_price_is_minus_the_logarithm_and_the_square_stays_below_one() -> None:
    axes = axes_of(cross_entropy.draw_the_price)
    logarithm, square = axes.lines
    p, loss = data_of(logarithm)
    np.testing.assert_allclose(p, np.linspace(0.005, 1, 200), rtol=1e-5)
    np.testing.assert_allclose(loss, -np.log(p), atol=1e-6)
    same_p, of_square = data_of(square)
    np.testing.assert_array_equal(same_p, p)
    np.testing.assert_allclose(of_square, (1 - p) ** 2, atol=1e-6)
    assert np.all(loss[:-1] > of_square[:-1])
    assert labels_of(axes) == [r"$-\log\,p$", "$(1 - p)^2$"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$p$", "$L$")
    assert is_gridded(axes)
