from __future__ import annotations

from pathlib import Path

import pytest

from example_docs.errors import ExampleError
from example_docs.pages.directives import (
    NOT_EXAMPLES,
    Directive,
    Fence,
    check_fences,
    directives,
    fences,
    front_matter,
    parse_directive,
)

PAGE = Path("page.md")


@pytest.mark.parametrize(
    ("line", "directive"),
    [
        ("::example a.b:c", Directive("a.b:c")),
        ("  ::example   a.b:c  ", Directive("a.b:c")),
        ("::example a.b:c predict", Directive("a.b:c", predict=True)),
        (
            "::example a.b:c fold=x,y show=z",
            Directive("a.b:c", fold=frozenset("xy"), show=frozenset("z")),
        ),
        (
            '::example a.b:c caption="two words, one = sign" alt="图 1"',
            Directive("a.b:c", caption="two words, one = sign", alt="图 1"),
        ),
    ],
)
def test_a_line_names_an_example(line: str, directive: Directive) -> None:
    assert parse_directive(line) == directive


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "::example",
            "'::example' names no example; write '::example chapter.lesson:function'",
        ),
        (
            "::example a:b folded=x",
            (
                "unknown option 'folded=x'; known are alt=…, caption=…, fold=…, "
                "show=…, predict"
            ),
        ),
        (
            "::example a:b predict=yes",
            (
                "unknown option 'predict=yes'; known are alt=…, caption=…, fold=…, "
                "show=…, predict"
            ),
        ),
        (
            "::example a:b fold",
            (
                "unknown option 'fold'; known are alt=…, caption=…, fold=…, show=…, "
                "predict"
            ),
        ),
        (
            "::example a:b fold=x fold=y",
            "the option 'fold' is given twice; keep one",
        ),
        (
            '::example a:b caption="open',
            "a quote is not closed (No closing quotation); close it",
        ),
        ("::examples a:b", "'::examples a:b' is not '::example NAME [OPTIONS]'"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused(line: str, sentence: str) -> None:
    with pytest.raises(ExampleError) as caught:
        parse_directive(line)
    assert caught.value.message == sentence


def test_directives_are_found_with_their_places_outside_fences() -> None:
    text = "::example a:one\n\n```text\n::example a:two\n```\n\n    ::example a:three\n"
    found = [(d.directive.name, d.number, d.indent) for d in directives(PAGE, text)]
    assert found == [("a:one", 1, ""), ("a:three", 7, "    ")]


def test_an_example_is_shown_once_a_page() -> None:
    text = "::example a:one\n\ntext\n\n::example a:one predict\n"
    with pytest.raises(ExampleError) as caught:
        list(directives(PAGE, text))
    assert str(caught.value).endswith(
        "page.md:5: 'a:one' is already on this page; show an example once a page, "
        "and link to it"
    )


def test_a_bad_directive_is_placed() -> None:
    with pytest.raises(ExampleError) as caught:
        list(directives(PAGE, "text\n\n::example\n"))
    assert (caught.value.path, caught.value.line) == (PAGE, 3)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```python\nx\n```\n", [Fence("python", 1, 3)]),
        ("~~~ text\nx\n~~~\n", [Fence("text", 1, 3)]),
        ("````text\n```\nx\n```\n````\n", [Fence("text", 1, 5)]),
        ("```text\n~~~\n```\n", [Fence("text", 1, 3)]),
        ("- list\n\n    ```text\n    x\n    ```\n", [Fence("text", 3, 5)]),
        ("> ```text\n> x\n> ```\n", [Fence("text", 1, 3)]),
        ("```text\nnever closed\n", [Fence("text", 1, 2)]),
        ("`` `x` ``\n", []),
        ("```not`a fence\n", []),
    ],
)
def test_fences_are_found(text: str, found: list[Fence]) -> None:
    assert fences(text) == found


@pytest.mark.parametrize("language", NOT_EXAMPLES)
def test_a_fence_that_says_why_it_is_no_example_is_fine(language: str) -> None:
    check_fences(PAGE, f"```{language}\nx\n```\n")
    check_fences(PAGE, f'``` {{ .{language} title="x" }}\nx\n```\n')


@pytest.mark.parametrize("info", ["python", "py", "sh", "bash", "", "{ .python }"])
def test_no_fence_escapes(info: str) -> None:
    with pytest.raises(ExampleError) as caught:
        check_fences(PAGE, f"text\n\n```{info}\nx\n```\n")
    assert caught.value.line == 3
    assert caught.value.message == (
        f"the fence '{info}' is neither an example nor one of console, powershell, "
        "yaml, toml, ini, text; code belongs into src/, and '::example' names it"
    )


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("---\ntitle: A\n---\n# A\n", "---\ntitle: A\n---\n"),
        ("# A\n\n---\n\nb\n\n---\n", ""),
        ("", ""),
    ],
)
def test_front_matter_ends_before_the_page(text: str, front: str) -> None:
    assert front_matter(text) == front
