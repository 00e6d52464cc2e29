from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lessons import library_of

from example_docs.errors import ExampleError
from example_docs.outputs.expected import Output, as_doctest, parse

if TYPE_CHECKING:
    from pathlib import Path


PROMISES = {
    "nothing": ([], Output()),
    "a line": (["3"], Output("3")),
    "an indented line": (
        ["tensor([1,", "        2])"],
        Output("tensor([1,\n        2])"),
    ),
    "an empty line": (["a", "<BLANKLINE>", "b"], Output("a\n\nb")),
    "an exception": (
        ["Traceback (most recent call last):", "    ...", "TypeError: no"],
        Output("", "TypeError: no"),
    ),
    "an exception after output": (
        ["1", "Traceback (most recent call last):", "    ...", "TypeError: no"],
        Output("1", "TypeError: no"),
    ),
    "a message of several lines": (
        [
            "Traceback (most recent call last):",
            "    ...",
            "RuntimeError: two things:",
            "    one",
            "<BLANKLINE>",
            "    two",
        ],
        Output("", "RuntimeError: two things:\n    one\n\n    two"),
    ),
}


@pytest.mark.parametrize(("lines", "output"), PROMISES.values(), ids=PROMISES)
def test_a_promise_is_read_and_written(lines: list[str], output: Output) -> None:
    assert parse("\n".join(lines)) == output
    assert as_doctest(output) == lines


def test_the_stack_of_a_traceback_is_no_promise() -> None:
    want = (
        'Traceback (most recent call last):\n  File "a.py", line 1\n    f()\n'
        "ValueError: no\n"
    )
    assert parse(want) == Output("", "ValueError: no")


LINES = st.text("ab 1.()'張", max_size=8).map(str.rstrip)


@given(st.lists(LINES, max_size=5), st.none() | st.just("ValueError: no\n  why"))
def test_what_is_written_is_read_again(lines: list[str], exception: str | None) -> None:
    output = Output("\n".join(lines).rstrip("\n"), exception)
    assert parse("\n".join(as_doctest(output))) == output


def test_readers_see_the_output_and_then_the_exception() -> None:
    assert Output("1\n2", "TypeError: no").text == "1\n2\nTypeError: no"
    assert Output("", "TypeError: no").text == "TypeError: no"
    assert Output("1").text == "1"


def test_the_docstring_promises(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        lesson='''
        def show():
            """What it shows.

            >>> show()
            tensor([[1.],
                    [2.]])
            <BLANKLINE>
            Traceback (most recent call last):
                ...
            TypeError: no

            This is prose again.
            """
        ''',
    )
    output = library.example("lesson:show").expected
    assert output == Output("tensor([[1.],\n        [2.]])", "TypeError: no")


@pytest.mark.parametrize(
    ("docstring", "sentence"),
    [
        (
            "What it shows.",
            (
                "show() promises no output; write '>>> show()' into its docstring and "
                "let 'example-docs accept' fill in what it prints"
            ),
        ),
        (
            "What it shows.\n\n    >>> other()\n    1\n    ",
            "the doctest of show() must be the one call '>>> show()'",
        ),
        (
            ">>> show()\n    1\n    >>> show()\n    1\n    ",
            "the doctest of show() must be the one call '>>> show()'",
        ),
        (
            ">>> show()  # doctest: +ELLIPSIS\n    1\n    ",
            "the doctest of show() must be the one call '>>> show()'",
        ),
        (
            "What it shows.\n\n    >>> show()\n    ",
            (
                "show() prints, but its doctest promises nothing; run "
                "'example-docs accept'"
            ),
        ),
        (
            ">>>show()",
            (
                "the doctest of show() cannot be read: line 1 of the docstring for "
                "<string> lacks blank after >>>: '>>>show()'"
            ),
        ),
    ],
)
def test_a_promise_that_cannot_be_read_is_refused(
    tmp_path: Path, docstring: str, sentence: str
) -> None:
    lesson = f'import math\n\n\ndef show():\n    """{docstring}"""\n    print(1)\n'
    example = library_of(tmp_path, lesson=lesson).example("lesson:show")
    with pytest.raises(ExampleError) as caught:
        _ = example.expected
    assert caught.value.message == sentence
    assert caught.value.path == example.module.path
    assert caught.value.line == 4
