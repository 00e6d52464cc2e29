from __future__ import annotations

import ast
import importlib
import signal
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lessons import library_of
from tests.project import LIBRARY, ROOT, configure

from example_docs.cli import main
from example_docs.code.library import Library, Module, read_module
from example_docs.errors import ExampleError
from example_docs.mutation.code import code_mutants, next_in_last_digit
from example_docs.mutation.equivalents import read_equivalents
from example_docs.mutation.judge import Judge, Unit, sample, units
from example_docs.mutation.limits import memory_limit, time_limit
from example_docs.mutation.promises import digits_changed, promise_mutants
from example_docs.mutation.replace import replaced
from example_docs.mutation.report import judged, report, unknown_places
from example_docs.outputs.compare import compare

if TYPE_CHECKING:
    from pathlib import Path

EQUIVALENTS = ROOT / "tests" / "equivalent_mutants"


def changes(tmp_path: Path, code: str) -> list[str]:
    """Kind, before and after of each change to the code of a function."""
    path = tmp_path / "lesson.py"
    body = textwrap.indent(textwrap.dedent(code).strip(), "    ")
    path.write_text(f"def f():\n{body}\n", encoding="utf-8")
    module = read_module("lesson", path)
    found = list(code_mutants(module, module.definitions["f"]))
    for mutant in found:
        compile(ast.Module([mutant.node()], []), "<mutant>", "exec")
    return [f"{mutant.kind}: {mutant.change}" for mutant in found]


# What is changed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = 3", ["number: 3 -> 4", "number: 3 -> 2"]),
        ("x = 0", ["number: 0 -> 1", "number: 0 -> -1"]),
        ("x = 0.01", ["number: 0.01 -> 0.02", "sign: 0.01 -> -0.01"]),
        ("x = 0.0", ["number: 0.0 -> 0.1"]),
        ("x = True", ["bool: True -> False"]),
        ("x = -y", ["sign: -y -> y"]),
        ("x = not y", ["logic: not y -> y"]),
        ("x = a + b", ["operator: a + b -> a - b"]),
        ("x = a / b", ["operator: a / b -> a * b"]),
        ("x = a @ b", ["operator: a @ b -> a * b"]),
        ("x = a and b", ["logic: a and b -> a or b"]),
        ("x = a < b", ["comparison: a < b -> a <= b"]),
        ("x = a in b", ["comparison: a in b -> a not in b"]),
        ("x = torch.float32", ["dtype: torch.float32 -> torch.float64"]),
        ("x = f(a, b=c)", ["keyword: f(… b=c) -> (left out)"]),
        ("x = f(a, b=True)", ["bool: True -> False"]),
        ("f()", ["statement: f() -> (left out)"]),
        ("print()", []),
        ("x.grad = None", ["statement: x.grad = None -> (left out)"]),
        (
            "x -= y",
            ["operator: x -= y -> x += y", "statement: x -= y -> (left out)"],
        ),
        (
            "with torch.no_grad():\n    y = x",
            ["context: with torch.no_grad(): -> (left out)"],
        ),
        ("'a string'", []),
        ("x: Literal[1] = y", []),
    ],
)
def test_one_thing_changes(tmp_path: Path, code: str, expected: list[str]) -> None:
    assert changes(tmp_path, code) == expected


def test_a_change_leaves_the_rest_and_the_original(tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    path.write_text('def f(a):\n    """Say 1."""\n    return a + 2 * a\n', "utf-8")
    module = read_module("lesson", path)
    node = module.definitions["f"]
    before = ast.dump(node)
    texts = [ast.unparse(m.node()) for m in code_mutants(module, node)]
    doc = 'def f(a):\n    """Say 1."""\n    return '
    assert texts == [
        doc + "a - 2 * a",
        doc + "a + 2 / a",
        doc + "a + 3 * a",
        doc + "a + 1 * a",
    ]
    assert ast.dump(node) == before


@given(st.floats(min_value=1e-300, max_value=1e300))
def test_the_next_number_is_another(value: float) -> None:
    assert next_in_last_digit(value) > value


@given(
    st.one_of(
        st.integers(0, 10**9).map(str),
        st.decimals(0, 1000, places=4).map(str),
        st.floats(1e-30, 1e30).map(lambda value: f"{value:.4e}"),
        st.floats(0, 1e6).map(repr).filter(lambda text: "e" not in text),
    )
)
def test_a_changed_digit_is_beyond_the_tolerance(number: str) -> None:
    for changed in digits_changed(number):
        assert compare(number, changed) is not None
        assert compare(changed, number) is not None


def test_each_digit_changes() -> None:
    assert list(digits_changed("12.50")) == ["22.50", "13.50", "12.60", "12.52"]
    assert list(digits_changed("90")) == ["00", "91"]
    assert list(digits_changed("0.0e+00")) == ["1.0e+00", "0.2e+00"]


PROMISES = '''
    import torch


    def show() -> None:
        """Show.

        >>> show()
        tensor([1.], device='cpu', requires_grad=True) torch.Size([2]) torch.int64
        +2.0 True -3 <AddBackward0>
        -0. +0.00 -0.5
        Traceback (most recent call last):
            ...
        ValueError: at 7
        """
        raise ValueError(7)
'''


def test_each_part_of_a_promise_changes(tmp_path: Path) -> None:
    example = next(iter(library_of(tmp_path, "promising", lesson=PROMISES)))
    found = {f"{m.line} {m.kind}: {m.change}" for m in promise_mutants(example)}
    assert found >= {
        "8 output: digit: 1. -> 3.",
        "8 output: device: device='cpu' -> device='meta'",
        "8 output: requires_grad: requires_grad=True -> requires_grad=False",
        "8 output: shape: torch.Size([ -> torch.Size([1,",
        "8 output: digit: 2 -> 3",
        "8 output: dtype: torch.int64 -> torch.int32",
        "8 output: mark: ] -> (left out)",
        "8 output: word: tensor -> tensox",
        "9 output: sign: + -> -",
        "9 output: sign: - -> (left out)",
        "9 output: bool: True -> False",
        "9 output: word: AddBackward0 -> AddBackwardx",
        "9 output: line: +2.0 True -3 <AddBackward0> -> (left out)",
        "13 output: exception: ValueError: at 7 -> (left out)",
        "13 output: exception type: ValueError -> TypeError",
        "13 output: exception message: 7 -> 8",
    }
    # A zero is the same with either sign.
    signs = [text for text in found if text.startswith("10 output: sign")]
    assert signs == ["10 output: sign: - -> (left out)"]
    assert not any(text.startswith("10 output: mark: -") for text in found)


# How it is put in place ---------------------------------------------------------------


PARTS = """
    from functools import cache, wraps

    LIMIT = 3
    TWICE = 2 * LIMIT


    def double(x, factor=2):
        return factor * x


    class Box:
        size = 1

        @staticmethod
        def name():
            return "box"

        def hold(self):
            return self.size + 1


    @cache
    def plain():
        return 0


    def twice(function):
        @wraps(function)
        def wrapper():
            return 2 * function()

        return wrapper


    @twice
    def zero():
        return 0
"""

USER = """
    from {package}.parts import LIMIT, Box, double, plain, zero


    def total():
        return LIMIT + double(1) + Box().hold() + plain() + zero()
"""


@pytest.mark.parametrize(
    ("name", "edit", "total"),
    [
        ("double", ("factor * x", "factor * x + 10"), 17),
        ("double", ("factor=2", "factor=4"), 9),
        ("Box", ("self.size + 1", "self.size + 5"), 11),
        ("Box", ("size = 1", "size = 3"), 9),
        ("LIMIT", ("3", "4"), 8),
        ("plain", ("return 0", "return 1"), 8),
        ("zero", ("return 0", "return 1"), 9),
    ],
)
def test_whoever_imported_it_meets_the_new_one(
    tmp_path: Path, package: str, name: str, edit: tuple[str, str], total: int
) -> None:
    library = library_of(
        tmp_path, package, parts=PARTS, user=USER.replace("{package}", package)
    )
    user = importlib.import_module(f"{package}.user")
    module = library.module(f"{package}.parts")
    node = module.definitions[name]
    text = ast.unparse(node)
    assert edit[0] in text
    changed = ast.parse(text.replace(*edit)).body[0]
    assert isinstance(changed, ast.FunctionDef | ast.ClassDef | ast.Assign)
    assert user.total() == 7
    with replaced(module, name, changed):
        assert user.total() == total
    assert user.total() == 7


def test_a_constant_made_from_another_changes_with_it(
    tmp_path: Path, package: str
) -> None:
    library = library_of(tmp_path, package, parts=PARTS)
    parts = importlib.import_module(f"{package}.parts")
    (changed,) = ast.parse("LIMIT = 5").body
    assert isinstance(changed, ast.Assign)
    with replaced(library.module(f"{package}.parts"), "LIMIT", changed):
        assert (parts.LIMIT, parts.TWICE) == (5, 10)
    assert (parts.LIMIT, parts.TWICE) == (3, 6)


def run_for_ever() -> None:
    while True:
        pass


def test_code_that_never_ends_is_interrupted() -> None:
    with pytest.raises(TimeoutError, match=r"took longer than 0\.1 s"), time_limit(0.1):
        run_for_ever()


def test_a_process_that_ignores_interrupts_is_interrupted_too() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with pytest.raises(TimeoutError), time_limit(0.1):
            run_for_ever()
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_code_within_its_time_is_left_alone() -> None:
    with time_limit(60):
        found = 1 + 1
    assert found == 2


@pytest.mark.skipif(sys.platform != "linux", reason="known on Linux only")
def test_memory_has_a_bound() -> None:
    with pytest.raises(MemoryError), memory_limit():
        bytearray(1 << 40)
    assert len(bytearray(1 << 20)) == 1 << 20


# What survives ------------------------------------------------------------------------


WATCHED = '''
    import torch


    def doubled(x: float) -> float:
        """Twice a number."""
        return 2 * x


    def show() -> None:
        """Show.

        >>> show()
        6.0
        """
        print(doubled(3.0))
'''
UNWATCHED = '''
    import torch


    def show() -> None:
        """Show.

        >>> show()
        torch.Size([2])
        """
        torch.manual_seed(3)
        print(torch.tensor([1.0, 2.0]).shape)
'''


def said(
    library: Library,
    equivalents: dict[tuple[str, str], int] | None = None,
    *,
    count: int | None = None,
) -> tuple[int, list[str]]:
    """The exit status of a report, and its lines before the table."""
    lines: list[str] = []
    chosen = sample(units(library, library), count)
    known = equivalents or {}
    status = report(
        judged(library, chosen, patience=3.0, figures=ROOT / "no such folder"),
        known,
        lines.append,
        is_whole=count is None,
        unknown=unknown_places(library, known),
    )
    return status, "".join(lines).split("\n")


def test_what_is_watched_does_not_survive(tmp_path: Path, package: str) -> None:
    status, lines = said(library_of(tmp_path, package, lesson=WATCHED))
    assert status == 0
    assert [line for line in lines if "->" in line] == []
    (total,) = [line.split() for line in lines if line.startswith("all")]
    assert total[1] == total[2]
    assert int(total[1]) == 9


def test_a_helper_is_changed_too(tmp_path: Path, package: str) -> None:
    library = library_of(tmp_path, package, lesson=WATCHED)
    found = {unit.name: unit for unit in units(library, library)}
    assert found.keys() == {"doubled", "show"}
    assert [example.name for example in found["doubled"].users] == ["show"]
    numbers = range(len(found["doubled"].mutants))
    assert sum(Judge().findings(found["doubled"], numbers).tried.values()) == 3


def test_what_nobody_watches_survives_and_is_named(
    tmp_path: Path, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, lines = said(library_of(tmp_path, package, lesson=UNWATCHED))
    assert status == 1
    place = f"src/{package}/lesson.py"
    assert f"{place}:11: show: number: 1.0 -> 1.1" in lines
    assert f"{place}:11: show: sign: 2.0 -> -2.0" in lines
    removed = "statement: torch.manual_seed(3) -> (left out)"
    assert f"{place}:10: show: {removed}" in lines


LISTED = {
    ("lesson:show", "number"): 4,
    ("lesson:show", "sign"): 2,
    ("lesson:show", "statement"): 1,
}


def test_what_is_listed_may_survive(tmp_path: Path, package: str) -> None:
    library = library_of(tmp_path, package, lesson=UNWATCHED)
    status, lines = said(library, LISTED)
    assert [line for line in lines if "->" in line] == []
    assert status == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({("lesson:show", "number"): 3}, "lesson:show: of these, 3 are listed"),
        (
            {("lesson:show", "sign"): 3},
            "lesson:show: sign: 3 are listed, only 2 survive",
        ),
        ({("lesson:gone", "sign"): 1}, "lesson:gone: listed, but not there"),
    ],
)
def test_the_list_is_true(
    tmp_path: Path, package: str, wrong: dict[tuple[str, str], int], sentence: str
) -> None:
    library = library_of(tmp_path, package, lesson=UNWATCHED)
    status, lines = said(library, {**LISTED, **wrong})
    assert status == 1
    assert sentence in lines


def test_the_command_says_what_survives(
    tmp_path: Path, package: str, capsys: pytest.CaptureFixture[str]
) -> None:
    library_of(tmp_path, package, lesson=UNWATCHED)
    configure(tmp_path, package)
    for language in ("en", "zh"):
        folder = tmp_path / "docs" / language
        folder.mkdir(parents=True)
        (folder / "lesson.md").write_text("# Page\n", encoding="utf-8")
    call = ["--root", str(tmp_path), "mutate", "lesson:show"]
    assert main([*call, "--only", "output"]) == 0
    assert main([*call, "--jobs", "2"]) == 1
    assert "show: number: 1.0 -> 1.1" in capsys.readouterr().out
    listed = "- {because: b, survivors: {'lesson:show': {number: 4, sign: 2}}}\n"
    path = tmp_path / "tests" / "equivalent_mutants" / "chapter.yml"
    path.parent.mkdir(parents=True)
    path.write_text(listed, encoding="utf-8")
    assert main([*call, "--only", "code"]) == 1
    assert "->" in capsys.readouterr().out
    path.write_text(listed.replace("sign", "statement: 1, sign"), encoding="utf-8")
    assert main([*call, "--only", "code"]) == 0
    assert "->" not in capsys.readouterr().out
    assert main([*call, "--only", "code", "--as-if-none-listed"]) == 1
    assert "show: number: 1.0 -> 1.1" in capsys.readouterr().out


def test_a_loop_without_end_is_noticed(tmp_path: Path, package: str) -> None:
    text = '''
        def show() -> None:
            """Show.

            >>> show()
            0
            """
            n = 3
            while n != 0:
                n -= 1
            print(n)
    '''
    library = library_of(tmp_path, package, lesson=text)
    (unit,) = units(library, library)
    (number,) = [
        i for i, m in enumerate(unit.mutants) if m.change == "n -= 1 -> (left out)"
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("example_docs.mutation.judge.LEAST_TIME", 0.2)
        assert Judge().findings(unit, [number]).survivors == []


def test_a_figure_is_held_by_its_tests(tmp_path: Path, package: str) -> None:
    text = '''
        import matplotlib.pyplot as plt


        def draw() -> None:
            """Draw.

            >>> draw()
            """
            plt.plot([1, 5])
            plt.show()
    '''
    library = library_of(tmp_path, package, lesson=text)
    (unit,) = units(library, library)
    numbers = [i for i, m in enumerate(unit.mutants) if m.kind == "number"]
    asked = []

    def holds(example: object) -> bool:
        asked.append(example)
        return len(asked) > 2  # the first time nothing is changed

    found = Judge(holds_figure=holds).findings(unit, numbers)
    assert found.survivors == numbers[1:]
    assert Judge().findings(unit, numbers).survivors == numbers


def test_an_example_that_fails_already_is_an_error(
    tmp_path: Path, package: str
) -> None:
    text = WATCHED.replace("6.0", "7.0")
    with pytest.raises(ExampleError, match="fails before anything is changed"):
        said(library_of(tmp_path, package, lesson=text))


def test_slow_code_is_named(tmp_path: Path, package: str) -> None:
    library = library_of(tmp_path, package, lesson=WATCHED)
    found = Judge(patience=0.0).findings(units(library, library)[0], [0])
    assert found.left_out is not None
    assert found.tried == {}


# The list of the project --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- survivors: {a: {number: 1}}", "an entry has 'because' and 'survivors'"),
        ("- {because: , survivors: {a: {number: 1}}}", "survive need a reason"),
        ("- {because: b, survivors: {a: {number: 0}}}", "a: number: say how many"),
    ],
)
def test_an_entry_without_reason_is_refused(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "list.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExampleError, match=sentence):
        read_equivalents(tmp_path)


def test_reasons_for_one_kind_add_up(tmp_path: Path) -> None:
    path = tmp_path / "list.yml"
    entry = "- {because: b, survivors: {'a:f': {number: 2}}}\n"
    path.write_text(entry + entry, encoding="utf-8")
    (tmp_path / "another.yml").write_text(entry, encoding="utf-8")
    assert read_equivalents(tmp_path) == {("a:f", "number"): 6}
    assert read_equivalents(tmp_path / "none") == {}


@pytest.fixture(scope="module")
def parts() -> list[Unit]:
    return units(LIBRARY, LIBRARY)


def test_what_is_listed_exists(parts: list[Unit]) -> None:
    there = {
        (unit.where.partition(".")[2], kind): count
        for unit in parts
        for kind, count in counted(unit).items()
    }
    listed = read_equivalents(EQUIVALENTS)
    too_many = [key for key, count in listed.items() if count > there.get(key, 0)]
    assert too_many == []


def counted(unit: Unit) -> dict[str, int]:
    kinds = [mutant.kind for mutant in unit.mutants]
    return {kind: kinds.count(kind) for kind in kinds}


def test_no_change_to_a_promise_is_listed() -> None:
    listed = [k for _, k in read_equivalents(EQUIVALENTS) if k.startswith("output")]
    assert listed == []


def test_a_sample_of_the_lessons_is_noticed(parts: list[Unit]) -> None:
    chosen = [*sample(parts, 40, 1, "output"), *sample(parts, 40, 2, "code")]
    lines: list[str] = []
    results = judged(LIBRARY, chosen, patience=0.5, figures=ROOT / "tests" / "figures")
    status = report(results, read_equivalents(EQUIVALENTS), lines.append)
    assert status == 0, "".join(lines)


def test_definitions_of_another_module_are_found(parts: list[Unit]) -> None:
    modules: dict[str, set[Module]] = {}
    for unit in parts:
        for example in unit.users:
            if example.module.name != unit.module.name:
                modules.setdefault(unit.where, set()).add(example.module)
    assert modules, "no helper serves another lesson"
