from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from matplotlib import pyplot as plt

from torch_by_example.backprop import one_weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


@pytest.fixture(autouse=True)
def show_nothing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    plt.switch_backend("Agg")
    monkeypatch.setattr(plt, "show", lambda: None)
    yield
    plt.close("all")


@pytest.fixture
def losses() -> dict[str, NDArray[np.float64]]:
    one_weight.draw_losses()
    (axes,) = plt.gcf().axes
    assert axes.get_yscale() == "log"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$k$", "$C_k$")
    assert axes.get_legend() is not None
    curves = {}
    for line in axes.lines:
        np.testing.assert_array_equal(np.asarray(line.get_xdata()), np.arange(101))
        curves[str(line.get_label())] = np.asarray(line.get_ydata())
    return curves


FACTOR = (1 - 0.02 * 1**2) * (1 - 0.02 * 2**2) * (1 - 0.02 * 3**2)
CLOSED_FORM = 14 / 3 * FACTOR ** (2.0 * np.arange(101))


def test_the_factor_of_the_page_is_that_of_the_closed_form() -> None:
    assert round(FACTOR, 6) == 0.739312
    assert round(FACTOR**2, 4) == 0.5466


def test_the_loss_in_float64_follows_the_closed_form(
    losses: dict[str, NDArray[np.float64]],
) -> None:
    assert list(losses) == ["float64", "float32"]
    np.testing.assert_allclose(losses["float64"][:60], CLOSED_FORM[:60], rtol=1e-6)
    # Later the distance from 2 comes near the last digit of the weight.
    np.testing.assert_allclose(losses["float64"], CLOSED_FORM, rtol=0.1)


def test_the_loss_in_float32_follows_it_and_then_stands_still(
    losses: dict[str, NDArray[np.float64]],
) -> None:
    loss = losses["float32"]
    np.testing.assert_allclose(loss[:20], CLOSED_FORM[:20], rtol=1e-3)
    assert loss[47] > loss[48]
    assert set(loss[48:]) == {loss[48]}
    assert 1e-12 < loss[48] < 1e-11
