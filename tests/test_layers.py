"""The rooms of example_docs import each other only downwards."""

from __future__ import annotations

import ast
import os
import re
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


NAMES = re.compile(r"""torch.by.example|docs/(?:en|zh)\b|["']zh["']""")
"""What only one project has: its package, its folders, its second language."""

OF_CHINESE = {
    "hooks/search.py": "search of Chinese",
    "languages/terms.py": "a glossary is English and Chinese",
    "languages/words.py": "the words of each language",
    "site/search.py": "search of Chinese",
}
"""Modules that may know the language, each with the reason."""


def names_of_a_project(text: str) -> list[str]:
    """What code says of one project; a docstring may give an example."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            docstring = ast.get_docstring(node, clean=False)
            if docstring is not None:
                node.body[0] = ast.Pass()
    return NAMES.findall(ast.unparse(tree))


def test_the_tool_knows_no_project() -> None:
    found = {
        path.relative_to(SOURCE).as_posix(): names
        for path in SOURCE.rglob("*.py")
        if (names := names_of_a_project(path.read_text(encoding="utf-8")))
    }
    assert {
        name: names for name, names in found.items() if name not in OF_CHINESE
    } == {}
    assert found.keys() == OF_CHINESE.keys()  # no exception that nobody needs
    for names in found.values():
        assert set(names) == {"'zh'"}


@pytest.mark.parametrize(
    "text", ["PACKAGE = 'torch_by_example'", "x = Path('docs/en')", "x = {'zh': 1}"]
)
def test_a_name_of_a_project_is_noticed(text: str) -> None:
    assert names_of_a_project(text)
    assert not names_of_a_project(f'"""{text}"""')


def folders() -> list[Path]:
    """Every package of the tool."""
    return sorted({path.parent for path in SOURCE.rglob("__init__.py")})


@pytest.mark.parametrize("folder", folders(), ids=lambda path: path.name)
def test_a_room_can_be_taken_in_at_once(folder: Path) -> None:
    modules = [path.name for path in folder.glob("*.py") if path.name[:2] != "__"]
    assert len(modules) <= MOST, modules
