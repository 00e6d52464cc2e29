"""Labs: notebooks that show what their functions say, and run as downloaded."""

from __future__ import annotations

import ast
import builtins
import gzip
import json
import re
import sys
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import nbformat
import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from tests.editions import edition
from tests.kernels import kernel
from tests.lessons import PACKAGE, library_of
from tests.project import LANGUAGES, ROOT, configure

from example_docs.code.library import imports_of
from example_docs.code.program import assemble
from example_docs.downloads.labs import labs_of, notebook_of
from example_docs.downloads.markdown import Edition, notebook_address
from example_docs.downloads.notebook import (
    DISTRIBUTIONS,
    cells_of,
    code_of,
    combined,
    for_readers,
    is_lab,
    labs,
)
from example_docs.errors import ExampleError
from example_docs.hooks.labs import cut, filled, on_files
from example_docs.outputs.compare import compare

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig
    from nbformat import NotebookNode

    from example_docs.code.program import Program
    from example_docs.downloads.labs import Lab

PAGES = labs(ROOT / "docs" / "en")
KILOBYTES = 60

each_lab = pytest.mark.parametrize("page", PAGES)
each_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def made(language: str) -> dict[str, Lab]:
    return {lab.page: lab for lab in labs_of(edition(language), language)}


def code(notebook: NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


# The four labs -----------------------------------------------------------------------


def test_there_are_four_in_both_languages() -> None:
    assert len(PAGES) == 4
    assert labs(ROOT / "docs" / "zh") == PAGES


@each_lab
def test_cells_are_the_same_in_both_languages(page: str) -> None:
    english, chinese = (cells_of(edition(name), page, name) for name in LANGUAGES)
    assert [cell.kind for cell in english] == [cell.kind for cell in chinese]
    for left, right in zip(code_of(english), code_of(chinese), strict=True):
        assert tree(left.source) == tree(right.source)


def tree(text: str) -> str:
    return ast.dump(ast.parse(text))


# The code is the same in both languages, so each lab runs in one of them.
@pytest.mark.size("all")
@pytest.mark.parametrize(
    ("page", "language"), list(zip(PAGES, LANGUAGES * 2, strict=True))
)
def test_it_runs_as_downloaded(language: str, page: str) -> None:
    notebook = notebook_of(made(language)[page])
    assert "torch_by_example" not in json.dumps(notebook.cells)
    missing = "import sys\nsys.modules.update(torch_by_example=None, example_docs=None)"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(missing))
    with kernel(notebook) as client:
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
    assert differences(notebook, made(language)[page]) == []


@each_language
@each_lab
def test_cells_need_nothing_but_the_second_one(language: str, page: str) -> None:
    """So the others run in any order, as the first paragraph of a lab says."""
    _, setup, *others = code(notebook_of(made(language)[page]))
    assert others
    for cell in others:
        assert needed(cell)
        assert needed(cell) <= bound(setup)


def needed(source: str) -> set[str]:
    """The names that a cell uses and does not bind."""
    nodes = ast.walk(ast.parse(source))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names - bound(source) - {*dir(builtins)}


def bound(source: str) -> set[str]:
    """The names that a cell binds: variables, arguments, functions, imports."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.arg(arg=name):
                names.add(name)
            case ast.alias(name=name, asname=other):
                names.add(other or name.partition(".")[0])
    return names


def test_a_cell_needs_what_it_does_not_bind() -> None:
    assert needed("for a in range(3):\n    print(a, b)") == {"b"}
    assert needed("import torch.nn as nn\nx = nn.Linear(n, 1)") == {"n"}
    assert needed("def f(a):\n    return g(a)") == {"g"}
    assert bound("import torch.nn\nclass A: ...") == {"torch", "A"}


def differences(notebook: NotebookNode, lab: Lab) -> list[str]:
    """What the code cells of a notebook that ran show beside what the lab says."""
    expected = [shown for cell, shown in lab.cells if cell.kind != "prose"]
    # A test may have put one before them.
    cells = [c for c in notebook.cells if c.cell_type == "code"][-len(expected) :]
    found = []
    for cell, shown in zip(cells, expected, strict=True):
        printed = "".join(o.text for o in cell.outputs if o.output_type == "stream")
        if (difference := compare(shown.text, printed)) is not None:
            found.append(str(difference))
        kinds = [o.output_type for o in cell.outputs if o.output_type != "stream"]
        if kinds != ["display_data"] * len(shown.figures):
            found.append(f"shows {kinds} beside what it prints")
    return found


@each_language
@each_lab
def test_the_first_cell_of_a_download_installs(language: str, page: str) -> None:
    notebook = notebook_of(made(language)[page])
    nbformat.validate(notebook)
    first = code(notebook)[0]
    roots = {
        item.module.partition(".")[0]
        for statement in ast.parse(code(notebook)[1]).body
        for item in imports_of(statement, "")
    }
    packages = re.search(r"^    %pip install --quiet (.+)$", first, re.MULTILINE)
    assert packages is not None
    needed = {DISTRIBUTIONS[root] for root in roots - sys.stdlib_module_names}
    assert set(packages[1].split()) == needed
    assert all(f'find_spec("{root}")' in first for root in roots & {*DISTRIBUTIONS})


@each_language
@each_lab
def test_prose_of_a_download_has_nothing_that_jupyter_does_not_know(
    language: str, page: str
) -> None:
    notebook = notebook_of(made(language)[page])
    prose = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    assert prose.startswith("# ")
    assert not re.search(r"\{ *#|::example|\.md\)|^(!!!|\?\?\?) ", prose, re.MULTILINE)


# Their pages, as `make site` has built them ------------------------------------------

FOLDERS = {"en": ROOT / "site", "zh": ROOT / "site" / "zh"}
FIGURE = re.compile(r"<figure>.*?</figure>", re.DOTALL)
LOADED = re.compile(
    r"(?:src|srcset|data)=[\"']?(?:https?:)?//|url\([\"']?(?:https?:)?//"
)


def html_of(language: str, page: str) -> str:
    path = (FOLDERS[language] / notebook_address(page)).parent / "index.html"
    if not path.exists():
        pytest.fail("there is no built site; 'make test' and 'make site' build it")
    return path.read_text(encoding="utf-8")


@pytest.mark.site
@each_language
@each_lab
def test_a_page_is_light(language: str, page: str) -> None:
    text = FIGURE.sub("", html_of(language, page))
    assert len(gzip.compress(text.encode())) <= KILOBYTES * 1000
    assert "<style" not in text


@pytest.mark.site
@each_language
@each_lab
def test_a_page_loads_nothing_from_another_host(language: str, page: str) -> None:
    text = html_of(language, page)
    assert LOADED.findall(text) == []
    soup = BeautifulSoup(text, "html.parser")
    loaded = soup.select("script[src], link[rel~=stylesheet], link[rel~=preload]")
    addresses = [str(tag.get("src") or tag.get("href")) for tag in loaded]
    assert [a for a in addresses if re.match(r"(?:\w+:)?//", a)] == []


@pytest.mark.parametrize(
    "text", ['<img src="https://host/x">', '<script src="//host/x">', "url(http://h/x)"]
)
def test_another_host_is_noticed(text: str) -> None:
    assert LOADED.search(text)


@pytest.mark.site
@each_language
@each_lab
def test_a_page_shows_what_the_notebook_showed(language: str, page: str) -> None:
    soup = BeautifulSoup(html_of(language, page), "html.parser")
    lab = made(language)[page]
    pairs = [(cell, shown) for cell, shown in lab.cells if cell.kind == "example"]
    found = soup.select(".md-content .example")
    assert len(found) == len(pairs)
    for element, (cell, shown) in zip(found, pairs, strict=True):
        assert cell.program is not None
        assert element["data-copy"] == cell.program.text
        code, *_ = element.select("pre > code")
        assert code.text.rstrip("\n") == cell.source
        printed = "".join(pre.text for pre in element.select(".example-output pre"))
        assert printed.rstrip("\n") == shown.text
        assert len(element.select("figure > svg > title")) == len(shown.figures)


@pytest.mark.site
@each_language
@each_lab
def test_a_page_reads_like_the_others(language: str, page: str) -> None:
    soup = BeautifulSoup(html_of(language, page), "html.parser")
    article = soup.select_one("article")
    assert article is not None
    assert len(article.select("math")) == len(article.select(".formula")) > 0
    assert len(article.select("h2[id] .headerlink")) == len(article.select("h2"))
    assert not re.search(
        r"<!-- /?cell -->|<div class=\"example\"[^>]*></div>|jp-", str(article)
    )
    link = article.select_one(".lab-download a[download]")
    assert link is not None
    folder = (FOLDERS[language] / notebook_address(page)).parent
    downloaded = nbformat.read(folder / str(link["href"]), as_version=4)
    assert code(downloaded) == code(notebook_of(made(language)[page]))


# A small lab, to see each check fail -------------------------------------------------

LESSON = '''
    """A lesson."""

    from math import pi

    import matplotlib.pyplot as plt


    def double(x):
        """Twice x."""
        return 2 * x


    def show(x=2):
        """It prints.

        >>> show()
        4
        """
        # why
        print(double(x))


    def fail():
        """It fails.

        >>> fail()
        """
        print(1 / 0)


    def value():
        """It leaves a value.

        >>> value()
        """
        double(pi)


    def warn():
        """It warns.

        >>> warn()
        """
        import warnings

        warnings.warn("beware")


    def hide(x=1):
        """Its local name is another cell's function.

        >>> hide()
        1
        """
        double = x
        print(double)


    def draw():
        """It draws.

        >>> draw()
        """
        plt.plot([1, 2])
        plt.show()
'''


def small(tmp_path: Path, *names: str, lesson: str = LESSON) -> Edition:
    library = library_of(tmp_path, lesson=lesson)
    lines = "\n\n".join(f"::example lesson:{name} alt=a caption=b" for name in names)
    docs = tmp_path / "docs" / "en"
    docs.mkdir(parents=True, exist_ok=True)
    front = "---\ntitle: Lab\nlab: true\n---\n\n"
    text = f"{front}# Lab {{ #lab }}\n\n## One {{ #one }}\n\n{lines}\n"
    (docs / "lab.md").write_text(text, encoding="utf-8")
    (docs / "page.md").write_text("---\ntitle: Page\n---\n\n# Page\n", encoding="utf-8")
    return Edition(docs, library, tmp_path / "figures")


def made_small(tmp_path: Path, *names: str, lesson: str = LESSON) -> Lab:
    (lab,) = labs_of(small(tmp_path, *names, lesson=lesson), "en")
    return lab


def ran(lab: Lab) -> NotebookNode:
    notebook = notebook_of(lab)
    with kernel(notebook) as client:
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
    return notebook


def test_a_lab_shows_what_its_functions_say(tmp_path: Path) -> None:
    lab = made_small(tmp_path, "show")
    shown = [shown.text for cell, shown in lab.cells if cell.kind == "example"]
    assert shown == ["4"]
    assert differences(ran(lab), lab) == []


@pytest.mark.parametrize(
    ("name", "lesson", "sentence"),
    [
        (
            "show",
            LESSON.replace("        4\n", "        5\n"),
            "expected '5', found '4'",
        ),
        ("value", LESSON, "shows ['execute_result'] beside what it prints"),
    ],
)
def test_a_notebook_that_shows_something_else_is_noticed(
    tmp_path: Path, name: str, lesson: str, sentence: str
) -> None:
    lab = made_small(tmp_path, name, lesson=lesson)
    assert sentence in " ".join(differences(ran(lab), lab))


def test_a_name_that_another_cell_needs_is_one_sentence(tmp_path: Path) -> None:
    sentence = r"hide\(\) assigns 'double', which other cells"
    with pytest.raises(ExampleError, match=sentence) as caught:
        made_small(tmp_path, "show", "hide")
    assert re.search(r"\.py:\d+: ", str(caught.value))


def test_a_bad_cell_in_mkdocs_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(tmp_path, "show", "hide")
    monkeypatch.chdir(tmp_path)
    configure(tmp_path, PACKAGE)
    config = SimpleNamespace(mdx_configs={"example_docs": {"language": "en"}})
    with pytest.raises(PluginError, match=r"hide\(\) assigns 'double'"):
        on_files(Files([]), cast("MkDocsConfig", config))


def test_only_a_page_that_says_so_is_a_lab() -> None:
    assert is_lab("---\ntitle: a\nlab: true\n---\n")
    assert not is_lab("---\ntitle: a\n---\n\nlab: true\n")
    assert not is_lab("# A page\n")


def test_functions_of_one_name_cannot_share_a_notebook(tmp_path: Path) -> None:
    library = library_of(
        tmp_path, lesson=LESSON, other=LESSON.replace("2 * x", "3 * x")
    )
    programs = [library.example(f"{name}:show").program for name in ("lesson", "other")]
    assert combined(programs[:1] * 2).text == program_without_body(programs[0])
    with pytest.raises(ExampleError, match="two functions are called 'double'"):
        combined(programs)


def program_without_body(program: Program) -> str:
    return assemble(program.imports, program.helpers, "")


@pytest.mark.parametrize(
    ("prose", "address", "expected"),
    [
        ("## A $x$ { #a }\n", "", "## A $x$"),
        ("up to {0.5 = a_b} or `{0.5 = a}`", "", "up to 0.5 or `{0.5 = a}`"),
        ("see [a](../b/c.md#d)", "", "see a"),
        (
            "see [a](../b/c.md#d)",
            "https://h/zh/labs/x/",
            "see [a](https://h/zh/b/c/#d)",
        ),
        ("see [a](../b/index.md)", "https://h/labs/x/", "see [a](https://h/b/)"),
        ("see [a](#d)", "https://h/labs/x/", "see [a](https://h/labs/x/#d)"),
        ("see [a](https://k/c.md)", "", "see [a](https://k/c.md)"),
    ],
)
def test_prose_for_a_download(prose: str, address: str, expected: str) -> None:
    assert for_readers(prose, address) == expected


def test_a_page_is_cut_and_filled() -> None:
    cell = '<div class="example" id="show" data-copy="1">x</div>'
    made = (
        "# T\n\n<!-- cell --><details>s</details><!-- /cell -->## A\n\n"
        f"<!-- cell -->{cell}<!-- /cell -->\n\nend\n"
        "\n        <style>\n['css']\n</style>\n"
    )
    text, setup, cells = cut(made)
    assert text == '# T\n\n## A\n\n<div class="example" id="show"></div>\n\n\nend\n'
    assert (setup, cells) == ("<details>s</details>", [cell])
    page = '<h1>T</h1>\n<h2>A</h2>\n<div class="example" id="show"></div>\n<p>end</p>'
    assert filled(page, "<p>l</p>", setup, cells) == (
        f"<h1>T</h1>\n<p>l</p>\n<details>s</details>\n<h2>A</h2>\n{cell}\n<p>end</p>"
    )
