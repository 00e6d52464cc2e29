"""Put another definition in the place of a loaded one, for a while.

The code of functions is exchanged inside the function objects, so that whoever
imported them, a test for instance, meets the new code.
"""

from __future__ import annotations
import __future__

import ast
import contextlib
import copy
import importlib
import sys
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from example_docs.code.library import Definition, Module

_PARTS = ("__code__", "__defaults__", "__kwdefaults__")


@contextlib.contextmanager
def replaced(module: Module, name: str, node: Definition) -> Iterator[None]:
    """Let ``node`` be what ``name`` is defined as, until the end of the block.

    Args:
        module: The module of the definition; it is imported.
        name: The function, class or constant.
        node: Its new definition.

    Raises:
        SyntaxError: The new definition does not compile.
        Exception: Whatever defining it raises.
    """
    loaded = importlib.import_module(module.name)
    changes = contextlib.ExitStack()
    with changes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            namespace = dict(vars(loaded))
            _execute(module, [node], namespace)
            if not _transplanted(getattr(loaded, name), namespace[name], changes):
                _rebind(module, name, namespace[name], changes)
        else:
            _replace_constants(module, loaded, name, node, changes)
        yield


def _execute(module: Module, body: list[ast.stmt], namespace: dict[str, Any]) -> None:
    flags = 0
    if "annotations" in {item.name for item in _future(module)}:
        flags = __future__.annotations.compiler_flag
    tree = ast.Module(body=body, type_ignores=[])
    code = compile(tree, str(module.path), "exec", flags=flags, dont_inherit=True)
    exec(code, namespace)  # noqa: S102 - a lesson's own code, changed


def _future(module: Module) -> Iterator[ast.alias]:
    for statement in module.tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            yield from statement.names


def _transplanted(old: object, new: object, changes: contextlib.ExitStack) -> bool:
    """Give an object what another one is made of; whether that could be done."""
    if isinstance(old, FunctionType) and isinstance(new, FunctionType):
        if hasattr(old, "__wrapped__"):
            return False  # its code is that of its decorator
        if old.__code__.co_freevars != new.__code__.co_freevars:
            return False
        for part in _PARTS:
            changes.callback(setattr, old, part, getattr(old, part))
            setattr(old, part, getattr(new, part))
        return True
    if isinstance(old, type) and isinstance(new, type):
        return all(
            _transplanted_member(old, name, vars(old).get(name), value, changes)
            for name, value in vars(new).items()
        )
    return False


def _transplanted_member(
    owner: type, name: str, old: object, new: object, changes: contextlib.ExitStack
) -> bool:
    if isinstance(new, staticmethod | classmethod):
        if not isinstance(old, staticmethod | classmethod):
            return False
        return _transplanted(old.__func__, new.__func__, changes)
    if isinstance(new, FunctionType):
        return _transplanted(old, new, changes)
    if not name.startswith("__") and type(new) in {int, float, str, bool, tuple}:
        changes.callback(setattr, owner, name, old)
        setattr(owner, name, new)
    return True


def _replace_constants(
    module: Module,
    loaded: ModuleType,
    name: str,
    node: Definition,
    changes: contextlib.ExitStack,
) -> None:
    """Define a constant anew, and those that are made from it."""
    old = module.definitions[name]
    tree = copy.deepcopy(module.tree, {id(old): node})
    namespace: dict[str, Any] = {"__name__": module.name, "__file__": loaded.__file__}
    _execute(module, tree.body, namespace)
    for other, definition in module.definitions.items():
        if not isinstance(definition, ast.FunctionDef | ast.ClassDef):
            _rebind(module, other, namespace[other], changes)


def _rebind(
    module: Module, name: str, new: object, changes: contextlib.ExitStack
) -> None:
    """Exchange an object wherever the package has it under its name."""
    old = getattr(sys.modules[module.name], name)
    package = module.name.partition(".")[0]
    for other, loaded in list(sys.modules.items()):
        if other.partition(".")[0] == package and vars(loaded).get(name) is old:
            changes.callback(setattr, loaded, name, old)
            setattr(loaded, name, new)
