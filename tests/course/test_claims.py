"""Each wrong claim of the sources is named on one page and put right in a lesson."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.project import ROOT

from example_docs.pages.directives import directives

if TYPE_CHECKING:
    from pathlib import Path

FINDINGS = 58
"""How many claims of the sources are known to be wrong."""
PAGE = "start/old-tutorials"
CLAIMS: dict[str, dict[str, str]] = yaml.safe_load(
    (ROOT / "docs" / "claims.yml").read_text(encoding="utf-8")
)
LINK = re.compile(r"\]\(([^)#]+)\.md#([\w-]+)\)")


def section(path: Path, anchor: str) -> str | None:
    """The text below the heading with an anchor, up to the next heading."""
    parts = re.split(r"(?m)^#+ .*\{ #([\w-]+) \}$", path.read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True)).get(anchor)


def complaint(row: dict[str, str]) -> str | None:
    """Say what is wrong with a row, or return ``None``."""
    lesson, _, anchor = row["lesson"].partition("#")
    for language in ("en", "zh"):
        docs = ROOT / "docs" / language
        text = section(docs / f"{PAGE}.md", row["section"])
        if text is None:
            return f"names the section {row['section']}, which {language} has not"
        links = {
            (posixpath.normpath(f"start/{page}"), place)
            for page, place in LINK.findall(text)
        }
        if (lesson, anchor) not in links:
            return f"leads to {row['lesson']}, to which {language} has no link there"
        path = docs / f"{lesson}.md"
        shown = section(path, anchor)
        if shown is None:
            return f"leads to {row['lesson']}, which {language} has not"
        names = {d.directive.name.partition(":")[2] for d in directives(path, shown)}
        if "example" in row and row["example"] not in names:
            return f"names {row['example']!r}, which {row['lesson']} does not show"
    return None


def test_every_finding_is_there() -> None:
    assert list(CLAIMS) == [f"W{n:02}" for n in range(1, FINDINGS + 1)]


@pytest.mark.parametrize("row", CLAIMS)
def test_claim_is_put_right(row: str) -> None:
    assert complaint(CLAIMS[row]) is None, f"docs/claims.yml: {row}"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"section": "claims-nowhere"}, "names the section"),
        ({"lesson": "tensors/create#filled"}, "has no link there"),
        ({"example": "no_such"}, "does not show"),
    ],
)
def test_a_bad_row_is_noticed(changed: dict[str, str], says: str) -> None:
    assert says in str(complaint(CLAIMS["W26"] | changed))
