from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from matplotlib import pyplot as plt

from torch_by_example.losses import cross_entropy

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def show_nothing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    plt.switch_backend("Agg")
    monkeypatch.setattr(plt, "show", lambda: None)
    yield
    plt.close("all")


def test_the_price_is_minus_the_logarithm_and_the_square_stays_below_one() -> None:
    cross_entropy.draw_the_price()
    (axes,) = plt.gcf().axes
    logarithm, square = (np.asarray(line.get_xydata()) for line in axes.lines)
    np.testing.assert_allclose(logarithm[:, 0], np.linspace(0.005, 1, 200), rtol=1e-5)
    np.testing.assert_allclose(logarithm[:, 1], -np.log(logarithm[:, 0]), atol=1e-6)
    np.testing.assert_array_equal(square[:, 0], logarithm[:, 0])
    np.testing.assert_allclose(square[:, 1], (1 - square[:, 0]) ** 2, atol=1e-6)
    assert np.all(logarithm[:-1, 1] > square[:-1, 1])
    labels = [line.get_label() for line in axes.lines]
    assert labels == [r"$-\log\,p$", "$(1 - p)^2$"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$p$", "$L$")
