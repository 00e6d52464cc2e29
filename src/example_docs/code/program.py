"""From a function to the complete program that a reader copies, by syntax tree.

The program holds the imports it needs, the helpers it uses in dependency order,
the parameters' defaults as assignments, and the function's body. It runs in a
fresh interpreter in which nothing of this project is installed.
"""

from __future__ import annotations

import ast
import builtins
import sys
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from example_docs.code.extract import (
    body_text,
    definition_text,
    parameter_text,
    parameters_of,
    statements_of,
)
from example_docs.code.library import Made, imports_of
from example_docs.code.names import (
    MARKS,
    parts_of,
    used_by_body,
    used_by_definition,
    used_by_statements,
)
from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from example_docs.code.library import (
        Definition,
        Example,
        Import,
        Library,
        Module,
    )


_BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True)
class Piece:
    """A named part of a program: an import line or a helper."""

    name: str
    text: str
    is_block: bool = False


@dataclass(frozen=True)
class Program:
    """A complete program in its parts.

    Attributes:
        imports: One line each, in the order of a well-kept file.
        helpers: Constants, functions and classes, each after those it uses.
        body: Parameters as assignments, then the body of the function.
    """

    imports: tuple[Piece, ...]
    helpers: tuple[Piece, ...]
    body: str

    @cached_property
    def text(self) -> str:
        """The program as one file, ending in a newline."""
        return assemble(self.imports, self.helpers, self.body)


def assemble(imports: Iterable[Piece], helpers: Iterable[Piece], body: str) -> str:
    """Lay out the parts as a formatted file would: groups, blank lines, body."""
    helpers = tuple(helpers)
    text = _layout_imports(tuple(imports))
    for index, helper in enumerate(helpers):
        after_block = helper.is_block or (index > 0 and helpers[index - 1].is_block)
        if text:
            text += "\n\n" if after_block else "\n" if index == 0 else ""
        text += helper.text + "\n"
    if body:
        if text:
            text += "\n\n" if helpers and helpers[-1].is_block else "\n"
        text += body + "\n"
    return text


def make(example: Example) -> Made:
    """Make the complete program of an example.

    Raises:
        ExampleError: The function cannot stand as a program: a name it uses cannot
            be found, its locals would hide a helper, or it returns.
    """
    builder = _Builder(example.library)
    program = _built(builder, example)
    return Made(program, (example.module, *builder.read.values()))


def _built(builder: _Builder, example: Example) -> Program:
    _check_can_stand_alone(example)
    for statement in example.node.body:
        _check_imports_inside(statement, example.module, builder.library.package)
    statements = statements_of(example.node)
    parameters = parameters_of(example.node)
    names = used_by_body(parameters, statements, example.module)
    # A default is evaluated outside: what it names is never a local of the body.
    used = names.used
    if parameters:
        used |= used_by_statements([ast.Expr(item.value) for item in parameters]).used
    for name in sorted(used):
        builder.need(name, example.module, example.node)
    builder.check_not_hidden(names.assigned, example)
    lines = [parameter_text(example.module, parameter) for parameter in parameters]
    body = body_text(example.module, example.node, builder.known_names())
    return Program(
        imports=builder.import_pieces(),
        helpers=builder.helper_pieces(),
        body="\n".join(lines) + ("\n\n" if lines and body else "") + _spaced(body),
    )


def _spaced(text: str) -> str:
    r"""End each block of a script with an empty line: at Python's prompt, that runs it.

    >>> _spaced("for i in range(2):\n    print(i)\nprint(2)")
    'for i in range(2):\n    print(i)\n\nprint(2)'
    """
    lines = text.split("\n")
    # From the last one, so that the numbers of those above stay right.
    for statement in reversed(ast.parse(text).body):
        end = statement.end_lineno or 0
        while any(lines[end : end + 1]) and lines[end][0].isspace():
            end += 1  # a comment below the block, and part of it
        if hasattr(statement, "body") and any(lines[end : end + 1]):
            lines.insert(end, "")
    return "\n".join(lines)


@dataclass(frozen=True)
class _Helper:
    """A definition that a program needs, and the names that it uses itself."""

    name: str
    module: Module
    node: Definition
    uses: frozenset[str]


@dataclass
class _Builder:
    """Collects what a program needs."""

    library: Library
    imports: dict[str, Import] = field(default_factory=dict)
    helpers: dict[str, _Helper] = field(default_factory=dict)
    read: dict[str, Module] = field(default_factory=dict)

    def _module(self, name: str) -> Module:
        self.read[name] = self.library.module(name)
        return self.read[name]

    def need(self, name: str, module: Module, user: ast.stmt) -> None:
        """Take up a name that code of ``module`` uses.

        Raises:
            ExampleError: The name is neither defined, imported nor built in.
        """
        if name in module.definitions:
            self._take_helper(name, module, user)
        elif name in module.imports:
            for item in module.imports[name]:
                self._take_import(item, module, user)
        elif name not in _BUILTINS:
            message = f"the name {name!r} is not defined here; define or import it"
            raise ExampleError(message, module.path, user.lineno)

    def _take_helper(self, name: str, module: Module, user: ast.stmt) -> None:
        node = module.definitions[name]
        known = self.helpers.get(name)
        if known is None:
            _check_imports_inside(node, module, self.library.package)
            uses = used_by_definition(node, module)
            self.helpers[name] = _Helper(name, module, node, uses)
            for used in sorted(uses):
                self.need(used, module, node)
        elif known.node is not node:
            message = (
                f"two helpers are called {name!r}, here and in {known.module.name}; "
                "rename one, a program can hold only one"
            )
            raise ExampleError(message, module.path, user.lineno)

    def _take_import(self, item: Import, module: Module, user: ast.stmt) -> None:
        if item.module == MARKS:
            message = f"{item.bound!r} only marks examples; remove it from the code"
            raise ExampleError(message, module.path, user.lineno)
        package = self.library.package
        if item.module != package and not item.module.startswith(package + "."):
            self._check_one_meaning(item, module, user)
            self.imports[_import_line(item)] = item
            return
        if item.name is None or item.alias is not None:
            message = (
                f"{item.bound!r} is a module or an alias of {package}; a program needs "
                f"the function itself: from {item.module} import NAME"
            )
            raise ExampleError(message, module.path, user.lineno)
        other = self._module(item.module)
        if item.name not in other.definitions and item.name not in other.imports:
            message = f"{item.module} does not define {item.name!r}; mend the import"
            raise ExampleError(message, module.path, user.lineno)
        self.need(item.name, other, user)

    def _check_one_meaning(self, item: Import, module: Module, user: ast.stmt) -> None:
        for other in self.imports.values():
            # ``import torch`` and ``import torch.nn`` bind the same module.
            same = item.root is not None and item.root == other.root
            if other.bound == item.bound and other != item and not same:
                message = (
                    f"{item.bound!r} means {_import_line(item)!r} here and "
                    f"{_import_line(other)!r} in another helper; import it alike"
                )
                raise ExampleError(message, module.path, user.lineno)

    def known_names(self) -> frozenset[str]:
        """Every name that the program defines or imports, or that is built in."""
        imported = {item.bound for item in self.imports.values()}
        return _BUILTINS.union(imported, self.helpers)

    def check_not_hidden(self, assigned: frozenset[str], example: Example) -> None:
        """In a program the body's names are global: they must not hide a helper's.

        Raises:
            ExampleError: One of them does; or a helper is called like an import.
        """
        imported = {item.bound for item in self.imports.values()}
        needed = {*self.helpers, *imported}
        for helper in self.helpers.values():
            needed |= helper.uses
            if helper.name in imported:
                message = (
                    f"{helper.name!r} is a helper and an import; rename the helper"
                )
                raise ExampleError(message, helper.module.path, helper.node.lineno)
        if assigned & needed:
            message = (
                f"{example.name}() assigns {min(assigned & needed)!r}, which is also "
                "the name of something its program needs; rename the local name"
            )
            raise example.error(message)

    def import_pieces(self) -> tuple[Piece, ...]:
        """The import statements, one line a module, as a well-kept file has them."""
        plain = sorted(line for line, item in self.imports.items() if item.name is None)
        pieces = [Piece(_root(self.imports[line].module), line) for line in plain]
        names: dict[str, set[str]] = {}
        for item in self.imports.values():
            if item.name is not None:
                names.setdefault(item.module, set()).add(_imported_name(item))
        pieces += [
            Piece(
                _root(module),
                f"from {module} import {', '.join(sorted(names[module]))}",
            )
            for module in sorted(names)
        ]
        return tuple(
            sorted(pieces, key=lambda p: p.name not in sys.stdlib_module_names)
        )

    def helper_pieces(self) -> tuple[Piece, ...]:
        """The helpers' texts, each after those it uses."""
        known = self.known_names() - frozenset(self.helpers)
        pieces: list[Piece] = []
        seen: set[int] = set()
        for helper in self._ordered():
            if id(helper.node) not in seen:  # ``A, B = 1, 2`` is there for both names
                seen.add(id(helper.node))
                text = definition_text(helper.module, helper.node, known)
                is_block = _is_block(helper.node)
                pieces.append(Piece(helper.name, text, is_block=is_block))
            # An annotation is evaluated: it may name only what stands above it.
            known |= {helper.name}
        return tuple(pieces)

    def _ordered(self) -> Iterator[_Helper]:
        """Helpers after all that they use, those of a cycle as Python runs the modules.

        In the modules' own order each definition finds what it evaluates, so the first
        that waits is always a right choice.
        """
        modules = list(self._modules_as_run())
        waiting = sorted(
            self.helpers.values(),
            key=lambda h: (modules.index(h.module), h.node.lineno),
        )
        while waiting:
            names = {helper.name for helper in waiting}
            ready = (h for h in waiting if not self._used_below(h) & names - {h.name})
            chosen = next(ready, waiting[0])
            waiting.remove(chosen)
            yield chosen

    def _used_below(self, helper: _Helper) -> set[str]:
        """The helpers that a helper uses, and those that they use in turn."""
        found: set[str] = set()
        pending = [helper]
        while pending:
            new = pending.pop().uses & self.helpers.keys() - found
            found |= new
            pending += [self.helpers[name] for name in new]
        return found

    def _modules_as_run(self) -> Iterator[Module]:
        """The helpers' modules in the order in which importing them runs them."""
        modules = {h.module.name: h.module for h in self.helpers.values()}
        if len(modules) <= 1:
            yield from modules.values()
            return
        done: set[str] = set()

        def run(name: str) -> Iterator[Module]:
            if name in done or name not in self.library:
                return
            done.add(name)
            for items in self._module(name).imports.values():
                for item in items:
                    yield from run(item.module)
            if name in modules:
                yield modules[name]

        for name in modules:
            yield from run(name)


def _is_block(node: Definition) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef)


def _root(module: str) -> str:
    return module.partition(".")[0]


def _imported_name(item: Import) -> str:
    return f"{item.name} as {item.alias}" if item.alias else str(item.name)


def _import_line(item: Import) -> str:
    if item.name is not None:
        return f"from {item.module} import {_imported_name(item)}"
    return f"import {item.module}" + (f" as {item.alias}" if item.alias else "")


def _layout_imports(imports: tuple[Piece, ...]) -> str:
    text = ""
    for index, piece in enumerate(imports):
        standard = piece.name in sys.stdlib_module_names
        if index and standard != (imports[index - 1].name in sys.stdlib_module_names):
            text += "\n"
        text += piece.text + "\n"
    return text


_ONLY_IN_FUNCTIONS = {
    ast.Return: "return",
    ast.Yield: "yield",
    ast.YieldFrom: "yield",
    ast.Await: "await",
    ast.Global: "global",
    ast.Nonlocal: "nonlocal",
}


def _check_can_stand_alone(example: Example) -> None:
    parts = (part for statement in example.node.body for part in parts_of(statement))
    if _ONLY_IN_FUNCTIONS.keys().isdisjoint(map(type, parts)):
        return  # nearly always; what follows looks at scopes, which takes longer
    for node in _walk_own_scope(*example.node.body):
        kind = _ONLY_IN_FUNCTIONS.get(type(node))
        if isinstance(node, ast.FunctionDef):
            # Its ``nonlocal`` would mean a name of the body, which becomes global.
            inner = _walk_own_scope(*node.body)
            kind = (
                "nonlocal" if any(isinstance(n, ast.Nonlocal) for n in inner) else None
            )
        if kind:
            message = (
                f"{example.name}() contains {kind!r}, which a program cannot; print "
                "the value, or move the code into a helper"
            )
            raise example.error(message, getattr(node, "lineno", None))


def _check_imports_inside(node: ast.AST, module: Module, package: str) -> None:
    """Only at its top may a module import what readers do not have."""
    for inner in parts_of(node):
        if not isinstance(inner, ast.Import | ast.ImportFrom):
            continue
        roots = {
            item.module.partition(".")[0] for item in imports_of(inner, module.name)
        }
        if roots & {package, MARKS.partition(".")[0]}:
            message = (
                "readers do not have this module; import it at the top of the file"
            )
            raise ExampleError(message, module.path, inner.lineno)


def _walk_own_scope(*nodes: ast.AST) -> Iterator[ast.AST]:
    scopes = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
    for node in nodes:
        yield node
        if not isinstance(node, scopes):
            yield from _walk_own_scope(*ast.iter_child_nodes(node))
