"""The same small site, built by MkDocs and by its successor."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from tests.project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SITE = ROOT / "tests/data/site"
BUILDERS = {
    "mkdocs": ["mkdocs", "build", "--strict"],
    "zensical": ["zensical", "build"],
}
PAGES = ("index.html", "chapter/numbers/index.html")

each_builder = pytest.mark.parametrize("builder", BUILDERS)


def copied(folder: Path) -> Path:
    shutil.copytree(SITE, folder)
    return folder


def build(
    builder: str, site: Path, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Build a site in its folder, with modules of ``path`` before all others."""
    places = [*([path] if path else []), ROOT / "src"]
    environment = os.environ | {
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONPATH": os.pathsep.join(map(str, places)),
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        [sys.executable, "-m", *BUILDERS[builder]],
        cwd=site,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site as each builder builds it."""
    sites = {}
    for builder in BUILDERS:
        folder = copied(tmp_path_factory.mktemp(builder) / "site")
        done = build(builder, folder)
        assert done.returncode == 0, done.stdout + done.stderr
        sites[builder] = folder / "site"
    return sites


def found(site: Path, page: str, selector: str) -> list[str]:
    html = (site / page).read_text(encoding="utf-8")
    return [str(tag) for tag in BeautifulSoup(html, "html.parser").select(selector)]


@pytest.mark.parametrize(
    ("page", "selector", "number"),
    [
        ("chapter/numbers/index.html", ".example", 4),
        ("chapter/numbers/index.html", "li > .example", 1),
        ("chapter/numbers/index.html", "div.admonition > .example", 1),
        ("chapter/numbers/index.html", "details.note > .example", 1),
        ("chapter/numbers/index.html", "[data-copy]", 4),
        ("chapter/numbers/index.html", "span.number", 2),
        ("index.html", ".formula", 2),
    ],
)
def test_both_builders_build_the_same(
    built: dict[str, Path], page: str, selector: str, number: int
) -> None:
    ours, theirs = (found(built[builder], page, selector) for builder in BUILDERS)
    assert len(ours) == number
    assert ours == theirs


@each_builder
def test_a_lesson_says_how_long_it_takes(built: dict[str, Path], builder: str) -> None:
    (line,) = found(built[builder], PAGES[1], "h1 + .reading-time")
    assert line.endswith(">About 2 min to read</p>")


@each_builder
def test_readers_get_what_is_promised(built: dict[str, Path], builder: str) -> None:
    html = (built[builder] / PAGES[1]).read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    assert [pre.text for pre in page.select(".example-output pre")] == [
        "6.283185307179586 <&>\n",
        "tensor(2)\n",
        "before\nZeroDivisionError: division by zero\n",
        "5.43656365691809\n",
    ]
    assert str(page.select("[data-copy]")[0]["data-copy"]).rstrip("\n") == (
        "import math\n\nFACTOR = 2\n\n\ndef double(x: float) -> float:\n"
        '    return FACTOR * x\n\n\nprint(double(math.pi), "<&>")  # "why"'
    )


@each_builder
@pytest.mark.parametrize(
    ("page", "change", "sentence"),
    [
        (
            "chapter/numbers.md",
            (":fail", ":fial"),
            (
                "docs/chapter/numbers.md:17: there is no example 'numbers:fial'; "
                "the nearest is 'numbers:fail'"
            ),
        ),
        (
            "index.md",
            (r"\frac{d}{dx}", r"\frac{d}{dx}\foo"),
            (
                r"docs/index.md:9: the formula '\\frac{d}{dx}\\foo x^2 = 2x' "
                r"uses '\\foo', which is unknown here"
            ),
        ),
    ],
)
def test_an_error_stops_the_build(
    tmp_path: Path, builder: str, page: str, change: tuple[str, str], sentence: str
) -> None:
    old, new = change
    site = copied(tmp_path / "site")
    path = site / "docs" / page
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    done = build(builder, site)
    assert done.returncode != 0
    assert sentence in done.stdout + done.stderr


@each_builder
def test_the_build_imports_neither_torch_nor_a_lesson(
    tmp_path: Path, builder: str
) -> None:
    traps = tmp_path / "traps"
    traps.mkdir()
    for name in ("torch", "numpy", "matplotlib"):
        trap = f"raise SystemExit('{name} was imported')\n"
        (traps / f"{name}.py").write_text(trap, encoding="utf-8")
    # The lesson itself ends in such a trap, should it be imported.
    done = build(builder, copied(tmp_path / "site"), traps)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("code", ["import torch", "import site_lessons.numbers"])
def test_the_traps_close(tmp_path: Path, code: str) -> None:
    (tmp_path / "torch.py").write_text("raise SystemExit(7)\n", encoding="utf-8")
    places = os.pathsep.join(map(str, [tmp_path, SITE / "src"]))
    done = subprocess.run(
        [sys.executable, "-B", "-c", code],
        env=os.environ | {"PYTHONPATH": places},
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
