"""What a page offers to take away: a notebook that runs, and links to it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbformat import v4
from tests.editions import edition
from tests.kernels import kernel
from tests.lessons import library_of
from tests.project import LANGUAGES, LIBRARY

from example_docs.downloads.ipynb import Shown, outputs_of
from example_docs.downloads.lessons import (
    download_links,
    lesson_notebook,
    lesson_notebooks,
    lessons,
    linked_pages,
    with_links,
)
from example_docs.downloads.markdown import Edition, notebook_address, published_address
from example_docs.downloads.notebook import quoted
from example_docs.errors import ExampleError
from example_docs.figures.draw import path_of
from example_docs.files import write
from example_docs.outputs.compare import compare
from example_docs.pages.directives import directives

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

each_language = pytest.mark.parametrize("language", LANGUAGES)

KINDS = {
    "no exception, no figure": "activations/subgradients.md",
    "exceptions": "tensors/join.md",
    "figures": "activations/tanh.md",
    "formulas": "losses/mse.md",
}
"""One lesson of each kind runs in a kernel; their programs run in other tests."""


def code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook: NotebookNode) -> str:
    cells = (cell for cell in notebook.cells if cell.cell_type == "markdown")
    return "\n\n".join(cell.source for cell in cells)


def said(cell: NotebookNode) -> str:
    """What a cell printed, and the exception it ended in; anything else is foreign."""
    text = ""
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            text += output.text
        elif output.output_type == "error":
            text += f"{output.ename}: {output.evalue}".removesuffix(": ")
        elif output.output_type == "execute_result":
            text += f"a value: {output.data}"
    return text.rstrip("\n")


def figures(cell: NotebookNode) -> int:
    return sum(output.output_type == "display_data" for output in cell.outputs)


def differences(notebook: NotebookNode) -> list[str]:
    """Run a notebook as downloaded; where it does not show what it showed before."""
    hidden = "import sys\nsys.modules.update(torch_by_example=None, example_docs=None)"
    again = v4.new_notebook(cells=[v4.new_code_cell(hidden)])
    again.cells += [
        v4.new_code_cell(cell.source, metadata=cell.metadata) for cell in code(notebook)
    ]
    found = []
    with kernel(again) as client:
        for index, cell in enumerate(again.cells):
            client.execute_cell(cell, index)
    for before, after in zip(code(notebook), again.cells[1:], strict=True):
        difference = compare(said(before), said(after))
        if difference is None and figures(before) != figures(after):
            found.append(f"{figures(after)} figures\n{before.source}")
        elif difference is not None:
            found.append(f"{difference}\n{before.source}")
    return found


# All lessons -------------------------------------------------------------------------


@each_language
def test_every_lesson_is_a_valid_notebook_with_all_its_examples(language: str) -> None:
    pages = list(lessons(edition(language)))
    notebooks = lesson_notebooks(edition(language))
    assert list(notebooks) == [notebook_address(page) for page in pages]
    assert len(pages) > 30
    for page, text in zip(pages, notebooks.values(), strict=True):
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
        path = edition(language).docs / page
        named = [
            LIBRARY.example(line.directive.name)
            for line in directives(path, path.read_text(encoding="utf-8"))
        ]
        install, *examples = code(notebook)
        # One lesson only draws.
        wants_torch = any("import torch" in cell.source for cell in examples)
        assert wants_torch or page == "start/chinese-labels.md"
        found = re.search(r"%pip install --quiet .*\btorch\b", install.source)
        assert bool(found) is wants_torch
        for cell, example in zip(examples, named, strict=True):
            ast.parse(cell.source)
            # The comparer reads what stands behind the last dot of a type alike.
            shown, promise = said(cell), example.expected.text
            assert shown == promise or promise.endswith(shown.splitlines()[-1])
            ends = example.expected.exception is not None
            assert ("raises-exception" in cell.metadata.get("tags", [])) is ends
            assert "torch_by_example" not in cell.source


@each_language
def test_prose_has_nothing_that_jupyter_does_not_know(language: str) -> None:
    strange = re.compile(
        r"\{ *#|::example|\.md\)|^ *(!!!|\?\?\?) |\{-?\d[^{}$]* (=|~|in|given) ",
        re.MULTILINE,
    )
    for page in lessons(edition(language)):
        text = prose(lesson_notebook(edition(language), page))
        assert text.startswith("# ")
        assert not strange.search(text), page


def test_cells_are_the_same_in_both_languages() -> None:
    english, chinese = (edition(language) for language in LANGUAGES)
    for page in sorted(set(lessons(english)) & set(lessons(chinese))):
        left, right = (code(lesson_notebook(e, page))[1:] for e in (english, chinese))
        for cell, twin in zip(left, right, strict=True):
            assert ast.dump(ast.parse(cell.source)) == ast.dump(ast.parse(twin.source))
            assert said(cell) == said(twin)


# In one language: the cells of the other are the same, as the test above shows.
@pytest.mark.size("all")
@pytest.mark.parametrize("kind", KINDS)
def test_it_runs_as_downloaded(kind: str) -> None:
    notebook = lesson_notebook(edition(LANGUAGES[0]), KINDS[kind])
    cells = code(notebook)
    assert any(figures(cell) for cell in cells) is (kind == "figures")
    raises = any("raises-exception" in cell.metadata.get("tags", []) for cell in cells)
    assert raises or kind != "exceptions"
    assert "$" in prose(notebook) or kind != "formulas"
    assert differences(notebook) == []


# Small ones --------------------------------------------------------------------------

LESSON = '''
    from math import pi


    def double(x):
        """Twice x."""
        return 2 * x


    def show():
        """It prints.

        >>> show()
        6.2832
        """
        print(f"{double(pi):.4f}")


    def again():
        """It prints the same.

        >>> again()
        6.2832
        """
        print(f"{double(pi):.4f}")


    def hide():
        """It gives the name of a function to a number.

        >>> hide()
        2
        """
        double = 2
        print(double)


    def fail():
        """It fails.

        >>> fail()
        before
        Traceback (most recent call last):
            ...
        ZeroDivisionError: division by zero
        """
        print("before")
        print(1 / 0)


    def draw():
        """It draws.

        >>> draw()
        """
        import matplotlib.pyplot as plt

        plt.plot([1, 2])
        plt.show()
'''


def small(tmp_path: Path, *lines: str) -> Edition:
    library = library_of(tmp_path, lesson=LESSON)
    text = "\n\n".join(["---\ntitle: A\n---\n\n# A { #a }", *lines])
    write(tmp_path / "docs" / "en" / "chapter" / "page.md", f"{text}\n")
    return Edition(tmp_path / "docs" / "en", library, tmp_path / "figures")


def sources(found: Edition) -> list[str]:
    cells = code(lesson_notebook(found, "chapter/page.md"))
    return [cell.source for cell in cells]


def test_what_is_said_of_an_answer_is_folded(tmp_path: Path) -> None:
    lines = ('::example lesson:show caption="a"', '::example lesson:hide caption="b"')
    found = small(tmp_path, lines[0], f"{lines[1]} predict")
    notebook = lesson_notebook(found, "chapter/page.md")
    shown, folded = [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and "*" in cell.source
    ]
    assert shown == "*a*"
    assert folded == ("<details><summary>What it means</summary>\n\n*b*\n\n</details>")


def test_what_the_kernel_holds_is_not_said_again(tmp_path: Path) -> None:
    names = ("show", "again", "hide", "show")
    found = small(tmp_path, *(f"::example lesson:{name}" for name in names[:3]))
    first, second, third = sources(found)
    assert "from math import pi" in first
    assert "def double" in first
    assert second == 'print(f"{double(pi):.4f}")'
    assert third == "double = 2\nprint(double)"


def test_a_helper_that_a_cell_has_hidden_is_said_again(tmp_path: Path) -> None:
    order = ("show", "hide", "again")
    found = small(tmp_path, *(f"::example lesson:{name}" for name in order))
    last = sources(found)[-1]
    assert "def double" in last
    assert "import" not in last


def test_a_small_notebook_runs_and_a_wrong_one_is_noticed(tmp_path: Path) -> None:
    order = ("show", "hide", "again", "fail")
    found = small(tmp_path, *(f"::example lesson:{name}" for name in order))
    notebook = lesson_notebook(found, "chapter/page.md")
    assert said(code(notebook)[-1]) == "before\nZeroDivisionError: division by zero"
    assert differences(notebook) == []
    wrong = code(notebook)
    wrong[0].outputs = outputs_of(Shown("6.2932"))
    wrong[1].source = wrong[1].source.replace("= 2", "= 3")
    wrong[2].source = "pi"
    wrong[3].outputs = outputs_of(Shown("before", exception="ValueError: no"))
    assert len(differences(notebook)) == 4


def test_a_figure_has_its_words_and_an_answer_is_folded(tmp_path: Path) -> None:
    line = '::example lesson:draw alt="A line." caption="It rises."'
    found = small(tmp_path, line, "::example lesson:show predict")
    program = found.program("lesson:draw")
    write(path_of(found.figures, program), '<svg viewBox="0 0 1 1"></svg>\n')
    notebook = lesson_notebook(found, "chapter/page.md")
    _, drawn, folded = code(notebook)
    data = drawn.outputs[0].data
    assert data["text/plain"] == "A line."
    assert "<title>A line.</title>" in data["image/svg+xml"]
    assert "*It rises.*" in prose(notebook)
    assert folded.metadata.jupyter == {"outputs_hidden": True}


def test_links_lead_to_the_site_where_it_is_known(tmp_path: Path) -> None:
    text = "See [b](../other/b.md#c), [here](#a) and [all](index.md)."
    found = small(tmp_path, text, "::example lesson:show")
    page = found.docs / "chapter" / "page.md"
    write(found.docs / "chapter" / "index.md", page.read_text(encoding="utf-8"))
    for name in ("page.md", "index.md"):
        shown = prose(lesson_notebook(found, f"chapter/{name}", "https://h/zh"))
        here = "https://h/zh/chapter/" + ("page/" if name == "page.md" else "")
        assert "[b](https://h/zh/other/b/#c)" in shown
        assert f"[here]({here}#a)" in shown
        assert "[all](https://h/zh/chapter/)" in shown
        bare = prose(lesson_notebook(found, f"chapter/{name}"))
        assert "See b, here and all." in bare


def test_admonitions_become_quotations() -> None:
    text = (
        '!!! note "A \\"title\\""\n\n    One.\n\n    ```text\n    !!! x\n    ```\n'
        "\nAfter.\n\n??? tip\n    Two.\n\n    ::example a.b:c\n\n    Three.\n"
    )
    assert quoted(text) == [
        '> **A "title"**  ',
        ">",
        "> One.",
        ">",
        "> ```text",
        "> !!! x",
        "> ```",
        "",
        "After.",
        "",
        "> **Tip**  ",
        "> Two.",
        ">",
        "> ::example a.b:c",
        ">",
        "> Three.",
    ]


# Links -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "address", "notebook"),
    [
        ("a/b.md", "a/b/index.md", "a/b/b.ipynb"),
        ("a/index.md", "a/index.md", "a/index.ipynb"),
        ("index.md", "index.md", "index.ipynb"),
        ("a.md", "a/index.md", "a/a.ipynb"),
    ],
)
def test_downloads_lie_beside_the_page(page: str, address: str, notebook: str) -> None:
    assert published_address(page) == address
    assert notebook_address(page) == notebook


def test_a_page_links_to_what_is_there() -> None:
    markdown, notebook = "a/b/index.md", "a/b/b.ipynb"
    both = download_links("a/b.md", {markdown, notebook}, "en", "a/b")
    assert re.findall(r'href="([^"]*)"[^>]*?( download)?>(\w+)<', both) == [
        ("index.md", "", "Markdown"),
        ("b.ipynb", " download", "Notebook"),
    ]
    assert 'href="b/index.md"' in download_links("a/b.md", {markdown}, "zh", "a")
    assert "Notebook" not in download_links("a/b.md", {markdown}, "zh", "a")
    assert download_links("a/b.md", set(), "en", "a/b") == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<h1>A</h1>\n<p>B</p>", '<h1>A</h1>\n<p class="downloads">L</p>\n<p>B</p>'),
        (
            '<h1></h1><p class="lab-download">C</p>',
            '<h1></h1><p class="lab-download">C<span class="downloads"> · L</span></p>',
        ),
    ],
)
def test_links_stand_below_the_title_once(before: str, after: str) -> None:
    assert with_links(before, "L") == after
    assert with_links(after, "L") == after
    assert with_links(after, "") == before


def test_a_page_without_title_is_one_sentence() -> None:
    with pytest.raises(ExampleError, match="no title"):
        with_links("<p>B</p>", "L")


@pytest.mark.parametrize("html", ["chapter/page/index.html", "chapter/page.html"])
def test_pages_are_linked_wherever_they_are_built(tmp_path: Path, html: str) -> None:
    found = small(tmp_path, "::example lesson:show")
    write(found.docs / "index.md", "# Home\n")
    for address in (html, "index.html"):
        write(tmp_path / "site" / address, "<h1>A</h1>\n")
    published = {"index.md", "chapter/page/index.md"}
    pages = linked_pages(found, tmp_path / "site", published)
    assert list(pages) == [html]
    link = re.search(r'href="([^"]*)"', pages[html])
    assert link is not None
    target = (tmp_path / "site" / html).parent / link[1]
    assert target == tmp_path / "site" / "chapter/page/index.md"
