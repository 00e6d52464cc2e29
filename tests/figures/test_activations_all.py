from __future__ import annotations

import math
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
import pytest
from matplotlib import pyplot as plt
from tests.figures.drawn import data_of, is_gridded

from torch_by_example.activations import all as every

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))


def softplus(x: Array) -> Array:
    return np.asarray(np.logaddexp(0, x))


def elu(x: Array) -> Array:
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


ERF = np.vectorize(math.erf)
FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "Sigmoid": sigmoid,
    "Hardsigmoid": lambda x: np.clip(x / 6 + 0.5, 0, 1),
    "Tanh": np.tanh,
    "Hardtanh": lambda x: np.clip(x, -1, 1),
    "Softsign": lambda x: x / (1 + np.abs(x)),
    "ReLU": lambda x: np.maximum(x, 0),
    "ReLU6": lambda x: np.clip(x, 0, 6),
    "Threshold": lambda x: np.where(x > 1, x, 0),
    "LeakyReLU": lambda x: np.maximum(x, 0.01 * x),
    "PReLU": lambda x: np.maximum(x, 0.25 * x),
    "RReLU": lambda x: np.maximum(x, (1 / 8 + 1 / 3) / 2 * x),
    "ELU": elu,
    "CELU": lambda x: np.where(x > 0, x, 2 * np.expm1(np.minimum(x, 0) / 2)),
    "SELU": lambda x: 1.0507009873554805 * np.where(x > 0, x, 1.67326324 * elu(x)),
    "Softplus": softplus,
    "LogSigmoid": lambda x: -softplus(-x),
    "SiLU": lambda x: x * sigmoid(x),
    "GELU": lambda x: x * (1 + ERF(x / math.sqrt(2))) / 2,
    "Mish": lambda x: x * np.tanh(softplus(x)),
    "Hardswish": lambda x: x * np.clip(x / 6 + 0.5, 0, 1),
    "Hardshrink": lambda x: np.where(np.abs(x) > 0.5, x, 0),
    "Softshrink": lambda x: np.sign(x) * np.maximum(np.abs(x) - 0.5, 0),
    "Tanhshrink": lambda x: x - np.tanh(x),
}
"""The formulas of the page's table, in NumPy."""


@pytest.fixture(scope="module")
def plots() -> list[Axes]:
    plt.switch_backend("Agg")
    plt.close("all")
    with mock.patch.object(plt, "show"):
        every.draw_every_curve()
    figure = plt.gcf()
    plt.close(figure)
    return [axes for axes in figure.axes if axes.lines]


def test_every_activation_has_a_plot(plots: list[Axes]) -> None:
    assert [axes.get_title() for axes in plots] == list(FUNCTIONS)
    assert all(is_gridded(axes) for axes in plots)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_curve_and_its_slope_are_those_of_the_formula(
    plots: list[Axes], name: str
) -> None:
    (axes,) = (axes for axes in plots if axes.get_title() == name)
    curve, slope = axes.lines
    x, y = data_of(curve)
    np.testing.assert_allclose(y, FUNCTIONS[name](x), atol=1e-5)
    x, rise = data_of(slope)
    h = 1e-4
    left = (FUNCTIONS[name](x) - FUNCTIONS[name](x - h)) / h
    right = (FUNCTIONS[name](x + h) - FUNCTIONS[name](x)) / h
    smooth = np.abs(left - right) < 0.01  # not at a kink or a jump
    assert smooth.sum() >= len(x) - 2
    np.testing.assert_allclose(rise[smooth], left[smooth], atol=1e-3)
