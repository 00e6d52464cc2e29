from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.lessons import library_of
from tests.project import LIBRARY

from example_docs.code.extract import parameters_of, statements_of
from example_docs.code.names import parts_of, used_by_body, used_by_statements

if TYPE_CHECKING:
    from pathlib import Path

    from example_docs.code.library import Example


def both(example: Example) -> tuple[object, object]:
    """The names by the lines as they stand, and by the text of the syntax tree."""
    parameters = parameters_of(example.node)
    statements = statements_of(example.node)
    tree: list[ast.stmt] = [*parameters, *statements]
    by_lines = used_by_body(parameters, statements, example.module)
    return by_lines, used_by_statements(tree)


def test_lines_and_trees_give_the_same_names() -> None:
    for example in LIBRARY:
        by_lines, by_tree = both(example)
        assert by_lines == by_tree, example.full_name


def test_unusual_bodies_give_the_same_names(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        start='''
            import contextlib

            def decorated(size=(1,
                                2)):
                """
                >>> decorated()
                """
                @contextlib.contextmanager
                def inner():
                    """Text
            without indent."""
                    yield size
                print(inner, later); x = 1

            def annotated():
                """
                >>> annotated()
                """
                x: Unknown = 1
                print(x)

            def short(): """
                >>> short()
                """; print(1)
        ''',
    )
    examples = list(library)
    assert len(examples) == 3
    for example in examples:
        by_lines, by_tree = both(example)
        assert by_lines == by_tree, example.full_name


def test_parts_come_in_the_order_of_the_standard_library() -> None:
    for module in LIBRARY.modules():
        expected = [
            part
            for part in ast.walk(module.tree)
            if not isinstance(part, ast.expr_context)
        ]
        assert list(parts_of(module.tree)) == expected
