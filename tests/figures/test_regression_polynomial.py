from __future__ import annotations

import numpy as np
import pytest
import torch
from tests.figures.drawn import data_of
from tests.figures.network import all_axes_of, array, curves

from torch_by_example.regression import polynomial
from torch_by_example.regression.network import Net


def test_snapshots_are_those_of_the_training() -> None:
    torch.manual_seed(0)
    x, y = polynomial.noisy_parabola()
    wide = array(x)[:, 0]
    steps = (0, 12, 125, 500)
    expected = curves(Net(1, 10, 1), (x, y), steps, wide, lr=0.2)
    axes = all_axes_of(polynomial.draw_the_network)
    assert [ax.get_title() for ax in axes] == [f"$t = {step}$" for step in steps]
    for ax, curve in zip(axes, expected, strict=True):
        (line,) = ax.lines
        _, found = data_of(line)
        assert found == pytest.approx(curve, abs=0.01)
    assert np.mean((found - wide**2 - 0.1) ** 2) < 0.005
    assert len({ax.get_ylim() for ax in axes}) == 1


def test_points_lie_near_the_parabola() -> None:
    for ax in all_axes_of(polynomial.draw_the_network):
        points = np.asarray(ax.collections[0].get_offsets())
        noise = points[:, 1] - points[:, 0] ** 2
        assert len(points) == 50
        assert noise.min() > -1e-5
        assert noise.max() < 0.2 + 1e-5


def test_polynomials_are_those_of_numpy() -> None:
    axes = all_axes_of(polynomial.draw_degrees)
    assert [ax.get_title() for ax in axes] == ["$n = 1$", "$n = 2$", "$n = 9$"]
    for ax, degree in zip(axes, (1, 2, 9), strict=True):
        x, y = np.asarray(ax.collections[0].get_offsets()).T
        assert len(x) == 10
        fitted = np.polynomial.Polynomial.fit(x, y, degree)
        (line,) = ax.lines
        wide, found = data_of(line)
        assert wide == pytest.approx(np.linspace(-1, 1, 201))
        assert found == pytest.approx(fitted(wide), abs=1e-6)
    assert len({ax.get_ylim() for ax in axes}) == 1
    # Nine powers meet all ten points, and swing far out between them.
    assert fitted(x) == pytest.approx(y, abs=1e-6)
    assert found.max() > y.max() + 0.3
