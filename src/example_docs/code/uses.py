"""Find which names of a library a program uses, by syntax tree."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


OTHERS = "<others>"
"""Stands for what another library made, and for all that is reached from it."""
LIST = "<list>"
"""Stands for a list. What is in it may be anything."""


def names_used(program: str, root: str) -> dict[str, int]:
    """Return the names of a library that a program uses, each with its first line.

    A function or class is named in full (``torch.nn.Linear``), whatever it was
    imported as; a method or attribute of an object by its name alone (``.reshape``);
    a keyword of a call of either by itself (``dim=``). Whose method it is cannot be
    known from the text: what is made by another library, such as the axes of
    Matplotlib, is left out as far as its assignment shows it, and so are methods of
    lists. Annotations are left out: nothing of them runs.

    Args:
        program: A complete program.
        root: The name of the library's package, such as ``torch``.
    """
    tree = ast.parse(program)
    bound = dict(_imports(tree))
    bound |= dict.fromkeys(_made_by_others(tree, bound, root), OTHERS)
    bound |= dict.fromkeys(_lists(tree) - bound.keys(), LIST)
    found: dict[str, int] = {}
    inner = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    skipped = {id(part) for note in _annotations(tree) for part in ast.walk(note)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if id(node) in inner and _full_name(node, bound) is not None:
            continue  # torch.nn of torch.nn.Linear
        for name in _names(node, bound, root):
            line = getattr(node, "lineno", 1)
            found[name] = min(line, found.get(name, line))
    return found


def _imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each name that an import binds, and what it stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    yield alias.asname, alias.name
                else:
                    root = alias.name.partition(".")[0]
                    yield root, root
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _annotations(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield the types that arguments, results and variables are said to have."""
    for node in ast.walk(tree):
        match node:
            case ast.arg(annotation=ast.expr() as note):
                yield note
            case ast.AnnAssign(annotation=note):
                yield note
            case ast.FunctionDef(returns=ast.expr() as note):
                yield note


def _made_by_others(tree: ast.AST, bound: dict[str, str], root: str) -> set[str]:
    """Return the variables that hold what a function of another library returned."""
    others = {
        name
        for name, full in bound.items()
        if full != root and not full.startswith(f"{root}.")
    }
    modules = frozenset(others)
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[target], value=value):
                pass
            case ast.For(target=target, iter=value):
                pass
            case ast.withitem(optional_vars=ast.expr() as target, context_expr=value):
                pass
            case _:
                continue
        if _owner(value) in others:
            others |= {
                part.id for part in ast.walk(target) if isinstance(part, ast.Name)
            }
    return others - modules


def _lists(tree: ast.AST) -> set[str]:
    """Return the variables that hold a list wherever they are assigned."""
    lists: set[str] = set()
    made = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            for variable, value in _pairs(target, node.value):
                if isinstance(value, ast.List | ast.ListComp):
                    lists.add(variable.id)
                    made.add(id(variable))
    others = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Store)
        and id(node) not in made
    }
    others |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return lists - others


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.Name, ast.expr]]:
    """Yield each variable of an assignment with what is assigned to it."""
    match target, value:
        case ast.Name(), _:
            yield target, value
        case ast.Tuple(elts=targets), ast.Tuple(elts=values):
            for part, made in zip(targets, values, strict=False):
                yield from _pairs(part, made)


def _owner(node: ast.expr) -> str | None:
    """Return the name at the beginning of ``a.b(…).c[…]``; of ``zip(a, …)``, ``a``."""
    while True:
        match node:
            case ast.Call(
                func=ast.Name(id="zip" | "enumerate" | "iter" | "next"),
                args=[first, *_],
            ):
                node = first
            case ast.Call(func=inner) | ast.Attribute(value=inner):
                node = inner
            case ast.Subscript(value=inner):
                node = inner
            case ast.Name(id=name):
                return name
            case _:
                return None


def _names(node: ast.AST, bound: dict[str, str], root: str) -> Iterator[str]:
    if isinstance(node, ast.Name | ast.Attribute):
        full = _full_name(node, bound)
        if full is None:
            if isinstance(node, ast.Attribute) and not _of_others(node, bound, root):
                yield f".{node.attr}"
        elif full.startswith(f"{root}."):
            yield full
    elif isinstance(node, ast.Call):
        full = _full_name(node.func, bound)
        own = isinstance(node.func, ast.Name) and full is None
        own = own or (full is None and _of_others(node.func, bound, root))
        if not own and (full is None or full.startswith(f"{root}.")):
            for keyword in node.keywords:
                if keyword.arg:
                    yield f"{keyword.arg}="


def _of_others(node: ast.expr, bound: dict[str, str], root: str) -> bool:
    """Whether a chain such as ``inspect.signature(f).parameters`` begins elsewhere."""
    full = bound.get(_owner(node) or "", LIST)
    return full not in {LIST, root} and not full.startswith(f"{root}.")


def _full_name(node: ast.AST, bound: dict[str, str]) -> str | None:
    """Return what an imported name with its attributes stands for; else ``None``."""
    if isinstance(node, ast.Name):
        return bound.get(node.id)
    if isinstance(node, ast.Attribute):
        inner = _full_name(node.value, bound)
        return None if inner is None else f"{inner}.{node.attr}"
    return None
