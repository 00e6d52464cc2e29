"""The plugin of pytest: examples of an installed package, and nothing of others'."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.lessons import library_of
from tests.project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = "example_docs.anywhere.pytest_plugin"
LESSON = '''
def right() -> None:
    """Right.

    >>> right()
    0.1234
    """
    print(0.1235)


def wrong() -> None:
    """Wrong.

    >>> wrong()
    2
    """
    print(3)
'''
FOREIGN = '''
"""Not ours.

>>> twice(2)
4
"""
def twice(x):
    """Double.

    >>> twice(1)
    2
    """
    return 2 * x
'''


def pytest_in(
    folder: Path, *words: str, plugin: bool = True, cache: bool = False
) -> tuple[int, str]:
    """Run pytest in a folder, with no other plugin than ours."""
    plugins = ["-p", PLUGIN] if plugin else []
    if not cache:
        plugins += ["-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *words],
        cwd=folder,
        env=os.environ
        | {
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONPATH": os.pathsep.join([str(folder / "src"), str(ROOT / "src")]),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder from which a package of examples can be imported, as if installed."""
    library_of(tmp_path, "lessons_of_ours", numbers=LESSON)
    facts = tmp_path / "src" / "lessons_of_ours-1.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Name: lessons-of-ours\nVersion: 1\n")
    (facts / "entry_points.txt").write_text(
        "[example_docs.libraries]\nlessons_of_ours = lessons_of_ours\n"
    )
    return tmp_path


def test_each_example_is_a_test(installed: Path) -> None:
    command = ("--pyargs", "lessons_of_ours", "--device", "cpu")
    status, out = pytest_in(installed, *command, "-v", "--doctest-modules")
    assert status == 1
    assert re.findall(r"^(numbers::\w+) (\w+)", out, re.MULTILINE) == [
        ("numbers::right", "PASSED"),
        ("numbers::wrong", "FAILED"),
    ]
    assert "expected '2', found '3'" in out
    assert "--- on the page\n2\n--- here\n3" in out
    assert "verify(self.example" not in out
    status, out = pytest_in(installed, *command, "-k", "right")
    assert status == 0, out
    assert "1 passed, 1 deselected" in out
    name = "lessons_of_ours.numbers::right"
    status, out = pytest_in(installed, "--pyargs", name, "--device", "cpu")
    assert (status, "1 passed" in out) == (0, True), out


def test_what_failed_last_runs_alone(installed: Path) -> None:
    command = ("--pyargs", "lessons_of_ours", "--device", "cpu", "-v")
    status, out = pytest_in(installed, *command, cache=True)
    assert "1 failed, 1 passed" in out
    status, out = pytest_in(installed, *command, "--lf", cache=True)
    assert status == 1
    assert results(out) == ["numbers::wrong FAILED"]
    lesson = installed / "src" / "lessons_of_ours" / "numbers.py"
    lesson.write_text(lesson.read_text().replace("print(3)", "print(2)"))
    status, out = pytest_in(installed, *command, "--lf", cache=True)
    assert (status, "1 passed" in out) == (0, True), out


def test_a_device_that_is_not_there_is_said(installed: Path) -> None:
    status, out = pytest_in(
        installed, "--pyargs", "lessons_of_ours", "--device", "meta"
    )
    assert status != 0
    assert "have a shape and no numbers" in out


def results(out: str) -> list[str]:
    """What pytest says of each test, without how long it took."""
    return re.findall(r"^\S+::\S+ [A-Z]+(?= )", out, re.MULTILINE)


def test_other_projects_run_as_without_it(installed: Path) -> None:
    project = installed / "project"
    project.mkdir()
    (project / "foreign.py").write_text(FOREIGN)
    (project / "test_own.py").write_text("def test_own(device):\n    assert device\n")
    (project / "conftest.py").write_text(
        "import pytest\n"
        "def pytest_addoption(parser):\n"
        "    parser.addoption('--device', default='theirs')\n"
        "@pytest.fixture\n"
        "def device(request):\n"
        "    return request.config.getoption('--device')\n"
        "def pytest_unconfigure():\n"
        "    import sys\n"
        "    ours = [name for name in sys.modules if name.startswith('example_docs')]\n"
        "    print('loaded:', *sorted(ours), 'torch' in sys.modules)\n"
    )
    for words in (["--doctest-modules"], ["--doctest-modules", "--pyargs", "foreign"]):
        environment = ["-v", *words]
        with_it = pytest_in(project, *environment)
        without = pytest_in(project, *environment, plugin=False)
        assert with_it[0] == without[0]
        assert results(with_it[1]) == results(without[1])
        # The same modules, but for the plugin's own: so it takes the same time.
        packages = "example_docs example_docs.anywhere"
        assert f"loaded: {packages} {PLUGIN} False" in with_it[1]
        assert "loaded: False" in without[1]
    assert (
        "foreign.py::foreign.twice PASSED"
        in pytest_in(project, "-v", "--doctest-modules")[1]
    )


def test_it_imports_next_to_nothing() -> None:
    code = (
        "import sys, pytest\n"
        "before = set(sys.modules)\n"
        f"import {PLUGIN}\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded <= {"example_docs", *sys.stdlib_module_names}
    assert not loaded & {"torch", "numpy"}
