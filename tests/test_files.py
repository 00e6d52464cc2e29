from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from example_docs.files import write

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    write(path, "张量\nb\n")
    assert path.read_bytes() == "张量\nb\n".encode()


def test_the_permissions_of_a_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "run"
    path.write_text("old")
    path.chmod(0o755)
    write(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o755


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write(path, "half\udc80")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
