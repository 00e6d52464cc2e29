"""Rules of start/install."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch.torch_version import TorchVersion

if TYPE_CHECKING:
    from collections.abc import Callable

versions = st.tuples(st.integers(1, 3), st.integers(0, 20), st.integers(0, 3))


def text(version: tuple[int, ...]) -> str:
    """Return a version as it is written: ``2.11.0``."""
    return ".".join(str(number) for number in version)


@rule(one=versions, two=versions, build=st.sampled_from(["", "+cpu", "+cu130"]))
def torch_version_compares_by_numbers(
    one: tuple[int, ...], two: tuple[int, ...], build: str
) -> None:
    assert isinstance(torch.__version__, TorchVersion)
    version = TorchVersion(text(one) + build)
    assert (version > text(two)) == (one > two or (one == two and bool(build)))
    at_least = bool(version >= two[:2])  # type: ignore[operator]  # typed as a str
    assert at_least == (one[:2] >= two[:2])


@torch_version_compares_by_numbers.false("it compares as text does")
def _(one: tuple[int, ...], two: tuple[int, ...], build: str) -> None:
    assert (TorchVersion(text(one) + build) > text(two)) == (text(one) > text(two))


def last_line_of(program: str, name: str) -> str:
    """Run a program that lies beside an empty ``torch.py``, or is that file.

    Returns:
        The last line it prints, output or error.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "torch.py").touch()
        Path(folder, name).write_text(program, encoding="utf-8")
        result = subprocess.run(
            [sys.executable, name],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    return (result.stdout + result.stderr).splitlines()[-1]


@rule(
    cases=6,
    asked=st.sampled_from(["zeros", "tensor", "nn", "float32"]),
    name=st.sampled_from(["torch.py", "first.py"]),
)
def file_called_torch_hides_the_package(asked: str, name: str) -> None:
    said = last_line_of(f"import torch\nprint(torch.{asked})\n", name)
    assert said.startswith("AttributeError: ")
    assert f"module 'torch' has no attribute '{asked}'" in said
    if name == "torch.py":
        renaming = sys.version_info >= (3, 13)
        assert ("consider renaming" if renaming else "circular import") in said


@file_called_torch_hides_the_package.false("an installed package is found first")
def _(asked: str, name: str) -> None:
    said = last_line_of(f"import torch\nprint(torch.{asked})\n", name)
    assert "no attribute" not in said


@file_called_torch_hides_the_package.false("only the program called torch.py fails")
def _(asked: str, name: str) -> None:
    said = last_line_of(f"import torch\nprint(torch.{asked})\n", name)
    assert ("no attribute" in said) == (name == "torch.py")


factories = st.sampled_from([torch.zeros, torch.ones, torch.empty, torch.rand])


@rule(size=st.integers(0, 3), make=factories)
def only_builds_without_cuda_say_not_compiled(
    size: int, make: Callable[..., torch.Tensor]
) -> None:
    said = ""
    try:
        make(size, device="cuda")
    except (AssertionError, RuntimeError) as error:
        said = str(error)
    without = not torch.backends.cuda.is_built()
    assert (said == "Torch not compiled with CUDA enabled") == without
    assert torch.cuda.is_available() or said


@only_builds_without_cuda_say_not_compiled.false("without CUDA the CPU steps in")
def _(size: int, make: Callable[..., torch.Tensor]) -> None:
    try:
        device = make(size, device="cuda").device.type
    except (AssertionError, RuntimeError) as error:
        device = str(error)
    assert device == "cpu"
