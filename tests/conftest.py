"""Which tests belong to which size, what they need, and what all of them share.

``--size`` chooses, as ``make quick``, ``make test`` and ``make test-all`` do. Without
it and without the name of a file, the size is that of ``make test``, but what is
missing here is left out instead of failing; the summary says so.

A file or a folder has its size in ``SIZE_OF``, a single test in a marker.
"""

from __future__ import annotations

import itertools
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
TESTS = Path(__file__).parent

SIZES = ("quick", "test", "all")
"""Each holds the one before it."""

SIZE_OF = {
    "": "test",
    "browser": "all",
    "browser/test_each_kind.py": "test",
    "code": "quick",
    "course/test_claims.py": "quick",
    "course/test_sources.py": "quick",
    "course/test_two_languages.py": "quick",
    "extensions/test_markdown.py": "quick",
    "extensions/test_reading.py": "quick",
    "figures": "all",
    "figures/test_figure.py": "test",
    "languages": "quick",
    "mutation": "all",
    "outputs": "quick",
    "pages": "quick",
    "rules/test_rules_shown.py": "quick",
    "site/test_missing.py": "quick",
    "site/test_parallel.py": "quick",
    "site/test_redirects.py": "quick",
    "site/test_security.py": "quick",
    "test_benchmarks.py": "all",
    "test_files.py": "quick",
    "test_layers.py": "quick",
}
"""The smallest size of what lies in a folder or a file; the longest name counts."""

NEEDS_OF: dict[str, tuple[str, ...]] = {"": (), "browser": ("site", "browser")}
"""What all tests of a folder need; a single test says it with a marker."""

NEEDS = {
    "site": "a built site; 'make site' builds it",
    "browser": "Chromium or Chrome; install one, or name it in CHROMIUM",
}
REQUIRED = {None: (), "quick": (), "test": ("site",), "all": ("site", "browser")}
"""What must be there when a size is asked for; without it nothing runs."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the size."""
    parser.addoption("--size", choices=SIZES, help="how much is tested")


def pytest_configure(config: pytest.Config) -> None:
    """Stop if what the size needs is not there; keep torch out of the quick tests."""
    config.addinivalue_line(
        "markers", "size(name): the smallest size that the test belongs to"
    )
    for need, what in NEEDS.items():
        config.addinivalue_line("markers", f"{need}: needs {what}")
    missing = [need for need in REQUIRED[config.getoption("size")] if not is_here(need)]
    if missing:
        wanted = " and ".join(NEEDS[need] for need in missing)
        raise pytest.UsageError(f"the size '{_size(config)}' needs {wanted}")
    if _size(config) == "quick":
        sys.modules["torch"] = None  # type: ignore[assignment]  # as if not installed


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Ignore files of a larger size: even to import them takes time."""
    if collection_path.suffix != ".py":
        return None
    return True if _is_larger(_by_path(SIZE_OF, collection_path), config) else None


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out tests of a larger size; skip those that lack what they need."""
    chosen: list[pytest.Item] = []
    larger: list[pytest.Item] = []
    for item in items:
        marker = item.get_closest_marker("size")
        size = marker.args[0] if marker else _by_path(SIZE_OF, item.path)
        (larger if _is_larger(size, config) else chosen).append(item)
    for item in chosen:
        for need in _by_path(NEEDS_OF, item.path):
            item.add_marker(need)
        missing = [n for n in NEEDS if item.get_closest_marker(n) and not is_here(n)]
        if missing:
            reason = " and ".join(NEEDS[need] for need in missing)
            item.add_marker(pytest.mark.skip(reason=f"needs {reason}"))
    if larger:
        config.hook.pytest_deselected(items=larger)
        items[:] = chosen


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was left out, and what runs it."""
    size = _size(config)
    skipped = [
        str(report.longrepr) for report in terminalreporter.getreports("skipped")
    ]
    left = [
        f"left out: what needs {what} ({count})"
        for what in NEEDS.values()
        if (count := sum(what in text for text in skipped))
    ]
    if size == "quick":
        left.append("left out: what needs torch or a site; 'make test' runs it")
    if size != "all":
        left.append("left out: what takes long; 'make test-all' runs it")
    for line in left:
        terminalreporter.write_line(line)


@cache
def is_here(need: str) -> bool:
    """Whether a built site or a browser is here."""
    if need == "site":
        site = Path(os.environ.get("SITE") or TESTS.parent / "site")
        return (site / "index.html").exists()
    try:
        from example_docs.book.book import find_chromium  # noqa: PLC0415
    except ModuleNotFoundError:
        return False  # where only the examples are tested
    return find_chromium() is not None


def _size(config: pytest.Config) -> str:
    """The size asked for; all of what is named, or else that of ``make test``."""
    named = config.getoption("file_or_dir")
    return str(config.getoption("size") or ("all" if named else "test"))


def _is_larger(size: str, config: pytest.Config) -> bool:
    return SIZES.index(size) > SIZES.index(_size(config))


def _by_path(table: dict[str, T], path: Path) -> T:
    """The entry of a file, or else of the nearest folder around it."""
    place = path.relative_to(TESTS)
    for name in (place.as_posix(), *(p.as_posix() for p in place.parents)):
        if (key := "" if name == "." else name) in table:
            return table[key]
    raise KeyError(path)


try:
    from hypothesis import HealthCheck, Phase, settings
except ModuleNotFoundError:
    # The tests of the examples do without it.
    pass
else:
    settings.register_profile(
        "project",
        # What fails in CI must fail everywhere, so nothing is left to chance.
        derandomize=True,
        deadline=None,
        max_examples=50,
        # Without the search for a smaller one, which took minutes for a module.
        phases=[Phase.explicit, Phase.generate],
        # Small folders are made anew within a test; machines may be slow.
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
        ],
    )
    settings.load_profile("project")

NUMBER = itertools.count()


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The name of a package that can be imported and that no other test has."""
    name = f"lessons_{next(NUMBER)}"
    monkeypatch.syspath_prepend(str(tmp_path / "src"))
    yield name
    for module in [m for m in sys.modules if m.partition(".")[0] == name]:
        del sys.modules[module]
