"""The benchmarks' own arithmetic; what they measure is not measured here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from tests.benchmarks.building import OURS, convert, multiply
from tests.benchmarks.measure import Cost, Row, cost, row, table
from tests.benchmarks.reading import tasks_of
from tests.project import ROOT

from example_docs.code.library import Library

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = "torch_by_example"


def test_a_row_holds_on_its_side_of_the_bar_only() -> None:
    assert Row("a", "b", 1.1, 1, 1.2, bar=1.15).holds
    assert not Row("a", "b", 1.2, 1, 1.3, bar=1.15).holds
    assert Row("a", "b", 21, 20, 22, 20, "least").holds
    assert not Row("a", "b", 19, 18, 22, 20, "least").holds


def test_a_ratio_is_the_median_of_the_pairs() -> None:
    measured = [(Cost(s, 9, 9), Cost(2, 9, 9)) for s in (2, 3, 8)]
    found = row("a", "b", measured, 1.2)
    assert (found.low, found.ratio, found.high) == (1, 1.5, 4)
    assert "MISSED" in table([found])


def test_costs_add_up_but_for_memory() -> None:
    assert Cost(1, 2, 30) + Cost(4, 5, 6) == Cost(5, 7, 30)


def test_the_cost_of_a_command_counts_its_children() -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    assert cost([sys.executable, "-c", child]).cpu >= 0.3


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="no such thing"):
        cost([sys.executable, "-c", "raise SystemExit('no such thing')"])


def test_multiplied_lessons_are_lessons_of_their_own(tmp_path: Path) -> None:
    count = multiply(tmp_path, 2)
    assert count == len(list((tmp_path / "docs").rglob("*.md")))
    library = Library(tmp_path / "src", PACKAGE)
    names = {example.full_name for example in library}
    assert len(names) == 2 * len(list(Library(ROOT / "src", PACKAGE)))
    for folder in (tmp_path / "docs").iterdir():  # two pages are enough to convert
        for page in folder.glob("*.md"):
            if page.parent.name != "tensors_1" or page.stem not in {"join", "create"}:
                page.unlink()
    convert(tmp_path)  # an example that is not there would be an error


def test_plain_material_has_none_of_our_extensions() -> None:
    for file in sorted(ROOT.glob("mkdocs*.yml")):
        text = OURS.sub("", file.read_text(encoding="utf-8"))
        _, _, extensions = text.partition("\nmarkdown_extensions:")
        assert "  example_docs:" not in extensions


def event(name: str, start: int, took: int = 0, thread: int = 1) -> dict[str, object]:
    """An event of a trace; of the time on the clock half was the processor's."""
    times = {"ts": start, "dur": took, "tdur": took // 2}
    return {"name": name, "pid": 1, "tid": thread, **times}


def test_tasks_of_a_page_are_counted_once_and_since_it_came() -> None:
    task = "ThreadControllerImpl::RunTask"
    events = [
        event(task, 0, 9000),  # before there was a page
        event(task, 10_000, 8000),
        event("ParseHTML", 11_000, 2000),
        event(task, 12_000, 1000),  # within the other one
        event(task, 12_000, 70_000, thread=2),
        event(task, 20_000, 6000),
    ]
    assert tasks_of(events) == [4, 3]
