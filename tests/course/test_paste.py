"""Programs at Python's own prompt, which before 3.13 takes them line by line."""

from __future__ import annotations

import ast
import code
import re
import sys
from typing import TYPE_CHECKING

import pytest
from tests.editions import edition
from tests.lessons import library_of
from tests.project import LANGUAGES, LIBRARY, PACKAGE, ROOT

from example_docs.code.library import lines_inside_strings

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType


class Prompt(code.InteractiveConsole):
    """Reads lines as the prompt does, and runs nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[str] = []

    def runcode(self, code: CodeType) -> None:
        pass

    def showsyntaxerror(self, *_: object, **__: object) -> None:
        self.errors.append(str(sys.exc_info()[1]))


def refused(program: str) -> list[str]:
    prompt = Prompt()
    for line in [*program.splitlines(), ""]:
        prompt.push(line)
    return prompt.errors


def has_gap_in_block(program: str) -> bool:
    """Whether a function, a class or a loop has an empty line in it."""
    lines = program.split("\n")
    inside = {
        number
        for statement in ast.parse(program).body
        if hasattr(statement, "body")
        for number in range(statement.lineno, statement.end_lineno or 0)
    }
    strings = set(lines_inside_strings(program))
    return any(not lines[number - 1] for number in inside - strings)


def test_prompt_refuses_what_follows_a_block_at_once() -> None:
    assert refused("for i in range(2):\n    print(i)\nprint(2)\n")
    assert refused("def f():\n    x = 1\n\n    return x\n")
    assert not refused("for i in range(2):\n    print(i)\n\nprint(2)\n")


def test_a_block_ends_with_an_empty_line(tmp_path: Path) -> None:
    lesson = '''
        def show() -> None:
            """It shows.

            >>> show()
            1
            """
            for i in range(2):
                print(i)
                # of the loop
            # of what follows
            if i:
                print(i)
            else:
                print(0)
            with open("x") as file:
                text = """
            a

            b"""

            print(text)
            while i:
                i -= 1
    '''
    program = library_of(tmp_path, lesson=lesson).example("lesson:show").program.text
    assert program.splitlines() == [
        "for i in range(2):",
        "    print(i)",
        "    # of the loop",
        "",
        "# of what follows",
        "if i:",
        "    print(i)",
        "else:",
        "    print(0)",
        "",
        'with open("x") as file:',
        '    text = """',
        "    a",
        "",
        '    b"""',
        "",
        "print(text)",
        "while i:",
        "    i -= 1",
    ]
    assert not refused(program)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_program_without_gaps_can_be_pasted(language: str) -> None:
    book = edition(language)
    for example in LIBRARY:
        program = book.program(example.full_name.removeprefix(f"{PACKAGE}.")).text
        assert bool(refused(program)) is has_gap_in_block(program), example.full_name


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_page_says_how_many_cannot(language: str) -> None:
    home = (ROOT / "docs" / language / "index.md").read_text(encoding="utf-8")
    programs = [example.program.text for example in LIBRARY]
    gaps = sum(map(has_gap_in_block, programs))
    said = [int(n) for n in re.findall(r"\{(\d+) given count\}", home)]
    assert sorted(said) == sorted([gaps, len(programs)])
