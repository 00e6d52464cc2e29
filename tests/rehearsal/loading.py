"""Load the stand-in into this process; PyTorch sees a CUDA device from then on.

It cannot be undone, and it has to come before the first ``import torch``: PyTorch asks
for the hooks of CUDA while it is imported, and keeps them.
"""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING, Any

from tests.rehearsal.building import Unavailable, library, operators_file

from example_docs.records.record import STAND_IN

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN_KERNELS = frozenset(
    {
        "empty.memory_format",
        "empty_strided",
        "set_",
        "set_.source_Storage",
        "set_.source_Storage_storage_offset",
        "set_.source_Tensor",
    }
)
"""The operators that the stand-in computes itself; all others the CPU does for it."""


def load() -> None:
    """Make the stand-in the CUDA device of this process.

    Raises:
        Unavailable: It cannot be had here, or PyTorch has been imported already.
    """
    if "torch" in sys.modules:
        raise Unavailable("PyTorch was imported before the stand-in")
    kernels = operators()
    ctypes.CDLL(str(library()))
    import torch  # noqa: PLC0415 - see above

    _dress(torch)
    standin = torch.ops.standin
    standin.check_devices_of(sorted(n for n, checked in kernels.items() if checked))
    # The fused _foreach_ operators are optional: PyTorch loops where there are none.
    routed = {name for name in kernels if not name.startswith("_foreach_")}
    standin.route(sorted(routed - OWN_KERNELS | {"copy_"}))


def operators() -> Mapping[str, bool]:
    """Read which operators have a kernel for CUDA, and which of those check devices.

    Returns:
        By name, as in ``native_functions.yaml``: whether all tensors among the
        arguments have to be on one device.
    """
    path = operators_file()
    import yaml  # noqa: PLC0415 - not everywhere installed

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # a fifth of the time
    entries = yaml.load(path.read_bytes(), Loader=loader)  # noqa: S506 - both are safe
    named = {entry["func"].partition("(")[0]: entry for entry in entries}
    found = {}
    for name, entry in named.items():
        delegate = named[entry.get("structured_delegate", name)]
        if "CUDA" in _keys(delegate):
            check = entry.get("device_check") or delegate.get("device_check")
            found[name] = check != "NoCheck"
    return found


def _keys(entry: Mapping[str, Any]) -> set[str]:
    """The dispatch keys of an operator; one line may name several."""
    return {
        key.strip() for keys in entry.get("dispatch", {}) for key in keys.split(",")
    }


def _dress(torch: Any) -> None:  # noqa: ANN401 - what is replaced is private
    """Give ``torch.cuda`` what a build without CUDA leaves out."""
    functions = {
        "_cuda_getDeviceCount": 1,
        "_cuda_getDevice": 0,
        "_cuda_setDevice": None,
        "_cuda_exchangeDevice": 0,
        "_cuda_maybeExchangeDevice": 0,
        "_cuda_synchronize": None,
        "_cuda_isInBadFork": False,
        "_cuda_init": None,
        "_cuda_getArchFlags": "sm_90",
        "_cuda_isCurrentStreamCapturing": False,
        "_cuda_getCurrentRawStream": 0,
    }
    for name, value in functions.items():
        setattr(torch._C, name, _constant(value))  # noqa: SLF001 - see above
    torch._C._has_cuda = True  # noqa: SLF001 - see above
    cuda = torch.cuda
    cuda._initialized = True  # noqa: SLF001 - see above
    cuda._exchange_device = _constant(0)  # noqa: SLF001 - see above
    cuda._maybe_exchange_device = _constant(0)  # noqa: SLF001 - see above
    cuda.is_current_stream_capturing = _constant(value=False)
    cuda.device_count = _constant(1)
    cuda.get_device_name = _constant(f"{STAND_IN} for CUDA in host memory")
    cuda.get_device_capability = _constant((9, 0))
    cuda.default_generators = (torch.ops.standin.default_generator(),)
    torch.UntypedStorage.__new__ = _storages_of(torch, torch.UntypedStorage.__new__)


def _constant(value: object) -> Any:  # noqa: ANN401 - takes and returns anything
    return lambda *_, **__: value


def _storages_of(torch: Any, original: Any) -> Any:  # noqa: ANN401 - private to torch
    """Make storages on the device too, which ``torch.load`` asks for."""

    def new(cls: type, *arguments: Any, device: Any = None, **named: Any) -> Any:  # noqa: ANN401 - as above
        if device is not None and torch.device(device).type == "cuda":
            size = arguments[0] if arguments and isinstance(arguments[0], int) else 0
            made = torch.empty(size, dtype=torch.uint8, device="cuda")
            return made.untyped_storage()
        if device is not None:
            named["device"] = device
        return original(cls, *arguments, **named)

    return new
