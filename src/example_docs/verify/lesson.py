"""Check a lesson while it is being written: it alone is read and run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError, nearest
from example_docs.languages.edition import published_program
from example_docs.verify.run import run_program
from example_docs.verify.verify import disagreement, verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from example_docs.code.library import Example, Library
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
        close = nearest(only, [example.name for example in examples])
        message = f"{place!r} has no example {only!r}{close}"
        raise ExampleError(message, module.path)
    return chosen


def complaints(example: Example, catalogues: Sequence[Catalogue] = ()) -> Iterator[str]:
    """What is wrong with an example, in sentences.

    The function runs, and so does the program that readers copy. The program of the
    other language is held to the same syntax tree: the same program need not run twice.

    Args:
        example: The example.
        catalogues: The translations of the code, one a language.
    """
    verdict = verify(example)
    if verdict.complaint is not None:
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
        found = run_program(program.text, example.library, seed=1)
        complaint = disagreement(promise, found)
        if complaint is not None:
            message = f"the program of {example.name}(): {complaint}"
            yield str(example.error(message))


def _tree(text: str) -> str:
    return ast.dump(ast.parse(text))
