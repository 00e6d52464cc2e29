"""Decorators that say, next to an example, where it differs: GPUs, versions, time.

They change nothing about the function and never reach the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., object]")

TIME_LIMIT = 10.0
"""The seconds of processor time that an example may take: readers wait, too."""

LONGEST = 60.0
"""The most that ``takes_long`` may allow."""


@dataclass(frozen=True)
class OnCuda:
    """What an example does when the default device is a GPU, CUDA's or another.

    What keeps an example from doing the same on CUDA (NumPy reads CPU memory, each
    device draws its own random numbers) keeps it from doing so on MPS and XPU too.

    Attributes:
        compare: ``"numbers"`` holds every number to the promise, ``"structure"``
            only text, shapes and dtypes.
        raises: The exception it must end in instead, or ``None``.
        runs: ``"cuda"``, or ``"cpu"`` for an example about CPU memory, which
            keeps the default device on the CPU.
        because: The reason, as part of a sentence.
    """

    compare: Literal["numbers", "structure"] = "numbers"
    raises: type[Exception] | None = None
    runs: Literal["cuda", "cpu"] = "cuda"
    because: str = ""


UNMARKED = OnCuda()
"""The mark of an example that does the same everywhere."""


def on_cuda(
    *,
    because: str,
    compare: Literal["numbers", "structure"] = "numbers",
    raises: type[Exception] | None = None,
    runs: Literal["cuda", "cpu"] = "cuda",
) -> Callable[[F], F]:
    """Mark an example that cannot do the same on CUDA as on the CPU.

    Args:
        because: Why, as part of a sentence; shown by tests and by the record.
        compare: ``"structure"`` when only text, shapes and dtypes agree.
        raises: The exception the example ends in on CUDA.
        runs: ``"cpu"`` to leave the default device on the CPU.

    Returns:
        A decorator that returns the function itself.
    """
    mark = OnCuda(compare=compare, raises=raises, runs=runs, because=because)

    def attach(function: F) -> F:
        function.__on_cuda__ = mark  # type: ignore[attr-defined]
        return function

    return attach


def mark_of(function: Callable[..., object]) -> OnCuda:
    """The mark of an example; the same on every device if it has none."""
    mark = getattr(function, "__on_cuda__", UNMARKED)
    assert isinstance(mark, OnCuda)  # noqa: S101 - narrows the type of an attribute
    return mark


@dataclass(frozen=True)
class OnTorch:
    """What an example does in other versions of PyTorch than the docstring's.

    Attributes:
        since: The first version that does so, or an empty string.
        before: The first version that no longer does so, or an empty string.
        prints: What is printed then.
        raises: The exception it ends in then, as ``TypeName: message``; the type
            alone lets the message be what it likes. Empty if it ends well.
        because: The reason, as part of a sentence.
    """

    since: str = ""
    before: str = ""
    prints: str = ""
    raises: str = ""
    because: str = ""

    def applies(self, version: str) -> bool:
        """Whether a version such as ``2.14.1+cpu`` is one of those."""
        here = release(version)
        return not (self.since and here < release(self.since)) and not (
            self.before and here >= release(self.before)
        )


def on_torch(
    *,
    because: str,
    since: str = "",
    before: str = "",
    prints: str = "",
    raises: str = "",
) -> Callable[[F], F]:
    """Mark an example that does something else in some versions of PyTorch.

    Args:
        because: Why, as part of a sentence; shown by reports and by the record.
        since: The first such version, as ``2.14``.
        before: The first version that is none any more.
        prints: What it prints there.
        raises: The exception it ends in there, with or without its message.

    Returns:
        A decorator that returns the function itself.
    """
    mark = OnTorch(since, before, prints, raises, because)
    if not (since or before) or not (prints or raises):
        message = "on_torch() needs since= or before=, and prints= or raises="
        raise ValueError(message)

    def attach(function: F) -> F:
        marks = (mark, *version_marks_of(function))
        function.__on_torch__ = marks  # type: ignore[attr-defined]
        return function

    return attach


def version_marks_of(function: Callable[..., object]) -> tuple[OnTorch, ...]:
    """The marks of an example for other versions of PyTorch."""
    marks: tuple[OnTorch, ...] = getattr(function, "__on_torch__", ())
    return marks


def takes_long(*, seconds: float, reason: str) -> Callable[[F], F]:
    """Allow an example more processor time than ``TIME_LIMIT``.

    A slow machine takes several times as long as a fast one, so what takes more than
    a fifth of the limit is marked.

    Args:
        seconds: The time, at most ``LONGEST``.
        reason: Why it cannot do less, as part of a sentence.

    Returns:
        A decorator that returns the function itself.
    """
    if not TIME_LIMIT < seconds <= LONGEST or not reason:
        message = (
            f"takes_long() needs seconds= from {TIME_LIMIT:g} to {LONGEST:g}, and "
            "reason="
        )
        raise ValueError(message)

    def attach(function: F) -> F:
        function.__time_limit__ = seconds  # type: ignore[attr-defined]
        return function

    return attach


def time_limit_of(function: Callable[..., object]) -> float:
    """Return the seconds of processor time that an example may take."""
    return float(getattr(function, "__time_limit__", TIME_LIMIT))


def release(version: str) -> tuple[int, ...]:
    """The numbers of a version: ``2.14.1+cu130`` is ``(2, 14, 1)``."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    if found is None:
        message = f"{version!r} is no version"
        raise ValueError(message)
    return tuple(map(int, found.group().split(".")))
