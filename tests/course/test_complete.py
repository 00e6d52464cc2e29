"""Each public name of some of PyTorch's modules is taught, or left out for a reason."""

from __future__ import annotations

import ast
import importlib
from functools import cache
from types import ModuleType

import pytest
import yaml
from tests.project import PACKAGE, ROOT

Row = str | dict[str, str]

PATH = ROOT / "docs" / "names.yml"
NAMES: dict[str, dict[str, Row]] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
MODULES = [
    "torch.func",
    "torch.autograd",
    "torch.autograd.graph",
    "torch.autograd.functional",
    "torch.autograd.forward_ad",
    "torch.nn.modules.activation",
    "torch.nn.modules.loss",
    "torch.optim",
    "torch.optim.lr_scheduler",
]
"""What the course is complete in."""

ROWS = {
    f"{module}.{name}": row
    for module, rows in NAMES.items()
    for name, row in rows.items()
}


def public(module: ModuleType) -> set[str]:
    """The names that a module offers: its ``__all__``, or all without underscore."""
    names = getattr(module, "__all__", None)
    if names is not None:
        return {name for name in names if not name.startswith("_")}
    return {
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }


@cache
def used(lesson: str) -> frozenset[str]:
    """The names in the code of a lesson's examples, docstrings left aside."""
    code = ROOT / "src" / PACKAGE / f"{lesson.replace('-', '_')}.py"
    nodes = ast.walk(ast.parse(code.read_text(encoding="utf-8")))
    found = set()
    for node in nodes:
        match node:
            case ast.Attribute(attr=name) | ast.Name(id=name):
                found.add(name)
            case ast.Constant(value=str(name)):
                found.add(name)  # as in getattr(torch.optim, name)
    return frozenset(found)


def missing(module: ModuleType, rows: dict[str, Row]) -> set[str]:
    """The names of a module of which nothing is said."""
    return public(module) - set(rows)


def complaint(name: str, row: Row) -> str | None:
    """Say what is wrong with a row, or return ``None``."""
    if isinstance(row, str):
        row = {"lesson": row, "as": name.rpartition(".")[2]}
    if set(row) != {"lesson", "as"}:
        good = set(row) == {"omitted"} and row["omitted"].strip()
        return None if good else "must have a lesson, or 'omitted' with a reason"
    lesson = row["lesson"]
    if not (ROOT / "docs" / "en" / f"{lesson}.md").exists():
        return f"names the lesson {lesson}, which does not exist"
    if row["as"] not in used(lesson):
        return f"is said to be taught in {lesson}, whose programs do not use it"
    return None


def test_no_module_is_forgotten() -> None:
    assert list(NAMES) == MODULES


@pytest.mark.parametrize("module", NAMES)
def test_nothing_is_forgotten(module: str) -> None:
    more = missing(importlib.import_module(module), NAMES[module])
    assert not more, f"docs/names.yml: {module} has {sorted(more)}; teach or omit them"


@pytest.mark.parametrize("name", ROWS)
def test_what_is_said_is_so(name: str) -> None:
    assert complaint(name, ROWS[name]) is None, f"docs/names.yml: {name}"


def test_a_new_name_is_noticed() -> None:
    module = ModuleType("new")
    vars(module).update(old=1, newer=2, _private=3, inner=ModuleType("inner"))
    assert missing(module, {"old": "autograd/grad"}) == {"newer"}
    vars(module)["__all__"] = ["old", "newest", "_private"]
    assert missing(module, {"old": "autograd/grad"}) == {"newest"}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"omitted": " "}, "with a reason"),
        ({"left out": "why"}, "with a reason"),
        ("autograd/nowhere", "does not exist"),
        ("autograd/descent", "do not use it"),
        ({"lesson": "autograd/func", "as": "vmapped"}, "do not use it"),
    ],
)
def test_a_bad_row_is_noticed(row: Row, says: str) -> None:
    assert says in str(complaint("torch.func.vmap", row))
