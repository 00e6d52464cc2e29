"""``pytest --pyargs torch_by_example``: each example of an installed package is a test.

In every other run of pytest, this does nothing: it adds no option, collects no file
and imports nothing but the standard library. So it looks at the command first, and
only a package that calls itself one of examples switches it on.
"""

from __future__ import annotations

from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from _pytest._code.code import TerminalRepr, TracebackStyle

    from example_docs.code.library import Example, Library

GROUP = "example_docs.libraries"
"""The entry points by which a distribution names its packages of examples."""


@pytest.hookimpl(trylast=True)  # an option of the project's own comes first
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> None:
    """Add the option and the collector, if the command names a package of examples."""
    del args
    known = early_config.known_args_namespace
    if not known.pyargs:
        return
    words = {
        str(word).partition(".")[0].partition(":")[0] for word in known.file_or_dir
    }
    packages = words & {point.name for point in metadata.entry_points(group=GROUP)}
    if not packages:
        return
    parser.getgroup("examples").addoption(
        "--device",
        default="all",
        help="where examples run: cpu, cuda, mps, xpu or all (default: all)",
    )
    early_config.pluginmanager.register(Examples(sorted(packages)))


class Examples:
    """Collects the examples of packages, in the place of their doctests.

    Args:
        packages: The packages.
    """

    def __init__(self, packages: Sequence[str]) -> None:
        # What follows is imported here: other runs must not wait for it.
        from example_docs.anywhere.book import PYTORCH, folder_of  # noqa: PLC0415
        from example_docs.code.library import Library  # noqa: PLC0415

        folders = {name: folder_of(name).resolve() for name in packages}
        self.libraries = {
            folder: Library(folder.parent, name, PYTORCH)
            for name, folder in folders.items()
        }

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
            for device in _devices(str(self.config.getoption("device"))):
                suffix = "" if device == "cpu" else f"[{device}]"
                item: Item = Item.from_parent(self, name=function + suffix)
                item.example, item.device = example, device
                yield item


class Item(pytest.Item):
    """An example on a device."""

    example: Example
    device: str

    def runtest(self) -> None:
        """Run the example and compare."""
        from example_docs.verify.verify import verify  # noqa: PLC0415 - imports torch

        verdict = verify(self.example, self.device)
        if verdict.complaint is not None:
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


@cache
def _devices(asked: str) -> list[str]:
    from example_docs.anywhere.outcomes import environments  # noqa: PLC0415 - as above
    from example_docs.errors import ExampleError  # noqa: PLC0415 - as above

    try:
        return [environment.kind for environment in environments(asked)]
    except ExampleError as error:
        raise pytest.UsageError(str(error)) from None
