"""Run notebooks in a kernel, once per change of code, and keep what they show."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import v4

from example_docs.downloads.ipynb import Shown, finished, outputs_of
from example_docs.downloads.notebook import cells_of, code_of, for_readers, key_of, labs
from example_docs.errors import ExampleError
from example_docs.figures.draw import draws
from example_docs.figures.draw import key_of as figure_key
from example_docs.figures.svg import tidy
from example_docs.files import write
from example_docs.outputs.compare import compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from nbformat import NotebookNode

    from example_docs.downloads.markdown import Edition
    from example_docs.downloads.notebook import Cell

SECONDS = 300
"""How long a cell may run."""

PREPARE = """\
def _prepare():
    import sys

    import matplotlib.pyplot as plt

    from example_docs.figures.draw import style

    plt.rcParams.update(style("lab"))
    # As for readers, who have nothing of this project.
    sys.modules.update(dict.fromkeys(["example_docs", "torch_by_example"]))


_prepare()
del _prepare
%config InlineBackend.figure_formats = ["svg"]
%config InlineBackend.print_figure_kwargs = {"bbox_inches": None}
"""
"""Runs before the first cell, and is no part of the notebook."""


@dataclass(frozen=True)
class Lab:
    """A page as a notebook that has run.

    Attributes:
        page: The page's path within its language.
        cells: All its cells.
        shown: What each of those showed that a build runs.
        is_new: Whether it ran now.
    """

    page: str
    cells: list[Cell]
    shown: list[Shown]
    is_new: bool

    def outputs(self) -> Iterator[tuple[Cell, Shown]]:
        """Each cell, with what it showed."""
        shown = iter(self.shown)
        code = code_of(self.cells)
        for cell in self.cells:
            yield cell, (next(shown) if cell in code else Shown())


def run_labs(edition: Edition, language: str, kept: Path) -> Iterator[Lab]:
    """Every lab of a language, run if nobody has run the same code before.

    Args:
        edition: The book in that language.
        language: Its code.
        kept: The folder in which outputs are kept.

    Raises:
        ExampleError: A cell failed, or did not show what its function promises.
    """
    for page in labs(edition.docs):
        cells = cells_of(edition, page, language)
        path = kept / f"{key_of(cells)}.json"
        is_new = not path.exists()
        if is_new:
            found = run(cells, edition.docs / page)
            write(path, json.dumps([asdict(shown) for shown in found], indent=1))
        rows = json.loads(path.read_text(encoding="utf-8"))
        shown = [Shown(row["text"], tuple(row["figures"])) for row in rows]
        check(cells, shown, edition.docs / page)
        yield Lab(page, cells, shown, is_new)


def run(cells: Sequence[Cell], path: Path) -> list[Shown]:
    """Run the cells of a page in a fresh kernel.

    Args:
        cells: The cells.
        path: The page, for messages.

    Raises:
        ExampleError: A cell failed or warned.
    """
    code = code_of(cells)
    sources = [PREPARE, *(cell.source for cell in code)]
    notebook = v4.new_notebook(cells=[v4.new_code_cell(text) for text in sources])
    with kernel(notebook) as client:
        for index, output in enumerate(notebook.cells):
            try:
                client.execute_cell(output, index)
            except CellExecutionError as error:
                said = f"{error.ename}: {error.evalue}".splitlines()[0]
                cell = code[max(index - 1, 0)]
                message = f"{_called(cell, index)} fails with {said!r}; mend the code"
                raise ExampleError(message, path, cell.line) from None
    shown = (output.outputs for output in notebook.cells[1:])
    return [
        _shown(cell, index, outputs, path)
        for index, (cell, outputs) in enumerate(zip(code, shown, strict=True), start=1)
    ]


@contextlib.contextmanager
def kernel(notebook: NotebookNode) -> Iterator[NotebookClient]:
    """A kernel of this very interpreter, with nobody's settings, in an empty folder."""
    client = NotebookClient(notebook, timeout=SECONDS, kernel_name="python3")
    manager = client.create_kernel_manager()
    # No folders: the one kernel left is that of the running interpreter.
    manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[])
    with tempfile.TemporaryDirectory() as folder:
        manager.connection_file = os.path.join(folder, "kernel.json")  # noqa: PTH118
        if os.name == "posix":
            manager.transport = "ipc"  # sockets that only this user can reach
        environment = {**os.environ, "IPYTHONDIR": folder}
        environment.pop("MPLBACKEND", None)
        with client.setup_kernel(env=environment, cwd=folder):
            yield client


def check(cells: Sequence[Cell], shown: Sequence[Shown], path: Path) -> None:
    """Hold what cells showed to what their functions promise.

    Raises:
        ExampleError: They differ.
    """
    pairs = zip(code_of(cells), shown, strict=True)
    for index, (cell, found) in enumerate(pairs, start=1):
        if cell.example is None or cell.program is None:
            continue
        promise = cell.example.expected
        difference = compare(promise.text, found.text)
        message = f"{difference}; run 'make accept' if it is right"
        if difference is None and len(found.figures) != draws(cell.program):
            difference_of_figures = f"{len(found.figures)} figures were drawn"
            message = f"{difference_of_figures}, and there must be one for plt.show()"
        elif difference is None:
            continue
        raise ExampleError(f"{_called(cell, index)}: {message}", path, cell.line)


def notebook_of(lab: Lab, address: str = "") -> NotebookNode:
    """A lab as readers download it.

    Args:
        lab: The lab.
        address: Where its page is published, if that is known.
    """
    cells = []
    for cell, shown in lab.outputs():
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
    for cell, shown in lab.outputs():
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


def _called(cell: Cell, index: int) -> str:
    name = cell.directive.name if cell.directive else cell.kind
    return f"cell {index + 1} ({name})"  # readers have one more: it installs


def _shown(cell: Cell, index: int, outputs: Sequence[Any], path: Path) -> Shown:
    text, figures = "", []
    for output in outputs:
        data = output.get("data", {})
        if output.output_type == "stream" and output.name == "stdout":
            text += output.text
        elif output.output_type == "display_data" and "image/svg+xml" in data:
            key = figure_key(cell.program) if cell.program else "setup"
            figures.append(tidy(data["image/svg+xml"], key))
        else:
            found = output.get("text") or data.get("text/plain", "")
            message = (
                f"{_called(cell, index)} shows {found.strip()!r} beside what it prints "
                "and draws; let it print, or assign the value"
            )
            raise ExampleError(message, path, cell.line)
    return Shown(text.rstrip("\n"), tuple(figures))
