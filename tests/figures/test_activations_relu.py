from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.figures.drawn import axes_of, data_of, is_gridded, labels_of

from torch_by_example.activations import relu

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


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


ERF = np.vectorize(math.erf)
RELATIVES: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "ReLU": lambda x: np.maximum(x, 0),
    "LeakyReLU": lambda x: np.where(x > 0, x, 0.1 * x),
    "ELU": lambda x: np.where(x > 0, x, np.exp(x) - 1),
    "Softplus": lambda x: np.log1p(np.exp(x)),
    "SiLU": lambda x: x / (1 + np.exp(-x)),
    "GELU": lambda x: x * (1 + ERF(x / math.sqrt(2))) / 2,
}


@pytest.mark.parametrize("number", range(len(RELATIVES)))
def test_each_relative_is_the_function_its_label_names(number: int) -> None:
    axes = axes_of(relu.draw_relatives)
    name, function = [*RELATIVES.items()][number]
    assert labels_of(axes)[number] == rf"$\mathrm{{{name}}}(x)$"
    x, y = data_of(axes.lines[number])
    np.testing.assert_allclose(x, np.linspace(-4, 2, 301), atol=1e-6)
    np.testing.assert_allclose(y, function(x), atol=1e-5)


def test_all_relatives_are_drawn_and_seen() -> None:
    axes = axes_of(relu.draw_relatives)
    assert len(axes.lines) == len(RELATIVES)
    low, high = axes.get_ylim()
    for line in axes.lines:
        _, y = data_of(line)
        assert low < y.min()
        assert y.max() < high
    assert axes.get_xlabel() == "$x$"
    assert is_gridded(axes)
