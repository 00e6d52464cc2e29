"""The wheel, installed where nothing but what it declares can be imported."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.project import LIBRARY, ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.size("all")

NOT_DECLARED = (
    "bs4",
    "click",
    "hypothesis",
    "jieba",
    "markdown",
    "mkdocs",
    "polib",
    "pytest",
    "yaml",
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel; built from a copy, for builds leave files."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "MANIFEST.in", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "src", source / "src", ignore=ignored)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = ("wheel", "--no-deps", "--no-build-isolation", "-w", str(folder))
    subprocess.run([*pip, *build, str(source)], check=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    install = ("install", "--no-deps", "--target", str(target))
    subprocess.run([*pip, *install, str(wheel)], check=True)
    return target


def python(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=installed.parent,
        env=os.environ | {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_holds_every_lesson_and_its_types(installed: Path) -> None:
    done = python(installed, "-m", "torch_by_example", "--list")
    names = [example.full_name.partition(".")[2] for example in LIBRARY]
    assert done.stdout.split() == names, done.stderr
    for package in ("torch_by_example", "example_docs"):
        assert (installed / package / "py.typed").is_file()


def test_it_verifies_with_what_it_declares(installed: Path) -> None:
    code = (
        "import runpy, sys\n"
        f"sys.modules.update(dict.fromkeys({NOT_DECLARED}))\n"
        "sys.argv[1:] = ['tensors/devices', '--device', 'cpu']\n"
        "sys.argv += ['--json', 'found.json']\n"
        "runpy.run_module('torch_by_example', run_name='__main__', alter_sys=True)\n"
    )
    done = python(installed, "-c", code)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "wrote found.json"
    assert str(ROOT) not in (installed.parent / "found.json").read_text()


def test_pytest_collects_its_examples(installed: Path) -> None:
    words = ("-m", "pytest", "-p", "no:cacheprovider", "--device", "cpu")
    done = python(installed, *words, "-v", "--pyargs", "torch_by_example.tensors.join")
    assert done.returncode == 0, done.stdout + done.stderr
    lesson = LIBRARY.module("torch_by_example.tensors.join")
    assert f"{len(lesson.examples)} passed" in done.stdout
    assert f"tensors.join::{lesson.examples[0]} PASSED" in done.stdout
