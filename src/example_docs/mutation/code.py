"""Small changes to the code of a definition, one at a time, by syntax tree.

Each change is one that a careful test of what the code prints should notice: another
number, sign, operator or dtype, an argument or a statement left out.
"""

from __future__ import annotations

import ast
import copy
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from example_docs.code.library import Definition, Module

LEFT_OUT = "(left out)"
"""What stands for a part of the code that a change removes."""

DTYPES = {
    "float16": "float32",
    "bfloat16": "float32",
    "float32": "float64",
    "float64": "float32",
    "complex64": "complex128",
    "complex128": "complex64",
    "uint8": "int8",
    "int8": "uint8",
    "int16": "int32",
    "int32": "int64",
    "int64": "int32",
    "bool": "uint8",
    "half": "float",
    "float": "double",
    "double": "float",
    "int": "long",
    "long": "int",
}
"""Each name of a dtype, or of a method that converts to one, and what replaces it."""

# ``a - b`` for ``a + b`` and so on: the nearest operation that is another one.
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


_SEEN = {"print", "plt.show"}
"""What makes the output and the figure; a page says that it has them."""


@dataclass(frozen=True)
class Mutant:
    """A definition with one thing changed.

    Attributes:
        kind: What kind of thing, such as ``number`` or ``output: digit``.
        line: The line of the module, counted from 1.
        code: What stands in that line.
        before: The part that changes.
        after: What it becomes.
        node: Makes the changed definition; the original is left as it is.
    """

    kind: str
    line: int
    code: str
    before: str
    after: str
    node: Callable[[], Definition]

    @property
    def is_promise(self) -> bool:
        """Whether it changes what is promised, and not what is done."""
        return self.kind.startswith("output")

    @property
    def change(self) -> str:
        """``before -> after``, each on one line."""
        return f"{' '.join(self.before.split())} -> {' '.join(self.after.split())}"


@dataclass(frozen=True)
class _Edit:
    kind: str
    target: ast.AST
    new: ast.AST
    before: str
    after: str


def code_mutants(module: Module, definition: Definition) -> Iterator[Mutant]:
    """Every change to the code of a function, a class or a constant.

    Docstrings, annotations and decorators are no code here.
    """
    for edit in _edits(definition, None):
        line = getattr(edit.target, "lineno", definition.lineno)
        yield Mutant(
            edit.kind,
            line,
            module.lines[line - 1].strip(),
            edit.before,
            edit.after,
            _maker(definition, edit),
        )


def _maker(definition: Definition, edit: _Edit) -> Callable[[], Definition]:
    def changed() -> Definition:
        new = ast.copy_location(edit.new, edit.target)
        # What the memo holds is not copied: the target becomes what is new.
        return ast.fix_missing_locations(
            copy.deepcopy(definition, {id(edit.target): new})
        )

    return changed


def _edits(node: ast.AST, parent: ast.AST | None) -> Iterator[_Edit]:
    yield from _edits_of(node, parent)
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _edits(child, node)


def _edits_of(node: ast.AST, parent: ast.AST | None) -> Iterator[_Edit]:
    match node:
        case ast.Constant():
            yield from _constants(node, parent)
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
            kind = "logic" if isinstance(node.op, ast.Not) else "sign"
            yield _edit(kind, node, node.operand)
        case ast.BinOp() if type(node.op) in _OPERATORS:
            other = _OPERATORS[type(node.op)]()
            yield _edit("operator", node, ast.BinOp(node.left, other, node.right))
        case ast.AugAssign() if type(node.op) in _OPERATORS:
            other = _OPERATORS[type(node.op)]()
            changed = ast.AugAssign(node.target, other, node.value)
            yield _edit("operator", node, changed)
        case ast.Compare():
            yield from _comparisons(node)
        case ast.BoolOp():
            swapped = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield _edit("logic", node, ast.BoolOp(swapped, node.values))
        case ast.Attribute() if node.attr in DTYPES:
            other_name = ast.Attribute(node.value, DTYPES[node.attr], node.ctx)
            yield _edit("dtype", node, other_name)
        case ast.Call():
            yield from _keywords(node)
    yield from _statements(node)


def _edit(kind: str, node: ast.AST, new: ast.AST) -> _Edit:
    shown = ast.fix_missing_locations(new)
    return _Edit(kind, node, new, ast.unparse(node), ast.unparse(shown))


def _constants(node: ast.Constant, parent: ast.AST | None) -> Iterator[_Edit]:
    value = node.value
    if isinstance(value, bool):
        yield _edit("bool", node, ast.Constant(not value))
    elif isinstance(value, int):
        yield _edit("number", node, ast.Constant(value + 1))
        yield _edit("number", node, _number(value - 1))
    elif isinstance(value, float):
        yield _edit("number", node, ast.Constant(next_in_last_digit(value)))
        # Before a minus, this is what leaving out the sign does.
        if value and not isinstance(parent, ast.UnaryOp):
            yield _edit("sign", node, _number(-value))


def _number(value: float) -> ast.expr:
    if value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)


def next_in_last_digit(value: float) -> float:
    """One more in the last digit that Python writes: 0.01 becomes 0.02."""
    written = Decimal(repr(value))
    if not written.is_finite():
        return 0.0
    exponent = written.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - by is_finite
    # Beyond 2**53 a tenth more may be the same number.
    return max(
        float(written + Decimal(1).scaleb(exponent)), math.nextafter(value, 2 * value)
    )


def _comparisons(node: ast.Compare) -> Iterator[_Edit]:
    for index, operator in enumerate(node.ops):
        ops = list(node.ops)
        ops[index] = _COMPARISONS[type(operator)]()
        yield _edit("comparison", node, ast.Compare(node.left, ops, node.comparators))


def _keywords(node: ast.Call) -> Iterator[_Edit]:
    for keyword in node.keywords:
        # An option that is a bool is turned over; leaving it out is that once more.
        if keyword.arg is None or _is_bool(keyword.value):
            continue
        others = [other for other in node.keywords if other is not keyword]
        new = ast.Call(node.func, node.args, others)
        written = f"{ast.unparse(node.func)}(… {ast.unparse(keyword)})"
        yield _Edit("keyword", node, new, written, LEFT_OUT)


def _is_bool(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, bool)


def _statements(node: ast.AST) -> Iterator[_Edit]:
    """Statements that are left out, unless a page without them cannot be built."""
    match node:
        case ast.Expr(value=ast.Call(func=function)):
            if ast.unparse(function) not in _SEEN:
                yield _left_out(node)
        case ast.AugAssign() | ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield _left_out(node)
        case ast.With(items=items) if all(i.optional_vars is None for i in items):
            header = ", ".join(ast.unparse(item) for item in items)
            inside = ast.If(ast.Constant(value=True), node.body, [])
            yield _Edit("context", node, inside, f"with {header}:", LEFT_OUT)


def _left_out(node: ast.stmt) -> _Edit:
    return _Edit("statement", node, ast.Pass(), ast.unparse(node), LEFT_OUT)
