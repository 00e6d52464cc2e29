from __future__ import annotations

import ast
import contextlib
import io
import textwrap
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lessons import bare, library_of

from example_docs.code.library import Example, Library, Module
from example_docs.code.program import make
from example_docs.errors import ExampleError

_NO_FILE = Path("nowhere.py")


class MakeProgram(Protocol):
    def __call__(self, lesson: str, **others: str) -> str: ...


@pytest.fixture
def program(tmp_path: Path) -> MakeProgram:
    """Make the program of ``lesson:show``; its body is the original's."""

    def make(lesson: str, **others: str) -> str:
        library = library_of(tmp_path, lesson=lesson, **others)
        example = library.example("lesson:show")
        text = example.program.text
        assert_same_body(example, text)
        return text

    return make


def assert_same_body(example: Example, text: str) -> None:
    original = example.node.body
    if ast.get_docstring(example.node) is not None:
        original = original[1:]
    produced = ast.parse(text).body
    assert bare(produced[len(produced) - len(original) :]) == bare(original)


def code(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


def printed(text: str) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(text, {"__name__": "__main__"})
    return output.getvalue()


# The body -------------------------------------------------------------------------


def test_the_body_becomes_a_script(program: MakeProgram) -> None:
    text = program('''
        def show() -> None:
            """What it shows.

            >>> show()
            3
            """
            total = 1 + 2
            print(total)
    ''')
    assert text == "total = 1 + 2\nprint(total)\n"


def test_comments_and_blank_lines_stay_where_they_are(program: MakeProgram) -> None:
    text = program('''
        def show() -> None:
            """What it shows."""
            # before everything
            # in two lines

            first = 1  # behind code

            # between
            if first:
                # inside
                print(first)
                # at the end of a block

            # after everything


        # about something else
        OTHER = 1
    ''')
    assert text == code("""
        # before everything
        # in two lines

        first = 1  # behind code

        # between
        if first:
            # inside
            print(first)
            # at the end of a block

        # after everything
    """)


def test_comments_above_the_first_statement_need_no_docstring(
    program: MakeProgram,
) -> None:
    text = program("""
        def show(
            width=2,
        ):
            # first
            print(width)
    """)
    assert text == "width = 2\n\n# first\nprint(width)\n"


@pytest.mark.parametrize(
    "lesson",
    [
        "def show(): print(1); print(2)",
        "def show(): 'What it shows.'; print(1); print(2)",
    ],
)
def test_a_function_may_stand_on_one_line(program: MakeProgram, lesson: str) -> None:
    assert program(lesson) == "print(1); print(2)\n"


def test_tabs_indent_as_well(program: MakeProgram) -> None:
    text = program("def show():\n\tif True:\n\t\t# here\n\t\tprint('\t')\n")
    assert text == "if True:\n\t# here\n\tprint('\t')\n"


def test_strings_of_several_lines_keep_their_content(program: MakeProgram) -> None:
    text = program('''
        def show():
            poem = """
            roses   
                are red
        violets"""
            value = 3
            print(f"""
            {value}
              {
                value
              } end""", poem)
    ''')  # noqa: W291 - the spaces are the point
    assert printed(text) == (
        "\n    3\n      3 end \n    roses   \n        are red\nviolets\n"
    )


def test_brackets_over_several_lines_lose_the_indent(program: MakeProgram) -> None:
    text = program("""
        def show():
            rows = [
                1,
              2,
            ]
            print(rows)
    """)
    assert text == "rows = [\n    1,\n  2,\n]\nprint(rows)\n"


def test_columns_count_bytes_not_characters(program: MakeProgram) -> None:
    # Each of these letters takes two to four bytes.
    text = program("""
        from typing import Any


        def show():
            names = ["张量", "é", "🔥"]; count: Any = len(names)
            def first(é: Any = "梯度", x: Any = 1): return é, x
            print(names, count, first())
    """)
    assert text == code("""
        names = ["张量", "é", "🔥"]; count = len(names)
        def first(é="梯度", x=1): return é, x

        print(names, count, first())
    """)


def test_what_comments_say_to_tools_does_not_reach_the_reader(
    program: MakeProgram,
) -> None:
    text = program("""
        LIMIT = 3  # type: ignore[assignment]


        def show():
            # ruff: noqa
            print(LIMIT)  # noqa: T201
            print(1)  # why  # noqa: T201
            print("# noqa stays in a string")
    """)
    assert text == code("""
        LIMIT = 3

        print(LIMIT)
        print(1)  # why
        print("# noqa stays in a string")
    """)


def test_parameters_become_assignments(program: MakeProgram) -> None:
    text = program("""
        RATE = 0.1


        def show(size=(1,2), /, name="x", *, rate=RATE, table={
            "k": 1}):
            print(size, name, rate, table)
    """)
    assert text == code("""
        RATE = 0.1

        size = (1,2)
        name = "x"
        rate = RATE
        table = {'k': 1}

        print(size, name, rate, table)
    """)


def test_docstrings_and_marks_never_reach_the_reader(program: MakeProgram) -> None:
    text = program('''
        import functools

        from example_docs.marks import on_cuda


        class Net:
            """A net.

            In two paragraphs.
            """

            width = 3

            def forward(self):
                """Only a docstring."""

            def back(self): """Only a docstring."""


        @on_cuda(because="it is shared")
        @functools.cache
        @on_cuda(
            because="in two lines",
        )
        def helper():
            """Help."""

            # a comment after it
            return Net()


        @on_cuda(because="random")
        def show():
            """What it shows."""

            def inner():
                """Inside."""
                return helper()

            print(inner().width)
    ''')
    assert text == code("""
        import functools


        class Net:
            width = 3

            def forward(self):
                pass

            def back(self): pass


        @functools.cache
        def helper():
            # a comment after it
            return Net()


        def inner():
            return helper()

        print(inner().width)
    """)


# Imports --------------------------------------------------------------------------


IMPORTS = """
    import math
    import os.path
    import collections as c
    from decimal import Decimal
    from fractions import Fraction as Ratio
    from statistics import mean, median as middle
    import numpy as np
    import torch
    from torch import nn
"""


@pytest.mark.parametrize(
    ("body", "imports"),
    [
        ("print(1)", ""),
        ("print(math.pi)", "import math\n"),
        ("print(os.path.sep)", "import os.path\n"),
        ("print(c.Counter())", "import collections as c\n"),
        ("print(Ratio(1, 2))", "from fractions import Fraction as Ratio\n"),
        (
            "print(middle, mean)",
            "from statistics import mean, median as middle\n",
        ),
        (
            "print(nn, np, Decimal, math)",
            (
                "import math\nfrom decimal import Decimal\n\n"
                "import numpy as np\nfrom torch import nn\n"
            ),
        ),
    ],
)
def test_only_needed_imports_are_there(
    program: MakeProgram, body: str, imports: str
) -> None:
    lesson = textwrap.dedent(IMPORTS) + f"\n\ndef show():\n    {body}\n"
    assert program(lesson) == (f"{imports}\n" if imports else "") + f"{body}\n"


def test_an_import_in_the_body_stays_there(program: MakeProgram) -> None:
    text = program("""
        def show():
            import math

            print(math.pi)
    """)
    assert text == "import math\n\nprint(math.pi)\n"


@pytest.mark.parametrize(
    "body",
    [
        "print([A for _ in range(3)])",
        "print({A: 1 for A in [A]})",
        "print((lambda x: A + x)(1))",
        "print((lambda x=A: x)())",
        'print(f"{A:>{5}}")',
        "def inner():\n        def innermost(): return A\n        return innermost()",
        "def inner(x=A): return x",
        "class Inner:\n        value = A",
        "class Inner(A): pass",
        "@A\n    def inner(): pass",
        "x = [0]\n    x[A] += 1",
        "match 3:\n        case A.b: pass",
        "with A as opened: print(opened)",
    ],
)
def test_a_name_is_found_wherever_it_is_used(program: MakeProgram, body: str) -> None:
    text = program(f"A = 1\nB = 2\n\n\ndef show():\n    {body}\n")
    assert text.startswith("A = 1\n\n")


@pytest.mark.parametrize(
    "body",
    [
        "print([A for A in range(3)])",
        "print((lambda A: A)(1))",
        "def inner(A): return A",
        "def inner():\n        A = 3\n        return A",
        "print('A')",
        "print(int.A)",
        "A = 3\n    print(A)",
        "for A in range(3): print(A)",
        "x: A = 3\n    print(x)",
        "def inner(x: A) -> A: return x",
    ],
)
def test_a_name_that_means_something_else_brings_nothing(
    program: MakeProgram, body: str
) -> None:
    assert "A = 1" not in program(f"A = 1\n\n\ndef show():\n    {body}\n")


# Annotations ----------------------------------------------------------------------


def test_annotations_that_alone_need_an_import_are_removed(
    program: MakeProgram,
) -> None:
    text = program("""
        from collections.abc import Callable

        import torch


        def helper(
            f: Callable[[int], int],
            size: "Callable | None" = None,
            *rest: Callable,
            flag: bool = True,
            **more: list["Callable"],
        ) -> Callable[[int], int]:
            return f


        def show() -> None:
            x: torch.Tensor = torch.ones(2)
            y: Callable = helper(print)
            print(x, y)
    """)
    assert text == code("""
        import torch


        def helper(
            f,
            size=None,
            *rest,
            flag: bool = True,
            **more,
        ):
            return f


        x: torch.Tensor = torch.ones(2)
        y = helper(print)
        print(x, y)
    """)


def test_an_annotation_names_only_what_stands_above_it(program: MakeProgram) -> None:
    text = program("""
        from __future__ import annotations


        def build(kind: type[Net]) -> Net:
            return kind()


        class Net:
            def twin(self) -> Net:
                return build(Net)


        def check(net: Net) -> bool:
            return bool(net.twin())


        def show() -> None:
            print(check(Net()))
    """)
    assert printed(text) == "True\n"
    assert "def check(net: Net) -> bool:" in text


def test_the_annotations_of_fields_stay_and_bring_their_imports(
    program: MakeProgram,
) -> None:
    text = program("""
        from dataclasses import dataclass
        from fractions import Fraction


        @dataclass
        class Step:
            rate: Fraction
            count: int = 3


        def show() -> None:
            print(Step(1))
    """)
    assert printed(text) == "Step(rate=1, count=3)\n"
    assert text.startswith(
        "from dataclasses import dataclass\nfrom fractions import Fraction\n"
    )


# Helpers --------------------------------------------------------------------------


def test_helpers_stand_before_those_that_use_them(program: MakeProgram) -> None:
    text = program("""
        def outer():
            return middle() + STEPS


        def middle():
            return Inner().value


        class Inner:
            value = START


        STEPS = 2
        # what it starts from
        START = 1
        UNUSED = 0


        def show():
            print(outer())
    """)
    assert text == code("""
        STEPS = 2
        # what it starts from
        START = 1


        class Inner:
            value = START


        def middle():
            return Inner().value


        def outer():
            return middle() + STEPS


        print(outer())
    """)


def test_helpers_come_from_other_lessons(program: MakeProgram) -> None:
    text = program(
        """
        from sample_lessons.training import train


        def show():
            print(train())
        """,
        training="""
        import math

        from .model import RATE, Net


        def train():
            return math.floor(Net().rate + RATE)
        """,
        model="""
        from sample_lessons.rates import RATE


        class Net:
            rate = RATE
        """,
        rates="RATE = 1",
    )
    assert "sample_lessons" not in text
    assert printed(text) == "2\n"


def test_one_statement_may_define_two_names(program: MakeProgram) -> None:
    text = program("""
        LOW, HIGH = 0, 1


        def show():
            print(LOW, HIGH)
    """)
    assert text == "LOW, HIGH = 0, 1\n\nprint(LOW, HIGH)\n"


@pytest.mark.parametrize(
    "helpers",
    [
        # itself
        """
        def run(n=3):
            return n and run(n - 1)
        """,
        # each other
        """
        def run(n=3):
            return n and walk(n - 1)

        def walk(n):
            return n and run(n - 1)
        """,
        # a base class that makes its own subclass
        """
        class Node:
            def plus(self):
                return Sum()

        class Sum(Node):
            pass

        def run():
            return Node().plus() and 0
        """,
        # a constant made with helpers that use each other
        """
        def walk(n):
            return n and hop(n - 1)

        def hop(n):
            return n and walk(n - 1)

        ZERO = walk(3)

        def run(n=ZERO):
            return n
        """,
    ],
    ids=["recursion", "mutual-recursion", "base-and-subclass", "constant"],
)
def test_helpers_may_use_each_other_in_circles(
    program: MakeProgram, helpers: str
) -> None:
    text = program(textwrap.dedent(helpers) + "\n\ndef show():\n    print(run())\n")
    assert printed(text) == "0\n"


def test_a_helper_may_change_a_global(program: MakeProgram) -> None:
    text = program("""
        COUNT = 0


        def bump():
            global COUNT
            COUNT += 1


        def show():
            bump()
            print(COUNT)
    """)
    assert printed(text) == "1\n"


# What cannot be a program -----------------------------------------------------------


@pytest.mark.parametrize(
    ("lesson", "line", "sentence"),
    [
        (
            "def show():\n    print(missing)",
            1,
            "the name 'missing' is not defined here; define or import it",
        ),
        (
            "def helper():\n    return missing\n\ndef show():\n    print(helper())",
            1,
            "the name 'missing' is not defined here; define or import it",
        ),
        (
            "from sample_lessons.other import lost\n\ndef show():\n    lost()",
            3,
            "sample_lessons.other does not define 'lost'; mend the import",
        ),
        (
            "from sample_lessons import other\n\ndef show():\n    other.kept()",
            3,
            "sample_lessons does not define 'other'; mend the import",
        ),
        (
            "import sample_lessons.other as o\n\ndef show():\n    o.kept()",
            3,
            (
                "'o' is a module or an alias of sample_lessons; a program needs the "
                "function itself: from sample_lessons.other import NAME"
            ),
        ),
        (
            "from sample_lessons.other import kept as k\n\ndef show():\n    k()",
            3,
            (
                "'k' is a module or an alias of sample_lessons; a program needs the "
                "function itself: from sample_lessons.other import NAME"
            ),
        ),
        (
            "def show():\n    from sample_lessons.other import kept\n    kept()",
            2,
            "readers do not have this module; import it at the top of the file",
        ),
        (
            "def helper():\n    import example_docs.marks\n\ndef show():\n    helper()",
            2,
            "readers do not have this module; import it at the top of the file",
        ),
        (
            "from example_docs.marks import on_cuda\n\ndef show():\n    print(on_cuda)",
            3,
            "'on_cuda' only marks examples; remove it from the code",
        ),
        (
            (
                "def net(): return 1\n\ndef helper(): return net()\n\n"
                "def show():\n    net = helper()\n    print(net)"
            ),
            5,
            (
                "show() assigns 'net', which is also the name of something its program "
                "needs; rename the local name"
            ),
        ),
        (
            (
                "def helper(): return sum([1])\n\n"
                "def show():\n    sum = helper()\n    print(sum)"
            ),
            3,
            (
                "show() assigns 'sum', which is also the name of something its program "
                "needs; rename the local name"
            ),
        ),
        (
            "SIZE = 3\n\ndef show(n=SIZE):\n    SIZE = n\n    print(SIZE)",
            3,
            (
                "show() assigns 'SIZE', which is also the name of something its "
                "program needs; rename the local name"
            ),
        ),
        (
            "SIZE = 3\n\ndef show(SIZE=SIZE):\n    print(SIZE)",
            3,
            (
                "show() assigns 'SIZE', which is also the name of something its "
                "program needs; rename the local name"
            ),
        ),
        (
            (
                "import math\n\ndef helper(): return math.pi\n\n"
                "def show():\n    for math in [helper()]: print(math)"
            ),
            5,
            (
                "show() assigns 'math', which is also the name of something its "
                "program needs; rename the local name"
            ),
        ),
        (
            (
                "from sample_lessons.other import kept\n\nRATE = 1\n\n"
                "def show():\n    print(kept(), RATE)"
            ),
            4,
            (
                "two helpers are called 'RATE', here and in sample_lessons.lesson; "
                "rename one, a program can hold only one"
            ),
        ),
        (
            (
                "import cmath as math\nfrom sample_lessons.other import round_pi\n\n"
                "def show():\n    print(math.pi, round_pi())"
            ),
            7,
            (
                "'math' means 'import math' here and 'import cmath as math' in another "
                "helper; import it alike"
            ),
        ),
        (
            (
                "from sample_lessons.other import round_pi\n\ndef math(): return 3\n\n"
                "def show():\n    print(math(), round_pi())"
            ),
            3,
            "'math' is a helper and an import; rename the helper",
        ),
        ("def show():\n    print(1)\n    return", 3, "show() contains 'return', {why}"),
        (
            "def show():\n    if 1:\n        yield 1",
            3,
            "show() contains 'yield', {why}",
        ),
        ("A = 1\ndef show():\n    global A", 3, "show() contains 'global', {why}"),
        (
            "def show():\n    n = 0\n    def put():\n        nonlocal n\n        n = 1",
            3,
            "show() contains 'nonlocal', {why}",
        ),
    ],
)
def test_a_function_that_is_no_program_is_refused(
    tmp_path: Path, lesson: str, line: int, sentence: str
) -> None:
    other = """
        import math

        RATE = 3
        def kept(): return RATE


        def round_pi(): return round(math.pi)
    """
    library = library_of(tmp_path, lesson=lesson, other=other)
    why = "which a program cannot; print the value, or move the code into a helper"
    with pytest.raises(ExampleError) as caught:
        _ = library.example("lesson:show").program
    assert caught.value.message == sentence.format(why=why)
    assert caught.value.line == line
    assert caught.value.path is not None


# Any text ---------------------------------------------------------------------------


@given(
    strings=st.lists(
        st.text("ab #'\\\t\n {}张🔥", max_size=12), min_size=1, max_size=4
    ),
    indent=st.sampled_from(["    ", "\t", "  "]),
)
def test_any_string_keeps_its_content(strings: list[str], indent: str) -> None:
    quoted = [
        '"""' + s.replace("\\", "\\\\") + ' """'
        for s in strings  # ends apart from quotes
    ]
    body = "".join(f"{indent}print({q})  # {i}\n" for i, q in enumerate(quoted))
    text = f"def show():\n{indent}'''Doc.'''\n{body}"
    module = Module("m", _NO_FILE, text, ast.parse(text))
    node = module.definitions["show"]
    assert isinstance(node, ast.FunctionDef)
    example = Example(Library(_NO_FILE, "sample_lessons"), module, node)
    program = make(example).program.text
    assert_same_body(example, program)
    assert program.count("\n") == body.count("\n")


# Made once ------------------------------------------------------------------------

HELPED = """
    from lessons.helper import half


    def show() -> None:
        \"\"\"Show it.

        >>> show()
        1.0
        \"\"\"
        print(half(2))
"""
HELPER = """
    def half(x: float) -> float:
        return x / {}
"""


def test_a_program_is_made_anew_only_if_a_file_changed(tmp_path: Path) -> None:
    texts = {"lesson": HELPED, "helper": HELPER.format(2)}
    library = library_of(tmp_path, "lessons", **texts)
    first = library.example("lesson:show").program
    assert library.example("lesson:show").program is first
    path = library.module("lessons.helper").path
    path.write_text(code(HELPER.format(2.0)), encoding="utf-8")
    second = library.example("lesson:show").program
    assert ("x / 2\n" in first.text, "x / 2.0\n" in second.text) == (True, True)
    path = library.module("lessons.lesson").path
    path.write_text(code(HELPED).replace("half(2)", "half(20)"), encoding="utf-8")
    assert "half(20)" in library.example("lesson:show").program.text


def test_a_program_is_made_anew_where_a_name_is_imported_on(tmp_path: Path) -> None:
    texts = {
        "lesson": HELPED,
        "helper": "from lessons.one import half",
        "one": HELPER.format(2),
        "other": HELPER.format(3.0),
    }
    library = library_of(tmp_path, "lessons", **texts)
    first = library.example("lesson:show").program
    path = library.module("lessons.helper").path
    path.write_text("from lessons.other import half\n", encoding="utf-8")
    assert "x / 3.0" in library.example("lesson:show").program.text
    assert "x / 3.0" not in first.text
