from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.project import ROOT
from tests.rehearsal import building
from tests.rehearsal.building import Torch, Unavailable, library, operators_file

if TYPE_CHECKING:
    from pathlib import Path


def torch_that_says(folder: Path, **facts: str | None) -> Torch:
    lines = [f"{name} = {value!r}" for name, value in facts.items()]
    (folder / "version.py").write_text("\n".join(lines))
    return Torch(folder)


def rehearse(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the rehearsal in a process of its own: it cannot be undone."""
    command = [sys.executable, "-m", "tests.rehearsal", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"__version__": "2.13.0+cpu", "cuda": None}, None),
        ({"__version__": "2.13.0", "cuda": None}, None),
        (
            {"__version__": "2.14.1+cpu", "cuda": None},
            "the stand-in is for PyTorch 2.13.0, not 2.14.1",
        ),
        (
            {"__version__": "2.13.0+cu130", "cuda": "13.0"},
            "PyTorch 2.13.0+cu130 is built with a device of its own",
        ),
    ],
)
def test_another_pytorch_is_a_reason_to_skip(
    tmp_path: Path, facts: dict[str, str | None], reason: str | None
) -> None:
    assert torch_that_says(tmp_path, **facts).reason_against() == reason


def test_no_compiler_is_a_reason_to_skip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CXX", "no-such-compiler")
    monkeypatch.setattr(sys, "platform", "linux")
    torch = torch_that_says(tmp_path, __version__="2.13.0", cuda=None)
    with pytest.raises(Unavailable, match="there is no C\\+\\+ compiler"):
        library(torch, tmp_path / "cache")


def test_the_library_is_kept_until_its_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "standin.cpp").write_text("1")
    (tmp_path / "compiler").write_text(
        '#!/bin/sh\nwhile [ "$1" != -o ]; do shift; done\necho made >> "$2"\n'
    )
    (tmp_path / "compiler").chmod(0o755)
    monkeypatch.setenv("CXX", str(tmp_path / "compiler"))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(building, "SOURCE", source)
    torch = torch_that_says(tmp_path, __version__="2.13.0", cuda=None)
    first = library(torch, tmp_path / "cache")
    assert library(torch, tmp_path / "cache") == first
    assert first.read_text() == "made\n"
    (source / "standin.cpp").write_text("2")
    second = library(torch, tmp_path / "cache")
    assert second != first
    assert [path.name for path in first.parent.iterdir()] == [second.name]


@pytest.mark.size("all")
def test_examples_keep_to_their_device() -> None:
    try:
        operators_file()
        library()
    except Unavailable as reason:
        pytest.skip(f"no rehearsal: {reason}")
    done = rehearse()
    assert done.returncode == 0, done.stdout + done.stderr
