"""A page as a notebook: its prose and its examples, and the code that they need.

The notebook runs as it is downloaded: the functions that its cells call stand in its
second code cell, and the first one installs the packages that are missing.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

from example_docs.code.library import imports_of
from example_docs.code.program import Piece, Program, assemble
from example_docs.errors import ExampleError
from example_docs.languages.words import words_of
from example_docs.pages.inline import unbound, without_attributes
from example_docs.pages.links import Link, in_markdown
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from example_docs.code.library import Example
    from example_docs.downloads.markdown import Edition
    from example_docs.pages.directives import Directive

DISTRIBUTIONS = {
    "matplotlib": "matplotlib",
    "numpy": "numpy",
    "sklearn": "scikit-learn",
    "torch": "torch",
}
"""What readers install for what a program imports."""

Kind = Literal["prose", "install", "setup", "example"]

_ADMONITION = re.compile(
    r'^(?P<indent> *)(?:!!!|\?\?\?\+?) +(?P<kind>[\w-]+)(?: +"(?P<title>.*)")? *$'
)
_EMPTY_ENDS = re.compile(r"\A(?:>?\n)+|(?:\n>?)+\Z")
_SECTION = re.compile(r"^#{2,6} ")


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook.

    Attributes:
        kind: What it is for.
        source: Its text: Markdown as on the page, or code.
        line: The line of the page where it begins, counted from 1.
        directive: The line that names the example, if it is one.
        example: The example.
        program: Its complete program.
    """

    kind: Kind
    source: str
    line: int
    directive: Directive | None = None
    example: Example | None = None
    program: Program | None = None


def is_lab(text: str) -> bool:
    """Whether a page says in its front matter that it is a lab."""
    return Page(text).fields.get("lab") is True


def labs(docs: Path) -> list[str]:
    """The labs among the pages of a language, by their paths within it."""
    return sorted(
        path.relative_to(docs).as_posix()
        for path in docs.rglob("*.md")
        if is_lab(path.read_text(encoding="utf-8"))
    )


def cells_of(edition: Edition, page: str, language: str) -> list[Cell]:
    """The cells of a page: its prose line by line, its examples, what they need.

    Raises:
        ExampleError: A line names no example, or the examples cannot share a kernel.
    """
    text = Page.read(edition.docs / page)
    named = {line.number: line.directive for line in text.directives}
    examples = [_example(edition, named[number], number) for number in sorted(named)]
    programs = [cell.program for cell in examples if cell.program is not None]
    shared = combined(programs)
    for cell in examples:
        _check_hides_nothing(cell, shared)
    prose = list(_prose(text, named))
    first = prose[0].line if prose else 0
    words = words_of(language, "notebook")
    install = Cell("install", _install(programs, words["install"]), first)
    setup = Cell("setup", f"# {words['setup']}\n{shared.text}".rstrip("\n"), first)
    later = sorted([*prose[1:], *examples], key=lambda cell: cell.line)
    return [*prose[:1], install, setup, *later]


def lesson_cells(edition: Edition, page: str, language: str) -> list[Cell]:
    """The cells of a lesson: its prose, and its examples as programs one after another.

    Each example is the complete program of its page, without what an earlier cell has
    left in the kernel already: so a notebook run from top to bottom runs every program.

    Raises:
        ExampleError: A line names no example, or an example is no program.
    """
    text = Page.read(edition.docs / page)
    named = {line.number: line.directive for line in text.directives}
    examples = [_example(edition, named[number], number) for number in sorted(named)]
    programs = [cell.program for cell in examples if cell.program is not None]
    prose = list(_prose(text, named, quoted(text.text)))
    code = _install(programs, words_of(language, "notebook")["install"])
    install = [Cell("install", code, 1)] if code else []
    later = sorted([*prose[1:], *_continued(examples)], key=lambda cell: cell.line)
    return [*prose[:1], *install, *later]


def quoted(text: str) -> list[str]:
    """The lines of a page with its admonitions as quotations, which Jupyter knows."""
    page = Page(text)
    lines = list(page.lines)
    margin: str | None = None
    for index, line in enumerate(lines):
        opening = None if index + 1 in page.fenced else _ADMONITION.match(line)
        if opening:
            margin = opening["indent"] + "    "
            title = (opening["title"] or opening["kind"].title()).replace('\\"', '"')
            lines[index] = f"> **{title}**  "  # a line of its own
        elif margin is not None and line.startswith(margin):
            lines[index] = f"> {line.removeprefix(margin)}"
        elif margin is not None and not line.strip():
            rest = next(filter(str.strip, lines[index:]), "")
            lines[index] = ">" if rest.startswith(margin) else ""
        else:
            margin = None
    return lines


def code_of(cells: Iterable[Cell]) -> list[Cell]:
    """The cells that a build runs; what they import is installed there."""
    return [cell for cell in cells if cell.kind in {"setup", "example"}]


def combined(programs: Sequence[Program]) -> Program:
    """The imports and helpers of several programs, each once.

    Raises:
        ExampleError: Two helpers have the same name.
    """
    helpers: dict[str, Piece] = {}
    for program in programs:
        for piece in program.helpers:
            if helpers.setdefault(piece.name, piece).text != piece.text:
                message = (
                    f"two functions are called {piece.name!r}, and a notebook can have "
                    "one; rename one, or leave one example out"
                )
                raise ExampleError(message)
    pieces = (piece.text for program in programs for piece in program.imports)
    lines = _merged(dict.fromkeys(pieces))
    imports = tuple(Piece(line.split()[1].partition(".")[0], line) for line in lines)
    return Program(imports, tuple(helpers.values()), "")


def for_readers(prose: str, address: str, *, is_index: bool = False) -> str:
    """Prose as a notebook shows it: no anchors, links that lead to the site.

    Args:
        prose: Markdown as on the page.
        address: Where the page is published; links are only words without it.
        is_index: Whether the page is the index of its folder.
    """

    def linked(link: Link) -> str | None:
        if link.kind == "image":
            return link.address
        if not address:
            return None
        # The page of a file lies in a folder of its own, that of an index does not.
        target = re.sub(r"(^|/)index\.md(?=$|#)", r"\1", link.address)
        target = re.sub(r"\.md(?=$|#)", "/", target)
        is_here = is_index or target.startswith("#")
        base = address if is_here else f"{address}../"
        return urljoin(base, target or ".")

    plain = without_attributes(unbound(prose))
    return _EMPTY_ENDS.sub("", in_markdown(plain, linked))


def _example(edition: Edition, directive: Directive, line: int) -> Cell:
    example = edition.library.example(directive.name)
    program = edition.program(directive.name)
    return Cell("example", program.body, line, directive, example, program)


def _continued(examples: Iterable[Cell]) -> Iterator[Cell]:
    """Each program without the imports and helpers that the kernel holds by then."""
    held: dict[str, frozenset[str]] = {}

    def lacks(piece: Piece) -> bool:
        lacked = piece.text not in held
        names = _bound(piece)
        for text in [text for text, bound in held.items() if bound & names]:
            if not _is_import(text) or not _is_import(piece.text):
                del held[text]
        held[piece.text] = names
        return lacked

    for cell in examples:
        if cell.program is None:
            continue
        imports = [piece for piece in cell.program.imports if lacks(piece)]
        helpers = [piece for piece in cell.program.helpers if lacks(piece)]
        given = _given(cell.program.body)
        for text in [text for text, bound in held.items() if bound & given]:
            del held[text]
        source = assemble(imports, helpers, cell.program.body).rstrip("\n")
        yield replace(cell, source=source)


def _is_import(text: str) -> bool:
    return text.startswith(("import ", "from "))


def _bound(piece: Piece) -> frozenset[str]:
    """The names that an import or a helper puts into the kernel."""
    if not _is_import(piece.text):
        return frozenset({piece.name})
    statement = ast.parse(piece.text).body[0]
    return frozenset(item.bound for item in imports_of(statement, ""))


def _prose(
    page: Page, named: dict[int, Directive], lines: list[str] | None = None
) -> Iterator[Cell]:
    """The lines between the examples, cut before each section as well."""
    lines = page.lines if lines is None else lines
    start = page.head + 1
    while start <= len(lines) and not lines[start - 1].strip():
        start += 1
    for number in range(start, len(lines) + 2):
        ends = number > len(lines) or number in named
        is_prose = not ends and number not in page.fenced
        begins = is_prose and _SECTION.match(lines[number - 1])
        if (ends or begins) and number > start:
            source = "".join(f"{line}\n" for line in lines[start - 1 : number - 1])
            yield Cell("prose", source, start)
        if ends or begins:
            start = number + 1 if ends else number


def _install(programs: Iterable[Program], comment: str) -> str:
    roots = set[str]()
    for node in (n for p in programs for n in ast.walk(ast.parse(p.text))):
        if isinstance(node, ast.Import):
            roots |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            roots.add(node.module.partition(".")[0])
    needed = sorted(roots & DISTRIBUTIONS.keys())
    if not needed:
        return ""
    condition = " and ".join(f"find_spec({name!r})" for name in needed).replace(
        "'", '"'
    )
    packages = " ".join(DISTRIBUTIONS[name] for name in needed)
    return (
        f"# {comment}\n"
        "from importlib.util import find_spec\n\n"
        f"if not ({condition}):\n"
        f"    %pip install --quiet {packages}"
    )


def _merged(lines: Iterable[str]) -> list[str]:
    """Import lines with those of one module as one, in the order of a kept file."""
    plain: list[str] = []
    names: dict[str, set[str]] = {}
    for line in lines:
        for item in imports_of(ast.parse(line).body[0], ""):
            if item.name is None:
                plain.append(line)
            else:
                alias = f" as {item.alias}" if item.alias else ""
                names.setdefault(item.module, set()).add(item.name + alias)
    chosen = [
        f"from {module} import {', '.join(sorted(names[module]))}"
        for module in sorted(names)
    ]
    return [*sorted(set(plain)), *chosen]


def _check_hides_nothing(cell: Cell, shared: Program) -> None:
    """A cell's names stay in the kernel: none may be that of a function."""
    taken = {piece.name for piece in shared.helpers}
    for piece in shared.imports:
        taken |= {item.bound for item in imports_of(ast.parse(piece.text).body[0], "")}
    given = _given(cell.source)
    if given & taken and cell.example is not None:
        name = cell.example.name
        message = (
            f"{name}() assigns {min(given & taken)!r}, which other cells of the "
            "notebook need as it is; rename the local name"
        )
        raise cell.example.error(message)


def _given(source: str) -> set[str]:
    """The names that code may give another value."""
    given = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            given.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler):
            given.add(node.name or "")
        elif isinstance(node, ast.alias):
            given.add(node.asname or node.name.partition(".")[0])
    return given
