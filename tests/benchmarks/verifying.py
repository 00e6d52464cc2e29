"""How long verifying takes: against bare runs, against notebooks, for one lesson.

With an argument this file is one side of a comparison, run by itself:
``bare EXAMPLE…`` runs examples and looks at nothing; ``notebooks LESSON…`` runs
lessons as notebooks. All lessons are run, not a sample: what they compute differs by
a factor of a thousand.

What was found: of 40 s for all 913 examples, verifying took less than 3 s and importing
torch 1.5 s. The rest is what the examples compute: 30 of them, which train or search
for hundreds to thousands of steps, took three quarters, and one of them a quarter,
until its 20 000 steps of Adam became 2000. A notebook adds 5 s a lesson to that, and
the ratio is 7. It is bounded by what the examples compute: for 20 they would have to
take 10 s, a third of what they do, and no checking could be fast enough to change that.
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

from example_docs.code.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "torch_by_example"
HERE = "tests.benchmarks.verifying"
LESSON = "tensors/create"


def rows(runs: int) -> Iterator[Row]:
    """Measure all that concerns verifying.

    Args:
        runs: Pairs of runs.
    """
    python = sys.executable
    examples = list(Library(ROOT / "src", PACKAGE))
    everything = [python, "-m", "example_docs", "accept", "--check"]
    bare = [python, "-m", HERE, "bare", *(item.full_name for item in examples)]
    yield row(
        "verifying all examples",
        "importing torch and running each once, bare",
        found := pairs(lambda: cost(everything), lambda: cost(bare), runs),
        1.3,
        note=f"{len(examples)} examples",
    )
    lessons = list(dict.fromkeys(item.module.name for item in examples))
    notebooks = cost([python, "-m", HERE, "notebooks", *lessons])
    seconds = statistics.median(one.cpu for one, _ in found)
    computing = statistics.median(one.cpu for _, one in found)
    ratio = notebooks.cpu / seconds
    yield Row(
        "all examples as notebooks, one a lesson",
        "verifying all examples",
        ratio,
        ratio,
        ratio,
        20,
        "least",
        f"{notebooks.cpu:.1f} s for {len(lessons)} notebooks, one time; of both sides "
        f"{computing:.1f} s are importing torch and what the examples compute",
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


def run_bare(examples: list[str]) -> None:
    """Run each example's body once, in one process, and look at nothing.

    Figures are closed, or the many that are open would slow it down.
    """
    os.environ["MPLBACKEND"] = "Agg"
    for example in examples:
        module, _, name = example.partition(":")
        function = getattr(importlib.import_module(module), name)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
            function()
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")


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
                text = example.program.text
                notebook.cells.append(nbformat.v4.new_code_cell(text))
        NotebookClient(notebook, kernel_name="python3", allow_errors=True).execute()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        run_bare(sys.argv[2:])
    else:
        run_notebooks(sys.argv[2:])
