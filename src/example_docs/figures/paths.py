"""The outlines of a figure in as few characters as they need.

Matplotlib writes where each point is, in millionths of a pixel. A step from the point
before is a shorter number, and a tenth of a pixel more than an eye sees.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PART = re.compile(r"([MLQCz])([^MLQCz]*)")
_LENGTHS = {"M": 1, "L": 1, "Q": 2, "C": 3}
"""How many points follow a command."""

Point = tuple[int, int]


def shortened(outline: str, *, scale: float = 1, digits: int = 1) -> str:
    """An outline by steps, in the syntax of SVG.

    Points are rounded before steps are taken, so that no error adds up.

    Args:
        outline: Commands of Matplotlib: M, L, Q, C and z, each with its points.
        scale: All numbers are multiplied by it.
        digits: The digits to keep after the point.
    """
    unit = scale * 10**digits
    here: Point = (0, 0)
    start: Point = (0, 0)
    parts: list[str] = []
    last = ""
    for command, points in _commands(outline, unit):
        if command == "z":
            parts.append("z")
            here, last = start, "z"
            continue
        if command == "L" and points[-1] == here and last in {"h", "l", "v"}:
            continue  # nothing to be seen; the first one may be a dot
        name, numbers = _step(command, points, here)
        if name != last or name == "m":  # two points in a row would be a line
            parts.append(name)
        parts += [_shown(number, digits) for number in numbers]
        here = points[-1]
        start = here if command == "M" else start
        last = name
    return _joined(parts).replace("m", "M", 1)


def _commands(outline: str, unit: float) -> Iterator[tuple[str, list[Point]]]:
    for match in _PART.finditer(outline):
        command = match[1]
        numbers = [round(float(number) * unit) for number in match[2].split()]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "z":
            yield command, []
            continue
        size = _LENGTHS[command]
        for first in range(0, len(pairs), size):
            yield command, pairs[first : first + size]


def _step(command: str, points: list[Point], here: Point) -> tuple[str, list[int]]:
    """A command and its numbers, seen from where the pen is."""
    steps = [(x - here[0], y - here[1]) for x, y in points]
    if command == "L" and steps[0][1] == 0:
        return "h", [steps[0][0]]
    if command == "L" and steps[0][0] == 0:
        return "v", [steps[0][1]]
    return command.lower(), [number for step in steps for number in step]


def _joined(parts: Iterable[str]) -> str:
    """The parts with spaces where two numbers would be taken for one."""
    text = ""
    before = ""
    for part in parts:
        is_number = before[-1:].isdigit()
        if is_number and (part[0].isdigit() or (part[0] == "." and "." not in before)):
            text += " "
        text += part
        before = part
    return text


def _shown(number: int, digits: int) -> str:
    text = f"{abs(number) / 10**digits:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if digits else text
    text = text.removeprefix("0") or "0"
    return f"-{text}" if number < 0 else text


def without_groups(svg: str) -> str:
    """The same picture without groups that say nothing of what is in them."""
    kept: list[bool] = []
    parts = []
    for part in re.split(r"(<g\b[^>]*>|</g>)", svg):
        if part == "</g>":
            says = kept.pop()
        elif part.startswith("<g"):
            says = part != "<g>"
            kept.append(says)
        else:
            says = True
        if says:
            parts.append(part)
    return "".join(parts)
