"""Small modules of a lesson: any mixture of what authors write."""

from __future__ import annotations

import textwrap

from hypothesis import strategies as st

IMPORTS = {
    "math": "import math",
    "m": "import math as m",
    "sqrt": "from math import sqrt",
    "hypotenuse": "from math import hypot as hypotenuse",
    "functools": "import functools",
    "os": "import os.path",
    "dataclass": "from dataclasses import dataclass",
    "Count": "from collections import Counter as Count",
}
"""Import lines, by the name that each binds."""

DEFINITIONS = {
    "SMALL": "SMALL = 3",
    "LEFT": "LEFT, RIGHT = 1, 2",
    "TYPED": "TYPED: int = 4  # typed",
    "TABLE": 'TABLE = {\n    "a": 1,  # first\n    "b": [2, 3],\n}',
    "SUM": "# above it\nSUM = SMALL + RIGHT",
    "ROWS": "ROWS = [x * SMALL for x in range(3)]",
    "double": 'def double(x: int) -> int:\n    """Twice."""\n    return 2 * x',
    "scaled": (
        "def scaled(x, by=SMALL, *rest, key=None, **more):\n"
        "    # by a constant\n    return x * by + len(rest) + len(more)"
    ),
    "chained": "def chained(x):\n    return double(x) + scaled(x, 2)",
    "even": "def even(n):\n    return n == 0 or odd(n - 1)",
    "odd": "def odd(n):\n    return n != 0 and even(n - 1)",
    "cached": "@functools.cache\ndef cached(n):\n    return m.floor(sqrt(n))",
    "outer": (
        "def outer(n):\n    total = 0\n\n    def inner(k):\n        nonlocal total\n"
        "        total += k * LEFT\n        return total\n\n"
        "    return [inner(k) for k in range(n)]"
    ),
    "Point": (
        '@dataclass\nclass Point:\n    """A place."""\n\n    x: int\n    y: int = 3\n'
        "\n    def length(self) -> float:\n        return hypotenuse(self.x, self.y)"
    ),
    "Base": "class Base:\n    size = len(TABLE)\n\n    def name(s):\n        return 1",
    "Child": (
        "class Child(Base):\n    def name(self):\n"
        "        # super needs its class\n        return super().name() + 2"
    ),
    "TOTAL": "TOTAL = double(SMALL)",
    "twice": "twice = lambda f, x: f(f(x))",
    "text": "def text(*lines) -> str:\n    return '''\n    a # no comment\n'''",
    "quoted": "def quoted(x: 'Point | None' = None) -> 'str':\n    return f'{x!r}'",
}
"""Definitions, by a name that each binds; some use others, in any order."""

USES = {
    "LEFT": ("RIGHT",),
    "SUM": ("SMALL", "LEFT"),
    "ROWS": ("SMALL",),
    "scaled": ("SMALL",),
    "chained": ("double", "scaled"),
    "even": ("odd",),
    "odd": ("even",),
    "cached": ("functools", "m", "sqrt"),
    "outer": ("LEFT",),
    "Point": ("dataclass", "SMALL", "hypotenuse"),
    "Base": ("TABLE",),
    "Child": ("Base",),
    "TOTAL": ("double", "SMALL"),
}
"""What a definition must find."""

EVALUATED = {"SUM", "ROWS", "scaled", "cached", "Point", "Base", "Child", "TOTAL"}
"""Those that need what they use as soon as they are defined."""

STATEMENTS = {
    "print(SMALL, LEFT)  # behind": ("SMALL", "LEFT"),
    "# alone\nprint(RIGHT)": ("LEFT",),
    "print(TYPED + SUM)": ("TYPED", "SUM"),
    'print(TABLE["b"], ROWS)': ("TABLE", "ROWS"),
    "for i in range(3):\n    # in a loop\n    print(double(i), end=' ')\nprint()": (
        "double",
    ),
    "values = [scaled(v) for v in range(3) if v != SMALL]\nprint(values)": (
        "scaled",
        "SMALL",
    ),
    "print({k: chained(k) for k in (1, 2)}, end='\\n')": ("chained",),
    "print(even(4), odd(4))": ("even", "odd"),
    "with open(os.devnull) as file:\n    print(file.read() == '')": ("os",),
    "def local(n: int):\n    # of its own\n    return cached(n)\n\n\nprint(local(9))": (
        "cached",
    ),
    "print(outer(4))": ("outer",),
    "print(Point(4), Point(3, 4).length())": ("Point",),
    "print(Child().name(), Base.size)": ("Child", "Base"),
    "print(TOTAL)\n\n# after a gap": ("TOTAL",),
    "print(twice(lambda v: v + SMALL, 1))": ("twice", "SMALL"),
    'print(text(\'x\'), """two\n  # lines""")': ("text",),
    "print(quoted(), quoted(None))": ("quoted",),
    "count: Count = Count('abba')\nprint(count['a'])": ("Count",),
    "if (n := math.floor(2.5)) > 1:\n    print(f'{n=} {math.pi:.3f}')": ("math",),
    "first, *others = 'abc'\nprint(first, others)": (),
    "try:\n    1 / 0  # noqa: B018\nexcept ArithmeticError as why:\n    print(why)": (),
    "match SMALL:\n    case 3:\n        print(3)\n    case _:\n        print('no')": (
        "SMALL",
    ),
    "class Inside:\n    value = SMALL\n\n\nprint(Inside.value)": ("SMALL",),
    "name = 'ä ö 张量'  # ungewöhnlich 注释\nprint(name)": (),
    "print((lambda z, /, *, k=SMALL: z + k)(1))": ("SMALL",),
    "total = 0\ntotal += sum(x for x in ROWS)\ndel total": ("ROWS",),
}
"""Statements of a body, with what each uses."""

PARAMETERS = ("", "n=2", "n: int = SMALL", "*, key='k'", "n=1, /, k=2 * 3")


@st.composite
def modules(draw: st.DrawFn) -> str:
    """The text of a module with one example, ``shown``."""
    statements = draw(
        st.lists(
            st.sampled_from(sorted(STATEMENTS)), min_size=1, max_size=5, unique=True
        )
    )
    parameters = draw(st.sampled_from(PARAMETERS))
    needed: set[str] = {"SMALL"} if "SMALL" in parameters else set()
    needed |= {name for statement in statements for name in STATEMENTS[statement]}
    needed |= draw(st.sets(st.sampled_from(sorted(DEFINITIONS)), max_size=3))
    pending = sorted(needed)
    while pending:
        new = set(USES.get(pending.pop(), ())) - needed
        needed |= new
        pending += sorted(new)
    imports = [IMPORTS[name] for name in sorted(needed & IMPORTS.keys())]
    imports = draw(st.permutations(imports))
    parts = _ordered(draw, needed & DEFINITIONS.keys())
    body = "\n".join(
        draw(st.sampled_from(("", "\n", "# a word\n"))) + statement
        for statement in statements
    )
    docstring = '"""Show it.\n\n    >>> shown()\n    x\n    """\n'
    if "TOTAL)\n\n# after" not in statements[-1]:
        body += draw(st.sampled_from(("", "\n# at the end")))
    inside = textwrap.indent(
        body, "    ", lambda line: not line.startswith("  # lines")
    )
    function = f"def shown({parameters}) -> None:\n    {docstring}{inside}\n"
    place = draw(st.integers(0, len(parts))) if parts else 0
    if "SMALL" in parameters:
        place = len(parts)
    parts.insert(place, function)
    gap = draw(st.sampled_from(("\n\n\n", "\n", "\n\n")))
    return "\n".join(imports) + "\n\n\n" + gap.join(parts) + "\n"


def _ordered(draw: st.DrawFn, names: set[str]) -> list[str]:
    """The definitions in a random order in which Python can run them."""
    waiting = draw(st.permutations(sorted(names - {"RIGHT"})))
    found: list[str] = []
    done: set[str] = set()
    while waiting:
        ready = [
            name
            for name in waiting
            if name not in EVALUATED
            or not {u for u in _all_uses(name) if u in DEFINITIONS} - done - {"RIGHT"}
        ]
        name = ready[0]
        waiting = [other for other in waiting if other != name]
        done.add(name)
        found.append(DEFINITIONS[name])
    return found


def _all_uses(name: str) -> set[str]:
    uses = set(USES.get(name, ()))
    return uses.union(*(_all_uses(u) for u in uses if u not in {"even", "odd"}))
