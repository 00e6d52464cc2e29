"""What commands cost, measured in pairs, so that a ratio holds on a busy machine.

Each command runs as a process of its own. Its cost is the processor time that it and
its children took: on a machine that does other things, the time on the clock says
more about those. Two commands run in turn, A B A B …, and a ratio is the median of
the ratios of the pairs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[2]

# One thread: waiting threads of OpenMP count as work, by chance.
ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Cost:
    """What one run of a command took.

    Attributes:
        cpu: Processor time in seconds, user and system, with all children.
        clock: Seconds on the clock, for information.
        memory: The largest process, in MB.
    """

    cpu: float
    clock: float
    memory: float

    def __add__(self, other: Cost) -> Cost:
        """The cost of both, one after the other."""
        return Cost(
            self.cpu + other.cpu,
            self.clock + other.clock,
            max(self.memory, other.memory),
        )


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        what: What is measured.
        against: What it is held against.
        ratio: The median of the ratios of the pairs, or a plain figure.
        low: The smallest of them.
        high: The largest of them.
        bar: The bound.
        side: Whether the figure may be at most or at least as large as the bar.
        note: What a reader must know to read it.
    """

    what: str
    against: str
    ratio: float
    low: float
    high: float
    bar: float
    side: Literal["most", "least"] = "most"
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the bar is met."""
        if self.side == "most":
            return self.ratio <= self.bar
        return self.ratio >= self.bar

    def as_dict(self) -> dict[str, object]:
        """For machines."""
        return {**asdict(self), "holds": self.holds}


def cost(command: Sequence[str], folder: Path = ROOT, **variables: str) -> Cost:
    """Run a command and say what it cost.

    Args:
        command: The words of the command.
        folder: Where it runs.
        **variables: Added to its environment.

    Raises:
        RuntimeError: The command failed.
    """
    start = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | ENVIRONMENT | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        said = process.stderr.read().decode(errors="replace")
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {said[-2000:]}")
    return Cost(
        cpu=used.ru_utime + used.ru_stime,
        clock=time.perf_counter() - start,
        memory=used.ru_maxrss / 1024,
    )


def pairs(
    first: Callable[[], Cost], second: Callable[[], Cost], runs: int
) -> list[tuple[Cost, Cost]]:
    """Costs of two commands in turn; a pair before them fills caches."""
    return [(first(), second()) for _ in range(runs + 1)][1:]


def row(  # noqa: PLR0913 - the columns of a table
    what: str,
    against: str,
    measured: Sequence[tuple[Cost, Cost]],
    bar: float,
    *,
    side: Literal["most", "least"] = "most",
    note: str = "",
    scale: float = 1,
) -> Row:
    """The line of a table for pairs of costs.

    Args:
        what: The first command.
        against: The second command.
        measured: Their costs.
        bar: The bound.
        side: Which side of it is right.
        note: Words for the reader.
        scale: The ratios are multiplied by it.
    """
    ratios = [scale * a.cpu / b.cpu for a, b in measured]
    seconds = (
        f"{statistics.median(a.cpu for a, _ in measured):.2f} s and "
        f"{statistics.median(b.cpu for _, b in measured):.2f} s of processor time"
    )
    return Row(
        what,
        against,
        statistics.median(ratios),
        min(ratios),
        max(ratios),
        bar,
        side,
        f"{seconds}; {note}" if note else seconds,
    )


def table(rows: Sequence[Row]) -> str:
    """The rows for people."""
    lines = []
    for item in rows:
        sign = "≤" if item.side == "most" else "≥"
        verdict = "holds" if item.holds else "MISSED"
        spread = f"{item.ratio:.2f} ({item.low:.2f} to {item.high:.2f})"
        lines.append(f"{item.what} / {item.against}")
        lines.append(f"    {spread}, bar {sign} {item.bar:g}: {verdict}")
        if item.note:
            lines.append(f"    {item.note}")
    return "\n".join(lines)
