"""Check a lesson while it is being written: it alone is read and run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from example_docs.code.library import required_parameters
from example_docs.errors import ExampleError, nearest
from example_docs.languages.edition import published_program
from example_docs.marks import time_limit_of
from example_docs.verify.run import run_program
from example_docs.verify.verify import disagreement, load, verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from example_docs.code.library import Example, Library, Module
    from example_docs.languages.code_translation import Catalogue


def lesson(library: Library, name: str) -> list[Example]:
    """The examples of a lesson, or one of them, without reading any other module.

    Args:
        library: The lessons.
        name: ``chapter/lesson`` or ``chapter.lesson``, with ``:example`` for one.

    Raises:
        ExampleError: There is no such lesson or example, or the lesson has none.
    """
    place, _, only = name.partition(":")
    module = library.module(
        f"{library.package}.{place.replace('/', '.').replace('-', '_')}"
    )
    examples = list(library.examples_of(module))
    if not examples:
        message = f"{place!r} has no examples; write chapter/lesson"
        raise ExampleError(message, module.path)
    chosen = [example for example in examples if only in {"", example.name}]
    if not chosen:
        if isinstance(module.definitions.get(only), ast.FunctionDef):
            _ = library.example_in(module, only).noted  # says why it is none
        close = nearest(only, [example.name for example in examples])
        message = f"{place!r} has no example {only!r}{close}"
        raise ExampleError(message, module.path)
    return chosen


def unfinished(library: Library, module: Module) -> Iterator[ExampleError]:
    """Yield an error for each function that shows something and is no example.

    Args:
        library: The lessons.
        module: One of them.
    """
    called = {
        node.func.id
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    for name, node in module.definitions.items():
        if (
            not isinstance(node, ast.FunctionDef)
            or name.startswith("_")
            or name in {*module.examples, *called}
            or required_parameters(node)
        ):
            continue
        if any(_shows(part) for part in ast.walk(node)):
            try:
                _ = library.example_in(module, name).noted
            except ExampleError as error:
                yield error


def _shows(node: ast.AST) -> bool:
    """Whether it is a call of ``print()`` or ``plt.show()``."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) in {
        "print",
        "plt.show",
    }


def complaints(example: Example, catalogues: Sequence[Catalogue] = ()) -> Iterator[str]:
    """What is wrong with an example, in sentences.

    The function runs, and so does the program that readers copy. The program of the
    other language is held to the same syntax tree: the same program need not run twice.

    Args:
        example: The example.
        catalogues: The translations of the code that are to be looked at, one a
            language.
    """
    verdict = verify(example)
    if verdict.complaint is not None or verdict.refusal is not None:
        yield verdict.explanation
    try:
        program = published_program(example)
        translations = [published_program(example, c) for c in catalogues]
    except ExampleError as error:
        yield str(error)
        return
    if any(_tree(other.text) != _tree(program.text) for other in translations):
        message = f"the translated program of {example.name}() is another program"
        yield str(example.error(message))
    promise = example.noted
    if verdict.complaint is None and verdict.mark is None:
        # Another seed than the function's: what is random must be seeded.
        found = run_program(
            program.text,
            example.library,
            seed=1,
            seconds=time_limit_of(load(example)),
        )
        complaint = disagreement(promise, found)
        if complaint is not None:
            message = f"the program of {example.name}(): {complaint}"
            yield str(example.error(message))


def _tree(text: str) -> str:
    return ast.dump(ast.parse(text))
