"""How long verifying takes: against bare runs, against notebooks, for one lesson.

With an argument this file is one side of a comparison, run by itself:
``bare`` runs every example and looks at nothing; ``notebooks LESSON…`` runs lessons
as notebooks.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import statistics
import sys
from typing import TYPE_CHECKING

from tests.benchmarks.measure import ROOT, Row, cost, pairs, row

from example_docs.program import program_of
from example_docs.source import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "torch_by_example"
HERE = "tests.benchmarks.verifying"
LESSON = "tensors/create"
SAMPLE = (
    "torch_by_example.tensors.create",
    "torch_by_example.autograd.control",
    "torch_by_example.losses.mse",
)
"""Lessons of a usual length; none of them takes long by what it computes."""


def rows(runs: int, *, every_notebook: bool = False) -> Iterator[Row]:
    """Measure all that concerns verifying.

    Args:
        runs: Pairs of runs.
        every_notebook: Whether all lessons run as notebooks, not a few.
    """
    python = sys.executable
    everything = [python, "-m", "example_docs", "accept", "--check"]
    bare = [python, "-m", HERE, "bare"]
    yield row(
        "verifying all examples",
        "importing torch and running each once, bare",
        found := pairs(lambda: cost(everything), lambda: cost(bare), runs),
        1.3,
    )
    lessons = [module.name for module in Library(ROOT / "src", PACKAGE).modules()]
    lessons = [name for name in lessons if _examples(name)]
    sample = lessons if every_notebook else list(SAMPLE)
    notebooks = cost([python, "-m", HERE, "notebooks", *sample])
    scale = len(lessons) / len(sample)
    seconds = statistics.median(one.cpu for one, _ in found)
    ratio = scale * notebooks.cpu / seconds
    note = f"{len(sample)} of {len(lessons)} lessons ran as notebooks, one time"
    yield Row(
        "all examples as notebooks, one a lesson",
        "verifying all examples",
        ratio,
        ratio,
        ratio,
        20,
        "least",
        note if every_notebook else f"{note}; multiplied by {scale:.1f}",
    )
    yield row(
        f"make test LESSON={LESSON}",
        "importing torch",
        pairs(
            lambda: cost(["make", "test", f"LESSON={LESSON}"]),
            lambda: cost([python, "-c", "import torch"]),
            runs,
        ),
        1.5,
    )


def _examples(name: str) -> list[str]:
    return Library(ROOT / "src", PACKAGE).module(name).examples


def run_bare() -> None:
    """Run each example's body once, in one process, and look at nothing."""
    os.environ["MPLBACKEND"] = "Agg"
    for example in Library(ROOT / "src", PACKAGE):
        function = getattr(importlib.import_module(example.module.name), example.name)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
            function()


def run_notebooks(lessons: list[str]) -> None:
    """Run the programs of each lesson as the cells of one notebook."""
    import nbformat  # noqa: PLC0415 - the other side must not pay for it
    from nbclient import NotebookClient  # noqa: PLC0415

    library = Library(ROOT / "src", PACKAGE)
    for name in lessons:
        module = library.module(name)
        notebook = nbformat.v4.new_notebook()
        for example in library:
            if example.module.name == module.name:
                text = program_of(library, example).text
                notebook.cells.append(nbformat.v4.new_code_cell(text))
        NotebookClient(notebook, kernel_name="python3", allow_errors=True).execute()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        run_bare()
    else:
        run_notebooks(sys.argv[2:])
