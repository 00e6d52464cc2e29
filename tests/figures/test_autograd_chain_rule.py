from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from matplotlib import pyplot as plt
from matplotlib.text import Annotation

from torch_by_example.autograd import chain_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.axes import Axes
    from torch.autograd.graph import Node


@pytest.fixture(autouse=True)
def show_nothing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    plt.switch_backend("Agg")
    monkeypatch.setattr(plt, "show", lambda: None)
    yield
    plt.close("all")


def axes_of(example: Callable[[], None]) -> Axes:
    example()
    (axes,) = plt.gcf().axes
    return axes


Box = tuple[str, str, str]
"""What stands in a box, the value above it, the gradient below it."""


def boxes_of(axes: Axes) -> list[Box]:
    """The boxes of a graph, from left to right and from top to bottom."""
    plain = [t for t in axes.texts if not isinstance(t, Annotation)]
    boxes = [text for text in plain if text.get_bbox_patch()]
    numbers = [text for text in plain if not text.get_bbox_patch()]
    found = []
    assert not axes.axison
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    for x, y in (t.get_position() for t in plain):
        assert left < x < right
        assert bottom < y < top
    for box in sorted(boxes, key=lambda t: (t.get_position()[0], -t.get_position()[1])):
        x, y = box.get_position()
        above, below = (
            min(
                (t for t in numbers if t.get_color() == colour),
                key=lambda t: math.dist(t.get_position(), (x, y + shift)),
            )
            for colour, shift in (("C0", 0.3), ("C1", -0.3))
        )
        for text, sign in ((above, 1), (below, -1)):
            at_x, at_y = text.get_position()
            assert at_x == x
            assert 0 < sign * (at_y - y) < 0.5
        found.append((box.get_text(), above.get_text(), below.get_text()))
    return found


def arrows_of(axes: Axes) -> set[tuple[str, str]]:
    """The arrows of a graph, from the text in one box to that in another."""
    boxes = {t.get_position(): t for t in axes.texts if t.get_bbox_patch()}
    found = set()
    for arrow in (t for t in axes.texts if isinstance(t, Annotation)):
        start, end = boxes[arrow.get_position()], boxes[arrow.xy]
        assert arrow.arrow_patch is not None
        # It ends where the boxes do.
        assert arrow.arrow_patch.patchA is start.get_bbox_patch()
        assert arrow.arrow_patch.patchB is end.get_bbox_patch()
        found.add((start.get_text(), end.get_text()))
    return found


def shares_of(axes: Axes) -> list[str]:
    """The numbers on lines, from top to bottom: gradients below no box."""
    at = {t.get_position()[0] for t in axes.texts if t.get_bbox_patch()}
    shares = [t for t in axes.texts if t.get_position()[0] not in at]
    shares.sort(key=lambda t: -t.get_position()[1])
    lines = [t for t in axes.texts if isinstance(t, Annotation)]
    for share in shares:
        x, y = share.get_position()
        middles = [np.add(t.get_position(), t.xy) / 2 for t in lines]
        # Beside the middle of its line, and on the side away from the other.
        nearest = min(middles, key=lambda place: math.dist(place, (x, y)))
        assert math.dist(nearest, (x, y)) < 0.25
        assert abs(y) > abs(nearest[1])
        assert share.get_color() == "C1"
    return [t.get_text() for t in shares]


def steps_of(node: Node | None) -> set[Node]:
    """All steps behind a node, found by recursion and not as the lesson does."""
    if node is None:
        return set()
    return {node}.union(*(steps_of(source) for source, _ in node.next_functions))


def tex(number: float) -> str:
    return f"${round(number, 4):g}$"


def test_both_passes_are_those_of_plain_numbers() -> None:
    axes = axes_of(chain_rule.draw_both_passes)
    x, w1, b1, w2, b2 = 3.0, 2.0, 1.0, -4.0, 5.0
    p1 = w1 * x
    y1 = p1 + b1
    p2 = w2 * y1
    y2 = p2 + b2
    d = y2 + 20

    def loss(w1: float, b1: float, w2: float, b2: float) -> float:
        return (w2 * (w1 * x + b1) + b2 + 20) ** 2

    def slope(at: int) -> float:
        # The loss is a square: this quotient is exact but for rounding.
        right, left = ([w1, b1, w2, b2] for _ in range(2))
        right[at] += 0.5
        left[at] -= 0.5
        return loss(*right) - loss(*left)

    assert boxes_of(axes) == [
        ("$w_1$", tex(w1), tex(slope(0))),
        ("$b_1$", tex(b1), tex(slope(1))),
        (r"$\times$", tex(p1), tex(2 * d * w2)),
        ("$w_2$", tex(w2), tex(slope(2))),
        ("$+$", tex(y1), tex(2 * d * w2)),
        ("$b_2$", tex(b2), tex(slope(3))),
        (r"$\times$", tex(p2), tex(2 * d)),
        ("$+$", tex(y2), tex(2 * d)),
        ("$+$", tex(d), tex(2 * d)),
        ("$(\\ )^{2}$", tex(d**2), tex(1)),
    ]
    assert shares_of(axes) == []


def test_the_two_layers_are_joined_as_they_were_computed() -> None:
    axes = axes_of(chain_rule.draw_both_passes)
    # Signs that occur several times count as one below: nine lines, eight pairs.
    assert sum(isinstance(t, Annotation) for t in axes.texts) == 9
    assert arrows_of(axes) == {
        ("$w_1$", r"$\times$"),
        (r"$\times$", "$+$"),
        ("$b_1$", "$+$"),
        ("$w_2$", r"$\times$"),
        ("$+$", r"$\times$"),
        ("$b_2$", "$+$"),
        ("$+$", "$+$"),
        ("$+$", "$(\\ )^{2}$"),
    }


def test_the_two_paths_are_added() -> None:
    axes = axes_of(chain_rule.draw_two_paths)
    s = 0.7
    x, y = s**2, math.sin(s)
    over_x, over_y = y * 2 * s, x * math.cos(s)
    assert boxes_of(axes) == [
        ("$s$", tex(s), tex(over_x + over_y)),
        ("$(\\ )^{2}$", tex(x), tex(y)),
        (r"$\mathrm{sin}$", tex(y), tex(x)),
        (r"$\times$", tex(x * y), tex(1)),
    ]
    assert shares_of(axes) == [tex(over_x), tex(over_y)]
    places = [t.get_position() for t in axes.texts if t.get_bbox_patch()]
    assert sorted(places) == [(-2, 0), (-1, -0.5), (-1, 0.5), (0, 0)]
    assert arrows_of(axes) == {
        ("$s$", "$(\\ )^{2}$"),
        ("$s$", r"$\mathrm{sin}$"),
        ("$(\\ )^{2}$", r"$\times$"),
        (r"$\mathrm{sin}$", r"$\times$"),
    }


def test_the_steps_of_a_chain_stand_on_one_line_and_leaves_below() -> None:
    axes = axes_of(chain_rule.draw_both_passes)
    places = {t.get_position(): t.get_text() for t in axes.texts if t.get_bbox_patch()}
    assert places == {
        (0, 0): "$(\\ )^{2}$",
        (-1, 0): "$+$",
        (-2, 0): "$+$",
        (-3, 0): r"$\times$",
        (-4, 0): "$+$",
        (-5, 0): r"$\times$",
        (-6, 0): "$w_1$",
        (-3.5, -1): "$b_2$",
        (-4.5, -1): "$w_2$",
        (-5.5, -1): "$b_1$",
    }


def test_a_step_stands_in_the_middle_of_those_that_use_it() -> None:
    s, t = (torch.tensor(0.5, requires_grad=True) for _ in range(2))
    parts = [s.exp(), s.sin(), t.exp()]
    joined = torch.stack(parts)
    total = joined.sum()
    assert total.grad_fn is not None
    places = chain_rule.place_of_steps(chain_rule.depth_of_steps(total.grad_fn))
    leaves = {
        getattr(node, "variable", None): place
        for node, place in places.items()
        if hasattr(node, "variable")
    }
    assert places[total.grad_fn] == (0, 0)
    assert joined.grad_fn is not None
    assert places[joined.grad_fn] == (-1, 0)
    steps = [part.grad_fn for part in parts if part.grad_fn is not None]
    assert [places[step] for step in steps] == [(-2, 1), (-2, 0), (-2, -1)]
    assert leaves == {s: (-3, 0.5), t: (-3, -2)}


def test_a_graph_has_a_box_for_each_step_and_one_only() -> None:
    s = torch.tensor(0.5, requires_grad=True)
    a = s.exp()
    b = a * s
    c = a + b
    d = c**3
    steps = steps_of(d.grad_fn)
    tensors = {"$s$": s, "$a$": a, "$b$": b, "$c$": c, "$d$": d}
    chain_rule.draw_graph(d, tensors)
    boxes = boxes_of(plt.gca())
    assert len(boxes) == len(steps) == 5
    # An operation without a sign has its name, and a cube is no square.
    signs = {"$s$", "Exp", r"$\times$", "$+$", "$(\\ )^{3}$"}
    assert {box[0] for box in boxes} == signs
    lines = sum(source is not None for n in steps for source, _ in n.next_functions)
    assert sum(isinstance(t, Annotation) for t in plt.gca().texts) == lines == 6


def test_a_step_without_a_symbol_is_an_error() -> None:
    s = torch.tensor(0.5, requires_grad=True)
    with pytest.raises(KeyError):
        chain_rule.draw_graph(s.exp() * 2, {"$s$": s})
