"""Cells and what they showed as a notebook file, the same file every time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nbformat import v4

from example_docs.figures.svg import with_title

if TYPE_CHECKING:
    from nbformat import NotebookNode


@dataclass(frozen=True)
class Shown:
    """What a cell showed.

    Attributes:
        text: What it printed.
        figures: What it drew, as SVG that fits into a page.
        exception: ``TypeName: message`` if it ended in one, else an empty string.
    """

    text: str = ""
    figures: tuple[str, ...] = ()
    exception: str = ""


def outputs_of(shown: Shown, alt: str = "") -> list[Any]:
    """What a cell showed, as a notebook keeps it.

    Args:
        shown: What it showed.
        alt: What its figure shows, in words, for those who do not see it.
    """
    outputs = []
    if shown.text:
        outputs.append(v4.new_output("stream", text=f"{shown.text}\n"))
    for figure in shown.figures:
        # In a notebook nothing else says how wide it is.
        sized = figure.replace("<svg ", '<svg width="560" ', 1)
        data = {
            "image/svg+xml": with_title(sized, alt) if alt else sized,
            "text/plain": alt or "<Figure>",
        }
        outputs.append(v4.new_output("display_data", data=data))
    if shown.exception:
        name, _, message = shown.exception.partition(": ")
        error = v4.new_output(
            "error",
            ename=name.rpartition(".")[2],  # as IPython says it, without the module
            evalue=message,
            traceback=shown.exception.splitlines(),
        )
        outputs.append(error)
    return outputs


def finished(cells: list[Any]) -> NotebookNode:
    """A notebook of these cells, the same every time: numbered, not random."""
    count = 0
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
    kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernelspec, "language_info": {"name": "python"}}
    notebook: NotebookNode = v4.new_notebook(cells=cells, metadata=metadata)
    return notebook
