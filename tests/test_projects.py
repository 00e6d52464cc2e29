"""Two small projects of others: what the tool does for them.

``plain`` has plain functions, one language, neither torch nor MkDocs; ``numpy`` keeps
things elsewhere and has a ``prepare`` hook of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.project import ROOT

PROJECTS = Path(__file__).parent / "projects"
PLUGIN = "example_docs.anywhere.pytest_plugin"

FOREIGN = (
    "griffe",
    "jieba",
    "mkdocs",
    "nbformat",
    "polib",
    "torch",
    "torch_by_example",
    "watchdog",
)
"""What nobody needs for functions and Markdown."""

COMMAND = """
import sys
for name in {foreign}:
    sys.modules[name] = None
from example_docs.cli import main
sys.exit(main())
"""
PAGE = """
import sys
for name in {foreign}:
    sys.modules[name] = None
from markdown import Markdown
options = {{"example_docs": {options}}}
md = Markdown(extensions=["example_docs"], extension_configs=options)
print(md.convert(open(sys.argv[1], encoding="utf-8").read()))
"""


def copied(tmp_path: Path, name: str) -> Path:
    return shutil.copytree(PROJECTS / name, tmp_path / name)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return copied(tmp_path, "plain")


@pytest.fixture
def arrays(tmp_path: Path) -> Path:
    return copied(tmp_path, "numpy")


def python(folder: Path, *words: str) -> tuple[int, str]:
    """Run Python in a folder; the status, and all that it says."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=os.environ
        | {"PYTHONPATH": str(ROOT / "src"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def command(folder: Path, *words: str) -> tuple[int, str]:
    return python(folder, "-c", COMMAND.format(foreign=FOREIGN), *words)


def page(folder: Path, name: str, options: str = "{}") -> tuple[int, str]:
    code = PAGE.format(foreign=FOREIGN, options=options)
    return python(folder, "-c", code, name)


def pytest_in(folder: Path, *words: str) -> tuple[int, str]:
    off = ("-p", PLUGIN, "-p", "no:cacheprovider", "-q")
    return python(folder, "-m", "pytest", *off, *words)


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


# Functions and nothing else -----------------------------------------------------------

MEASURES = "src/kitchen/measures.py"


def test_a_program_is_complete(plain: Path) -> None:
    status, program = command(plain, "program", "measures:half_a_cup")
    assert status == 0
    assert program == (
        "from fractions import Fraction\n\nSPOONS_OF_A_CUP = 16\n\n\n"
        "def cups(spoons: int) -> Fraction:\n"
        "    return Fraction(spoons, SPOONS_OF_A_CUP)\n\n\n"
        "print(cups(8))\n"
    )


def test_check_runs_examples_and_reads_the_page(plain: Path) -> None:
    assert command(plain, "check", "measures") == (0, "3 examples ran, 0 complaints\n")
    edit(plain, MEASURES, "cups(8)", "cups(4)")
    edit(plain, "docs/measures.md", "pick_a_spice", "pick_spices")
    status, out = command(plain, "check", "measures")
    assert status == 1
    assert "half_a_cup(): line 1: expected '2', found '4'" in out
    assert "docs/measures.md:9: there is no example 'measures:pick_spices'" in out


def test_accept_writes_what_differs(plain: Path) -> None:
    edit(plain, MEASURES, "cups(8)", "cups(4)")
    assert command(plain, "accept") == (
        0,
        f"rewrote {MEASURES}\n3 examples ran, 1 output was accepted\n",
    )
    assert "    1/4\n" in (plain / MEASURES).read_text(encoding="utf-8")
    assert command(plain, "accept", "--check")[0] == 0


def test_a_page_shows_programs_and_outputs(plain: Path) -> None:
    status, html = page(plain, "docs/measures.md")
    assert status == 0, html
    assert html.count('<div class="example"') == 3
    assert 'data-example="kitchen.measures:half_a_cup"' in html
    assert "<pre>1/2\n</pre>" in html
    assert "TypeError: both arguments should be Rational instances" in html


def test_pytest_takes_each_example_for_a_test(plain: Path) -> None:
    status, out = pytest_in(plain)
    assert (status, "3 passed" in out) == (0, True), out
    edit(plain, MEASURES, "cups(8)", "cups(4)")
    status, out = pytest_in(plain)
    assert (status, "1 failed, 2 passed" in out) == (1, True), out
    assert "--- on the page\n1/2\n--- here\n1/4" in out
    status, out = pytest_in(plain, "--accept-examples")
    assert (status, "3 passed" in out) == (0, True), out
    assert f"rewrote {MEASURES}" in out
    assert "    1/4\n" in (plain / MEASURES).read_text(encoding="utf-8")
    assert pytest_in(plain)[0] == 0


def test_pytest_accepts_nothing_that_cannot_be_written(plain: Path) -> None:
    edit(plain, MEASURES, "print(cups(8))", "cups(8)")
    before = (plain / MEASURES).read_text(encoding="utf-8")
    status, out = pytest_in(plain, "--accept-examples")
    assert status == 1, out
    assert "nothing is rewritten: " in out
    assert "half_a_cup() neither prints nor draws" in out
    assert (plain / MEASURES).read_text(encoding="utf-8") == before


def test_pytest_accepts_from_one_process_alone(plain: Path) -> None:
    status, out = pytest_in(plain, "-p", "xdist", "-n", "1", "--accept-examples")
    assert status == 4, out
    assert "--accept-examples rewrites files; call it without -n" in out


def test_other_projects_have_no_such_option(plain: Path) -> None:
    edit(plain, "pyproject.toml", "[tool.example-docs]", "[tool.other]")
    status, out = pytest_in(plain, "--accept-examples")
    assert status == 4
    assert "unrecognized arguments: --accept-examples" in out


# A hook of its own --------------------------------------------------------------------


def test_the_hook_prepares_every_run(arrays: Path) -> None:
    assert command(arrays, "accept", "--check") == (0, "")
    assert command(arrays, "check", "create") == (0, "2 examples ran, 0 complaints\n")
    status, out = pytest_in(arrays)
    assert (status, "2 passed" in out) == (0, True), out
    # Without it, NumPy shows eight digits.
    edit(arrays, "pyproject.toml", 'prepare = "arrays.preparing:prepare"\n', "")
    status, out = command(arrays, "accept", "--check")
    assert status == 1
    assert "0.33333333" in out


def test_programs_cannot_import_the_package(arrays: Path) -> None:
    body = '    __import__("arrays.create")\n    print(np.ones((2, 2)))'
    edit(arrays, "lib/arrays/create.py", "    print(np.ones((2, 2)))", body)
    status, out = command(arrays, "check", "create:ones")
    assert status == 1
    assert "the program of ones(): raised 'ModuleNotFoundError" in out


def test_a_page_lies_where_the_table_says(arrays: Path) -> None:
    status, html = page(arrays, "pages/create.md")
    assert status == 0, html
    assert "[0.   0.33 0.67 1.  ]" in html


# What is wrong is one sentence --------------------------------------------------------

TABLE = '[tool.example-docs]\npackage = "kitchen"\n'

WRONG = {
    "no table": ("", "pyproject.toml: ", "there is no [tool.example-docs] in"),
    "no package": (
        "[tool.example-docs]\n",
        "names no package; write package = ",
        "",
    ),
    "a package that is not there": (
        '[tool.example-docs]\npackage = "cellar"\n',
        "there is no package in src/cellar; mend 'source' or 'package'",
        "",
    ),
    "an unknown key": (
        TABLE + 'packages = "x"\n',
        "does not know 'packages'; the nearest is 'package'",
        "",
    ),
    "no TOML": ("[tool", "this is not TOML", ""),
    "a language without words": (
        TABLE + 'language = "fr"\n',
        "there are no words for the language 'fr'; known are en, zh",
        "",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_one_sentence(plain: Path, name: str) -> None:
    text, *sentences = WRONG[name]
    (plain / "pyproject.toml").write_text(text, encoding="utf-8")
    status, out = page(plain, "docs/measures.md")
    assert status == 1
    last = out.strip().splitlines()[-1]
    assert any(sentence in last for sentence in sentences if sentence), out
    if name != "a language without words":
        status, out = command(plain, "accept")
        assert status == 1
        assert out.count("\n") == 1
        assert any(sentence in out for sentence in sentences if sentence), out


def test_an_unknown_language_is_one_sentence(plain: Path) -> None:
    sentence = "there is no language 'fr'; [tool.example-docs] has en"
    status, out = page(plain, "docs/measures.md", '{"language": "fr"}')
    assert status == 1
    assert sentence in out.strip().splitlines()[-1]
    call = ("program", "measures:half_a_cup", "--language", "fr")
    assert command(plain, *call) == (
        1,
        f"example-docs: pyproject.toml: {sentence}\n",
    )


def test_a_missing_catalogue_is_one_sentence(plain: Path) -> None:
    languages = (
        '[tool.example-docs.languages.en]\npages = "docs"\n'
        '[tool.example-docs.languages.zh]\npages = "docs"\ncatalogue = "zh.po"\n'
    )
    (plain / "pyproject.toml").write_text(TABLE + languages, encoding="utf-8")
    call = ("program", "measures:half_a_cup", "--language", "zh")
    status, out = python(plain, "-m", "example_docs", *call)
    assert status == 1
    assert out.startswith("example-docs: zh.po: there is no such catalogue")
    assert out.count("\n") == 1


def test_a_page_can_do_without_translations(plain: Path) -> None:
    languages = (
        '[tool.example-docs.languages.zh]\npages = "docs"\ncatalogue = "zh.po"\n'
    )
    (plain / "pyproject.toml").write_text(TABLE + languages, encoding="utf-8")
    status, html = page(plain, "docs/measures.md", '{"translated": False}')
    assert status == 0, html
    status, out = page(plain, "docs/measures.md")
    assert status == 1
    assert "import of polib halted" in out  # nothing reads the catalogue before


def test_a_hook_that_is_not_there_is_one_sentence(arrays: Path) -> None:
    edit(arrays, "pyproject.toml", "preparing:prepare", "preparing:prepared")
    status, out = command(arrays, "accept")
    assert status == 1
    assert out.startswith(
        "example-docs: the 'prepare' hook 'arrays.preparing:prepared' cannot be "
        "imported (module 'arrays.preparing' has no attribute 'prepared')"
    )
    assert out.count("\n") == 1


def test_what_compares_languages_needs_two(plain: Path) -> None:
    status, out = command(plain, "parity")
    assert status == 1
    assert out == (
        "example-docs: this compares the pages of two languages; "
        "[tool.example-docs] has en\n"
    )
