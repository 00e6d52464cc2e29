"""The rooms of example_docs import each other only downwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = ROOT / "src" / "example_docs"

MOST = 12
"""How many modules of a folder a reader can take in at once."""


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Hold a copy of the project to the contracts in its ``pyproject.toml``."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import sys; from importlinter.cli import lint_imports; "
                "sys.exit(lint_imports(no_cache=True))"
            ),
        ],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_arrows_point_down() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("pages/inline.py", "import example_docs.languages.parity", "Rooms"),
        ("downloads/llms.py", "import example_docs.verify.run", "Torch stays"),
        ("errors.py", "import example_docs.files", "Rooms"),
    ],
)
def test_an_arrow_upwards_is_noticed(
    tmp_path: Path, module: str, line: str, contract: str
) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    copy = shutil.copytree(SOURCE, tmp_path / "src" / "example_docs")
    with (copy / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = lint(tmp_path)
    assert done.returncode == 1
    assert contract in done.stdout.partition("Broken contracts")[2]


def folders() -> list[Path]:
    """Every package of the tool."""
    return sorted({path.parent for path in SOURCE.rglob("__init__.py")})


@pytest.mark.parametrize("folder", folders(), ids=lambda path: path.name)
def test_a_room_can_be_taken_in_at_once(folder: Path) -> None:
    modules = [path.name for path in folder.glob("*.py") if path.name[:2] != "__"]
    assert len(modules) <= MOST, modules
