from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from example_docs.figures.paths import shortened, without_groups

NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
COORDINATE = st.floats(-1000, 1000).map(lambda number: round(number, 6))
POINT = st.tuples(COORDINATE, COORDINATE)
POINTS = {"L": 1, "Q": 2, "C": 3}
Point = tuple[float, float]
Segment = tuple[str, tuple[Point, ...]]
SEGMENT: st.SearchStrategy[Segment] = st.sampled_from(sorted(POINTS)).flatmap(
    lambda name: st.tuples(st.just(name), st.tuples(*[POINT] * POINTS[name]))
)
SUBPATH = st.tuples(POINT, st.lists(SEGMENT, min_size=1, max_size=5), st.booleans())


@pytest.mark.parametrize(
    ("outline", "short"),
    [
        ("M 1 2 L 3 4 ", "M1 2l2 2"),
        ("M 0 0 L 10.04 0 L 10.04 5.55 ", "M0 0h10v5.6"),
        ("M 5 5 L 5.5 4.5 L 5.25 4.75 ", "M5 5l.5-.5-.3.3"),
        ("M 1 1 Q 2 2 3 3.5 Q 4 4 5 5 z ", "M1 1q1 1 2 2.5 1 .5 2 1.5z"),
        ("M 1 1 C 1 2 3 4 5 6 z M 2 2 L 3 3 ", "M1 1c0 1 2 3 4 5zm1 1l1 1"),
        ("M 1 1 M 2 2 L 3 3 ", "M1 1m1 1l1 1"),
        ("M 1 1 L 1 1 ", "M1 1h0"),  # a dot, where lines have round ends
        ("M 1 1 L 2 1 L 2.01 1.02 L 3 1 ", "M1 1h1 1"),
    ],
)
def test_an_outline_by_steps(outline: str, short: str) -> None:
    assert shortened(outline) == short


def test_letters_are_scaled_to_whole_numbers() -> None:
    assert shortened("M 678 2272 L 4684 2272 ", scale=1 / 16, digits=0) == "M42 142h251"


def corners(outline: str) -> list[tuple[float, float]]:
    """Where the pen goes, by a reading of the syntax of SVG."""
    found: list[tuple[float, float]] = []
    here = start = (0.0, 0.0)
    for command, text in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", outline):
        numbers = [float(number) for number in NUMBER.findall(text)]
        if command == "z":
            here = start
            continue
        size = {"h": 1, "v": 1, "c": 6, "q": 4}.get(command, 2)
        for index in range(0, len(numbers), size):
            step = numbers[index : index + size]
            if command in "hv":
                step = [step[0], 0.0] if command == "h" else [0.0, step[0]]
            for x, y in zip(step[::2], step[1::2], strict=True):
                point = (x, y) if command == "M" else (here[0] + x, here[1] + y)
                found.append(point)
            here = found[-1]
            if command in "Mm":
                start = here
    return found


@given(st.lists(SUBPATH, min_size=1, max_size=3))
def test_no_point_is_further_away_than_half_a_digit(
    subpaths: list[tuple[Point, list[Segment], bool]],
) -> None:
    text = ""
    wanted: list[Point] = []
    for start, segments, is_closed in subpaths:
        text += f"M {start[0]} {start[1]} "
        wanted.append(start)
        for name, points in segments:
            text += " ".join([name, *(f"{x} {y}" for x, y in points)]) + " "
            wanted += points
        text += "z " if is_closed else ""
    rounded = [(round(x * 10), round(y * 10)) for x, y in wanted]
    drawn = [(round(x * 10), round(y * 10)) for x, y in corners(shortened(text))]
    # Steps to where the pen is already may be left out, and nothing else.
    assert distinct(drawn) == distinct(rounded)


def distinct(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return points[:1] + [b for a, b in pairwise(points) if a != b]


def test_groups_that_say_nothing_are_left_out() -> None:
    svg = '<svg><g><g fill="red"><g><path/></g></g></g><g transform="a"/></svg>'
    wanted = '<svg><g fill="red"><path/></g><g transform="a"/></svg>'
    assert without_groups(svg) == wanted
