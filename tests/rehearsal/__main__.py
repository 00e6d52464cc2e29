"""Rehearse the examples on the stand-in for CUDA: ``python -m tests.rehearsal``.

What follows is for pytest, such as ``-n auto`` or ``-k create``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

PARTS = ("probes", "mistakes", "marks", "examples")
"""The parts, modules of this folder, that only make sense on the stand-in."""

if __name__ == "__main__":
    folder = Path(__file__).parent
    paths = [str(folder / f"{part}.py") for part in PARTS]
    sys.exit(pytest.main(["-p", "tests.rehearsal.plugin", *paths, *sys.argv[1:]]))
