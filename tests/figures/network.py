"""The network of the regression chapter, trained once more, by NumPy alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
from matplotlib import pyplot as plt

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from torch_by_example.regression.network import Net


class NumpyNetwork:
    """One hidden layer of ReLU units in float64, with gradients by hand."""

    def __init__(self, net: Net) -> None:
        """Start from the weights of a network that is not trained yet."""
        self.w = array(net.hidden.weight).T
        self.c = array(net.hidden.bias)
        self.v = array(net.predict.weight).T
        self.d = array(net.predict.bias)

    def __call__(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute the outputs, shape (n, 1), from x of the same shape."""
        return np.maximum(x @ self.w + self.c, 0) @ self.v + self.d

    def step(self, x: NDArray[np.float64], y: NDArray[np.float64], lr: float) -> None:
        """Take one step of gradient descent on the mean squared error."""
        z = x @ self.w + self.c
        hidden = np.maximum(z, 0)
        error = 2 / len(x) * (hidden @ self.v + self.d - y)
        below = error @ self.v.T * (z > 0)
        self.v = self.v - lr * hidden.T @ error
        self.d = self.d - lr * error.sum(axis=0)
        self.w = self.w - lr * x.T @ below
        self.c = self.c - lr * below.sum(axis=0)


def array(tensor: torch.Tensor) -> NDArray[np.float64]:
    """The numbers of a tensor, in double precision."""
    return tensor.detach().cpu().double().numpy()


def curves(
    net: Net,
    points: tuple[torch.Tensor, torch.Tensor],
    steps: tuple[int, ...],
    wide: NDArray[np.float64],
    *,
    lr: float = 0.05,
) -> list[NDArray[np.float64]]:
    """Train from the weights of a network, and note its curve after some steps.

    Args:
        net: A network that is not trained yet; it stays so.
        points: Inputs and targets, both of shape (n, 1).
        steps: After how many updates to note the curve, in order.
        wide: Where to compute the curve, shape (m,).
        lr: The learning rate.

    Returns:
        For each of the steps the values at ``wide``, shape (m,).
    """
    network = NumpyNetwork(net)
    x, y = (array(column) for column in points)
    noted = []
    for done in range(steps[-1] + 1):
        if done in steps:
            noted.append(network(wide[:, None])[:, 0])
        network.step(x, y, lr=lr)
    return noted


def all_axes_of(example: Callable[[], None]) -> list[Axes]:
    """Run an example that draws, and return all axes of its one figure."""
    plt.switch_backend("Agg")
    plt.close("all")
    with mock.patch.object(plt, "show"):
        example()
    (number,) = plt.get_fignums()
    figure = plt.figure(number)
    plt.close(figure)
    return list(figure.axes)
