"""Whatever an author writes, the example becomes a program that does the same."""

from __future__ import annotations

import builtins
import contextlib
import io
import symtable
import tempfile
import textwrap
import tokenize
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.lessons import library_of
from tests.properties.modules import modules

from example_docs.code.library import PRAGMA
from example_docs.code.program import Program, assemble
from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Iterator


DOCSTRING = '"""Show it.\n\n    >>> shown()\n    x\n    """'


def extracted(module: str) -> Program:
    with tempfile.TemporaryDirectory() as folder:
        library = library_of(Path(folder), lesson=module)
        return library.example("lesson:shown").program


def printed(text: str, call: str = "") -> str:
    """What a text prints when it runs as a module of its own."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(text, "<text>", "exec"), namespace)
        exec(call, namespace)
    return out.getvalue()


def comments(text: str) -> list[str]:
    """What comments say to readers."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    found = (PRAGMA.sub("", t.string) for t in tokens if t.type == tokenize.COMMENT)
    return [comment.strip() for comment in found if comment.strip()]


def undefined(text: str) -> set[str]:
    """The names that a program uses and nobody defines."""
    table = symtable.symtable(text, "<program>", "exec")
    defined = {s.get_name() for s in table.get_symbols() if not s.is_global()}
    defined |= {s.get_name() for s in table.get_symbols() if s.is_assigned()}
    defined |= {s.get_name() for s in table.get_symbols() if s.is_imported()}
    used = {
        s.get_name()
        for inner in below(table)
        for s in inner.get_symbols()
        if s.is_global() and s.is_referenced()
    }
    used |= {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    return used - defined - set(dir(builtins)) - {"__name__"}


def below(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from below(child)


@given(modules())
def test_the_program_prints_what_the_function_prints(module: str) -> None:
    program = extracted(module).text
    assert printed(program) == printed(module, "shown()")


@given(modules())
def test_the_program_defines_all_that_it_uses(module: str) -> None:
    program = extracted(module).text
    assert undefined(program) == set()
    assert "lesson" not in program


@given(modules())
def test_the_comments_of_the_body_stay_in_order(module: str) -> None:
    body = module[module.index("def shown(") :]
    lines = body.split("\n")
    end = next(
        (
            n
            for n, line in enumerate(lines)
            if n and line and not line.startswith((" ", "  # lines"))
        ),
        len(lines),
    )
    own = comments("\n".join(lines[:end]) + "\n")
    assert comments(extracted(module).body + "\n") == own


@given(modules())
def test_nothing_is_said_twice_or_made_up(module: str) -> None:
    program = extracted(module)
    lines = Counter(line.strip() for line in module.split("\n"))
    imports = {piece.text for piece in program.imports}
    for line in program.text.split("\n"):
        if line.strip() and line not in imports and line.strip() != "pass":
            bare = line.strip()
            known = any(bare in other or _same(bare, other) for other in lines)
            assert known, (line, module)
    names = [piece.name for piece in program.helpers]
    assert len(names) == len(set(names))


def _same(line: str, original: str) -> bool:
    """Whether a line is another one without its annotations or as an assignment."""
    return original.startswith(("def shown(", line.partition("(")[0].partition(" ")[0]))


@given(modules())
def test_a_program_as_a_module_gives_the_same_program(module: str) -> None:
    program = extracted(module)
    assume('"""' not in program.body)
    top = assemble(program.imports, program.helpers, "")
    body = textwrap.indent(program.body, "    ")
    again = f"{top}\n\ndef shown():\n    {DOCSTRING}\n{body}\n"
    assert extracted(again) == program


@given(modules(), st.sampled_from(["double", "SMALL", "math", "Child"]))
def test_a_local_name_that_hides_is_a_sentence_or_harmless(
    module: str, name: str
) -> None:
    start = module.index('    """\n', module.index(">>> shown()")) + len('    """\n')
    hidden = f"{module[:start]}    {name} = print\n{module[start:]}"
    expected = None
    with contextlib.suppress(Exception):  # what a hidden name leads to
        expected = printed(hidden, "shown()")
    assume(expected is not None)
    program, sentence = attempted(hidden)
    assert ("rename the local name" in sentence) == (not program)
    assert not program or printed(program) == expected


def attempted(module: str) -> tuple[str, str]:
    """The program, or the sentence that says why there is none."""
    try:
        return extracted(module).text, ""
    except ExampleError as error:
        return "", str(error)


@given(st.text(max_size=200))
def test_any_text_is_a_module_or_a_sentence(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = library_of(Path(folder), lesson="")
        path = Path(folder, "src", library.package, "lesson.py")
        path.write_text(f"{text}\n", encoding="utf-8", errors="replace", newline="")
        names = ["one sentence"]
        with contextlib.suppress(ExampleError):
            names = [example.name for example in library]
        assert names in ([], ["one sentence"])


def test_a_name_that_nobody_defines_would_be_noticed() -> None:
    assert undefined("print(a)\nb = 1\ndef f():\n    return b + c\n") == {"a", "c"}
    with pytest.raises(ExampleError, match="'nowhere' is not defined"):
        extracted(
            'def shown():\n    """S.\n\n    >>> shown()\n    1\n    """\n'
            "    print(nowhere)\n"
        )
