"""Run an example or a program in a known state, and capture what it prints."""

from __future__ import annotations

import contextlib
import errno
import functools
import io
import os
import signal
import sys
import tempfile
import threading
import time
import traceback
import warnings
from typing import TYPE_CHECKING, Any

from example_docs.marks import TIME_LIMIT
from example_docs.outputs.expected import Output
from example_docs.verify.prepare import plain, prepare_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from example_docs.code.library import Library
    from example_docs.verify.prepare import Prepare

# Figures are captured, not shown; set before an example imports pyplot.
os.environ.setdefault("MPLBACKEND", "Agg")


def run(
    call: Callable[[], object],
    device: str = "cpu",
    seed: int = 0,
    prepare: Prepare = plain,
    seconds: float = TIME_LIMIT,
) -> Output:
    """Call an example and return what it prints and the exception it ends in.

    It runs in an empty folder, has nothing to read from a keyboard, and is ended when
    its time is over (see ``_time_limit``).

    Args:
        call: A function without required parameters.
        device: The default device while it runs.
        seed: Seeds all generators. An output that depends on it is one that the
            example itself should have seeded.
        prepare: Brings the process into a known state, as the project wants it.
        seconds: The processor time that it may take.

    Returns:
        The output; a warning that the example lets through counts as its exception.
    """
    printed = io.StringIO()
    exception = None
    with (
        _errors_for_warnings(),
        prepare(device, seed),
        contextlib.redirect_stdout(printed),
        _no_keyboard(),
        _empty_folder(),
    ):
        try:
            with _time_limit(seconds):
                call()
        except _TimeIsUpError as error:
            exception = f"TimeoutError: {error}"
        except SystemExit as error:
            exception = f"SystemExit: {error.code}"
        except Exception as error:  # noqa: BLE001 - whatever an example ends in is its output
            exception = "".join(traceback.format_exception_only(error)).rstrip("\n")
    return Output(printed.getvalue().rstrip("\n"), exception)


def run_program(  # noqa: PLR0913 - as many things differ between its callers
    text: str,
    library: Library | None = None,
    *,
    seed: int = 0,
    before_closing: Callable[[], object] | None = None,
    device: str = "cpu",
    seconds: float = TIME_LIMIT,
) -> Output:
    """Run the text of a program in a fresh namespace, as on a reader's machine.

    Args:
        text: The complete program, as a reader copies it.
        library: The lessons that it is from. The program cannot import them, and runs
            in the state that they ask for.
        seed: As in ``run``.
        before_closing: Called when the program has ended well and its figures are
            still open; what it raises ends the program.
        device: The default device while it runs.
        seconds: As in ``run``.

    Returns:
        The output of the program.
    """

    def execute() -> None:
        exec(code, namespace)  # noqa: S102 - that is the point
        if before_closing is not None:
            before_closing()

    code = compile(text, "<program>", "exec")
    namespace: dict[str, Any] = {"__name__": "__main__"}
    # Before the package is hidden: the hook may be a part of it.
    prepare = plain if library is None else prepare_of(library)
    names = [] if library is None else [library.package]
    with without_packages(*names, "example_docs"):
        return run(execute, device, seed, prepare, seconds)


@contextlib.contextmanager
def _errors_for_warnings() -> Iterator[None]:
    """Make every warning an error, every time; leave no figure open."""
    try:
        with warnings.catch_warnings(), _no_windows():
            warnings.simplefilter("error")
            yield
    finally:
        _close_figures()


class _TimeIsUpError(BaseException):
    """Ends an example; no ``except Exception`` of its own may stop it."""


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """End what takes more processor time than it may.

    That of this thread: a busy machine ends nothing that is good, nor do the many
    threads of a large one, which wait for each other by computing. Where there is no
    ``SIGPROF`` (on Windows, or in another thread) nothing is ended, and what took too
    long is refused when it has come to its end; Ctrl-C says which example it is.

    Raises:
        _TimeIsUpError: The time was over.
    """
    start = time.thread_time()

    def end(*_: object) -> None:
        left = seconds - (time.thread_time() - start)
        if left <= 0:
            raise _TimeIsUpError(
                f"still computing after {seconds:g} s; let it do less, or allow it "
                "more with @takes_long(…), which wants a reason"
            )
        # The clock of the signal runs for all threads together.
        signal.setitimer(signal.ITIMER_PROF, max(left, 0.01))

    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not hasattr(signal, "SIGPROF"):
        yield
        if time.thread_time() - start > seconds:
            end()
        return
    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def _no_keyboard() -> Iterator[None]:
    """Let ``input()`` end at once instead of waiting for somebody."""
    before = sys.stdin
    sys.stdin = io.StringIO()
    try:
        yield
    finally:
        sys.stdin = before


@contextlib.contextmanager
def _empty_folder() -> Iterator[None]:
    """Work in a new folder, so that no file of the project is found by its name."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        yield


_hidden: list[str] = []
"""The folders whose files are as if they were not there."""


@contextlib.contextmanager
def hide(folder: Path) -> Iterator[None]:
    """Let nothing open a file of a folder by its whole path.

    Code may be opened, to import it, and what is installed may lie within the folder.
    """
    _watch_files()
    _hidden.append(f"{folder.resolve()}{os.sep}")
    try:
        yield
    finally:
        _hidden.pop()


@functools.cache
def _watch_files() -> None:
    """Refuse hidden files, for as long as this process lives: hooks stay."""
    installed = os.path.realpath(sys.prefix) + os.sep

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event != "open" or not _hidden or not isinstance(arguments[0], str | bytes):
            return
        path = os.path.realpath(os.fsdecode(arguments[0]))
        is_free = path.startswith(installed) or path.endswith((".py", ".pyc"))
        if path.startswith(tuple(_hidden)) and not is_free:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)

    sys.addaudithook(refuse)


@contextlib.contextmanager
def without_packages(*names: str) -> Iterator[None]:
    """Make packages impossible to import, whether or not they are loaded."""
    own = {m: sys.modules[m] for m in [*sys.modules] if m.partition(".")[0] in names}
    blocked: Mapping[str, Any] = dict.fromkeys([*names, *own])
    sys.modules.update(blocked)
    try:
        yield
    finally:
        for name in blocked:
            del sys.modules[name]
        sys.modules.update(own)


@contextlib.contextmanager
def _no_windows() -> Iterator[None]:
    """``plt.show()`` leaves the figure as it is: there is nobody to close a window."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        yield
        return
    show = pyplot.show
    pyplot.show = lambda: None  # type: ignore[attr-defined]
    try:
        yield
    finally:
        pyplot.show = show  # type: ignore[attr-defined]


def _close_figures() -> None:
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close("all")
