"""What brings a process into a known state before an example runs.

A project names a hook of its own in ``[tool.example-docs]``:

    prepare = "my_tools.testing:prepare"

It is called with a device and a seed, and returns a context in which the example
runs: seeds, print options, whatever outputs depend on. Without one, Python's own
generator is seeded, and there is no device but the CPU.
"""

from __future__ import annotations

import contextlib
import random
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager


class Prepare(Protocol):
    """A hook."""

    def __call__(self, device: str, seed: int) -> AbstractContextManager[object]:
        """Return the context in which an example runs on a device."""


@contextlib.contextmanager
def plain(device: str = "cpu", seed: int = 0) -> Iterator[None]:
    """Seed Python's own generator.

    Raises:
        ExampleError: The device is not the CPU.
    """
    if device != "cpu":
        message = (
            f"there is no device {device!r} without a 'prepare' hook that knows it"
        )
        raise ExampleError(message)
    random.seed(seed)
    yield


@lru_cache(maxsize=8)
def prepare_of(name: str) -> Prepare:
    """Import a hook by ``module:function``; that of Python for no name.

    Raises:
        ExampleError: It cannot be imported.
    """
    if not name:
        return plain
    module, _, function = name.partition(":")
    try:
        hook: Prepare = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        message = f"the 'prepare' hook {name!r} cannot be imported ({error})"
        raise ExampleError(message) from None
    return hook
