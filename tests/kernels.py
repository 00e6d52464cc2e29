"""Run notebooks as readers do, without the project."""

from __future__ import annotations

import contextlib
import os
import tempfile
from typing import TYPE_CHECKING

from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

SECONDS = 300
"""How long a cell may run."""


@contextlib.contextmanager
def kernel(notebook: NotebookNode) -> Iterator[NotebookClient]:
    """Start an isolated kernel of the running interpreter in an empty folder."""
    client = NotebookClient(notebook, timeout=SECONDS, kernel_name="python3")
    manager = client.create_kernel_manager()
    # No folders: the one kernel left is that of the running interpreter.
    manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[])
    with tempfile.TemporaryDirectory() as folder:
        manager.connection_file = os.path.join(folder, "kernel.json")  # noqa: PTH118
        if os.name == "posix":
            manager.transport = "ipc"  # sockets that only this user can reach
        environment = {**os.environ, "IPYTHONDIR": folder}
        environment.pop("MPLBACKEND", None)
        with client.setup_kernel(env=environment, cwd=folder):
            yield client
