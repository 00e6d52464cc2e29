"""Compile the stand-in, once for each PyTorch and each change of its source."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.project import ROOT

SOURCE = Path(__file__).parent / "standin"
CACHE = ROOT / ".cache" / "rehearsal"

RELEASES = ("2.13.0",)
"""The releases of PyTorch on which the stand-in was tried.

It is compiled against C++ headers that PyTorch does not promise to keep.
"""

FLAGS = ("-std=c++20", "-O1", "-fPIC", "-shared", "-Wall")


class Unavailable(Exception):  # noqa: N818 - a reason to skip, no error
    """There can be no stand-in here, for the reason that it gives."""


@dataclass(frozen=True)
class Torch:
    """The installed PyTorch, looked at without importing it.

    Attributes:
        folder: Where it is installed.
    """

    folder: Path

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What it says of itself in ``torch/version.py``."""
        return runpy.run_path(str(self.folder / "version.py"))

    @property
    def version(self) -> str:
        """Its version with the name of its build, as ``2.13.0+cpu``."""
        return str(self.facts["__version__"])

    def reason_against(self) -> str | None:
        """Why no stand-in can be had for it, or ``None``."""
        release = self.version.partition("+")[0]
        if release not in RELEASES:
            return f"the stand-in is for PyTorch {', '.join(RELEASES)}, not {release}"
        if self.facts.get("cuda") or self.facts.get("hip"):
            return f"PyTorch {self.version} is built with a device of its own"
        return None


def installed() -> Torch:
    """Find the PyTorch that ``import torch`` would take."""
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None:
        raise Unavailable("PyTorch is not installed")
    return Torch(Path(spec.origin).parent)


def operators_file() -> Path:
    """Find the list of PyTorch's operators, which it comes with, and what reads it."""
    if importlib.util.find_spec("yaml") is None:
        raise Unavailable("PyYAML is not installed")
    native = "torchgen/packaged/ATen/native/native_functions.yaml"
    return installed().folder.parent / native


def compiler() -> str:
    """Find the C++ compiler: that of ``CXX``, or ``g++``."""
    name = os.environ.get("CXX", "g++")
    found = shutil.which(name)
    if found is None:
        raise Unavailable(f"there is no C++ compiler {name!r}")
    return found


def library(torch: Torch | None = None, cache: Path = CACHE) -> Path:
    """Return the compiled stand-in, compiling it if it is not in the cache.

    Args:
        torch: The PyTorch for which it is compiled; the installed one by default.
        cache: The folder in which it is kept.

    Raises:
        Unavailable: There is no compiler, or no stand-in for this PyTorch.
        subprocess.CalledProcessError: The compiler failed.
    """
    torch = torch or installed()
    if sys.platform != "linux":
        raise Unavailable(f"the stand-in is for Linux, not {sys.platform}")
    reason = torch.reason_against()
    if reason is not None:
        raise Unavailable(reason)
    path = cache / f"{torch.version}-{_hash(torch)}.so"
    if not path.exists():
        _compile(compiler(), torch, path)
        for other in cache.glob(f"{torch.version}-*.so"):
            if other != path:
                other.unlink(missing_ok=True)
    return path


def _hash(torch: Torch) -> str:
    """What the library is made from, as ten digits."""
    digest = hashlib.sha256(repr((FLAGS, str(torch.folder))).encode())
    for path in sorted(SOURCE.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def _compile(command: str, torch: Torch, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two processes may compile at once; each moves a whole file into place.
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / path.name
        include, libraries = torch.folder / "include", torch.folder / "lib"
        # Headers of PyTorch give warnings that are not ours to mend.
        headers = ("-isystem", include, "-isystem", include / "torch/csrc/api/include")
        linked = (f"-L{libraries}", "-ltorch_cpu", "-lc10", f"-Wl,-rpath,{libraries}")
        subprocess.run(
            [command, *FLAGS, *headers, SOURCE / "standin.cpp", "-o", made, *linked],
            check=True,
        )
        made.replace(path)
