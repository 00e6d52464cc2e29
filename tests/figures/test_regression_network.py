from __future__ import annotations

import numpy as np
import pytest
import torch
from tests.figures.drawn import axes_of, data_of
from tests.figures.network import all_axes_of, array, curves

from torch_by_example.regression import network


def seeded() -> tuple[torch.Tensor, torch.Tensor, network.Net]:
    """The points and the untrained network that the figures start from."""
    torch.manual_seed(0)
    x, y = network.noisy_line()
    return x, y, network.Net(1, 10, 1)


def test_snapshots_are_those_of_the_training() -> None:
    x, y, net = seeded()
    steps = (0, 5, 20, 100)
    expected = curves(net, (x, y), steps, array(x)[:, 0])
    axes = all_axes_of(network.draw_the_training)
    assert [ax.get_title() for ax in axes] == [f"$t = {step}$" for step in steps]
    for ax, curve in zip(axes, expected, strict=True):
        (line,) = ax.lines
        drawn_x, drawn_y = data_of(line)
        assert drawn_x == pytest.approx(np.linspace(-1, 1, 200), abs=1e-6)
        assert drawn_y == pytest.approx(curve, abs=1e-3)
    assert len({ax.get_ylim() for ax in axes}) == 1


def test_points_lie_near_the_line() -> None:
    for ax in all_axes_of(network.draw_the_training):
        points = np.asarray(ax.collections[0].get_offsets())
        noise = points[:, 1] - (2 * points[:, 0] + 5)
        assert len(points) == 50
        assert noise.min() > -1e-5
        assert noise.max() < 0.5 + 1e-5


def test_outside_the_network_leaves_the_line() -> None:
    x, y, net = seeded()
    wide = np.linspace(-10, 10, 401)
    (curve,) = curves(net, (x, y), (300,), wide)
    axes = axes_of(network.draw_outside)
    (_, fitted), (_, line) = (data_of(drawn) for drawn in axes.lines)
    assert fitted == pytest.approx(curve, abs=0.02)
    assert line == pytest.approx(2 * wide + 5.25, abs=1e-4)
    assert fitted[0] - line[0] > 10
    points = np.asarray(axes.collections[0].get_offsets())
    assert points == pytest.approx(np.hstack([array(x), array(y)])[::8])
    assert abs(fitted - line)[abs(wide) <= 1].max() < 0.15
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$y$")
