"""Each thing that the sources teach is taught here, or left out for a stated reason."""

from __future__ import annotations

import pytest
import yaml
from tests.project import ROOT

from example_docs.pages.directives import directives

ROWS = {"S0": 29, "S1": 40, "S2": 71, "S3": 21, "S4": 19}
"""How many rows the inventory of each of the five sources has."""

SOURCES: dict[str, dict[str, str]] = yaml.safe_load(
    (ROOT / "docs" / "sources.yml").read_text(encoding="utf-8")
)


def complaint(row: dict[str, str]) -> str | None:
    """Say what is wrong with a row, or return ``None``."""
    if set(row) == {"omitted"}:
        return None if row["omitted"].strip() else "gives no reason"
    if not {"page"} <= set(row) <= {"page", "example"}:
        return "must have 'page' (and 'example'), or 'omitted'"
    for language in ("en", "zh"):
        path = ROOT / "docs" / language / f"{row['page']}.md"
        if not path.exists():
            return f"names the page {path.relative_to(ROOT)}, which does not exist"
        shown = directives(path, path.read_text(encoding="utf-8"))
        names = {line.directive.name.partition(":")[2] for line in shown}
        if "example" in row and row["example"] not in names:
            return f"names {row['example']!r}, which {row['page']} does not show"
    return None


def test_every_row_of_the_inventory_is_there() -> None:
    expected = [f"{s}-{n:02}" for s, last in ROWS.items() for n in range(1, last + 1)]
    assert list(SOURCES) == expected


@pytest.mark.parametrize("row", SOURCES)
def test_target_exists(row: str) -> None:
    assert complaint(SOURCES[row]) is None, f"docs/sources.yml: {row}"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"omitted": " "}, "gives no reason"),
        ({}, "must have 'page'"),
        ({"page": "tensors/nowhere"}, "does not exist"),
        ({"page": "tensors/create", "example": "no_such"}, "does not show"),
    ],
)
def test_a_bad_row_is_noticed(row: dict[str, str], says: str) -> None:
    assert says in str(complaint(row))
