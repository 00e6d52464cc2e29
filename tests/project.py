"""The project itself: its folder and its lessons, as tests read them."""

from __future__ import annotations

from pathlib import Path

from example_docs.code.library import Library

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "torch_by_example"
PREPARE = "example_docs.verify.pytorch:prepare"
LIBRARY = Library(ROOT / "src", PACKAGE, PREPARE)
LANGUAGES = ("en", "zh")


def configure(root: Path, package: str = PACKAGE) -> None:
    """Write a ``pyproject.toml`` that says where things are, as in this project."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table = text.partition("[tool.example-docs]")[2].partition("\n[tool.setuptools")[0]
    table = table.replace(PACKAGE, package)
    (root / "pyproject.toml").write_text(f"[tool.example-docs]{table}", "utf-8")


def pages(language: str) -> list[str]:
    """The paths of a language's pages, with ``/``."""
    docs = ROOT / "docs" / language
    return sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
