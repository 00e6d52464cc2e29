"""No block of code of the published site escapes: it is backed, or says why not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from tests.fences import (
    BACKED,
    REASONS,
    Known,
    count,
    faults,
    kinds_in_markdown,
    read,
)
from tests.project import LANGUAGES, LIBRARY, ROOT

from example_docs.downloads.markdown import edition_of
from example_docs.downloads.notebook import cells_of, code_of, labs
from example_docs.languages.edition import catalogue_at, published_program
from example_docs.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SITE = ROOT / "site"


@cache
def known(language: str) -> Known:
    docs = ROOT / "docs" / language
    path = docs / "code.po"
    catalogue = catalogue_at(path if path.exists() else "")
    edition = edition_of(read_settings(ROOT), language)
    return Known(
        LIBRARY,
        frozenset(
            (e.full_name, published_program(e, catalogue).text.rstrip("\n"))
            for e in LIBRARY
        ),
        frozenset(
            code_of(cells_of(edition, page, language))[0].source for page in labs(docs)
        ),
    )


def built(language: str, suffix: str) -> Iterator[Path]:
    """The files of a language in the built site."""
    if not (SITE / "index.html").exists():
        pytest.fail("there is no built site; 'make test' and 'make site' build it")
    for path in sorted(SITE.rglob(f"*{suffix}")):
        if (path.relative_to(SITE).parts[0] == "zh") == (language == "zh"):
            yield path


@pytest.mark.site
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_of_the_html_is_backed_or_says_why_not(language: str) -> None:
    kinds, wrong, pages = [], [], 0
    for path in built(language, ".html"):
        page = read(path.read_text(encoding="utf-8"))
        own, other = known(language), known("en" if language == "zh" else "zh")
        truth = own | other if path.parent.name == "parallel" else own
        pages += 1
        kinds += [block.kind for block in page.blocks]
        wrong += [
            f"{path.relative_to(ROOT)}:{line}: {sentence}"
            for line, sentence in faults(page, truth)
        ]
    # Shown when it fails: how many there are of each kind.
    counted = f"{pages} pages, {len(kinds)} blocks\n{count(kinds)}"
    assert wrong == [], counted
    assert set(kinds) <= {*BACKED, *REASONS}, counted
    assert set(kinds) >= set(BACKED), counted


@pytest.mark.site
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fence_of_the_markdown_is_backed_or_says_why_not(language: str) -> None:
    kinds, wrong = [], []
    for path in built(language, ".md"):
        found = kinds_in_markdown(path.read_text(encoding="utf-8"), known(language))
        kinds += [kind for _, kind in found]
        wrong += [f"{path.relative_to(ROOT)}:{n}" for n, kind in found if not kind]
    assert wrong == [], count(kinds)
    assert kinds.count("program") >= len(list(LIBRARY)), count(kinds)


NAME = "torch_by_example.tensors.create:from_nested_list"
EXAMPLE = LIBRARY.example("tensors.create:from_nested_list")
PROGRAM = published_program(EXAMPLE).text
OUTPUT = "tensor([[10., 20., 30.],\n        [40., 50., 60.]])"
DIV = f"<div class='example' data-example='{NAME}' data-copy='{PROGRAM.rstrip()}'>"
ANSWER = f"<div class='example-output'><pre>{OUTPUT}</pre></div>"
GOOD = f"{DIV}<pre>{PROGRAM}</pre>{ANSWER}</div>"
DOCTEST = (
    "<h3 id='torch_by_example.tensors.create.from_nested_list'>h</h3>"
    "<div class='language-pycon'><pre>&gt;&gt;&gt; from_nested_list()\n{}\n</pre></div>"
)


@pytest.mark.parametrize(
    "html",
    [
        GOOD,
        f"{GOOD}<p>a<br>b</p><pre class='language-console'>ls</pre>",
        "<div class='language-yaml highlight'><pre>a: 1</pre></div>",
        "<div class='doc-signature highlight'><pre>f()</pre></div>",
        DOCTEST.format(OUTPUT),
        "<svg><path/></svg><p>none",
    ],
)
def test_a_block_that_is_backed_or_says_why_not_is_fine(html: str) -> None:
    assert list(faults(read(html), known("en"))) == []


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<p>\n<pre>x = 1</pre>", "nothing backs it, and no class says why: 'x = 1'"),
        (
            "<br>\n<div class='language-python highlight'><pre>x</pre></div>",
            "nothing backs it, and no class says why: 'x'",
        ),
        (
            f"\n{GOOD.replace('10.', '11.', 1)}".replace("\n<", "<", 1),
            "the copy button does not yield the program of",
        ),
        (GOOD.replace(f"<pre>{PROGRAM}", "<pre>import torch"), "the blocks of"),
        (GOOD.replace(OUTPUT, "tensor([[11.]])"), "does not promise 'tensor([[11.]])'"),
        (
            DOCTEST.format(11),
            "no docstring promises",
        ),
        (
            "<div class='language-pycon'><pre>&gt;&gt;&gt; 1 + 1\n3\n</pre></div>",
            "no docstring promises",
        ),
        ("<details class='lab-setup'><pre>x = 1</pre></details>", "no lab runs"),
    ],
)
def test_a_block_that_nothing_backs_is_found(html: str, sentence: str) -> None:
    assert any(sentence in fault for _, fault in faults(read(html), known("en")))


def test_a_block_knows_its_line() -> None:
    html = "<article>\n<p>a</p>\n<pre>x</pre></article>"
    assert [line for line, _ in faults(read(html), known("en"))] == [3]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            f"```python\n{PROGRAM}```\n\n```text\n{OUTPUT}\n```\n",
            ["program", "output"],
        ),
        ("```console\nls\n```\n", ["console"]),
        (f"```text\n>>> from_nested_list()\n{OUTPUT}\n```\n", ["doctest"]),
        ("```python\nx = 1\n```\n", [""]),
        (f"```python\n{PROGRAM}```\n\n```text\n11\n```\n", ["program", ""]),
        ("```text\n>>> from_nested_list()\n11\n```\n", [""]),
        ("```\nx\n```\n", [""]),
    ],
)
def test_the_fences_of_markdown_are_told_apart(text: str, kinds: list[str]) -> None:
    assert [kind for _, kind in kinds_in_markdown(text, known("en"))] == kinds


def test_the_counts_are_for_people() -> None:
    assert count(["a", "", "a"]) == "     2 a\n     1 —"
