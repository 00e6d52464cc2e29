"""Labs: notebooks whose cells share their imports and functions.

What a cell shows stands in its function's docstring and among the kept figures, as for
every lesson; that the notebook shows the same when it runs is a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nbformat import v4

from example_docs.downloads.ipynb import Shown, finished, outputs_of
from example_docs.downloads.lessons import shown_by
from example_docs.downloads.notebook import cells_of, for_readers, labs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

    from example_docs.downloads.markdown import Edition
    from example_docs.downloads.notebook import Cell


@dataclass(frozen=True)
class Lab:
    """A page as a notebook.

    Attributes:
        page: The page's path within its language.
        cells: All its cells, each with what it shows.
    """

    page: str
    cells: list[tuple[Cell, Shown]]


def labs_of(edition: Edition, language: str) -> Iterator[Lab]:
    """Make every lab of a language.

    Args:
        edition: The book in that language.
        language: Its code.

    Raises:
        ExampleError: A page names no example, or its cells cannot share a notebook.
    """
    for page in labs(edition.docs):
        cells = cells_of(edition, page, language)
        yield Lab(page, [(cell, shown_by(edition, cell)) for cell in cells])


def notebook_of(lab: Lab, address: str = "") -> NotebookNode:
    """A lab as readers download it.

    Args:
        lab: The lab.
        address: Where its page is published, if that is known.
    """
    cells = []
    for cell, shown in lab.cells:
        if cell.kind != "prose":
            outputs = outputs_of(shown, cell.directive.alt if cell.directive else "")
            cells.append(v4.new_code_cell(cell.source, outputs=outputs))
        elif prose := for_readers(cell.source, address):
            cells.append(v4.new_markdown_cell(prose))
        if cell.directive is not None and cell.directive.caption:
            cells.append(v4.new_markdown_cell(f"*{cell.directive.caption}*"))
    return finished(cells)


def rendered_notebook(lab: Lab) -> NotebookNode:
    """A lab as its page is made from: each line of prose, and what the page adds."""
    cells = []
    for cell, shown in lab.cells:
        if cell.kind == "prose":
            cells.append(v4.new_markdown_cell(cell.source))
            continue
        new = v4.new_code_cell(cell.source, outputs=outputs_of(shown))
        new.metadata.tags = [cell.kind]
        if cell.example and cell.directive and cell.program:
            new.metadata.example = {
                "anchor": cell.example.anchor,
                "name": cell.example.full_name,
                "program": cell.program.text,
                "alt": cell.directive.alt,
                "caption": cell.directive.caption,
            }
        cells.append(new)
    return finished(cells)
