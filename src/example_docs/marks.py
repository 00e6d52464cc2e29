"""Decorators that say, next to an example, what cannot be the same on CUDA.

They change nothing about the function and never reach the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., object]")


@dataclass(frozen=True)
class OnCuda:
    """What an example does when the default device is a CUDA device.

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
    mark = getattr(function, "__on_cuda__", OnCuda())
    assert isinstance(mark, OnCuda)  # noqa: S101 - narrows the type of an attribute
    return mark
