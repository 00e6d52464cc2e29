"""What an example draws, to be held against the mathematics."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
from matplotlib import pyplot as plt

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from numpy.typing import NDArray


def axes_of(example: Callable[[], None]) -> Axes:
    """Run an example that draws, and return the axes of its one figure.

    Args:
        example: A function that ends in ``plt.show()``.
    """
    plt.switch_backend("Agg")
    plt.close("all")
    with mock.patch.object(plt, "show"):
        example()
    (number,) = plt.get_fignums()
    figure = plt.figure(number)
    plt.close(figure)
    (axes,) = figure.axes
    return axes


def data_of(line: Line2D) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The coordinates of a line, in double precision."""
    data = np.asarray(line.get_xydata(), dtype=np.float64)
    return data[:, 0], data[:, 1]


def is_gridded(axes: Axes) -> bool:
    """Whether both axes have grid lines."""
    lines = [*axes.xaxis.get_gridlines(), *axes.yaxis.get_gridlines()]
    return all(line.get_visible() for line in lines)


def labels_of(axes: Axes) -> list[str]:
    """The labels in the legend, in the order of the lines."""
    legend = axes.get_legend()
    assert legend is not None
    return [text.get_text() for text in legend.get_texts()]
