"""How long our build takes against plain Material on the same pages.

Both build both languages of the same text: once from the pages with their directives,
once from the Markdown that we publish, in which each program and output is written
out. Each pair of builds runs one after the other, so that the ratio holds while the
machine's speed drifts.

Run with ``make benchmark``; prints a table, and JSON with ``--json``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from example_docs.edition import catalogue_at
from example_docs.publishing import Edition, published_markdown
from example_docs.source import Library

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATIONS = ("mkdocs.yml", "mkdocs.zh.yml")
OURS = re.compile(r"^  example_docs\.\w+:.*\n(?:    .*\n)*", re.MULTILINE)
LABS = re.compile(
    r"^hooks:\n(?:  - .*\n)*|^  mkdocs-jupyter:.*\n(?:    .*\n)*", re.MULTILINE
)
"""Notebooks are left out on both sides: plain Material has none."""

BAR = 1.15
"""The most that a build may take, as a multiple of plain Material's."""


def main() -> int:
    """Measure, print, and fail if the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="pairs of builds")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        ours, plain = Path(name, "ours"), Path(name, "plain")
        for folder in (ours, plain):
            copy_project(folder)
        write_out(plain)
        pairs = [(build(ours), build(plain)) for _ in range(options.runs + 1)][
            1:
        ]  # the first pair fills caches
    ratios = [a / b for a, b in pairs]
    result = {
        "ours_s": statistics.median(a for a, _ in pairs),
        "plain_s": statistics.median(b for _, b in pairs),
        "ratio": statistics.median(ratios),
        "ratio_min": min(ratios),
        "ratio_max": max(ratios),
        "bar": BAR,
    }
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        print("build of both languages        seconds (median)   ratio (min to max)")
        print(f"plain Material, written out    {result['plain_s']:16.2f}")
        print(
            f"ours                           {result['ours_s']:16.2f}   "
            f"{result['ratio']:.2f} ({result['ratio_min']:.2f} to "
            f"{result['ratio_max']:.2f}), bar {BAR}"
        )
    return int(result["ratio"] > BAR)


def copy_project(folder: Path) -> None:
    """Copy what a build needs."""
    for part in ("docs", "src"):
        shutil.copytree(ROOT / part, folder / part)
    for file in ROOT.glob("mkdocs*.yml"):
        text = LABS.sub("", file.read_text(encoding="utf-8"))
        (folder / file.name).write_text(text, encoding="utf-8")
    if (ROOT / ".cache").exists():
        shutil.copytree(ROOT / ".cache", folder / ".cache")


def write_out(folder: Path) -> None:
    """Turn a copy into plain Markdown, built by Material alone."""
    library = Library(ROOT / "src", "torch_by_example")
    for language, catalogue in (("en", ""), ("zh", ROOT / "docs/zh/code.po")):
        edition = Edition(
            ROOT / "docs" / language,
            library,
            ROOT / ".cache" / "figures",
            catalogue_at(catalogue),
        )
        for page in edition.pages():
            text = published_markdown(edition, page, relink=False)
            (folder / "docs" / language / page).write_text(text, encoding="utf-8")
    for file in folder.glob("mkdocs*.yml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(OURS.sub("", text), encoding="utf-8")


def build(folder: Path) -> float:
    """Build both languages; the seconds that took."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    for configuration in CONFIGURATIONS:
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "-f", configuration],
            cwd=folder,
            env=environment,
            check=True,
            capture_output=True,
        )
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
