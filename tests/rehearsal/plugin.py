"""A plugin of pytest that gives the process the stand-in before anything imports torch.

Named with ``-p``, it is there before the first ``conftest.py``, and in the processes of
``-n`` too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.rehearsal.building import Unavailable
from tests.rehearsal.loading import load

if TYPE_CHECKING:
    from collections.abc import Iterator

try:
    load()
except Unavailable as reason:
    pytest.exit(f"no rehearsal: {reason}", returncode=1)

import torch

CALLS = "operators called"


def pytest_report_header() -> str:
    """Say where the examples run."""
    return f"torch {torch.__version__} on {torch.cuda.get_device_name()!r}"


@pytest.fixture(autouse=True)
def working_device() -> Iterator[None]:
    """Undo what a test did to the device: on CUDA, its process would have to end."""
    yield
    torch.ops.standin.heal()
    torch.ops.standin.events()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many examples computed anything there; the others prove nothing."""
    counts = [
        value
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == CALLS
    ]
    if counts:
        computed = sum(count > 0 for count in counts)
        terminalreporter.write_line(
            f"{computed} of {len(counts)} examples computed on the stand-in"
        )
