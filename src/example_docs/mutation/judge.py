"""Change one thing at a time in the lessons, and see whether verification notices."""

from __future__ import annotations

import ast
import contextlib
import io
import random
import sys
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from example_docs.code.library import Example, Library, Module
from example_docs.code.names import MARKS, used_by_definition
from example_docs.figures.draw import SHOW
from example_docs.mutation.code import Mutant, code_mutants
from example_docs.mutation.limits import memory_limit, time_limit
from example_docs.mutation.promises import promise_mutants
from example_docs.mutation.replace import replaced
from example_docs.verify.prepare import prepare_of
from example_docs.verify.run import run
from example_docs.verify.verify import disagreement, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from example_docs.code.library import Definition
    from example_docs.outputs.expected import Output

SEED = 20_261
"""Another seed than that of the promise, so that an example must set its own."""

LEAST_TIME = 5.0
"""Seconds that every mutant may take; a slow example's own time counts five times."""


@dataclass(frozen=True)
class Unit:
    """A definition whose mutants are tried, and the examples that may notice.

    Attributes:
        module: The module of the definition.
        name: The function, class or constant.
        users: The examples whose programs hold it.
    """

    module: Module
    name: str
    users: tuple[Example, ...]

    @property
    def where(self) -> str:
        """``package.chapter.lesson:name``."""
        return f"{self.module.name}:{self.name}"

    @property
    def node(self) -> Definition:
        """Its definition."""
        return self.module.definitions[self.name]

    @cached_property
    def mutants(self) -> list[Mutant]:
        """Every change to it: to its code, and to what it promises if an example."""
        found = list(code_mutants(self.module, self.node))
        if self.name in self.module.examples:
            assert isinstance(self.node, ast.FunctionDef)  # noqa: S101 - an example is one
            found = [
                *promise_mutants(
                    Example(self.users[0].library, self.module, self.node)
                ),
                *found,
            ]
        return found


@dataclass
class Findings:
    """What came of the mutants of one unit.

    Attributes:
        tried: How many, by kind; code that no longer compiles is not counted.
        survivors: The numbers of those that nothing noticed.
        left_out: Why the unit was not tried, or ``None``.
    """

    tried: dict[str, int] = field(default_factory=dict)
    survivors: list[int] = field(default_factory=list)
    left_out: str | None = None


def units(library: Library, chosen: Iterable[Example]) -> list[Unit]:
    """The definitions that some examples consist of, with all examples that use them.

    An example's own function counts as used by itself.
    """
    wanted = {(e.module.name, e.name) for e in chosen}
    users: dict[tuple[str, str], list[Example]] = {}
    needed: set[tuple[str, str]] = set()
    for example in library:
        parts = set(_parts(library, example.module, example.name, {}))
        for part in parts:
            users.setdefault(part, []).append(example)
        if (example.module.name, example.name) in wanted:
            needed |= parts
    found = [
        Unit(library.module(module), name, tuple(users[module, name]))
        for module, name in needed
    ]
    return sorted(found, key=lambda u: (u.module.name, u.node.lineno, u.name))


def _parts(
    library: Library, module: Module, name: str, seen: dict[tuple[str, str], None]
) -> dict[tuple[str, str], None]:
    """A definition and all that it uses, by module and name."""
    if name in module.definitions and (module.name, name) not in seen:
        seen[module.name, name] = None
        for used in used_by_definition(module.definitions[name], module):
            _parts(library, module, used, seen)
    for item in module.imports.get(name, []):
        if item.module in library and item.name and item.module != MARKS:
            _parts(library, library.module(item.module), item.name, seen)
    return seen


class Judge:
    """Tries mutants, one after the other, in this process.

    Args:
        patience: Code is left out, and named, if even the fastest example that uses
            it takes longer, in seconds.
        holds_figure: Whether the tests of an example's figure pass, or ``None`` if
            it has none; asked only of an example that draws.
    """

    def __init__(
        self,
        patience: float = 3.0,
        holds_figure: Callable[[Example], bool | None] = lambda _: None,
    ) -> None:
        self.patience = patience
        self.holds_figure = holds_figure
        self._baselines: dict[str, tuple[float, Output]] = {}
        self._figures: dict[str, float] = {}

    def findings(self, unit: Unit, numbers: Sequence[int]) -> Findings:
        """Try some mutants of a unit, by number.

        Raises:
            ExampleError: An example fails before or after its mutants.
        """
        found = Findings()
        users = sorted(unit.users, key=lambda e: self._baseline(e)[0])
        fastest = self._baseline(users[0])[0]
        if fastest > self.patience:
            found.left_out = f"the fastest example takes {fastest:.1f} s"
        for number in numbers:
            mutant = unit.mutants[number]
            if found.left_out and not mutant.is_promise:
                continue
            noticed = self._is_noticed(unit, mutant, users)
            if noticed is None:
                continue
            found.tried[mutant.kind] = found.tried.get(mutant.kind, 0) + 1
            if not noticed:
                found.survivors.append(number)
        self._require(users[0], "after its mutants; one of them left something")
        return found

    def _is_noticed(
        self, unit: Unit, mutant: Mutant, users: list[Example]
    ) -> bool | None:
        node = mutant.node()
        if mutant.is_promise:
            assert isinstance(node, ast.FunctionDef)  # noqa: S101 - an example is one
            example = Example(users[0].library, unit.module, node)
            _, output = self._baselines[example.full_name]
            promise = example.noted
            return disagreement(promise, output) is not None
        try:
            with time_limit(LEAST_TIME), memory_limit():
                entered = contextlib.ExitStack()
                entered.enter_context(replaced(unit.module, unit.name, node))
        except SyntaxError:
            return None
        except Exception:  # noqa: BLE001 - it cannot even be defined: noticed
            return True
        with entered:
            return any(self._notices(example) for example in users)

    def _notices(self, example: Example) -> bool:
        seconds, _ = self._baseline(example)
        try:
            with time_limit(LEAST_TIME + 5 * seconds), memory_limit():
                complaint = _complaint(example)[0]
            if complaint is None and example.full_name in self._figures:
                # The tests of a figure may take longer than drawing it.
                seconds = self._figures[example.full_name]
                with time_limit(LEAST_TIME + 5 * seconds), memory_limit():
                    return self.holds_figure(example) is False
        except (TimeoutError, MemoryError):
            return True
        return complaint is not None

    def _baseline(self, example: Example) -> tuple[float, Output]:
        if example.full_name not in self._baselines:
            found = self._require(example, "before anything is changed")
            if found[0] > self.patience:
                # The first run may have had to import what is imported by now.
                found = self._require(example, "when it runs again")
            self._baselines[example.full_name] = found
            if SHOW in ast.unparse(example.node):
                start = time.perf_counter()
                self.holds_figure(example)
                self._figures[example.full_name] = time.perf_counter() - start
        return self._baselines[example.full_name]

    def _require(self, example: Example, when: str) -> tuple[float, Output]:
        """How long an example takes and what it prints; it must be what it promises."""
        start = time.perf_counter()
        complaint, output = _complaint(example)
        seconds = time.perf_counter() - start
        if complaint is not None:
            raise example.error(f"{example.name}() fails {when}: {complaint}")
        return seconds, output


def _complaint(example: Example) -> tuple[str | None, Output]:
    prepare = prepare_of(example.library)
    found = run(load(example), seed=SEED, prepare=prepare)
    return disagreement(example.noted, found), found


def sample(
    found: list[Unit],
    count: int | None = None,
    seed: int = 0,
    only: str | None = None,
) -> list[tuple[Unit, list[int]]]:
    """Mutants by unit and number.

    Args:
        found: The units.
        count: How many to pick by chance; all if ``None``.
        seed: Of the choice.
        only: ``"output"`` for what is promised, ``"code"`` for what is done.
    """
    picked = [
        (index, number)
        for index, unit in enumerate(found)
        for number, mutant in enumerate(unit.mutants)
        if only in (None, "output" if mutant.is_promise else "code")
    ]
    if count is not None:
        chance = random.Random(seed)  # noqa: S311 - no secret
        picked = sorted(chance.sample(picked, min(count, len(picked))))
    by_unit: dict[int, list[int]] = {}
    for index, number in picked:
        by_unit.setdefault(index, []).append(number)
    return [(found[index], numbers) for index, numbers in by_unit.items()]


def figure_tests(folder: Path) -> Callable[[Example], bool | None]:
    """Asks the tests of a lesson's figures: ``test_<chapter>_<lesson>.py``."""

    def hold(example: Example) -> bool | None:
        import pytest  # noqa: PLC0415 - only who tests needs it

        lesson = "_".join(example.module.name.split(".")[1:])
        path = folder / f"test_{lesson}.py"
        if not path.exists():
            return None
        _forget_modules_below(folder)
        with contextlib.redirect_stdout(io.StringIO()):
            # This package is a plugin of pytest, and is loaded already.
            lately = "ignore::pytest.PytestAssertRewriteWarning"
            options = ["-x", "-q", "-p", "no:cacheprovider", "-W", lately]
            status = pytest.main([*options, str(path)])
        return status == pytest.ExitCode.OK

    return hold


def _forget_modules_below(folder: Path) -> None:
    below = str(folder.resolve())
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(below):
            del sys.modules[name]
