"""Live editing: a saved lesson or translation removes the pages that show it."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from tests.small_book import make_book

from example_docs.hooks import live

if TYPE_CHECKING:
    from collections.abc import Callable

MODULE = Path("src/torch_by_example/basics/sums.py")
CATALOGUE = Path("docs/zh/code.po")
PAGE = "basics/sums/index.html"


@pytest.fixture
def rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """Build the Chinese pages once; after that, what a change asks for."""
    make_book(tmp_path, monkeypatch)
    shutil.copy(str(live.__file__), tmp_path / "live.py")

    def run() -> str:
        config = load_config("mkdocs.zh.yml", hooks=["live.py"])
        config.plugins.on_startup(command="serve", dirty=True)
        build(config, dirty=True)
        return Path("site", PAGE).read_text(encoding="utf-8")

    run()
    return run


def save(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    later = time.time() + 2
    os.utime(path, (later, later))


def test_a_saved_lesson_is_shown(rebuilt: Callable[[], str]) -> None:
    save(MODULE, "torch.tensor([1, 2]).prod()", "torch.tensor([2, 1]).prod()")
    assert "torch.tensor([2, 1]).prod()" in rebuilt()


def test_a_saved_translation_is_shown(rebuilt: Callable[[], str]) -> None:
    save(CATALOGUE, "两个都是整数。", "两个数都是整数。")
    assert "两个数都是整数。" in rebuilt()


def test_what_nothing_changes_is_left_alone(rebuilt: Callable[[], str]) -> None:
    before = Path("site", PAGE).stat().st_mtime_ns
    rebuilt()
    assert Path("site", PAGE).stat().st_mtime_ns == before
