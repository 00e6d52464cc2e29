from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.lessons import library_of

from example_docs.errors import ExampleError
from example_docs.outputs.expected import Output
from example_docs.verify.verify import accept, disagreement, verify, wants_float64

if TYPE_CHECKING:
    from pathlib import Path

    from example_docs.code.library import Library


def example(name: str, body: str, promise: str = "") -> str:
    """The text of an example; the promise holds lines that end in a line break."""
    indented = "".join(f"    {line}\n" for line in promise.splitlines())
    return (
        f'def {name}() -> None:\n    """Show {name}.\n\n'
        f'    >>> {name}()\n{indented}    """\n    {body}\n'
    )


def accepted(root: Path, library: Library) -> list[str]:
    """Accept everything; the names of the files that changed."""
    changed = accept([verify(example) for example in library])
    return [path.relative_to(root / "src" / library.package).name for path in changed]


@pytest.mark.parametrize(
    ("promise", "found", "complaint"),
    [
        (Output("1"), Output("1"), None),
        (Output("0.10"), Output("0.11"), None),
        (Output("1", "ValueError: no"), Output("1", "ValueError: no"), None),
        (
            Output("1"),
            Output("2"),
            "line 1: expected '1', found '2': integers must be equal",
        ),
        (
            Output("1"),
            Output("1", "ValueError: no\nmore"),
            "raised 'ValueError: no', which is not promised",
        ),
        (
            Output("1", "ValueError: no"),
            Output("1"),
            "did not raise the promised 'ValueError: no'",
        ),
        (
            Output("", "ValueError: no"),
            Output("", "TypeError: no"),
            "line 1: expected 'ValueError', found 'TypeError': text must be equal",
        ),
        (
            Output("", "ValueError: one"),
            Output("", "ValueError: two"),
            "line 1: expected 'one', found 'two': text must be equal",
        ),
    ],
)
def test_a_disagreement_is_one_sentence(
    promise: Output, found: Output, complaint: str | None
) -> None:
    assert disagreement(promise, found) == complaint


def test_only_the_structure_may_be_held_to() -> None:
    promise, found = Output("tensor([0.1])"), Output("tensor([0.7])")
    assert disagreement(promise, found, structure_only=True) is None
    assert disagreement(promise, found) is not None


def test_a_wrong_promise_is_explained(
    tmp_path: Path, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    library = library_of(tmp_path, package, lesson=example("show", "print(2)", "1\n"))
    verdict = verify(library.example("lesson:show"))
    assert verdict.explanation == (
        f"src/{package}/lesson.py:1: show(): line 1: expected '1', found '2': "
        "integers must be equal\n--- promised\n1\n--- found\n2\n"
        "If what was found is right, 'example-docs accept' writes it into the "
        "docstring."
    )


def test_a_warning_counts_as_an_error(tmp_path: Path, package: str) -> None:
    body = "import warnings; warnings.warn('careful'); print(1)"
    library = library_of(tmp_path, package, lesson=example("show", body, "1\n"))
    assert verify(library.example("lesson:show")).complaint == (
        "raised 'UserWarning: careful', which is not promised"
    )


LESSON = "\n\n".join(
    [
        '"""Ein Kapitel über 张量: trailing spaces stay.   """\n\nimport torch\n',
        example("right", "print('a')\n    print('b')", "a\nb\n"),
        example("nearly", "print(torch.tensor([0.12346]))", "tensor([0.1234])\n"),
        example("wrong", "print('a', 2)", "a 1\n"),
        example("longer", "print('a\\n\\nb')", "a\n"),
        example("shorter", "print('a')", "a\n<BLANKLINE>\nb\n"),
        example(
            "ends",
            "print(1)\n    raise ValueError('no\\n  why')",
            "Traceback (most recent call last):\n    ...\nValueError: yes\n",
        ),
        example(
            "recovers",
            "print('fine')",
            "Traceback (most recent call last):\n    ...\nValueError: no\n",
        ),
        "# the end\n",
    ]
)
ACCEPTED = (
    LESSON.replace("    a 1\n", "    a 2\n")
    .replace("longer()\n    a\n", "longer()\n    a\n    <BLANKLINE>\n    b\n")
    .replace("shorter()\n    a\n    <BLANKLINE>\n    b\n", "shorter()\n    a\n")
    .replace(
        "ends()\n    Traceback (most recent call last):\n        ...\n"
        "    ValueError: yes\n",
        "ends()\n    1\n    Traceback (most recent call last):\n        ...\n"
        "    ValueError: no\n      why\n",
    )
    .replace(
        "recovers()\n    Traceback (most recent call last):\n        ...\n"
        "    ValueError: no\n",
        "recovers()\n    fine\n",
    )
)


def test_accept_rewrites_what_really_differs_and_nothing_else(
    tmp_path: Path, package: str
) -> None:
    untouched = "\n".join([example("show", "print(1)", "1\n"), "x = 1   \n"])
    library = library_of(tmp_path, package, lesson=LESSON, untouched=untouched)
    other = tmp_path / "src" / package / "untouched.py"
    before = other.stat().st_mtime_ns
    assert accepted(tmp_path, library) == ["lesson.py"]
    path = tmp_path / "src" / package / "lesson.py"
    assert path.read_text(encoding="utf-8") == ACCEPTED
    assert other.stat().st_mtime_ns == before  # a read may change the time of access


def test_what_was_accepted_is_right(tmp_path: Path, package: str) -> None:
    library = library_of(tmp_path, package, lesson=LESSON)
    accepted(tmp_path, library)
    assert [verify(example).complaint for example in library] == [None] * 7
    assert accepted(tmp_path, library) == []


def test_accept_fills_in_the_promise_of_a_new_example(
    tmp_path: Path, package: str
) -> None:
    library = library_of(tmp_path, package, lesson=example("show", "print('new')"))
    assert accepted(tmp_path, library) == ["lesson.py"]
    path = tmp_path / "src" / package / "lesson.py"
    assert path.read_text() == example("show", "print('new')", "new\n")


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (
            'def bad() -> None:\n    """Show.\n\n    >>> bad()"""\n    print(1)\n',
            (
                "the docstring of bad() must have '>>> bad()' on a line of its own, "
                "and its closing quotes below it"
            ),
        ),
        (
            example("bad", "print('\\\\\\\\')", "1\n"),
            (
                "the output of bad() contains a backslash or three quotes; begin its "
                'docstring with r""" and avoid printing three quotes'
            ),
        ),
        (
            example("bad", "print('\"' * 3)", "1\n"),
            (
                "the output of bad() contains a backslash or three quotes; begin its "
                'docstring with r""" and avoid printing three quotes'
            ),
        ),
    ],
    ids=["no place", "backslash", "quotes"],
)
def test_a_failure_leaves_every_file_untouched(
    tmp_path: Path, package: str, bad: str, sentence: str
) -> None:
    good = example("show", "print(2)", "1\n")
    library = library_of(tmp_path, package, a_first=good, bad=bad, last=good)
    with pytest.raises(ExampleError) as caught:
        accepted(tmp_path, library)
    assert caught.value.message == sentence
    folder = tmp_path / "src" / package
    assert (folder / "a_first.py").read_text() == good
    assert (folder / "bad.py").read_text() == bad
    assert not list(folder.glob(".*"))


def test_a_raw_docstring_takes_a_backslash(tmp_path: Path, package: str) -> None:
    text = example("show", "print('\\\\\\\\')", "1\n").replace('"""Show', 'r"""Show')
    library = library_of(tmp_path, package, lesson=text)
    accepted(tmp_path, library)
    assert verify(library.example("lesson:show")).complaint is None


def test_mps_has_no_float64() -> None:
    refused = Output(
        "1",
        "TypeError: Cannot convert a MPS Tensor to float64 dtype as the MPS framework "
        "doesn't support float64. Please use float32 instead.",
    )
    assert wants_float64(refused)
    assert not wants_float64(Output("float64"))
    assert not wants_float64(Output("", "TypeError: unsupported operand"))


def test_a_mark_for_gpus_says_nothing_of_the_cpu(tmp_path: Path, package: str) -> None:
    text = "from example_docs.marks import on_cuda\n\n\n" + example(
        "show", "print(1)", "1\n"
    ).replace("def show", '@on_cuda(raises=TypeError, because="so")\ndef show')
    library = library_of(tmp_path, package, lesson=text)
    found = library.example("lesson:show")
    assert verify(found).complaint is None
    # meta is there everywhere; that it prints 1 is what the mark does not expect.
    assert verify(found, "meta").complaint == "must raise TypeError on meta, so"
