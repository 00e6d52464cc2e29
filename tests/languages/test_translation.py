from __future__ import annotations

import ast
import textwrap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lessons import PACKAGE, library_of

from example_docs.errors import ExampleError
from example_docs.languages.code_translation import (
    Catalogue,
    comments,
    docstring_units,
    paragraphs,
    read_catalogue,
    translate_comments,
    translate_docstring,
)

if TYPE_CHECKING:
    from pathlib import Path


class Upper(dict[str, str]):
    """Every text has a translation: itself, in capitals."""

    def get(self, text: str, _default: object = None) -> str:
        return text.upper()


@pytest.fixture
def loud(tmp_path: Path) -> Catalogue:
    return Catalogue(Upper(), tmp_path / "loud.po")


PROGRAM = '''\
# first line
# second line
x = 1  # behind code

# a run of its own
if x:
    # inside
    # a block

    #
    print("# no comment", """
# nor this
""")  #   also behind
#without a space
'''


def test_comments_are_gathered_as_a_person_would_translate_them() -> None:
    assert [unit.text for unit in comments(PROGRAM)] == [
        "first line\nsecond line",
        "behind code",
        "a run of its own",
        "inside\na block",
        "also behind",
        "without a space",
    ]


def test_comments_are_translated_in_place(loud: Catalogue) -> None:
    assert translate_comments(PROGRAM, loud) == (
        PROGRAM.replace("first line", "FIRST LINE")
        .replace("second line", "SECOND LINE")
        .replace("  # behind", "  # BEHIND")
        .replace("BEHIND code", "BEHIND CODE")
        .replace("a run of its own", "A RUN OF ITS OWN")
        .replace("# inside", "# INSIDE")
        .replace("# a block", "# A BLOCK")
        .replace("#   also behind", "# ALSO BEHIND")
        .replace("#without a space", "# WITHOUT A SPACE")
    )


def test_a_translation_may_have_another_number_of_lines(tmp_path: Path) -> None:
    entries = {"one\ntwo": "三", "four": "五\n六", "seven": "八\n九"}
    catalogue = Catalogue(entries, tmp_path)
    text = "if 1:\n    # one\n    # two\n    x = 1\n    # four\n    y = 2  # seven\n"
    assert translate_comments(text, catalogue) == (
        "if 1:\n    # 三\n    x = 1\n    # 五\n    # 六\n    y = 2  # 八 九\n"
    )


def test_what_comments_say_to_tools_is_not_translated() -> None:
    text = "x = 1  # noqa: E501\ny = 2  # why  # type: ignore[arg]\n# ruff: noqa\n"
    assert [unit.text for unit in comments(text)] == ["why"]


def test_a_missing_translation_is_one_sentence(tmp_path: Path) -> None:
    catalogue = Catalogue({"waits": ""}, tmp_path / "code.po")
    for text in ("missing", "waits"):
        with pytest.raises(ExampleError) as caught:
            translate_comments(f"# {text}\n", catalogue)
        assert caught.value.message == (
            f"no translation of '{text}'; run 'example-docs catalogue', and write it "
            "there"
        )
        assert caught.value.path == catalogue.path


@given(
    st.lists(
        st.sampled_from(
            [
                "x = 1",
                "# note",
                "  # odd",
                "if x:\n    # in\n    y = 2  # tail",
                "",
                "s = '# no'",
                's = """\n# no\n"""',
                "z = [  # open\n    # within\n    1,\n]",
            ]
        ),
        max_size=8,
    )
)
def test_a_translated_program_has_the_same_syntax_tree(parts: list[str]) -> None:
    text = "".join(part + "\n" for part in parts)
    loud = Catalogue(Upper(), path=None)  # type: ignore[arg-type]
    translated = translate_comments(text, loud)
    assert ast.dump(ast.parse(translated)) == ast.dump(ast.parse(text))


DOCSTRING = """\
What it does, in one line.

A paragraph that goes on
over two lines.

>>> show()
1

Args:
    size: How many, as
        an integer.
    *names (str): Which.

Returns:
    A tensor of shape (n,).

Raises:
    ValueError: There is none.

The end.
"""


def test_a_docstring_is_translated_by_paragraph() -> None:
    assert paragraphs(DOCSTRING) == [
        "What it does, in one line.",
        "A paragraph that goes on over two lines.",
        "How many, as an integer.",
        "Which.",
        "A tensor of shape (n,).",
        "There is none.",
        "The end.",
    ]


def test_doctests_names_and_sections_of_a_docstring_stay(loud: Catalogue) -> None:
    translated = translate_docstring(DOCSTRING, loud)
    assert translated == textwrap.dedent("""\
        WHAT IT DOES, IN ONE LINE.

        A PARAGRAPH THAT GOES ON OVER TWO LINES.

        >>> show()
        1

        Args:
            size: HOW MANY, AS AN INTEGER.
            *names (str): WHICH.

        Returns:
            A TENSOR OF SHAPE (N,).

        Raises:
            ValueError: THERE IS NONE.

        THE END.""")


def test_public_docstrings_are_found(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        lesson='''
        """The module."""


        def show():
            """The function."""

            def inner():
                """Nobody reads this."""


        def _private():
            """Nor this."""


        class Net:
            """The class."""

            def __init__(self):
                """The constructor."""

            def forward(self):
                """The method."""

            def _reset(self):
                """Nor that."""
        ''',
    )
    module = library.module(f"{PACKAGE}.lesson")
    assert [unit.text for unit in docstring_units(module)] == [
        "The module.",
        "The function.",
        "The class.",
        "The constructor.",
        "The method.",
    ]


def test_a_catalogue_is_read(tmp_path: Path) -> None:
    path = tmp_path / "code.po"
    path.write_text(
        'msgid ""\nmsgstr "Language: zh\\n"\n\nmsgid "one"\nmsgstr "一"\n\n'
        '#~ msgid "old"\n#~ msgstr "旧"\n',
        encoding="utf-8",
    )
    assert read_catalogue(path).entries == {"one": "一"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "there is no such catalogue; create it"),
        (
            b'msgid "a"\r\nmsgstr "b"\r\n',
            "line ends are not \\n; save the catalogue with Unix line ends",
        ),
        (
            b'msgid "\xff"\nmsgstr "b"\n',
            "not UTF-8 (invalid start byte); save it as UTF-8",
        ),
        (b"# a\nnothing of the sort\n", "not a gettext catalogue: "),
        (
            b'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n',
            "not a gettext catalogue: ",
        ),
    ],
    ids=["missing", "windows", "latin", "prose", "twice"],
)
def test_what_is_no_catalogue_is_refused(
    tmp_path: Path, data: bytes | None, sentence: str
) -> None:
    path = tmp_path / "code.po"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ExampleError) as caught:
        read_catalogue(path)
    assert caught.value.message.startswith(sentence)
    assert caught.value.path == path
