"""The program of an example as the readers of one language get it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.code.program import Piece, Program
from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from example_docs.code.library import Example
    from example_docs.languages.code_translation import Catalogue


def catalogue_at(path: str | Path | None) -> Catalogue | None:
    """The catalogue of a language; none, for no path, is the original's.

    Raises:
        ExampleError: The catalogue cannot be read.
    """
    if not path:
        return None
    # Only the translated language pays for the catalogue's parser.
    from example_docs.languages.code_translation import read_catalogue  # noqa: PLC0415

    return read_catalogue(Path(path))


def published_program(example: Example, catalogue: Catalogue | None = None) -> Program:
    """The complete program of an example, its comments in the readers' language.

    Args:
        example: The example.
        catalogue: The translations, unless the readers' language is the code's.

    Raises:
        ExampleError: The function is no program, or a comment has no translation.
    """
    program = example.program
    if catalogue is None:
        return program
    from example_docs.languages.code_translation import translate_comments  # noqa: PLC0415 - as above

    def translated(text: str) -> str:
        return translate_comments(text, catalogue).rstrip("\n")

    try:
        return Program(
            imports=program.imports,
            helpers=tuple(
                Piece(piece.name, translated(piece.text), is_block=piece.is_block)
                for piece in program.helpers
            ),
            body=translated(program.body),
        )
    except ExampleError as error:
        message = f"{error.message} (used by {example.full_name})"
        raise ExampleError(message, error.path, error.line) from None
