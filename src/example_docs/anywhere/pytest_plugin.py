"""Each example is a test.

In a project with ``[tool.example-docs]`` in its ``pyproject.toml``, those of its
lessons, wherever ``pytest`` comes by them; ``--accept-examples`` writes what they
print into their docstrings. And those of an installed package that is named:
``pytest --pyargs PACKAGE``.

In every other run of pytest, this does nothing: it adds no option, collects no file
and imports nothing but the standard library.
"""

from __future__ import annotations

from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import argparse
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from _pytest._code.code import TerminalRepr, TracebackStyle

    from example_docs.code.library import Example, Library
    from example_docs.verify.verify import Verdict

GROUP = "example_docs.libraries"
"""The entry points by which a distribution names its packages of examples."""


@pytest.hookimpl(trylast=True)  # an option of the project's own comes first
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> None:
    """Add an option and the collector, if there are examples."""
    del args
    group = parser.getgroup("examples")
    if packages := _named(early_config.known_args_namespace):
        group.addoption(
            "--device",
            default="all",
            help="where examples run: cpu, cuda, mps, xpu or all (default: all)",
        )
        early_config.pluginmanager.register(Examples(_installed(packages)))
    elif (library := _of_project(early_config.rootpath)) is not None:
        group.addoption(
            "--accept-examples",
            action="store_true",
            help="write what examples print into their docstrings",
        )
        early_config.pluginmanager.register(Examples([library]))


def _named(known: argparse.Namespace) -> list[str]:
    """The packages of examples that the command names."""
    if not known.pyargs:
        return []
    words = {
        str(word).partition(".")[0].partition(":")[0] for word in known.file_or_dir
    }
    points = metadata.entry_points(group=GROUP)
    return sorted(words & {point.name for point in points})


def _installed(packages: Sequence[str]) -> list[Library]:
    # What follows is imported here: other runs must not wait for it.
    from example_docs.anywhere.book import PYTORCH, folder_of  # noqa: PLC0415
    from example_docs.code.library import Library  # noqa: PLC0415

    return [Library(folder_of(name).parent, name, PYTORCH) for name in packages]


def _of_project(root: Path) -> Library | None:
    """The lessons of a project, if it has any."""
    path = root / "pyproject.toml"
    if not path.is_file() or b"[tool.example-docs]" not in path.read_bytes():
        return None
    from example_docs.code.library import open_library  # noqa: PLC0415 - as above
    from example_docs.errors import ExampleError  # noqa: PLC0415 - as above
    from example_docs.settings import read_settings  # noqa: PLC0415 - as above

    try:
        return open_library(read_settings(root))
    except ExampleError as error:
        raise pytest.UsageError(str(error)) from None


class Examples:
    """Collects the examples of packages, in the place of their doctests.

    Args:
        libraries: The packages.
    """

    def __init__(self, libraries: Sequence[Library]) -> None:
        self.libraries = {
            (library.root / library.package).resolve(): library for library in libraries
        }
        self.lines: list[str] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        """Refuse to write the same files from several processes."""
        if _accepts(config) and config.getoption("numprocesses", None):
            message = "--accept-examples rewrites files; call it without -n"
            raise pytest.UsageError(message)

    @pytest.hookimpl(tryfirst=True)  # before the exit status is shown
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write what was accepted, each file once, after all is known."""
        wrong = [
            item.verdict
            for item in session.items
            if isinstance(item, Item) and item.verdict is not None
        ]
        if not wrong or not _accepts(session.config):
            return
        from example_docs.errors import ExampleError, relative  # noqa: PLC0415
        from example_docs.verify.verify import accept  # noqa: PLC0415 - as above

        try:
            self.lines = [f"rewrote {relative(path)}" for path in accept(wrong)]
        except ExampleError as error:
            self.lines = [f"nothing is rewritten: {error}"]
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """Name the files that were rewritten."""
        for line in self.lines:
            terminalreporter.write_line(line)

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        """Replace whatever else would be made of a lesson."""
        others = yield
        for folder, library in self.libraries.items():
            if file_path.resolve().is_relative_to(folder):
                lesson = ".".join(
                    file_path.resolve().relative_to(folder).with_suffix("").parts
                )
                made: Lesson = Lesson.from_parent(parent, path=file_path, nodeid=lesson)
                made.library = library
                return [made]
        return others


class Lesson(pytest.File):
    """A module of examples; its id is that of its page, such as ``tensors.create``."""

    library: Library

    def collect(self) -> Iterator[pytest.Item]:
        """Make a test of each example on each device."""
        name = f"{self.library.package}.{self.nodeid}"
        if name not in self.library:
            return
        for function in self.library.module(name).examples:
            example = self.library.example(f"{self.nodeid}:{function}")
            for device in _devices_of(self.config):
                suffix = "" if device == "cpu" else f"[{device}]"
                item: Item = Item.from_parent(self, name=function + suffix)
                item.example, item.device = example, device
                yield item


class Item(pytest.Item):
    """An example on a device."""

    example: Example
    device: str
    verdict: Verdict | None = None
    """What differs, if something does."""

    def runtest(self) -> None:
        """Run the example and compare."""
        from example_docs.verify.verify import verify  # noqa: PLC0415 - as above

        verdict = verify(self.example, self.device)
        if verdict.complaint is None:
            return
        self.verdict = verdict
        if not _accepts(self.config):
            raise Differs(
                f"{verdict.complaint}\n--- on the page\n{verdict.promised.text}\n"
                f"--- here\n{verdict.found.text}"
            )

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: TracebackStyle | None = None,
    ) -> str | TerminalRepr:
        """Show both texts and no traceback: it would show how we compare."""
        if isinstance(excinfo.value, Differs):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the example stands, and its name."""
        return self.path, self.example.node.lineno - 1, self.name


class Differs(Exception):  # noqa: N818 - what it says is no error of this program
    """An example does something else than its page shows."""


def _accepts(config: pytest.Config) -> bool:
    return bool(config.getoption("accept_examples", default=False))


def _devices_of(config: pytest.Config) -> list[str]:
    """The CPU in a project; what the option says for an installed package."""
    is_asked = config.getoption("accept_examples", default=None) is None
    return _devices(str(config.getoption("device"))) if is_asked else ["cpu"]


@cache
def _devices(asked: str) -> list[str]:
    from example_docs.anywhere.outcomes import environments  # noqa: PLC0415 - as above
    from example_docs.errors import ExampleError  # noqa: PLC0415 - as above

    try:
        return [environment.kind for environment in environments(asked)]
    except ExampleError as error:
        raise pytest.UsageError(str(error)) from None
