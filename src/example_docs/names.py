"""The names that code uses and assigns, by syntax tree and symbol table."""

from __future__ import annotations

import ast
import copy
import symtable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example_docs.source import Definition, Module

MARKS = "example_docs.marks"
"""Decorators imported from here only mark, and do not reach the reader."""


@dataclass(frozen=True)
class Names:
    """What code uses from outside, and what it assigns."""

    used: frozenset[str]
    assigned: frozenset[str]


def used_by_statements(statements: list[ast.stmt]) -> Names:
    """The names that statements use from outside, and those they assign."""
    stripped = [_without_annotations(statement) for statement in statements]
    text = ast.unparse(ast.Module(body=stripped, type_ignores=[]))
    table = symtable.symtable(text, "<program>", "exec")
    assigned = {
        s.get_name()
        for s in table.get_symbols()
        if s.is_assigned() or s.is_imported() or s.is_namespace()
    }
    used = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    for inner in _tables_below(table):
        used |= {s.get_name() for s in inner.get_symbols() if s.is_global()}
    return Names(used=frozenset(used - assigned), assigned=frozenset(assigned))


def _tables_below(
    table: symtable.SymbolTable,
) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _tables_below(child)


@lru_cache(maxsize=4096)
def used_by_definition(node: Definition, module: Module) -> frozenset[str]:
    """The names that a definition of a module uses, without itself."""
    bare = copy.deepcopy(node)
    if isinstance(bare, ast.FunctionDef | ast.ClassDef):
        bare.decorator_list = [
            d for d in bare.decorator_list if not only_marks(d, module)
        ]
    return used_by_statements([bare]).used


def _without_annotations(statement: ast.stmt) -> ast.stmt:
    """A copy without the annotations, which alone never make a program import."""
    bare: ast.stmt = _Unannotate().visit(copy.deepcopy(statement))
    return ast.fix_missing_locations(bare)


class _Unannotate(ast.NodeTransformer):
    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        self.generic_visit(node)
        return node

    def visit_AsyncFunctionDef(
        self, node: ast.AsyncFunctionDef
    ) -> ast.AsyncFunctionDef:
        node.returns = None
        self.generic_visit(node)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        fields = fields_of(node)
        node.body = [
            child if child in fields else self.visit(child) for child in node.body
        ]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        self.generic_visit(node)
        if node.value is None:
            return ast.Pass()
        return ast.Assign(targets=[node.target], value=node.value)


def fields_of(node: ast.AST) -> list[ast.stmt]:
    """The annotated names of a class: in a dataclass the annotation makes the field."""
    if not isinstance(node, ast.ClassDef):
        return []
    return [child for child in node.body if isinstance(child, ast.AnnAssign)]


def only_marks(decorator: ast.expr, module: Module) -> bool:
    """Whether a decorator says something to tests only."""
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    if not isinstance(target, ast.Name):
        return False
    return any(item.module == MARKS for item in module.imports.get(target.id, []))
