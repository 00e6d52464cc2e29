from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from matplotlib import pyplot as plt
from tests.figures.drawn import is_gridded, labels_of

from torch_by_example.activations import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.axes import Axes
    from numpy.typing import NDArray


@pytest.fixture(autouse=True)
def show_nothing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    plt.switch_backend("Agg")
    monkeypatch.setattr(plt, "show", lambda: None)
    yield
    plt.close("all")


def axes_of(example: Callable[[], None]) -> Axes:
    example()
    (axes,) = plt.gcf().axes
    return axes


def curves_of(axes: Axes) -> dict[str, tuple[NDArray[np.float64], ...]]:
    """The coordinates of each line by its label."""
    return {
        str(line.get_label()): (
            np.asarray(line.get_xdata()),
            np.asarray(line.get_ydata()),
        )
        for line in axes.lines
    }


def sigmoid(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-x)))


VALUES: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "relu": lambda x: np.maximum(x, 0),
    "leaky_relu": lambda x: np.where(x > 0, x, 0.1 * x),
    "softplus": lambda x: np.log1p(np.exp(x)),
    "silu": lambda x: x * sigmoid(x),
}


def test_the_curves_are_the_six_functions() -> None:
    axes = axes_of(compare.draw_all)
    curves = curves_of(axes)
    assert list(curves) == list(VALUES)
    for name, (x, y) in curves.items():
        np.testing.assert_allclose(x, np.linspace(-4, 4, 401), atol=1e-6)
        np.testing.assert_allclose(y, VALUES[name](x), atol=1e-6)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$f(x)$")
    assert labels_of(axes) == list(VALUES)
    assert is_gridded(axes)


def test_the_gradients_are_the_slopes_of_the_functions() -> None:
    axes = axes_of(compare.draw_gradients)
    curves = curves_of(axes)
    assert list(curves) == list(VALUES)
    for name, (x, slope) in curves.items():
        np.testing.assert_allclose(x, np.linspace(-4, 4, 401), atol=1e-6)
        # A difference quotient of ours, away from the kink of the two ReLUs.
        smooth = np.abs(x) > 1e-3
        at = x[smooth].astype(np.float64)
        quotient = (VALUES[name](at + 1e-5) - VALUES[name](at - 1e-5)) / 2e-5
        np.testing.assert_allclose(slope[smooth], quotient, atol=1e-5)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$f'(x)$")
    assert labels_of(axes) == list(VALUES)
    assert is_gridded(axes)
