from __future__ import annotations

import numpy as np
import pytest
from tests.figures.drawn import axes_of, data_of

from torch_by_example.start import first_steps

MASS, LENGTH = (row.numpy() for row in first_steps.spring())


def test_lines_are_the_guess_and_the_least_squares_line() -> None:
    guess, fitted, measured = map(data_of, axes_of(first_steps.draw_line).lines)
    for x, _ in (guess, fitted, measured):
        assert x == pytest.approx(MASS)
    assert guess[1] == pytest.approx(4 * MASS + 18)
    line = np.polynomial.Polynomial.fit(MASS, LENGTH, 1)
    assert fitted[1] == pytest.approx(line(MASS), abs=1e-3)
    assert measured[1] == pytest.approx(LENGTH)


def test_axes_name_quantity_and_unit() -> None:
    axes = axes_of(first_steps.draw_line)
    assert axes.get_xlabel() == r"$m\;[\mathrm{kg}]$"
    assert axes.get_ylabel() == r"$\ell\;[\mathrm{cm}]$"
