from __future__ import annotations

import logging
import warnings

import pytest
from matplotlib import font_manager
from matplotlib import pyplot as plt

from example_docs.verify.pytorch import prepare
from example_docs.verify.run import run
from torch_by_example.start import chinese_labels


def test_label_is_the_same_to_readers_without_a_chinese_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = run(chinese_labels.label_without_squares, prepare=prepare)
    monkeypatch.setattr(font_manager, "get_font_names", lambda: ["DejaVu Sans"])
    assert chinese_labels.pick_font(chinese_labels.CHINESE_FONTS) is None
    assert run(chinese_labels.label_without_squares, prepare=prepare) == here
    assert here.text.endswith(": 0 squares")


@pytest.mark.parametrize("text", ["激活函数", "激活函数 $f(x)=\\max(0,x)$", "−1 激活"])
def test_no_glyph_is_missing_with_a_font_that_is_there(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    font = chinese_labels.pick_font(chinese_labels.CHINESE_FONTS)
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
