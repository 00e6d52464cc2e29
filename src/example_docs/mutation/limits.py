"""Bounds on time and memory for code that may run away."""

from __future__ import annotations

import _thread
import contextlib
import signal
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = 1 << 30
"""Bytes that code may ask for beyond what the process has already."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Interrupt the block when its time is over. Only in the main thread.

    Works on every system, as it is the interrupt that Ctrl-C would send; a call into
    compiled code is interrupted when it returns.

    Raises:
        TimeoutError: The time was over.
    """
    lock = threading.Lock()
    is_over = False
    was_interrupted = False

    def interrupt() -> None:
        nonlocal was_interrupted
        with lock:
            if not is_over:
                was_interrupted = True
                _thread.interrupt_main()

    # A process started in the background may ignore the interrupt.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
        with lock:
            is_over = True
    except KeyboardInterrupt:
        if not was_interrupted:
            raise  # somebody pressed Ctrl-C
        raise TimeoutError(f"took longer than {seconds:.1f} s") from None
    finally:
        is_over = True
        timer.cancel()
        signal.signal(signal.SIGINT, handler)


@contextlib.contextmanager
def memory_limit(more: int = MEMORY) -> Iterator[None]:
    """Refuse memory beyond what the process has and some more, where that is known.

    Where the system has no ``/proc/self/statm`` nothing is refused.
    """
    if sys.platform != "linux":
        yield
        return
    import resource  # noqa: PLC0415 - not on every system

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no file of ours
        pages = int(file.read().split()[0])
    bound = pages * resource.getpagesize() + more
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
