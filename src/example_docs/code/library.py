"""Lessons as text and syntax trees: found, read and named without importing them."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError, nearest, relative
from example_docs.marks import OnTorch, on_torch
from example_docs.outputs.expected import Output, read_doctest
from example_docs.settings import FILE, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from example_docs.code.program import Program
    from example_docs.settings import Settings
    from example_docs.verify.verify import Verdict

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


@dataclass(eq=False)
class Example:
    """A public function without required parameters, shown on a page.

    Attributes:
        library: Where its helpers are looked up.
        module: The module that defines it.
        node: Its syntax tree.
    """

    library: Library = field(repr=False)
    module: Module
    node: ast.FunctionDef = field(repr=False)
    _made: Made | None = field(default=None, init=False, repr=False)

    @property
    def name(self) -> str:
        """The function's name."""
        return self.node.name

    @property
    def full_name(self) -> str:
        """``package.chapter.lesson:function``."""
        return f"{self.module.name}:{self.name}"

    @property
    def short_name(self) -> str:
        """``chapter.lesson:function``, as pages and records call it."""
        return self.full_name.removeprefix(f"{self.library.package}.")

    @property
    def anchor(self) -> str:
        """The ``id`` of the example on a page."""
        return self.name.replace("_", "-")

    @property
    def program(self) -> Program:
        """The complete program, as a reader copies it; made anew if a file changed.

        Raises:
            ExampleError: The function cannot stand as a program.
        """
        from example_docs.code.program import make  # noqa: PLC0415 - knows this class

        if self._made is None or not self._made.is_current(self.library):
            self._made = make(self)
        return self._made.program

    @property
    def expected(self) -> Output:
        """What it prints, and the exception it ends in, as its docstring says.

        Raises:
            ExampleError: The docstring does not say it.
        """
        output = self.noted
        if not output.text and _prints(self.node):
            message = (
                f"{self.name}() prints, but its doctest promises nothing; run "
                "'example-docs accept'"
            )
            raise self.error(message)
        return output

    @property
    def noted(self) -> Output:
        """As ``expected``; empty where the doctest still waits for what it prints.

        Raises:
            ExampleError: The docstring has no doctest, or one that calls something
                else.
        """
        docstring = ast.get_docstring(self.node, clean=True) or ""
        try:
            return read_doctest(docstring, f"{self.name}()")
        except ExampleError as error:
            raise self.error(error.message) from None

    @property
    def version_marks(self) -> tuple[OnTorch, ...]:
        """What its decorators say of other versions of PyTorch, read as text.

        Raises:
            ExampleError: A mark is more than a call with texts.
        """
        return tuple(
            self._version_mark(decorator)
            for decorator in self.node.decorator_list
            if isinstance(decorator, ast.Call)
            and isinstance(decorator.func, ast.Name)
            and any(
                item.name == on_torch.__name__ and item.module == on_torch.__module__
                for item in self.module.imports.get(decorator.func.id, [])
            )
        )

    def _version_mark(self, call: ast.Call) -> OnTorch:
        try:
            given = {k.arg or "": ast.literal_eval(k.value) for k in call.keywords}
            return OnTorch(**given)
        except (TypeError, ValueError):
            message = "@on_torch() takes its texts as literals, with their names"
            raise self.error(message, call.lineno) from None

    def run(self, device: str = "cpu") -> Output:
        """Run it on a device, and return what it prints and the exception it ends in.

        Imports the module, and with it all that its programs import.
        """
        from example_docs.verify.prepare import prepare_of  # noqa: PLC0415 - a door
        from example_docs.verify.run import run  # noqa: PLC0415 - as above
        from example_docs.verify.verify import load  # noqa: PLC0415 - as above

        prepare = prepare_of(self.library)
        return run(load(self), device, prepare=prepare)

    def verify(self, device: str = "cpu") -> Verdict:
        """Run it on a device, and hold what it does to what its docstring says."""
        from example_docs.verify.verify import verify  # noqa: PLC0415 - a door

        return verify(self, device)

    def error(self, message: str, line: int | None = None) -> ExampleError:
        """An error about this example, at its line or another of its module."""
        return ExampleError(message, self.module.path, line or self.node.lineno)


@dataclass(frozen=True)
class Made:
    """A program, and what it was made from.

    Attributes:
        program: The program.
        read: The modules in which names were looked up.
    """

    program: Program
    read: tuple[Module, ...]

    def is_current(self, library: Library) -> bool:
        """Whether it would be made the same again."""
        return all(library.module(module.name) is module for module in self.read)


def _prints(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Name)
        and inner.func.id == "print"
        for inner in ast.walk(node)
    )


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
        package: The package's name.
        prepare: What brings a process into a known state before an example runs, as
            ``module:function``; see ``example_docs.verify.prepare``.
    """

    def __init__(self, root: Path, package: str, prepare: str = "") -> None:
        """Nothing is read before it is asked for."""
        self.root = root
        self.package = package
        self.prepare = prepare
        self._read: dict[str, tuple[tuple[int, int], Module]] = {}
        self._examples: dict[str, Example] = {}

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
            oldest, (_, module) = next(iter(self._read.items()))
            del self._read[oldest]
            for function in module.examples:
                self._examples.pop(f"{oldest}:{function}", None)
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
            known = [example.short_name for example in self]
            raise ExampleError(f"there is no example {name!r}" + nearest(name, known))
        return self.example_in(self.module(full), function)

    def example_in(self, module: Module, function: str) -> Example:
        """Find an example of a module.

        Raises:
            ExampleError: The name is unknown, or the function is no example.
        """
        node = module.definitions.get(function)
        if not isinstance(node, ast.FunctionDef):
            lesson = module.name.removeprefix(f"{self.package}.")
            name = f"{lesson}:{function}"
            names = [f"{lesson}:{other}" for other in module.examples]
            raise ExampleError(f"there is no example {name!r}" + nearest(name, names))
        example = self._example(module, node)
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
        for name in self._module_names():
            yield from self.examples_of(self.module(name))

    def examples_of(self, module: Module) -> Iterator[Example]:
        """The examples of one module, in its order."""
        for function in module.examples:
            node = module.definitions[function]
            assert isinstance(node, ast.FunctionDef)  # noqa: S101 - by is_example
            yield self._example(module, node)

    def _example(self, module: Module, node: ast.FunctionDef) -> Example:
        """The same object as long as the module is the same, with all it has made."""
        known = self._examples.get(f"{module.name}:{node.name}")
        if known is None or known.node is not node:
            known = Example(self, module, node)
            self._examples[known.full_name] = known
        return known

    def modules(self) -> Iterator[Module]:
        """Every module of the package, by name."""
        return (self.module(name) for name in self._module_names())

    def _module_names(self) -> list[str]:
        base = self.root / self.package
        names = []
        for path in base.rglob("*.py"):
            if path.name == "__main__.py":
                continue  # the package as a command, and no lesson
            parts = path.relative_to(self.root).with_suffix("").parts
            names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
        return sorted(names)

    def _belongs(self, name: str) -> bool:
        return name == self.package or name.startswith(self.package + ".")

    def _path(self, name: str) -> Path:
        path = self.root.joinpath(*name.split("."))
        package = path / "__init__.py"
        return package if package.is_file() else path.with_suffix(".py")


def shared_library(root: Path, package: str, prepare: str = "") -> Library:
    """The same library for all who ask: builders make new extensions for each page."""
    return _shared_library(Path.cwd(), root, package, prepare)


@lru_cache(maxsize=4)
def _shared_library(_here: Path, root: Path, package: str, prepare: str) -> Library:
    return Library(root, package, prepare)


def open_library(settings: Settings) -> Library:
    """Open the lessons of a project.

    Raises:
        ExampleError: Their package is not there, or has no module.
    """
    folder = settings.source / settings.package
    if next(folder.rglob("*.py"), None) is None:
        what = "module" if folder.is_dir() else "package"
        message = (
            f"there is no {what} in {relative(folder)}; mend 'source' or 'package' of "
            f"[{TABLE}]"
        )
        raise ExampleError(message, settings.root / FILE)
    return shared_library(settings.source, settings.package, settings.prepare)


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
