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
import sys
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from example_docs.code.library import Library


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


def make_importable(library: Library) -> None:
    """Let lessons be imported from where they lie, if they are not installed."""
    if find_spec(library.package) is None:
        sys.path.insert(0, str(library.root.absolute()))


def prepare_of(library: Library) -> Prepare:
    """Import the hook that lessons ask for; that of Python if they ask for none.

    Raises:
        ExampleError: It cannot be imported.
    """
    make_importable(library)  # the hook may lie beside them
    return _hook(library.prepare)


@lru_cache(maxsize=8)
def _hook(name: str) -> Prepare:
    if not name:
        return plain
    module, _, function = name.partition(":")
    try:
        hook: Prepare = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        message = f"the 'prepare' hook {name!r} cannot be imported ({error})"
        raise ExampleError(message) from None
    return hook
