from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.lessons import library_of
from tests.sameness import not_of_the_function

if TYPE_CHECKING:
    from pathlib import Path

LESSON = '''
    """A lesson."""

    import math

    from sample_lessons.other import double

    FACTOR: int = 2

    def show(start: float = 1.0) -> None:
        """Shown.

        >>> show()
        12.566370614359172
        """
        value: float = double(start) * FACTOR
        print(value * math.pi)
'''
OTHER = '''
    """Another lesson."""

    def double(number: float) -> float:
        """Twice a number."""
        return 2 * number
'''


def different(root: Path, old: str = "", new: str = "") -> list[str]:
    """What is not of the function after a change to its program."""
    library = library_of(root, lesson=LESSON, other=OTHER)
    example = library.example("lesson:show")
    text = example.program.text
    assert not old or text.count(old) == 1, text
    return not_of_the_function(example, text.replace(old, new))


def test_a_program_is_its_function(tmp_path: Path) -> None:
    assert different(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "statement"),
    [
        ("import math", "import cmath as math", "import cmath as math"),
        ("int = 2", "int = 3", "FACTOR: int = 3"),
        ("return 2 * number", "return number", "def double(number: float)"),
        ("start = 1.0", "start = 2.0", "the body: start = 2.0"),
        ("print(value * math.pi)", "print(value)", "print(value)"),
        ("print(value * math.pi)", "print(value)\nprint(1)", "the body"),
    ],
)
def test_another_program_is_noticed(
    tmp_path: Path, old: str, new: str, statement: str
) -> None:
    assert statement in "\n".join(different(tmp_path, old, new))


def test_a_statement_of_a_lesson_that_is_not_reached_is_noticed(
    tmp_path: Path,
) -> None:
    library_of(tmp_path, far="FAR = 1\n")
    assert different(tmp_path, "import math\n", "import math\nFAR = 1\n") == ["FAR = 1"]
