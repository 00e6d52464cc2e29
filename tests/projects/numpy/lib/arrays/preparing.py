"""What comes before each example."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def prepare(device: str, seed: int) -> Iterator[None]:
    """Print two decimals, and start the generator anew."""
    assert device == "cpu"
    np.random.seed(seed)
    with np.printoptions(precision=2):
        yield
