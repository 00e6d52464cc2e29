"""What the examples run on, as a record names it. Imports torch."""

from __future__ import annotations

import platform
from dataclasses import dataclass

import torch

from example_docs.errors import ExampleError
from example_docs.records.record import NAMES
from example_docs.verify.pytorch import all_devices

_MACHINES = {"x86_64": "x86-64", "amd64": "x86-64", "aarch64": "arm64"}
_SYSTEMS = {"Darwin": "macOS"}


@dataclass(frozen=True)
class Environment:
    """Versions and device; nothing that tells one machine from another like it.

    Attributes:
        torch: The version of PyTorch, as it names itself.
        python: The version of Python.
        system: ``Linux``, ``macOS`` or ``Windows``.
        kind: The device's kind, such as ``cpu`` or ``cuda``.
        device: The device's name.
    """

    torch: str
    python: str
    system: str
    kind: str
    device: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"torch {self.torch}, Python {self.python}, {self.system}, {self.device}"


def this_environment(kind: str) -> Environment:
    """Where this process runs.

    Args:
        kind: The device's kind, such as ``cpu`` or ``cuda``.

    Raises:
        ExampleError: There is no such device.
    """
    if kind not in all_devices():
        name = NAMES.get(kind, kind)
        message = f"there is no {name} device here; run this on a machine that has one"
        raise ExampleError(message)
    machine = platform.machine()
    machine = _MACHINES.get(machine.lower(), machine)
    names = {
        "cuda": torch.cuda.get_device_name,
        "mps": lambda: f"MPS {machine}",
        "xpu": torch.xpu.get_device_name,
    }
    device = names.get(kind, lambda: f"CPU {machine}")()
    system = platform.system()
    return Environment(
        torch=torch.__version__,
        python=platform.python_version(),
        system=_SYSTEMS.get(system, system),
        kind=kind,
        device=device,
    )
