from __future__ import annotations

from unittest import mock

import numpy as np
import pytest
import torch
from tests.figures.drawn import axes_of, data_of, is_gridded, labels_of

from torch_by_example.activations.compare import FUNCTIONS
from torch_by_example.labs import activations


def test_curve_and_slope_are_those_of_silu() -> None:
    axes = axes_of(activations.draw_one)
    curve, slope = map(data_of, axes.lines)
    x = np.linspace(-6, 6, 401)
    s = 1 / (1 + np.exp(-x))
    assert curve[0] == pytest.approx(x, abs=1e-6)
    assert curve[1] == pytest.approx(x * s, abs=1e-6)
    assert slope[0] == pytest.approx(x, abs=1e-6)
    assert slope[1] == pytest.approx(s * (1 + x * (1 - s)), abs=1e-6)
    assert labels_of(axes) == ["$f(x)$", "$f'(x)$"]
    assert axes.get_xlabel() == "$x$"
    assert is_gridded(axes)


def test_lines_are_the_gradients_of_four_gains() -> None:
    gains = [0.5, 1.0, 1.4, 2.0]
    # What the sizes are is tested with the lesson; here, which ones are drawn.
    sizes_of = {("relu", gain): list(gain + np.arange(11)) for gain in gains}
    with mock.patch.object(
        activations, "through_ten_layers", lambda *given: sizes_of[given]
    ):
        axes = axes_of(activations.draw_gains)
    for line, sizes in zip(axes.lines, sizes_of.values(), strict=True):
        assert np.array(data_of(line)).tolist() == [list(range(11)), sizes]
    assert labels_of(axes) == [f"${gain}$" for gain in gains]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$k$", "$g_k$")
    assert (axes.get_yscale(), axes.get_ylim()) == ("log", (1e-6, 1e3))
    assert is_gridded(axes)


def test_answers_are_those_of_the_race() -> None:
    x = torch.linspace(-3, 3, 200).unsqueeze(1)
    learned = [x + 1, x + 2]
    # The race prints how good they are; here, which ones are drawn.
    with mock.patch.object(
        activations, "learn_a_wave", side_effect=[(x, y, []) for y in learned]
    ) as learn:
        axes = axes_of(activations.draw_the_wave)
    calls = [(FUNCTIONS[name], 10, 200) for name in ("relu", "tanh")]
    assert [call.args for call in learn.call_args_list] == calls
    for line, y in zip(axes.lines, [*learned, torch.sin(2 * x)], strict=True):
        assert data_of(line)[0] == pytest.approx(x[:, 0].numpy())
        assert data_of(line)[1] == pytest.approx(y[:, 0].numpy(), abs=1e-6)
    assert labels_of(axes) == ["relu", "tanh", r"$\sin 2x$"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$y$")
    # What a bad answer does far outside does not shrink the wave.
    assert axes.get_ylim() == (-1.5, 1.5)
