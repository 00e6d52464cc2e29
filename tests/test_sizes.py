"""The rules of ``conftest.py``, on a small project of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.conftest import NEEDS_OF, SIZE_OF, SIZES, TESTS
from tests.project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "code/test_program.py": "def test_the_core(): pass\n",
    "course/test_examples.py": (
        "import pytest\n"
        "def test_a_program(): pass\n"
        "@pytest.mark.site\n"
        "def test_a_built_page(): pass\n"
        "@pytest.mark.size('all')\n"
        "def test_that_takes_long(): pass\n"
    ),
    "browser/test_each_kind.py": "def test_one_page(): pass\n",
    "browser/test_every_page.py": "def test_all_pages(): pass\n",
}
SITE = "a built site; 'make site' builds it"
BROWSER = "Chromium or Chrome; install one, or name it in CHROMIUM"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the rules, and a test of each kind."""
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\ntestpaths = tests\n"
        "addopts = --strict-markers --import-mode=importlib\n",
        encoding="utf-8",
    )
    rules = (TESTS / "conftest.py").read_text(encoding="utf-8")
    for name, text in {"conftest.py": rules, **FILES}.items():
        path = tmp_path / "tests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def run(project: Path, *words: str, has: bool = False) -> tuple[int, str]:
    """Call pytest where there are a site and a browser, or neither."""
    if has:
        (project / "site").mkdir()
        (project / "site" / "index.html").touch()
    environment = os.environ | {
        "CHROMIUM": sys.executable if has else "",
        "PATH": "",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONPATH": str(ROOT / "src"),
    }
    environment.pop("SITE", None)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", *words],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def came_to(what: str, output: str) -> set[str]:
    """The names of the tests that passed, or were skipped."""
    return set(re.findall(rf"::test_(\w+) {what}", output))


def test_alone_pytest_passes_and_says_what_it_left_out(project: Path) -> None:
    status, output = run(project)
    assert status == 0, output
    assert came_to("PASSED", output) == {"the_core", "a_program"}
    assert came_to("SKIPPED", output) == {"a_built_page", "one_page"}
    assert f"left out: what needs {SITE} (2)" in output
    assert f"left out: what needs {BROWSER} (1)" in output
    assert "left out: what takes long; 'make test-all' runs it" in output


@pytest.mark.parametrize(
    ("size", "passed"),
    [
        ("quick", {"the_core"}),
        ("test", {"the_core", "a_program", "a_built_page", "one_page"}),
        (
            "all",
            {
                *{"the_core", "a_program", "a_built_page", "one_page"},
                *{"that_takes_long", "all_pages"},
            },
        ),
    ],
)
def test_each_size_holds_the_one_before_it(
    project: Path, size: str, passed: set[str]
) -> None:
    status, output = run(project, f"--size={size}", has=True)
    assert status == 0, output
    assert came_to("PASSED", output) == passed
    assert ("left out" in output) is (size != "all")


@pytest.mark.parametrize(
    ("size", "wanted"), [("test", SITE), ("all", f"{SITE} and {BROWSER}")]
)
def test_what_a_size_needs_must_be_there(project: Path, size: str, wanted: str) -> None:
    status, output = run(project, f"--size={size}")
    assert status == pytest.ExitCode.USAGE_ERROR
    assert f"the size '{size}' needs {wanted}" in output


def test_a_file_that_is_named_runs_whole(project: Path) -> None:
    status, output = run(project, "tests/course/test_examples.py", has=True)
    assert status == 0, output
    assert came_to("PASSED", output) == {"a_program", "a_built_page", "that_takes_long"}


def test_a_quick_test_cannot_import_torch(project: Path) -> None:
    path = project / "tests" / "code" / "test_program.py"
    path.write_text("import torch\n", encoding="utf-8")
    status, output = run(project, "--size=quick")
    assert status == pytest.ExitCode.INTERRUPTED
    assert "import of torch halted" in output


def test_every_rule_is_about_something() -> None:
    assert [
        name for name in {**SIZE_OF, **NEEDS_OF} if not (TESTS / name).exists()
    ] == []
    assert set(SIZE_OF.values()) <= set(SIZES)
