"""Whether a program is the function that it was made from, by their syntax trees."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.lessons import bare

from example_docs.code.extract import parameters_of, statements_of
from example_docs.code.library import imports_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example_docs.code.library import Example, Library, Module


def not_of_the_function(example: Example, text: str) -> list[str]:
    """Return the statements of a program that its function and its module lack.

    The program must end in the function's defaults and body. Above them stand only
    imports and definitions of the function's module, and of the lessons that it imports
    from. Annotations and docstrings do not count.

    Args:
        example: The example.
        text: Its program.
    """
    program = ast.parse(text).body
    own = [*parameters_of(example.node), *statements_of(example.node)]
    top, body = program[: len(program) - len(own)], program[len(program) - len(own) :]
    found = [] if bare(body) == bare(own) else [f"the body: {_text(body)}"]
    modules = list(_reached(example.library, example.module, set()))
    imports = {
        item for m in modules for s in m.tree.body for item in imports_of(s, m.name)
    }
    definitions = {bare([s]) for m in modules for s in m.definitions.values()}
    for statement in top:
        items = set(imports_of(statement, ""))
        if not (items and items <= imports) and bare([statement]) not in definitions:
            found.append(ast.unparse(statement))
    return found


def _text(statements: list[ast.stmt]) -> str:
    return ast.unparse(ast.Module(statements, type_ignores=[]))


def _reached(library: Library, module: Module, seen: set[str]) -> Iterator[Module]:
    """A module, and every module of the lessons that it takes something from."""
    if module.name in seen:
        return
    seen.add(module.name)
    yield module
    for items in module.imports.values():
        for item in items:
            if item.module in library:
                yield from _reached(library, library.module(item.module), seen)
