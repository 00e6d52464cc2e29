"""Lessons as text and syntax trees: found, read and named without importing them."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from example_docs.errors import ExampleError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TO_TOOLS = r"#\s*(?:noqa|type:\s*ignore|pragma|pyright|mypy|ruff)\b"
PRAGMA = re.compile(rf"\s*{_TO_TOOLS}.*$")
"""What a comment, or the end of one, says to a tool and not to a reader."""

_MAY_HOLD_PRAGMAS = re.compile(_TO_TOOLS)

KEPT = 128
"""How many modules stay in memory: a syntax tree takes a hundred times its text."""

Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@dataclass(frozen=True)
class Import:
    """One imported name: ``import module``, ``from module import name``, or ``as``."""

    module: str
    name: str | None
    alias: str | None

    @property
    def bound(self) -> str:
        """The name that the import makes available."""
        return self.alias or self.name or self.module.partition(".")[0]

    @property
    def root(self) -> str | None:
        """The package that ``import package.module`` binds; nothing for other forms."""
        plain = self.name is None and self.alias is None
        return self.module.partition(".")[0] if plain else None


@dataclass(frozen=True)
class Module:
    """One module of lessons, read but not imported."""

    name: str
    path: Path
    text: str
    tree: ast.Module = field(repr=False)
    made: dict[tuple[str, str], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What others have made of its examples, by kind and name, to make it once; it
    goes with the module, so that neither old text nor much memory stays."""

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """Functions, classes and constants at the top of the module, by name."""
        found: dict[str, Definition] = {}
        for statement in self.tree.body:
            for name in _names_defined(statement):
                if isinstance(statement, Definition):
                    found[name] = statement
        return found

    @cached_property
    def imports(self) -> dict[str, list[Import]]:
        """What the module imports at its top, by the name that is bound."""
        found: dict[str, list[Import]] = {}
        for statement in self.tree.body:
            for item in imports_of(statement, self.name):
                found.setdefault(item.bound, []).append(item)
        return found

    @cached_property
    def data(self) -> bytes:
        """The text in UTF-8: the unit in which ``ast`` counts columns."""
        return self.text.encode()

    @cached_property
    def line_starts(self) -> list[int]:
        """The byte offset of each line of ``data``."""
        starts = [0]
        for line in self.data.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines, counted as ``ast`` counts them."""
        return self.text.split("\n")

    @cached_property
    def pragmas(self) -> list[tuple[int, int]]:
        """Line, from 1, and column of what comments say to tools."""
        if not _MAY_HOLD_PRAGMAS.search(self.text):
            return []  # tokens cost more than parsing, and nearly no lesson needs them
        return [
            (token.start[0], token.start[1] + match.start())
            for token in tokenize.generate_tokens(io.StringIO(self.text).readline)
            if token.type == tokenize.COMMENT and (match := PRAGMA.search(token.string))
        ]

    @cached_property
    def inside_strings(self) -> frozenset[int]:
        """Lines that begin inside a string of several lines, counted from 1."""
        return frozenset(lines_inside_strings(self.text))

    def offset(self, line: int, column: int) -> int:
        """Where a position of the syntax tree lies in ``data``."""
        return self.line_starts[line - 1] + column

    @property
    def examples(self) -> list[str]:
        """The names of the module's examples, in order."""
        return [
            name
            for name, node in self.definitions.items()
            if isinstance(node, ast.FunctionDef) and is_example(node)
        ]


@dataclass(frozen=True)
class Example:
    """A public function without required parameters, shown on a page."""

    module: Module
    node: ast.FunctionDef

    @property
    def name(self) -> str:
        """The function's name."""
        return self.node.name

    @property
    def full_name(self) -> str:
        """``package.chapter.lesson:function``."""
        return f"{self.module.name}:{self.name}"

    @property
    def anchor(self) -> str:
        """The ``id`` of the example on a page."""
        return self.name.replace("_", "-")

    def error(self, message: str, line: int | None = None) -> ExampleError:
        """An error about this example, at its line or another of its module."""
        return ExampleError(message, self.module.path, line or self.node.lineno)


def is_example(node: ast.FunctionDef) -> bool:
    """Whether a function is public, can be called bare, and has a doctest of itself."""
    if node.name.startswith("_") or required_parameters(node):
        return False
    docstring = ast.get_docstring(node, clean=False) or ""
    return f">>> {node.name}()" in docstring


def required_parameters(node: ast.FunctionDef) -> list[str]:
    """The names of parameters that a call must give."""
    positional = [*node.args.posonlyargs, *node.args.args]
    required = positional[: len(positional) - len(node.args.defaults)]
    keyword = [
        argument
        for argument, default in zip(
            node.args.kwonlyargs, node.args.kw_defaults, strict=True
        )
        if default is None
    ]
    return [argument.arg for argument in [*required, *keyword]]


class Library:
    """All modules of one package, under one source folder.

    Args:
        root: The folder that holds the package, such as ``src``.
        package: The package's name, such as ``torch_by_example``.
    """

    def __init__(self, root: Path, package: str) -> None:
        """Nothing is read before it is asked for."""
        self.root = root
        self.package = package
        self._read: dict[str, tuple[tuple[int, int], Module]] = {}

    def __contains__(self, name: str) -> bool:
        """Whether the package has a module of that full name."""
        return self._belongs(name) and self._path(name).is_file()

    def module(self, name: str) -> Module:
        """Read a module by its full name; again only if its file changed.

        Raises:
            ExampleError: There is no such module, or it does not parse.
        """
        known = self._read.pop(name, None)
        path = self._path(name) if known is None else known[1].path
        try:
            status = path.stat()
        except OSError:
            message = (
                f"there is no module {name!r}; create {path.name} or mend the name"
            )
            raise ExampleError(message + nearest(name, self._module_names())) from None
        stamp = (status.st_mtime_ns, status.st_size)
        if known is None or known[0] != stamp:
            known = (stamp, read_module(name, path))
        self._read[name] = known  # at the end: the first is what waited longest
        if len(self._read) > KEPT:
            del self._read[next(iter(self._read))]
        return known[1]

    def example(self, name: str) -> Example:
        """Find an example by ``chapter.lesson:function``.

        Raises:
            ExampleError: The name is unknown, or the function is no example.
        """
        lesson, _, function = name.partition(":")
        full = f"{self.package}.{lesson}"
        is_known = full in self._read or full in self
        if not lesson or not function or not is_known:
            known = [e.full_name.removeprefix(self.package + ".") for e in self]
            raise ExampleError(f"there is no example {name!r}" + nearest(name, known))
        module = self.module(full)
        node = module.definitions.get(function)
        if not isinstance(node, ast.FunctionDef):
            names = [f"{lesson}:{other}" for other in module.examples]
            raise ExampleError(f"there is no example {name!r}" + nearest(name, names))
        example = Example(module, node)
        required = required_parameters(node)
        if required:
            message = (
                f"{function}() needs the parameter {required[0]!r}, so it cannot be an "
                "example; give it a default"
            )
            raise example.error(message)
        return example

    def __iter__(self) -> Iterator[Example]:
        """Every example of the package, by module and then in the module's order."""
        for module in self.modules():
            yield from self.examples_of(module)

    def examples_of(self, module: Module) -> Iterator[Example]:
        """Every example of a module, in its order."""
        for function in module.examples:
            node = module.definitions[function]
            assert isinstance(node, ast.FunctionDef)  # noqa: S101 - by is_example
            yield Example(module, node)

    def modules(self) -> Iterator[Module]:
        """Every module of the package, by name."""
        return (self.module(name) for name in self._module_names())

    def _module_names(self) -> list[str]:
        base = self.root / self.package
        names = []
        for path in base.rglob("*.py"):
            parts = path.relative_to(self.root).with_suffix("").parts
            names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
        return sorted(names)

    def _belongs(self, name: str) -> bool:
        return name == self.package or name.startswith(self.package + ".")

    def _path(self, name: str) -> Path:
        path = self.root.joinpath(*name.split("."))
        package = path / "__init__.py"
        return package if package.is_file() else path.with_suffix(".py")


def shared_library(root: Path, package: str) -> Library:
    """The same library for all who ask: builders make new extensions for each page."""
    return _shared_library(Path.cwd(), root, package)


@lru_cache(maxsize=4)
def _shared_library(_working_directory: Path, root: Path, package: str) -> Library:
    return Library(root, package)


def read_module(name: str, path: Path) -> Module:
    """Read and parse one module.

    Raises:
        ExampleError: The file is not UTF-8, or not Python.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return Module(name, path, text, ast.parse(text, filename=path.name))
    except UnicodeDecodeError as error:
        raise ExampleError(
            f"not UTF-8 ({error.reason}); save the file as UTF-8", path
        ) from None
    except SyntaxError as error:
        message = f"this is not Python ({error.msg}); mend the syntax"
        raise ExampleError(message, path, error.lineno) from None


def lines_inside_strings(text: str) -> Iterator[int]:
    """Lines of ``text`` that begin inside a string of several lines, counted from 1."""
    yield from _lines_inside(tokenize.generate_tokens(io.StringIO(text).readline))


def _lines_inside(tokens: Iterable[tokenize.TokenInfo]) -> Iterator[int]:
    opened: list[int] = []
    starts = {getattr(tokenize, n, -1) for n in ("FSTRING_START", "TSTRING_START")}
    ends = {getattr(tokenize, n, -1) for n in ("FSTRING_END", "TSTRING_END")}
    for token in tokens:
        if token.type == tokenize.STRING:
            yield from range(token.start[0] + 1, token.end[0] + 1)
        elif token.type in starts:
            opened.append(token.start[0])
        elif token.type in ends:
            yield from range(opened.pop() + 1, token.end[0] + 1)


def _names_defined(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        yield statement.name
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    for target in targets:
        yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def imports_of(statement: ast.stmt, module: str) -> Iterator[Import]:
    """What a statement of a module imports, relative names resolved."""
    if isinstance(statement, ast.Import):
        for item in statement.names:
            yield Import(item.name, None, item.asname)
    elif isinstance(statement, ast.ImportFrom) and statement.module != "__future__":
        base = statement.module or ""
        if statement.level:
            parents = module.split(".")[: -statement.level]
            base = ".".join([*parents, base] if base else parents)
        for item in statement.names:
            yield Import(base, item.name, item.asname)
