"""The ``prepare`` hook for PyTorch and NumPy, and the devices that there are."""

from __future__ import annotations

import contextlib
import functools
import random
from typing import TYPE_CHECKING

import numpy as np
import torch

if TYPE_CHECKING:
    from collections.abc import Iterator


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


@contextlib.contextmanager
def prepare(device: str = "cpu", seed: int = 0) -> Iterator[None]:
    """Set fresh seeds, print options and defaults; make new tensors on a device."""
    warm_up(device)
    _reset()
    torch.manual_seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - examples may show the legacy generator
    random.seed(seed)
    always = torch.is_warn_always_enabled()
    torch.set_warn_always(True)
    try:
        with np.printoptions(), _default_device(device):
            yield
    finally:
        torch.set_warn_always(always)
        torch.set_default_device(None)
        _reset()


def _reset() -> None:
    torch.set_printoptions(profile="default")
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)


@functools.cache
def warm_up(device: str) -> None:
    """Run one backward pass on a device, once for each process.

    The thread in which CUDA runs backward passes has no context until it launches a
    kernel. If its first one is a product of matrices, cuBLAS finds none, and PyTorch
    warns: that would fail whichever example happens to be the first.
    """
    if device.startswith("cuda"):
        torch.ones(1, device=device, requires_grad=True).exp().backward()


def _default_device(device: str) -> contextlib.AbstractContextManager[object]:
    return contextlib.nullcontext() if device == "cpu" else torch.device(device)
