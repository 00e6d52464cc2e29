"""Run the mutants of many examples and say what survived."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from typing import TYPE_CHECKING

from example_docs.code.library import Library
from example_docs.errors import relative
from example_docs.mutation.judge import Findings, Judge, Unit, figure_tests, units
from example_docs.mutation.pages import PageFindings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from example_docs.mutation.code import Mutant
    from example_docs.mutation.equivalents import Counts

Chosen = tuple[Unit, list[int]]


@dataclass
class Summary:
    """What came of all mutants, by kind.

    Attributes:
        tried: How many were tried.
        survived: How many nothing noticed, with those that are listed.
        listed: How many of them are listed as equivalent.
        left_out: A line for each definition whose code was not tried.
        outdated: A line for each number in the list that is not true.
    """

    tried: Counter[str] = field(default_factory=Counter)
    survived: Counter[str] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether all that survived is listed, and no more."""
        return self.survived == self.listed and not self.outdated

    def add(
        self, unit: Unit, findings: Findings, equivalents: Counts, *, is_whole: bool
    ) -> list[str]:
        """Count what was found in a unit.

        Args:
            unit: The definition.
            findings: What came of its mutants.
            equivalents: How many may survive.
            is_whole: Whether all its mutants were tried, or only a sample.

        Returns:
            A line for each survivor of a kind of which more survive than are listed.
        """
        self.tried.update(findings.tried)
        where = _short(unit.where)
        if findings.left_out is not None:
            self.left_out.append(f"{where}: {findings.left_out}")
        lines = []
        mutants = [unit.mutants[number] for number in findings.survivors]
        survived = Counter(mutant.kind for mutant in mutants)
        for kind in sorted({*survived, *findings.tried}):
            count, known = survived[kind], equivalents.get((where, kind), 0)
            self.survived[kind] += count
            if count <= known:
                self.listed[kind] += count
            else:
                lines += [line_of(unit, m) for m in mutants if m.kind == kind]
                if known:
                    lines.append(f"{where}: of these, {known} are listed")
                    self.listed[kind] += known
            if is_whole and count < known:
                line = f"{where}: {kind}: {known} are listed, only {count} survive"
                self.outdated.append(line)
        return lines

    def add_page(self, findings: PageFindings) -> list[str]:
        """Count what was found in a page, where nothing may survive.

        Returns:
            A line for each survivor.
        """
        self.tried.update(findings.tried)
        self.survived.update(kind for kind, _ in findings.survivors)
        return [line for _, line in findings.survivors]

    def table(self) -> Iterator[str]:
        """A line a kind: tried, noticed, listed, and what is left."""
        yield f"{'kind':26} {'tried':>7} {'noticed':>8} {'listed':>7} {'survived':>9}"
        for kind in [*sorted(self.tried), "all"]:
            tried, survived, listed = (
                counter.total() if kind == "all" else counter[kind]
                for counter in (self.tried, self.survived, self.listed)
            )
            yield (
                f"{kind:26} {tried:7} {tried - survived:8} {listed:7} "
                f"{survived - listed:9}"
            )


def line_of(unit: Unit, mutant: Mutant) -> str:
    """``file:line: definition: kind: before -> after``."""
    place = f"{relative(unit.module.path)}:{mutant.line}"
    return f"{place}: {unit.name}: {mutant.kind}: {mutant.change}"


def judged(
    library: Library,
    chosen: Sequence[Chosen],
    *,
    patience: float,
    figures: Path,
    jobs: int = 1,
) -> Iterator[tuple[Unit, Findings]]:
    """Try mutants in this process, or in several others."""
    if jobs == 1:
        judge = Judge(patience, figure_tests(figures))
        for unit, numbers in chosen:
            yield unit, judge.findings(unit, numbers)
        return
    tasks = [
        _Task(library.root, library.package, unit.module.name, unit.name, numbers)
        for unit, numbers in chosen
    ]
    # Not forked: what torch has started does not live on in a fork.
    with ProcessPoolExecutor(
        jobs, get_context("spawn"), _prepare, (patience, figures)
    ) as pool:
        for (unit, _), found in zip(chosen, pool.map(_work, tasks), strict=True):
            yield unit, found


@dataclass(frozen=True)
class _Task:
    root: Path
    package: str
    module: str
    name: str
    numbers: list[int]


_JUDGES: list[Judge] = []


def _prepare(patience: float, figures: Path) -> None:
    _JUDGES.append(Judge(patience, figure_tests(figures)))


def _work(task: _Task) -> Findings:
    unit = _units(task.root, task.package)[task.module, task.name]
    return _JUDGES[0].findings(unit, task.numbers)


@cache
def _units(root: Path, package: str) -> dict[tuple[str, str], Unit]:
    library = Library(root, package)
    return {(u.module.name, u.name): u for u in units(library, library)}


def report(
    results: Iterable[tuple[Unit, Findings] | PageFindings],
    equivalents: Counts,
    write: Callable[[str], object],
    *,
    is_whole: bool = False,
    unknown: Iterable[str] = (),
) -> int:
    """Say what survived, as it is found, and then how many of each kind.

    Args:
        results: What came of each unit and each page.
        equivalents: How many of each kind may survive in each definition.
        write: Where to.
        is_whole: Whether all mutants of each unit were tried.
        unknown: Definitions in the list that are not in the lessons.

    Returns:
        The exit status: 1 if a mutant survived that is not listed, or one that is
        listed did not.
    """
    summary = Summary()
    for found in results:
        if isinstance(found, PageFindings):
            lines = summary.add_page(found)
        else:
            lines = summary.add(*found, equivalents, is_whole=is_whole)
        for line in lines:
            write(f"{line}\n")
    summary.outdated += [f"{where}: listed, but not there" for where in unknown]
    for line in summary.left_out:
        write(f"not tried: {line}\n")
    write("\n".join(["", *summary.table(), "", *summary.outdated, ""]).rstrip() + "\n")
    return 0 if summary.is_good else 1


def unknown_places(library: Library, equivalents: Counts) -> list[str]:
    """The definitions of a list that the lessons do not have."""
    there = {_short(unit.where) for unit in units(library, library)}
    return sorted({where for where, _ in equivalents} - there)


def _short(full: str) -> str:
    return full.partition(".")[2]
