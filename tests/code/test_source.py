from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lessons import PACKAGE, library_of

from example_docs.code.library import lines_inside_strings
from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from pathlib import Path

LESSON = '''
    """A lesson."""

    RATE = 0.1


    def first():
        """Show the first.

        >>> first()
        1
        """
        print(1)


    def helper(x):
        """Double it.

        >>> helper(2)
        4
        """
        return 2 * x


    def _private():
        """Private.

        >>> _private()
        1
        """
        print(1)


    def second(size=3, *, name="x"):
        """Show the second.

        >>> second()
        3
        """
        print(size)


    def needs(size, *, name):
        """Need.

        >>> needs()
        """
'''


def test_examples_are_found_in_the_order_of_the_module(tmp_path: Path) -> None:
    library = library_of(tmp_path, lesson=LESSON, another=LESSON)
    names = [example.full_name for example in library]
    assert names == [
        f"{PACKAGE}.another:first",
        f"{PACKAGE}.another:second",
        f"{PACKAGE}.lesson:first",
        f"{PACKAGE}.lesson:second",
    ]


def test_an_example_has_a_name_and_an_anchor(tmp_path: Path) -> None:
    library = library_of(tmp_path, lesson=LESSON.replace("first", "the_first"))
    example = library.example("lesson:the_first")
    assert example.full_name == f"{PACKAGE}.lesson:the_first"
    assert example.anchor == "the-first"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "lesson:frist",
            "there is no example 'lesson:frist'; the nearest is 'lesson:first'",
        ),
        (
            "lesson:RATE",
            "there is no example 'lesson:RATE'; the nearest is 'lesson:first'",
        ),
        (
            "leson:second",
            "there is no example 'leson:second'; the nearest is 'lesson:second'",
        ),
        ("first", "there is no example 'first'; the nearest is 'lesson:first'"),
        (":first", "there is no example ':first'; the nearest is 'lesson:first'"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    tmp_path: Path, name: str, sentence: str
) -> None:
    library = library_of(tmp_path, lesson=LESSON)
    with pytest.raises(ExampleError) as caught:
        library.example(name)
    assert str(caught.value) == sentence


def test_a_function_with_a_required_parameter_is_no_example(tmp_path: Path) -> None:
    library = library_of(tmp_path, lesson=LESSON)
    with pytest.raises(ExampleError) as caught:
        library.example("lesson:needs")
    assert caught.value.message == (
        "needs() needs the parameter 'size', so it cannot be an example; "
        "give it a default"
    )
    assert caught.value.line == 42


def test_an_empty_library_has_no_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(ExampleError, match=r"^there is no example 'a:b'$"):
        library_of(tmp_path).example("a:b")


def test_a_syntax_error_is_one_sentence_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    library = library_of(tmp_path, lesson="x = 1\ndef show(:\n    pass\n")
    with pytest.raises(ExampleError) as caught:
        library.example("lesson:show")
    assert str(caught.value) == (
        f"src/{PACKAGE}/lesson.py:2: this is not Python (invalid syntax); "
        "mend the syntax"
    )


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    library = library_of(tmp_path, lesson="")
    path = tmp_path / "src" / PACKAGE / "lesson.py"
    path.write_bytes("x = 'é'".encode("latin-1"))
    with pytest.raises(ExampleError, match=r"not UTF-8 .*; save the file as UTF-8$"):
        library.module(f"{PACKAGE}.lesson")


def test_a_missing_module_is_answered_with_the_nearest(tmp_path: Path) -> None:
    library = library_of(tmp_path, lesson="")
    with pytest.raises(ExampleError) as caught:
        library.module(f"{PACKAGE}.leson")
    assert str(caught.value) == (
        f"there is no module '{PACKAGE}.leson'; create leson.py or mend the name; "
        f"the nearest is '{PACKAGE}.lesson'"
    )


def test_a_module_is_read_again_when_it_changes(tmp_path: Path) -> None:
    library = library_of(tmp_path, lesson="A = 1\n")
    before = library.module(f"{PACKAGE}.lesson")
    assert library.module(f"{PACKAGE}.lesson") is before
    library_of(tmp_path, lesson="A = 1\nB = 2\n")
    os.utime(before.path, ns=(1, 1))
    assert list(library.module(f"{PACKAGE}.lesson").definitions) == ["A", "B"]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("import torch", {"torch": ("torch", None)}),
        ("import torch.nn.functional as F", {"F": ("torch.nn.functional", None)}),
        ("import os.path", {"os": ("os.path", None)}),
        (
            "from torch import nn, optim as o",
            {"nn": ("torch", "nn"), "o": ("torch", "optim")},
        ),
        ("from .other import thing", {"thing": (f"{PACKAGE}.other", "thing")}),
        ("from . import other", {"other": (PACKAGE, "other")}),
        ("from __future__ import annotations", {}),
    ],
)
def test_imports_are_known_by_the_name_they_bind(
    tmp_path: Path, statement: str, found: dict[str, tuple[str, str | None]]
) -> None:
    module = library_of(tmp_path, lesson=statement).module(f"{PACKAGE}.lesson")
    assert {
        name: (item.module, item.name)
        for name, items in module.imports.items()
        for item in items
    } == found


def test_positions_count_bytes(tmp_path: Path) -> None:
    text = "s = '张量'; x = 1\ny = 2\n"
    module = library_of(tmp_path, lesson=text).module(f"{PACKAGE}.lesson")
    statement = module.tree.body[1]
    start = module.offset(statement.lineno, statement.col_offset)
    assert module.data[start:].startswith(b"x = 1")
    assert module.data[module.offset(2, 0) :] == b"y = 2\n"


def test_lines_inside_strings_are_those_that_begin_in_one() -> None:
    text = 'a = """\nin\nend"""\nb = f"""\n{\na}\n"""\nc = "x" \\\n    "y"\n'
    assert sorted(set(lines_inside_strings(text))) == [2, 3, 5, 6, 7]


@given(st.lists(st.text("a \n'#", max_size=6), max_size=4))
def test_every_line_break_within_a_string_counts(strings: list[str]) -> None:
    text = "".join(f'x = """{s}"""\n' for s in strings)
    assert len(list(lines_inside_strings(text))) == sum(s.count("\n") for s in strings)
