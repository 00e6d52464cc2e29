"""Before and after: each page in ``data/pages`` and the HTML that it becomes.

``python -m tests.test_markdown`` writes the HTML anew; read what changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from tests.project import ROOT

from example_docs.extensions.builder import PageError, set_page
from example_docs.extensions.example import ExampleExtension
from example_docs.extensions.render import size_of

if TYPE_CHECKING:
    from pathlib import Path

DATA = ROOT / "tests/data"
LESSONS = DATA / "lessons"
PAGES = sorted((DATA / "pages").glob("*.md"))
LANGUAGE: dict[str, dict[str, Any]] = {
    "chinese": {"language": "zh", "catalogue": str(LESSONS / "docs/zh/code.po")}
}


def converter(docs: Path = DATA / "pages", **options: Any) -> Markdown:  # noqa: ANN401
    extension = ExampleExtension(
        source=str(LESSONS / "src"),
        package="sample_lessons",
        docs=str(docs),
        **options,
    )
    return Markdown(
        extensions=[
            extension,
            "admonition",
            "pymdownx.details",
            "pymdownx.superfences",
        ]
    )


def converter_with(*extensions: str) -> Markdown:
    md = converter()
    md.registerExtensions(extensions, {})
    return md


def body(page: str) -> str:
    """A page without its front matter, as a builder hands it on."""
    return page.split("---\n", 2)[2] if page.startswith("---\n") else page


def html(page: str, **options: Any) -> BeautifulSoup:  # noqa: ANN401
    return BeautifulSoup(converter(**options).convert(page), "html.parser")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_page_becomes_html(page: Path) -> None:
    assert converted(page) == page.with_suffix(".html").read_text(encoding="utf-8")


def converted(page: Path) -> str:
    options = LANGUAGE.get(page.stem, {})
    text = body(page.read_text(encoding="utf-8"))
    return str(converter(**options).convert(text)) + "\n"


def test_the_size_of_an_example_is_told_in_rows_of_what_is_open() -> None:
    code = "<pre><code>a\nb\n</code></pre>"
    folded = "<details><summary>import</summary><pre>1\n2\n3\n</pre></details>"
    figure = '<svg viewBox="0 0 400 250"></svg>'
    assert size_of(code) == {"data-rows": "3.40"}
    assert size_of(f"{folded}\n{code}") == {"data-rows": "4.95"}
    assert size_of(code + figure) == {"data-rows": "3.40", "data-ratio": "0.62"}
    assert size_of(f"{code}<details>{figure}</details>") == {"data-rows": "4.95"}


# What checkers rely on --------------------------------------------------------------


def test_an_example_is_named_and_carries_its_program() -> None:
    found = html("::example numbers:use_helper").select_one("div.example")
    assert found is not None
    assert found["id"] == "use-helper"
    assert found["data-example"] == "sample_lessons.numbers:use_helper"
    assert found["data-copy"] == (
        "import math\n\nFACTOR = 2\n\n\ndef double(x: float) -> float:\n"
        "    return FACTOR * x\n\n\nprint(double(math.pi))"
    )


def test_the_output_is_what_the_program_prints() -> None:
    found = html("::example numbers:divide_by_zero").select("div.example-output pre")
    assert [pre.text for pre in found] == [
        "before\n\n<after>\nZeroDivisionError: division by zero\n"
    ]


def visible(page: str) -> list[tuple[str, str]]:
    """For each example of a page: what stands there, and what is folded away."""
    result = []
    for example in html(page).select("div.example"):
        folded = example.select("details.example-folded code")
        code = [c for c in example.select("pre > code") if c not in folded]
        result.append(("".join(c.text for c in code), "".join(c.text for c in folded)))
    return result


IMPORT = "import math\n"
HELPERS = "FACTOR = 2\n\n\ndef double(x: float) -> float:\n    return FACTOR * x\n"


def test_what_the_page_has_shown_is_folded_away() -> None:
    first, second = visible(
        "::example numbers:use_helper\n\n::example numbers:use_helper_again\n"
    )
    assert first == (f"{IMPORT}\n{HELPERS}\n\nprint(double(math.pi))\n", "")
    assert second == ("print(double(math.e))\n", f"{IMPORT}\n{HELPERS}")


def test_the_next_page_shows_everything_again() -> None:
    markdown = converter()
    pages = [markdown.reset().convert("::example numbers:use_import") for _ in range(2)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("options", "folded"),
    [
        ("", ""),
        ("fold=math", IMPORT),
        (
            "fold=math,double",
            f"{IMPORT}\n\ndef double(x: float) -> float:\n    return FACTOR * x\n",
        ),
        ("fold=all", f"{IMPORT}\n{HELPERS}"),
        ("fold=all show=math", HELPERS),
        ("fold=none", ""),
    ],
)
def test_the_author_says_what_to_fold(options: str, folded: str) -> None:
    ((_, found),) = visible(f"::example numbers:use_helper {options}")
    assert found == folded


def test_the_author_says_what_to_show_again() -> None:
    _, second = visible(
        "::example numbers:use_helper\n\n"
        "::example numbers:use_helper_again show=double\n"
    )
    assert second[0].startswith("def double(x: float)")
    assert second[1] == f"{IMPORT}\nFACTOR = 2\n"


def test_an_output_to_predict_is_folded() -> None:
    page = html("::example numbers:use_import predict")
    answer = page.select_one("details.example-answer")
    assert answer is not None
    assert answer.select_one("summary").text == "Show the output"  # type: ignore[union-attr]
    assert answer.select_one("div.example-output pre").text == "3\n"  # type: ignore[union-attr]
    assert len(page.select("div.example-output")) == 1


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("is {0.25 = steepest}.", "is 0.25."),
        ("**{97 % = a}** *{0.5 = a_b_c}*{0.5 in a}", "97 % 0.50.5"),
        ("| a |\n|---|\n| {0.5 = a_b} |", "a\n0.5"),
        ("- {0.5 = a}\n", "0.5"),
        ("{0.5 = a_b}\n", "0.5"),
        ('!!! note "to {0.5 = a}"\n\n    {0.5 = a}\n', "to 0.5\n0.5"),
    ],
)
def test_readers_see_a_number_without_its_source(page: str, shown: str) -> None:
    found = converter_with("tables", "attr_list").convert(page)
    text = BeautifulSoup(found, "html.parser").text
    assert [line.strip() for line in text.split("\n") if line.strip()] == (
        shown.split("\n")
    )
    assert '<span class="number">' in found


def test_code_is_no_number_with_a_source() -> None:
    found = html("`{0.5 = a}` \\{0.5 = a}")
    assert found.text == "{0.5 = a} {0.5 = a}"
    assert found.select(".number") == []


def test_the_words_of_a_figure_show_no_source() -> None:
    line = '::example numbers:print_number caption="to {0.5 = print_number}"'
    found = html(line).select_one(".example-caption")
    assert found is not None
    assert found.text == "to 0.5"


def test_what_is_said_of_an_answer_is_folded_with_it() -> None:
    page = html('::example numbers:use_import predict caption="Three."')
    (caption,) = page.select(".example-caption")
    assert caption in page.select("details.example-answer > .example-caption")


def test_a_caption_is_text() -> None:
    page = html('::example numbers:use_import caption="a < b & c"')
    assert page.select_one("p.example-caption").text == "a < b & c"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("page", "inside"),
    [
        ("- item\n\n    ::example numbers:use_import\n", "li > div.example"),
        ("1. item\n\n    ::example numbers:use_import\n", "li > div.example"),
        (
            '!!! note "Title"\n\n    ::example numbers:use_import\n',
            "div.admonition > div.example",
        ),
        (
            '??? note "Title"\n\n    ::example numbers:use_import\n',
            "details.note > div.example",
        ),
        ("> ::example numbers:use_import\n", "blockquote > div.example"),
    ],
)
def test_examples_stand_within_other_blocks(page: str, inside: str) -> None:
    assert len(html(page).select(inside)) == 1


@pytest.mark.parametrize(
    "page",
    [
        "```text\n::example numbers:use_import\n```\n",
        "- item\n\n    ```text\n    ::example numbers:use_import\n    ```\n",
        "~~~text\n\n::example numbers:use_import\n\n~~~\n",
        "text\n\n    ::example numbers:use_import\n",
        "`::example numbers:use_import`\n",
    ],
)
def test_what_only_looks_like_an_example_is_left_alone(page: str) -> None:
    found = html(page)
    assert not found.select("div.example")
    assert "::example numbers:use_import" in found.text


# Errors -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("directive", "sentence"),
    [
        (
            "::example numbers:print_numbr",
            (
                "page.md:5: there is no example 'numbers:print_numbr'; "
                "the nearest is 'numbers:print_number'"
            ),
        ),
        (
            "::example",
            (
                "page.md:5: '::example' names no example; "
                "write '::example chapter.lesson:function'"
            ),
        ),
        (
            "::example numbers:use_import hide=math",
            (
                "page.md:5: unknown option 'hide=math'; "
                "known are alt=…, caption=…, fold=…, show=…, predict"
            ),
        ),
        (
            "::example numbers:use_import fold=torch",
            (
                "page.md:5: the program of 'numbers:use_import' has no 'torch' to fold "
                "or show; it has math"
            ),
        ),
        (
            "::example numbers:print_number show=math",
            (
                "page.md:5: the program of 'numbers:print_number' has no 'math' to "
                "fold or show; it has neither imports nor helpers"
            ),
        ),
        (
            '::example numbers:print_number alt="a curve"',
            "page.md:5: 'numbers:print_number' draws nothing; remove alt=…",
        ),
        (
            "::example numbers:print_number\ntext",
            "page.md:5: '::example' needs an empty line before and after it",
        ),
        (
            "::example numbers:print_number\n\n::example numbers:print_number",
            (
                "page.md:7: 'numbers:print_number' is already on this page; show an "
                "example once a page, and link to it"
            ),
        ),
        (
            "::example bad:no_promise",
            (
                "bad.py:6: no_promise() promises no output; write '>>> no_promise()' "
                "into its docstring and let "
                "'example-docs accept' fill in what it prints"
            ),
        ),
        (
            "::example bad:empty_promise",
            (
                "bad.py:11: empty_promise() prints, but its doctest promises nothing; "
                "run 'example-docs accept'"
            ),
        ),
        (
            "::example bad:silent",
            "bad.py:19: silent() neither prints nor draws; let it show something",
        ),
        (
            "::example bad:needs",
            (
                "bad.py:26: needs() needs the parameter 'size', so it cannot be an "
                "example; give it a default"
            ),
        ),
        (
            "::example bad:helper_is_lost",
            "bad.py:35: sample_lessons.numbers does not define 'lost'; mend the import",
        ),
        (
            "::example broken:show",
            "broken.py:1: this is not Python (invalid syntax); mend the syntax",
        ),
    ],
)
def test_an_error_is_one_sentence_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, directive: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    page = f"---\ntitle: A\n---\n\n{directive}\n"
    (tmp_path / "page.md").write_text(page, encoding="utf-8")
    md = converter(docs=tmp_path)
    set_page(md, "page.md")
    with pytest.raises(PageError) as caught:
        md.convert(body(page))
    found = caught.value.message
    folder = f"{(LESSONS / 'src' / 'sample_lessons').as_posix()}/"
    assert found.replace(folder, "") == sentence


def test_a_comment_without_a_translation_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PageError) as caught:
        html("::example bad:no_translation", docs=tmp_path, **LANGUAGE["chinese"])
    assert caught.value.message.endswith(
        "code.po: no translation of 'only English'; run 'example-docs catalogue', "
        "and write it there (used by sample_lessons.bad:no_translation)"
    )


if __name__ == "__main__":
    for each in PAGES:
        each.with_suffix(".html").write_text(converted(each), encoding="utf-8")
