"""Small libraries of lessons, made for one test."""

from __future__ import annotations

import ast
import importlib
import textwrap
from typing import TYPE_CHECKING

from tests.project import PREPARE

from example_docs.code.library import Library

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = "sample_lessons"


def library_of(root: Path, package: str = PACKAGE, **modules: str) -> Library:
    """Write modules below ``root`` as a package, and open it.

    Args:
        root: An empty folder.
        package: Its name; that of the fixture ``package`` if it is to be imported.
        modules: The text of each module, indented as you like, by its name.
    """
    folder = root / "src" / package
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "__init__.py").touch()
    for name, text in modules.items():
        written = textwrap.dedent(text).lstrip("\n")
        (folder / f"{name}.py").write_text(written, encoding="utf-8", newline="\n")
    importlib.invalidate_caches()
    return Library(root / "src", package, PREPARE)


def bare(statements: list[ast.stmt]) -> str:
    """Statements as a syntax tree without annotations and docstrings, as text."""
    tree = ast.Module(body=statements, type_ignores=[])
    # A copy: the statements belong to the library that read them.
    return ast.dump(_Bare().visit(ast.parse(ast.unparse(tree))))


class _Bare(ast.NodeTransformer):
    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            start = ast.get_docstring(node) is not None
            node.body = node.body[start:] or [ast.Pass()]
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
        if isinstance(node, ast.AnnAssign):
            if node.value is None:
                return ast.Pass()
            return ast.Assign(targets=[node.target], value=node.value)
        return node
