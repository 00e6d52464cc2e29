from __future__ import annotations

import logging
import warnings

import numpy as np
import pytest
from matplotlib import font_manager
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgba
from tests.figures.drawn import axes_of, data_of, is_gridded, labels_of

from example_docs.verify.pytorch import prepare
from example_docs.verify.run import run
from torch_by_example.activations import why


def test_step_jumps_at_zero_without_a_line_that_climbs() -> None:
    axes = axes_of(why.draw_step)
    curve, filled, hollow = axes.lines
    z, height = data_of(curve)
    assert z[0] == pytest.approx(-3)
    assert z[-1] == pytest.approx(3)
    assert np.isnan(height[z == 0]).all()
    assert (z == 0).sum() == 1
    np.testing.assert_array_equal(height[z < 0], 0)
    np.testing.assert_array_equal(height[z > 0], 1)
    # The filled point says which value the jump itself has.
    assert [*map(float, np.concatenate(data_of(filled)))] == [0, 0]
    assert filled.get_fillstyle() == "full"
    assert [*map(float, np.concatenate(data_of(hollow)))] == [0, 1]
    assert hollow.get_fillstyle() == "none"
    assert len({to_rgba(line.get_color()) for line in axes.lines}) == 1
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$z$", "$H(z)$")
    assert list(axes.get_yticks()) == [0, 0.5, 1]
    assert is_gridded(axes)


def test_bends_meet_the_parabola_where_they_should() -> None:
    axes = axes_of(why.draw_bends)
    parabola, bent, straight = axes.lines
    assert labels_of(axes) == ["$x^2$", "$f(x)$", "$g(x)$"]
    x, y = data_of(parabola)
    np.testing.assert_allclose(x, np.linspace(-2, 2, 401), atol=1e-6)
    np.testing.assert_allclose(y, x**2, atol=1e-6)
    x, y = data_of(bent)
    knots = np.array([-2.0, -1, 0, 1, 2])
    np.testing.assert_allclose(y, np.interp(x, knots, knots**2), atol=1e-5)
    x, y = data_of(straight)
    np.testing.assert_allclose(y, 3 * x - 2, atol=1e-5)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$y$")
    assert list(axes.get_xticks()) == [-2, -1, 0, 1, 2]
    # All of the bends is seen, and room above them for the legend.
    assert axes.get_ylim() == (-3, 8)
    assert is_gridded(axes)


def test_label_is_the_same_to_readers_without_a_chinese_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = run(why.label_without_squares, prepare=prepare)
    monkeypatch.setattr(font_manager, "get_font_names", lambda: ["DejaVu Sans"])
    assert why.pick_font(why.CHINESE_FONTS) is None
    assert run(why.label_without_squares, prepare=prepare) == here
    assert here.text.endswith(": 0 squares")


@pytest.mark.parametrize("text", ["激活函数", "激活函数 $f(x)=\\max(0,x)$", "−1 激活"])
def test_no_glyph_is_missing_with_a_font_that_is_there(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    font = why.pick_font(why.CHINESE_FONTS)
    if font is None:
        pytest.skip("none of the Chinese fonts is installed here")
    with plt.rc_context({"font.family": [font, "DejaVu Sans"]}):
        assert complaints(text, caplog) == []


def test_missing_glyphs_are_noticed_in_text_and_in_formulas(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with plt.rc_context({"font.family": ["DejaVu Sans"]}):
        assert len(complaints("中", caplog)) == 1
        assert len(complaints("中 $x$", caplog)) >= 1


def complaints(text: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What Matplotlib says of a title: warnings, and the log of formulas."""
    caplog.clear()
    figure, axes = plt.subplots()
    axes.set_title(text)
    with (
        caplog.at_level(logging.WARNING),
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always")
        figure.canvas.draw()
    plt.close(figure)
    return [str(warning.message) for warning in caught] + caplog.messages
