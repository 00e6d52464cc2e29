"""The names that code uses and assigns, by syntax tree and symbol table."""

from __future__ import annotations

import ast
import copy
import symtable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from example_docs.code.library import Definition, Module

MARKS = "example_docs.marks"
"""Decorators imported from here only mark, and do not reach the reader."""

_PLACED = ast.stmt | ast.expr


@dataclass(frozen=True)
class Names:
    """What code uses from outside, and what it assigns."""

    used: frozenset[str]
    assigned: frozenset[str]


def used_by_statements(statements: Iterable[ast.stmt]) -> Names:
    """The names that statements use from outside, and those they assign."""
    module = ast.Module(body=list(statements), type_ignores=[])
    text = ast.unparse(module)
    if any(map(annotation_of, ast.walk(module))):
        # Annotations alone never make a program import. They are taken out of a tree
        # of our own: to read the text again is faster than to copy the other one.
        bare = _Unannotate().visit(ast.parse(text))
        text = ast.unparse(ast.fix_missing_locations(bare))
    return _used_by_text(text)


def used_by_body(
    parameters: Sequence[ast.stmt], statements: Sequence[ast.stmt], module: Module
) -> Names:
    """The same for parameters, as assignments, and a body as it stands in a module."""
    if not statements:
        return used_by_statements(parameters)
    first = min(
        part.lineno for part in parts_of(statements[0]) if isinstance(part, _PLACED)
    )
    start = module.line_starts[first - 1]
    indent = module.data[start : start + statements[0].col_offset]
    is_annotated = any(
        annotation_of(part) for item in statements for part in parts_of(item)
    )
    if is_annotated or indent.strip():  # a body may share the line of its ``def``
        return used_by_statements([*parameters, *statements])
    # The author's own lines, indented as they are: making the text anew from the
    # syntax tree took as long as all the rest.
    end = module.line_starts[statements[-1].end_lineno or first]
    body = module.data[start:end].decode()
    above = "".join(f"{ast.unparse(parameter)}\n" for parameter in parameters)
    return _used_by_text(f"{above}if True:\n{body}" if indent else above + body)


def _used_by_text(text: str) -> Names:
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


@lru_cache(maxsize=512)  # as many keep their modules in memory
def used_by_definition(node: Definition, module: Module) -> frozenset[str]:
    """The names that a definition of a module uses, without itself."""
    if any(only_marks(d, module) for d in getattr(node, "decorator_list", [])):
        node = copy.copy(node)
        assert isinstance(node, ast.FunctionDef | ast.ClassDef)  # noqa: S101 - decorated
        node.decorator_list = [
            d for d in node.decorator_list if not only_marks(d, module)
        ]
    return used_by_statements([node]).used


@lru_cache(maxsize=1024)
def parts_of(node: ast.AST) -> tuple[ast.AST, ...]:
    """A syntax tree node by node, outer ones first: one walk serves every question.

    Whether a name is loaded or stored, a node of its own at each, is none of them.
    """
    found: list[ast.AST] = [node]
    for part in found:  # it grows meanwhile; ast.walk takes half as long again
        for name in part._fields:
            value = getattr(part, name, None)
            if isinstance(value, list):
                found += [item for item in value if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                found.append(value)
    return tuple(found)


def annotation_of(node: ast.AST) -> ast.expr | None:
    """The annotation that a parameter, an assignment or a function carries."""
    if isinstance(node, ast.arg | ast.AnnAssign):
        return node.annotation
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return node.returns
    return None


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
