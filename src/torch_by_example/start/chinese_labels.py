"""Chinese labels in figures: find a font that has them before you draw."""

import warnings
from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib import font_manager


def signs_without_glyph(text: str, families: Sequence[str]) -> list[str]:
    """Draw a text, and collect what Matplotlib warns of.

    Args:
        text: What to draw.
        families: Font families, in order of preference.

    Returns:
        A warning for each sign that none of the fonts has.
    """
    with plt.rc_context({"font.family": families}):
        fig, ax = plt.subplots()
        ax.set_title(text)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            fig.canvas.draw()
    plt.close(fig)
    return [str(warning.message) for warning in caught]


def squares_instead_of_chinese() -> None:
    r"""A font without Chinese: Matplotlib draws a square and warns.

    >>> squares_instead_of_chinese()
    Glyph 20013 (\N{CJK UNIFIED IDEOGRAPH-4E2D}) missing from font(s) DejaVu Sans.
    """
    print(*signs_without_glyph("中", ["DejaVu Sans"]))


CHINESE_FONTS = (
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti TC",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
"""Font families with Chinese signs that come with Windows, macOS and Linux."""


def pick_font(names: Sequence[str]) -> str | None:
    """The first font family of a list that is installed.

    Args:
        names: Families, the best first, spelled as Matplotlib spells them.

    Returns:
        The name, or None when none of them is there.
    """
    installed = set(font_manager.get_font_names())
    return next((name for name in names if name in installed), None)


def first_font_that_is_there() -> None:
    """Ask what is installed, instead of hoping for one name.

    >>> first_font_that_is_there()
    DejaVu Sans
    None
    """
    print(pick_font(["No Such Font", "DejaVu Sans"]))
    print(pick_font(["No Such Font"]))


def label_without_squares() -> None:
    """Chinese where a font has it, symbols elsewhere; never a square.

    >>> label_without_squares()
    DejaVu Sans alone: 4 squares
    chosen font and label: 0 squares
    """
    font = pick_font(CHINESE_FONTS)
    label = "激活函数" if font else "f(x)"
    families = [font, "DejaVu Sans"] if font else ["DejaVu Sans"]
    before = signs_without_glyph("激活函数", ["DejaVu Sans"])
    print("DejaVu Sans alone:", len(before), "squares")
    now = signs_without_glyph(label, families)
    print("chosen font and label:", len(now), "squares")
