"""Cut the text of a body or a helper out of a module, as a reader shall see it.

Docstrings, marks, pragmas and annotations that would need an import of their own are
taken out; comments, blank lines and the content of strings stay as they are.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from example_docs.code.names import annotation_of, fields_of, only_marks, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from example_docs.code.library import Definition, Module

WIDTH = 79
"""How long a line of a program may be, so that a phone can show it."""

_SPLIT_HEADER = re.compile(
    r"^(?P<start>[ \t]*(?:async )?def \w+\()\n[ \t]+(?P<arguments>[^\n#]+?),?\n"
    r"[ \t]*(?P<end>\)[^\n#]*:)$",
    re.MULTILINE,
)

_SEVERAL_LINES = re.compile(r"\"{3}|'{3}|\\\n")
"""What stands in every string of several lines; few bodies hold one."""

Edit = tuple[int, int, bytes]
"""Replace the bytes from a start to an end of a module's ``data``."""


def statements_of(node: ast.FunctionDef) -> list[ast.stmt]:
    """The body without its docstring."""
    has_docstring = ast.get_docstring(node, clean=False) is not None
    return node.body[1:] if has_docstring else node.body


def parameters_of(node: ast.FunctionDef) -> list[ast.Assign]:
    """The parameters with a default, as assignments."""
    positional = [*node.args.posonlyargs, *node.args.args]
    with_default = positional[len(positional) - len(node.args.defaults) :]
    pairs = [
        *zip(with_default, node.args.defaults, strict=True),
        *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True),
    ]
    return [
        ast.fix_missing_locations(
            ast.Assign(targets=[ast.Name(argument.arg, ast.Store())], value=value)
        )
        for argument, value in pairs
        if value is not None
    ]


def parameter_text(module: Module, parameter: ast.Assign) -> str:
    """The assignment as the author would write it, if the default is on one line."""
    value = parameter.value
    if value.lineno != value.end_lineno:
        return ast.unparse(parameter)
    line = module.line_starts[value.lineno - 1]
    start, end = line + value.col_offset, line + (value.end_col_offset or 0)
    written = module.data[start:end].decode()
    return f"{ast.unparse(parameter.targets[0])} = {written}"


def body_text(module: Module, node: ast.FunctionDef, known: frozenset[str]) -> str:
    """The text of a function's body as a script, its comments included."""
    statements = statements_of(node)
    if not statements:
        return ""
    edits = [
        edit for statement in statements for edit in _edits(module, statement, known)
    ]
    first = statements[0]
    above = node.body[0].end_lineno if statements is not node.body else None
    header_end = above or _header_end(node)
    first_line = _first_line(first)
    start = module.offset(first_line, first.col_offset)
    prefix = module.data[module.line_starts[first_line - 1] : start]
    if prefix.strip():
        # The body stands on the line of the ``def`` or of the docstring.
        end = module.offset(node.end_lineno or first.lineno, node.end_col_offset or 0)
        return _cut(module, start, end, edits).strip()
    first_line = _with_comments_above(module, first_line, header_end)
    last_line = _with_comments_below(
        module, node.end_lineno or first.lineno, prefix.decode()
    )
    return _cut_lines(module, first_line, last_line, prefix.decode(), edits)


def _first_line(node: ast.stmt) -> int:
    """The line of a statement, or of its first decorator."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _header_end(node: ast.FunctionDef) -> int:
    parts = [node.lineno]
    parts += [
        a.end_lineno or 0
        for a in ast.walk(node.args)
        if isinstance(a, ast.expr | ast.arg)
    ]
    if node.returns is not None:
        parts.append(node.returns.end_lineno or 0)
    return max(parts)


def definition_text(module: Module, node: Definition, known: frozenset[str]) -> str:
    """The text of a helper; annotations may name only what is known."""
    # Many programs use a helper, and nearly all know the same of its annotations.
    return _definition_text(module, node, known & _names_in_annotations(node))


@lru_cache(maxsize=512)
def _names_in_annotations(node: Definition) -> frozenset[str]:
    annotations = filter(None, map(annotation_of, parts_of(node)))
    return frozenset(name for part in annotations for name in _names_in(part))


@lru_cache(maxsize=512)
def _definition_text(module: Module, node: Definition, known: frozenset[str]) -> str:
    edits = _edits(module, node, known)
    for decorator in getattr(node, "decorator_list", []):
        if only_marks(decorator, module):
            edits.append(_whole_lines(module, decorator.lineno, decorator.end_lineno))
    first_line = _with_comments_above(module, _first_line(node), 0)
    text = _cut_lines(module, first_line, node.end_lineno or node.lineno, "", edits)
    return _closed_up(text) if edits else text


def _closed_up(text: str) -> str:
    """Put a header on one line again that was split for annotations now gone."""

    def joined(match: re.Match[str]) -> str:
        line = match["start"] + match["arguments"] + match["end"]
        return line if len(line) <= WIDTH else match[0]

    closed = _SPLIT_HEADER.sub(joined, text)
    if closed == text:
        return text
    same = ast.dump(ast.parse(closed)) == ast.dump(ast.parse(text))
    return closed if same else text


def _edits(module: Module, node: ast.stmt, known: frozenset[str]) -> list[Edit]:
    """What to take out of a statement before a reader sees it."""
    return [
        *_docstring_edits(module, node),
        *_annotation_edits(module, node, known),
    ]


def _whole_lines(module: Module, first: int, last: int | None) -> Edit:
    return (
        module.line_starts[first - 1],
        module.line_starts[last or first],
        b"",
    )


def _docstring_edits(module: Module, node: ast.stmt) -> Iterator[Edit]:
    for inner in parts_of(node):
        if not isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if ast.get_docstring(inner, clean=False) is None:
            continue
        docstring = inner.body[0]
        start = module.offset(docstring.lineno, docstring.col_offset)
        end_line = docstring.end_lineno or docstring.lineno
        end = module.offset(end_line, docstring.end_col_offset or 0)
        if len(inner.body) == 1:
            yield (start, end, b"pass")
            continue
        following = inner.body[1]
        if following.lineno == end_line:
            yield (
                start,
                module.offset(following.lineno, following.col_offset),
                b"",
            )
            continue
        lines = module.lines
        while end_line < len(lines) and not lines[end_line].strip():
            end_line += 1
        if module.data[module.line_starts[docstring.lineno - 1] : start].strip():
            yield (start, end, b"pass")
        else:
            yield _whole_lines(module, docstring.lineno, end_line)


def _annotation_edits(
    module: Module, statement: ast.stmt, known: frozenset[str]
) -> Iterator[Edit]:
    """Remove the annotations for which alone the program would have to import."""
    parts = parts_of(statement)
    fields = [f for inner in parts for f in fields_of(inner)]
    for node in parts:
        annotation = annotation_of(node)
        if annotation is None or _names_in(annotation) <= known or node in fields:
            continue
        end = module.offset(annotation.end_lineno or 0, annotation.end_col_offset or 0)
        if isinstance(node, ast.arg):
            start = module.offset(node.lineno, node.col_offset) + len(node.arg.encode())
            yield _without_annotation(module, start, end)
        elif isinstance(node, ast.AnnAssign):
            yield _annotated_assignment(module, node, end)
        else:
            before = module.offset(annotation.lineno, annotation.col_offset)
            start = module.data.rindex(b"->", 0, before)
            start -= len(module.data[:start]) - len(module.data[:start].rstrip())
            yield (start, end, b"")


def _without_annotation(module: Module, start: int, end: int) -> Edit:
    """``x: T = 1`` becomes ``x=1``; ``x: T`` becomes ``x``."""
    default = re.match(rb"\s*=\s*", module.data[end:])
    if default:
        return (start, end + default.end(), b"=")
    return (start, end, b"")


def _annotated_assignment(module: Module, node: ast.AnnAssign, end: int) -> Edit:
    if node.value is None:
        return (module.offset(node.lineno, node.col_offset), end, b"pass")
    start = module.offset(node.target.end_lineno or 0, node.target.end_col_offset or 0)
    return (start, end, b"")


def _names_in(annotation: ast.expr) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            # A quoted annotation names things as well.
            names.update(re.findall(r"[^\W\d]\w*", node.value))
    return names


def _with_comments_above(module: Module, line: int, bound: int) -> int:
    """The first line of the comments above ``line``, with blank lines in a body."""
    while line - 1 > bound and (
        module.lines[line - 2].lstrip().startswith("#")
        or (bound and not module.lines[line - 2].strip())
    ):
        line -= 1
    return line


def _with_comments_below(module: Module, line: int, indent: str) -> int:
    """The last line of the comments that still belong to a body."""
    last = line
    for number, text in enumerate(module.lines[line:], start=line + 1):
        is_inside = text.startswith(indent) and text.lstrip().startswith("#")
        if text.strip() and not is_inside:
            break
        if text.strip():
            last = number
    return last


def _cut(module: Module, start: int, end: int, edits: Iterable[Edit]) -> str:
    """The bytes from ``start`` to ``end``, with the edits that lie within them."""
    text = b""
    for first, last, replacement in sorted([*edits, *_pragma_edits(module)]):
        if start <= first and last <= end:
            text += module.data[start:first] + replacement
            start = last
    return (text + module.data[start:end]).decode()


def _cut_lines(
    module: Module, first: int, last: int, indent: str, edits: Iterable[Edit]
) -> str:
    """Whole lines without their common indent, but never inside a string."""
    # Removing the indent is an edit like any other, unless another one covers it.
    edits = [*edits, *_pragma_edits(module)]
    removed = [(start, end) for start, end, _ in edits]
    dedents: list[Edit] = []
    is_plain = not _SEVERAL_LINES.search("\n".join(module.lines[first - 1 : last]))
    for line in range(first, last + 1) if indent else ():
        if not is_plain and line in module.inside_strings:
            continue
        text = module.lines[line - 1]
        start = module.line_starts[line - 1]
        width = min(len(text) - len(text.lstrip(" \t")), len(indent))
        if width and not any(a <= start and start + width <= b for a, b in removed):
            dedents.append((start, start + width, b""))
    start, end = module.line_starts[first - 1], module.line_starts[last]
    return _cut(module, start, end, [*edits, *dedents]).strip("\n")


def _pragma_edits(module: Module) -> Iterator[Edit]:
    """Remove what comments say to tools (``# noqa``), with a line that says no more."""
    for line, column in module.pragmas:
        code = module.lines[line - 1][:column].rstrip()
        start = module.line_starts[line - 1] + len(code.encode())
        end = module.line_starts[line]
        yield (start, end, b"\n" if code else b"")
