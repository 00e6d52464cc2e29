"""The project's figures, as ratios measured side by side in one run.

Run with ``make benchmark``; prints a table, and JSON with ``--json``. The status is 1
if a bar is missed. Absolute figures are only for information.

What the whole costs is in ``measure``; what was found with a profiler stands with the
rows in ``building``, and at the lines that changed.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from tests.benchmarks import building, reading, verifying
from tests.benchmarks.measure import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.measure import Row

PARTS = ("verifying", "building", "reading")


def main() -> int:
    """Measure, print, and fail if a bar is missed."""
    parser = argparse.ArgumentParser(prog="make benchmark", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="pairs of each row")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--only", choices=PARTS, action="append", help="measure this part alone"
    )
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        default=[1, 10, 50],
        help="how many times the lessons, for the growth",
    )
    options = parser.parse_args()
    rows = []
    for row in measured(options):
        rows.append(row)
        if not options.json:
            print(table([row]), flush=True)
    if options.json:
        print(json.dumps([row.as_dict() for row in rows], indent=2))
    return int(not all(row.holds for row in rows))


def measured(options: argparse.Namespace) -> Iterator[Row]:
    """The rows that are asked for, one after the other."""
    chosen = options.only or PARTS
    if "reading" in chosen:
        yield from reading.rows(options.runs)
    if "verifying" in chosen:
        yield from verifying.rows(options.runs)
    if "building" in chosen:
        yield from building.rows(options.runs, options.sizes)


if __name__ == "__main__":
    sys.exit(main())
