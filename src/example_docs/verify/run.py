"""Run an example or a program in a known state, and capture what it prints."""

from __future__ import annotations

import contextlib
import errno
import functools
import io
import os
import random
import signal
import sys
import tempfile
import threading
import time
import traceback
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from example_docs.marks import TIME_LIMIT
from example_docs.outputs.expected import Output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


# Figures are captured, not shown; set before an example imports pyplot.
os.environ.setdefault("MPLBACKEND", "Agg")


def devices() -> list[str]:
    """The devices that exist here: ``cpu`` and, where there is one, ``cuda``."""
    return ["cpu", "cuda"] if torch.cuda.is_available() else ["cpu"]


def all_devices() -> list[str]:
    """The devices that exist here, also those on which no example was ever run."""
    there = {
        "mps": torch.backends.mps.is_available(),
        "xpu": torch.xpu.is_available(),
    }
    return [*devices(), *(name for name, is_there in there.items() if is_there)]


def run(
    call: Callable[[], object],
    device: str = "cpu",
    seed: int = 0,
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
        seconds: The processor time that it may take.

    Returns:
        The output; a warning that the example lets through counts as its exception.
    """
    printed = io.StringIO()
    exception = None
    warm_up(device)
    with (
        known_state(seed),
        _default_device(device),
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


@functools.cache
def warm_up(device: str) -> None:
    """Run one backward pass on a device, once for each process.

    The thread in which CUDA runs backward passes has no context until it launches a
    kernel. If its first one is a product of matrices, cuBLAS finds none, and PyTorch
    warns: that would fail whichever example happens to be the first.
    """
    if device.startswith("cuda"):
        torch.ones(1, device=device, requires_grad=True).exp().backward()


def run_program(
    text: str,
    seed: int = 0,
    before_closing: Callable[[], object] | None = None,
    device: str = "cpu",
    seconds: float = TIME_LIMIT,
) -> Output:
    """Run the text of a program in a fresh namespace, without this project's packages.

    Args:
        text: The complete program, as a reader copies it.
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
    with without_packages("torch_by_example", "example_docs"):
        return run(execute, device, seed, seconds)


@contextlib.contextmanager
def known_state(seed: int = 0) -> Iterator[None]:
    """Fresh seeds, print options and defaults; every warning an error, every time."""
    torch.set_printoptions(profile="default")
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)
    torch.manual_seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - examples may show the legacy generator
    random.seed(seed)
    always = torch.is_warn_always_enabled()
    torch.set_warn_always(True)
    try:
        with warnings.catch_warnings(), np.printoptions(), _no_windows():
            warnings.simplefilter("error")
            yield
    finally:
        torch.set_warn_always(always)
        torch.set_printoptions(profile="default")
        torch.set_default_dtype(torch.float32)
        torch.set_default_device(None)
        torch.set_grad_enabled(True)
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


def _default_device(device: str) -> contextlib.AbstractContextManager[object]:
    return contextlib.nullcontext() if device == "cpu" else torch.device(device)


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
