"""Read the rules of a book: the sentences on its pages, the properties in its tests.

A sentence on a page carries a name, ``[Integers divide to floats.]{ rule=name }``, and
the property of that name stands in ``tests/rules/<chapter>/<lesson>.py``. Properties
are read as syntax trees: nothing is imported, neither torch nor Hypothesis.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.pages.inline import rule_spans
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CASES = 50
"""How many cases a property is tried on, unless it says otherwise."""


@dataclass(frozen=True)
class Property:
    """A property in a test, which hunts for counterexamples to a sentence.

    Attributes:
        name: The name that the sentence has on its page.
        path: The file of the test.
        line: Where it begins, counted from 1.
        cases: On how many cases it is tried, at most: there may be no more.
        code: Its text, with its decorator.
        refuted: False sentences for which it finds a counterexample.
    """

    name: str
    path: Path
    line: int
    cases: int
    code: str
    refuted: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The ``id`` of the rule on the page that lists it."""
        return self.name.replace("_", "-")


@dataclass(frozen=True)
class Sentence:
    """A general sentence on a page.

    Attributes:
        name: The name of its rule.
        text: The sentence, in Markdown.
        line: The line of the page where it stands, counted from 1.
    """

    name: str
    text: str
    line: int


def sentences(text: str) -> list[Sentence]:
    """The sentences of a page that are rules, in its order, outside its fences."""
    return [
        Sentence(name, sentence, number)
        for number, line in Page(text).outside()
        for name, sentence in rule_spans(line)
    ]


def property_path(tests: Path, lesson: str) -> Path:
    """The file of a lesson's properties: ``a/b-c`` has ``tests/a/b_c.py``."""
    return tests / f"{lesson.replace('-', '_')}.py"


def lessons_with_properties(tests: Path) -> list[str]:
    """The lessons whose rules have a file of properties, as ``chapter/lesson``."""
    return sorted(
        path.relative_to(tests).with_suffix("").as_posix().replace("_", "-")
        for path in tests.glob("*/*.py")
    )


def properties(tests: Path, lesson: str) -> dict[str, Property]:
    """The properties of a lesson, by name, in the order of its file.

    Args:
        tests: The folder of all properties.
        lesson: The lesson, as ``chapter/lesson``.

    Raises:
        ExampleError: The file is not Python.
    """
    path = property_path(tests, lesson)
    if not path.is_file():
        return {}
    return {item.name: item for item in _read(path, path.stat().st_mtime_ns)}


@lru_cache(maxsize=128)  # a builder asks once a page, and its process reads all pages
def _read(path: Path, _changed: int) -> tuple[Property, ...]:
    text = path.read_text(encoding="utf-8")
    try:
        tree = ast.parse(text, filename=path.name)
    except SyntaxError as error:
        message = f"this is not Python ({error.msg}); mend the syntax"
        raise ExampleError(message, path, error.lineno) from None
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    refuted: dict[str, list[str]] = {}
    for node in functions:
        for name, sentence in _false_sentences(node):
            refuted.setdefault(name, []).append(sentence)
    found = []
    for node in functions:
        decorator = _decorator(node)
        if decorator is None:
            continue
        first = node.decorator_list[0].lineno
        code = "\n".join(text.split("\n")[first - 1 : node.end_lineno])
        lies = tuple(refuted.get(node.name, ()))
        found.append(
            Property(node.name, path, first, _cases(decorator), f"{code}\n", lies)
        )
    return tuple(found)


def _decorator(node: ast.FunctionDef) -> ast.Call | None:
    """The call ``@rule(…)`` above a function, if there is one."""
    for decorator in node.decorator_list:
        if (
            isinstance(decorator, ast.Call)
            and isinstance(decorator.func, ast.Name)
            and decorator.func.id == "rule"
        ):
            return decorator
    return None


def _cases(decorator: ast.Call) -> int:
    given = [item.value for item in decorator.keywords if item.arg == "cases"]
    return int(ast.literal_eval((given or decorator.args or [ast.Constant(CASES)])[0]))


def _false_sentences(node: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """The rule and the sentence of each ``@name.false("…")`` above a function."""
    for decorator in node.decorator_list:
        if (
            isinstance(decorator, ast.Call)
            and isinstance(decorator.func, ast.Attribute)
            and decorator.func.attr == "false"
            and isinstance(decorator.func.value, ast.Name)
        ):
            yield decorator.func.value.id, str(ast.literal_eval(decorator.args[0]))
