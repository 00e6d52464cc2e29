"""What authors are told: a sentence for each slip, where its cause stands."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.small_book import CATALOGUE, LESSON, make_book, put, read_together

from example_docs import cli, marks
from example_docs.commands import watch
from example_docs.errors import counted
from example_docs.verify import run as running

if TYPE_CHECKING:
    from example_docs.project import Project

MODULE = "src/torch_by_example/basics/sums.py"
EN = "docs/en/basics/sums.md"
ZH = "docs/zh/basics/sums.md"
PO = "docs/zh/code.po"
BOTH = (EN, ZH)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    return make_book(tmp_path, monkeypatch)


def spoil(name: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    path = Path(name)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command says, on both of its streams."""
    capsys.readouterr()
    cli.main(arguments)
    both = capsys.readouterr()
    return both.out + both.err


def complaints(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What ``check`` says of the lesson, complaint by complaint."""
    *found, last = said(capsys, "check", "basics/sums").split("\n\n")
    assert last.endswith(f" ran, {counted(len(found), 'complaint')}\n")
    return found


@pytest.mark.usefixtures("book")
def test_a_good_lesson_has_no_complaints(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "check", "basics/sums") == "2 examples ran, 0 complaints\n"


EXAMPLE = "::example basics.sums:sum_of_two"
MORE = '''
def more() -> None:
    """More.

    >>> more()
    """
    BODY
'''
MORE_PO = '\nmsgid "More."\nmsgstr "更多。"\n'

SLIPS: dict[str, tuple[str | tuple[str, ...], str, str, list[str]]] = {
    # Lines that name examples.
    "a typo on one page": (
        EN,
        EXAMPLE,
        "::example basics.sums:sum_of_tow",
        [
            (
                f"{EN}:10: there is no example 'basics.sums:sum_of_tow'; the nearest "
                "is 'basics.sums:sum_of_two'"
            ),
            f"{MODULE}:6: sum_of_two() is on no page; write",
        ],
    ),
    "an unknown word": (
        BOTH,
        EXAMPLE,
        "::exmaple basics.sums:sum_of_two",
        [
            f"{EN}:10: '::exmaple' is unknown; known are '::example'",
            f"{ZH}:10: '::exmaple' is unknown; known are '::example'",
            f"{MODULE}:6: sum_of_two() is on no page; write",
        ],
    ),
    "an example twice": (
        EN,
        "Two elements make a sum.",
        EXAMPLE,
        [f"{EN}:10: 'basics.sums:sum_of_two' is already on this page; show an example"],
    ),
    "an example without empty lines": (
        EN,
        f"{EXAMPLE}\n\n",
        f"{EXAMPLE}\n",
        [f"{EN}:10: '::example' needs an empty line before and after it"],
    ),
    "an unknown option": (
        EN,
        EXAMPLE,
        f"{EXAMPLE} captoin=a",
        [f"{EN}:10: unknown option 'captoin=a'; known are"],
    ),
    "a quote that is not closed": (
        EN,
        EXAMPLE,
        f'{EXAMPLE} caption="a',
        [f"{EN}:10: a quote is not closed (No closing quotation); close it"],
    ),
    # Functions.
    "a syntax error in the lesson": (
        MODULE,
        "print(torch.tensor([1, 2]).sum())",
        "print(torch.tensor([1, 2]).sum()",
        [f"{MODULE}:13: this is not Python ('(' was never closed); mend the syntax"],
    ),
    "tabs among spaces": (
        MODULE,
        "    print(torch.tensor([1, 2]).sum())",
        "\tprint(torch.tensor([1, 2]).sum())",
        [f"{MODULE}:13: this is not Python ("],
    ),
    "a module that cannot be imported": (
        MODULE,
        "import torch\n",
        "import torch\nimport no_such_module\n",
        [
            (
                f"{MODULE}:4: this module cannot be imported (ModuleNotFoundError: No "
                "module named 'no_such_module'); mend it"
            )
        ],
    ),
    "a wrong promise": (
        MODULE,
        "tensor(3)",
        "tensor(4)",
        [f"{MODULE}:6: sum_of_two(): "],
    ),
    "a docstring without a call": (
        MODULE,
        "    >>> product_of_two()\n    tensor(2)\n",
        "",
        [
            f"{MODULE}:16: product_of_two() promises no output; write",
        ],
    ),
    "an example that prints nothing": (
        MODULE,
        '    tensor(2)\n    """\n    print(torch.tensor([1, 2]).prod())',
        '    """\n    torch.tensor([1, 2]).prod()',
        [f"{MODULE}:16: product_of_two() neither prints nor draws; let it show"],
    ),
    "an endless loop": (
        MODULE,
        "    print(torch.tensor([1, 2]).prod())",
        "    while True:\n        pass",
        [f"{MODULE}:16: product_of_two() is still computing after 0.3 s; let it do"],
    ),
    "a question to the keyboard": (
        MODULE,
        "    print(torch.tensor([1, 2]).prod())",
        "    print(input())",
        [f"{MODULE}:16: product_of_two() waits for somebody to type"],
    ),
    "the end of the process": (
        MODULE,
        "    print(torch.tensor([1, 2]).prod())",
        "    raise SystemExit(3)",
        [f"{MODULE}:16: product_of_two() ends the whole process (status 3); let it"],
    ),
    "a file of the project": (
        MODULE,
        "    print(torch.tensor([1, 2]).prod())",
        '    print(len(open("docs/glossary.yml").read()))',
        [f"{MODULE}:16: product_of_two() reads a file that is not there ([Errno 2]"],
    ),
    "chance": (
        MODULE,
        "    # Both are integers.\n    print(torch.tensor([1, 2]).sum())",
        (
            "    # Both are integers.\n    print(torch.randint(3, 4, ()))\n"
            "    assert torch.initial_seed() == 0"
        ),
        [f"{MODULE}:6: the program of sum_of_two(): "],
    ),
    # The catalogue.
    "a new comment": (
        MODULE,
        "# Both are integers.",
        "# Both are whole.",
        [f"{MODULE}:12: 'Both are whole.' is not in {PO}; run 'example-docs"],
    ),
    "an empty translation": (
        PO,
        "两个元素之积。",
        "",
        [f"{PO}:18: 'A product of two elements.' has no translation; write it there"],
    ),
    "a fuzzy translation": (
        PO,
        'msgid "A product',
        '#, fuzzy\nmsgid "A product',
        [f"{PO}:18: the translation of 'A product of two elements.' is marked"],
    ),
    "a catalogue that is none": (
        PO,
        'msgstr "两个元素之积。"',
        'msgstr "两个"元素之积。"',
        [f"{PO}:19: not a gettext catalogue: "],
    ),
    "a term with a banned translation": (
        ZH,
        "得到和。",
        "得到总合。",
        [
            f"{ZH}:8: '总合' is no translation of 'sum' here; write '和'",
            f"{EN}:8 and {ZH}:8: nobody has read both since 1 block changed",
        ],
    ),
    # Pages.
    "no title": (
        EN,
        "title: Small sums\n",
        "",
        [f"{EN}:1: the page has no title; write one between the lines of '---'"],
    ),
    "front matter that is no YAML": (
        EN,
        "title: Small sums",
        "title: Sums: small",
        [f"{EN}:2: the front matter is not YAML (mapping values are not allowed here)"],
    ),
    "a heading without an anchor": (
        BOTH,
        " { #sums }",
        "",
        [
            f"{EN}:6: the heading 'Small sums' has no anchor; add {{ #anchor }}",
        ],
    ),
    "one page forgets a paragraph": (
        ZH,
        "两个都是整数，`sum` 也是。见[乘积](#products)。\n\n",
        "",
        [
            (
                f"{EN}:12 and {ZH}:12: only {EN} has paragraph at depth 0 ('Both are "
                "integers, and so is `sum`. See '); write it for the other page too"
            )
        ],
    ),
    "one page forgets an example": (
        ZH,
        f"{EXAMPLE}\n\n",
        "",
        [
            (
                f"{EN}:10 and {ZH}:10: only {EN} has example at depth 0 ('{EXAMPLE}'); "
                "write it for the other page too"
            )
        ],
    ),
    "code in one language": (
        ZH,
        "`prod` 就",
        "它就",
        [f"{EN}:20 and {ZH}:20: expected the same code; only the first has ['prod']"],
    ),
    "an image that is not there": (
        BOTH,
        "(plus.svg)",
        "(pluss.svg)",
        [
            f"{EN}:16: 'pluss.svg' leads to no file; the nearest is 'plus.svg'",
            f"{ZH}:16: 'pluss.svg' leads to no file; the nearest is 'plus.svg'",
        ],
    ),
    "a link to an anchor that is not there": (
        EN,
        "(#products)",
        "(#product)",
        [f"{EN}:12: '#product' leads to no anchor; the nearest is 'products'"],
    ),
    "code in a fence": (
        EN,
        "Two elements make a sum.",
        "```python\nprint(1)\n```",
        [f"{EN}:8: the fence 'python' is neither an example nor one of"],
    ),
    "a formula that is none": (
        EN,
        "make a sum.",
        r"make $\frac{1}$.",
        [f"{EN}:8: the formula '\\\\frac{{1}}' lacks an argument or a brace; mend"],
    ),
    "a page that no navigation names": (
        "mkdocs.zh.yml",
        "basics/sums.md",
        "basics/sum.md",
        ["mkdocs.zh.yml: 'nav' lacks basics/sums.md, so that no reader finds it"],
    ),
    "a configuration that is no YAML": (
        "mkdocs.yml",
        "site_name: Sums",
        "site_name: [Sums",
        ["MkDocs encountered an error parsing the configuration file"],
    ),
    "a number that nothing prints": (
        BOTH,
        "`sum`",
        "`sum` {4 = sum_of_two}",
        [
            f"{EN}:12: no 4 is printed by sum_of_two; the nearest number is 3",
            f"{ZH}:12: no 4 is printed by sum_of_two; the nearest number is 3",
            f"{EN}:12 and {ZH}:12: nobody has read both since 1 block changed",
        ],
    ),
    "a number with a wrong name": (
        EN,
        "Two elements",
        "{3 = sum_of_tow} elements",
        [
            f"{EN}:8 and {ZH}:8: expected the same number",
            f"{EN}:8: this page shows no example 'sum_of_tow'; the nearest is",
        ],
    ),
    "a wrong calculation": (
        EN,
        "Two elements",
        "{1.5 = 3 * 0.6} elements",
        [
            f"{EN}:8 and {ZH}:8: expected the same number",
            f"{EN}:8: 3 * 0.6 is 1.8, not 1.5; mend one",
        ],
    ),
    "wrong spaces in Chinese": (
        ZH,
        "`sum` 也是",
        "`sum`也是",
        [
            f"{ZH}:12: ",
            f"{EN}:12 and {ZH}:12: nobody has read both since 1 block changed",
        ],
    ),
    "a page that changed in one language": (
        EN,
        "make a sum",
        "give a sum",
        [
            (
                f"{EN}:8 and {ZH}:8: nobody has read both since 1 block changed, of "
                "which this is the first; when both say the same, run 'example-docs "
                "translated basics/sums'"
            )
        ],
    ),
    "a rule without a property": (
        BOTH,
        "`sum`",
        "[`sum`]{ rule=sums_are_integers }",
        [
            f"{EN}:12: the rule 'sums_are_integers' has no property in tests/rules/",
            f"{ZH}:12: the rule 'sums_are_integers' has no property in tests/rules/",
        ],
    ),
}
"""Each slip: the files, what stands there, what is written instead, what is said."""


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_a_sentence(
    slip: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names, old, new, sentences = SLIPS[slip]
    monkeypatch.setattr(marks, "TIME_LIMIT", 0.3)
    for name in (names,) if isinstance(names, str) else names:
        spoil(name, old, new)
    found = complaints(capsys)
    assert len(found) == len(sentences), "\n\n".join(found)
    for sentence in sentences:
        assert any(one.startswith(sentence) for one in found), "\n\n".join(found)


# Rows that take more than a replacement ----------------------------------------------


@pytest.mark.usefixtures("book")
def test_pages_in_other_encodings(capsys: pytest.CaptureFixture[str]) -> None:
    text = Path(EN).read_text(encoding="utf-8")
    Path(EN).write_text(text, encoding="utf-16")
    Path(ZH).write_text(Path(ZH).read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert complaints(capsys) == [
        f"{EN}: this is not UTF-8; save the page as UTF-8",
        f"{ZH}:1: a byte order mark precedes the text; save the page as UTF-8 without",
    ]


@pytest.mark.usefixtures("book")
def test_a_lesson_with_a_byte_order_mark(capsys: pytest.CaptureFixture[str]) -> None:
    Path(MODULE).write_text(Path(MODULE).read_text("utf-8"), encoding="utf-8-sig")
    (complaint,) = complaints(capsys)
    assert complaint.startswith(f"{MODULE}:1: this is not Python (")


@pytest.mark.usefixtures("book")
def test_windows_line_ends_are_read_as_any(capsys: pytest.CaptureFixture[str]) -> None:
    for name in (EN, ZH, MODULE):
        text = Path(name).read_text(encoding="utf-8")
        Path(name).write_text(text, encoding="utf-8", newline="\r\n")
    assert complaints(capsys) == []


@pytest.mark.usefixtures("book")
def test_a_missing_page_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    put(Path("docs/zh/other.md"), "# A { #a }\n")
    Path(ZH).unlink()
    assert complaints(capsys) == [f"{ZH}: this page is missing; write it"]


@pytest.mark.usefixtures("book")
def test_two_pages_with_one_title(capsys: pytest.CaptureFixture[str]) -> None:
    put(Path("docs/en/other.md"), "---\ntitle: Small sums\ndescription: a\n---\n")
    assert complaints(capsys) == [
        f"{EN}:2: docs/en/other.md has the same title; tell them apart"
    ]


@pytest.mark.usefixtures("book")
def test_a_property_with_a_syntax_error(capsys: pytest.CaptureFixture[str]) -> None:
    place = "tests/rules/basics/sums.py"
    put(Path(place), "import torch\n\ndef a(:\n")
    assert complaints(capsys) == [
        f"{place}:3: this is not Python (invalid syntax); mend the syntax"
    ]


def add(body: str, *, translated: bool = True, caption: str = "") -> None:
    """Add an example to module, pages and catalogue."""
    text = LESSON.removeprefix("\n") + "\n" + MORE.replace("BODY", body)
    put(Path(MODULE), text)
    for name in BOTH:
        page = Path(name)
        line = f"\n::example basics.sums:more{caption}\n"
        page.write_text(page.read_text("utf-8") + line, encoding="utf-8")
    if translated:
        put(Path(PO), CATALOGUE.removeprefix("\n") + MORE_PO)


def test_a_figure_with_a_sign_that_its_font_lacks(
    book: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    add(
        "import matplotlib.pyplot as plt\n\n    plt.plot([1, 2])\n"
        '    plt.title("矩阵")\n    plt.show()',
        caption=' alt="a line" caption="一条线"',
    )
    read_together(book)
    found = complaints(capsys)
    assert len(found) == 1, found
    assert found[0] == (
        f"{MODULE}:25: the figure of 'basics.sums:more' lacks a sign in its font "
        "(Glyph 30697 '矩'); write symbols, numbers and Latin letters in figures, and "
        "words into caption="
    )


@pytest.mark.usefixtures("book")
def test_a_file_of_the_project_by_its_whole_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(f'print(len(open("{(tmp_path / "docs/glossary.yml").as_posix()}").read()))')
    assert complaints(capsys)[0].startswith(
        f"{MODULE}:25: more() reads a file that is not there ([Errno 2]"
    )


@pytest.mark.usefixtures("book")
def test_a_lab_whose_functions_share_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    for number in (1, 2):
        text = LESSON.replace("print(torch.tensor([1, 2]).sum())", "_help()")
        helper = f"\n\ndef _help():\n    print(torch.tensor({number + 2}))\n"
        put(Path(f"src/torch_by_example/basics/part{number}.py"), text + helper)
    for name in BOTH:
        spoil(name, EXAMPLE, "::example basics.part1:sum_of_two")
        spoil(name, "::example basics.sums:product_of_two", "")
        spoil(name, "---\ntitle:", "---\nlab: true\ntitle:")
        page = Path(name)
        line = "\n::example basics.part2:sum_of_two\n"
        page.write_text(page.read_text("utf-8") + line, encoding="utf-8")
    found = [c for c in complaints(capsys) if "is on no page" not in c]
    assert found == [
        f"{name}: two functions are called '_help', and a notebook can have one; "
        "rename one, or leave one example out"
        for name in BOTH
    ]


# accept -----------------------------------------------------------------------------


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("pass", "more() neither prints nor draws; let it show something"),
        ("while True: pass", "more() is still computing after 0.3 s; let it do less"),
        ("print(input())", "more() waits for somebody to type (EOF when reading"),
        ("exit()", "more() ends the whole process (status None); let it"),
        ("raise SystemExit(2)", "more() ends the whole process (status 2); let it"),
        ('print(open("README.md").read())', "more() reads a file that is not there"),
        ("import no_such_module", "more() imports what is not installed (No module"),
    ],
)
def test_accept_refuses_what_is_no_output(
    body: str,
    sentence: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(marks, "TIME_LIMIT", 0.3)
    add(body)
    before = Path(MODULE).read_text(encoding="utf-8")
    assert f"{MODULE}:25: {sentence}" in said(capsys, "accept", "basics/sums:more")
    assert Path(MODULE).read_text(encoding="utf-8") == before


@pytest.mark.usefixtures("book")
def test_accept_writes_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    add("print(1 + 1)")
    assert said(capsys, "accept", MODULE) == (
        f"rewrote {MODULE}\n3 examples ran, 1 output was accepted\n"
    )
    assert ">>> more()\n    2\n" in Path(MODULE).read_text(encoding="utf-8")


@pytest.mark.usefixtures("book")
def test_accept_writes_tabs_where_a_lesson_has_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    add("print(1 + 1)")
    text = Path(MODULE).read_text(encoding="utf-8")
    Path(MODULE).write_text(text.replace("    ", "\t"), encoding="utf-8")
    said(capsys, "accept", "basics/sums")
    assert "\t>>> more()\n\t2\n" in Path(MODULE).read_text(encoding="utf-8")


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("command", ["accept", "check"])
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("basics/sum", "the nearest is 'torch_by_example.basics.sums'"),
        ("basics/sums:sum_of_tow", "the nearest is 'sum_of_two'"),
        ("basics/sums:more", "more() promises no output; write '>>> more()' into its"),
    ],
)
def test_names_that_are_none(
    command: str, name: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = MORE.replace("\n    >>> more()\n    ", "").replace("BODY", "print(1)")
    put(Path(MODULE), LESSON.removeprefix("\n") + text)
    assert sentence in said(capsys, command, name)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    "name",
    [MODULE, EN, ZH, "basics.sums", "torch_by_example.basics.sums", "basics/sums.md"],
)
def test_a_lesson_may_be_named_as_its_files_are(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "check", name) == "2 examples ran, 0 complaints\n"


# new --------------------------------------------------------------------------------


def files() -> dict[str, bytes]:
    """Every file of the book, with what is in it."""
    return {
        path.as_posix(): path.read_bytes()
        for path in Path().rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


NEW = ("new", "basics/two-words", "--title", "Two words", "--title-in", "zh", "两个词")


@pytest.mark.usefixtures("book")
def test_a_new_lesson_waits_only_for_its_author(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = files()
    assert "wrote src/torch_by_example/basics/two_words.py\n" in said(capsys, *NEW)
    changed = {name for name, data in files().items() if before.get(name) != data}
    assert changed == {
        "src/torch_by_example/basics/two_words.py",
        "docs/en/basics/two-words.md",
        "docs/zh/basics/two-words.md",
        "docs/zh/code.po",
        "mkdocs.yml",
        "mkdocs.zh.yml",
    }
    navigation = Path("mkdocs.zh.yml").read_text(encoding="utf-8")
    assert (
        "      - Small sums: basics/sums.md\n      - 两个词: basics/two-words.md\n"
    ) in navigation
    said(capsys, "accept", "basics/two-words")
    for text in ("Two words.", "Say what it shows."):
        spoil(PO, f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "两个词。"')
    said(capsys, "translated", "basics/two-words")
    assert said(capsys, "check", "basics/two-words", "basics/sums") == (
        "3 examples ran, 0 complaints\n"
    )


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("basics/sums", f"{MODULE}: this file is there already; choose another name"),
        ("basic/sums", "there is no chapter 'basic'; the nearest is 'basics'; a new"),
        ("Basics/Sums", "'Basics/Sums' is no name of a lesson; write chapter/lesson"),
        ("sums", "'sums' is no name of a lesson; write chapter/lesson"),
    ],
)
def test_new_overwrites_nothing(
    name: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files()
    assert said(capsys, "new", name).startswith(f"example-docs: {sentence}")
    assert files() == before


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        (PO, 'msgstr "两个元素之积。"', "nothing", f"{PO}:19: not a gettext catalogue"),
        ("mkdocs.zh.yml", "basics/sums.md", "index.md", "mkdocs.zh.yml: 'nav' has no"),
    ],
)
def test_new_writes_all_or_nothing(
    name: str, old: str, new: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(name, old, new)
    before = files()
    assert said(capsys, *NEW).startswith(f"example-docs: {sentence}")
    assert files() == before


# check --watch ----------------------------------------------------------------------


def test_watching_checks_again_after_a_change(book: Project) -> None:
    runs = 0

    def check() -> None:
        nonlocal runs
        runs += 1
        if runs == 3:
            raise KeyboardInterrupt
        if runs == 2:  # reading is no change, nor is a file of another kind
            Path(EN).read_text(encoding="utf-8")
            put(Path("docs/en/x.tmp"), "x")
            threading.Timer(0.5, changed.append, [runs]).start()
        threading.Timer(0.1 if runs == 1 else 0.6, put, [Path(EN), str(runs)]).start()

    changed: list[int] = []
    start = time.process_time()
    with pytest.raises(KeyboardInterrupt):
        watch.repeat(book, check)
    assert changed == [2]
    assert time.process_time() - start < 1


# Other commands ---------------------------------------------------------------------


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("command", ["numbers", "accept", "catalogue", "draw"])
def test_a_syntax_error_is_told_once_at_the_lesson(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(MODULE, "import torch\n", "import torch\nx = (\n")
    for name in BOTH:
        spoil(name, "Each" if name == EN else "就是", "{3 = sum_of_two}")
    sentence = f"{MODULE}:4: this is not Python ('(' was never closed); mend the syntax"
    assert said(capsys, command).splitlines() == [f"example-docs: {sentence}"]


@pytest.mark.usefixtures("book")
def test_publish_ends_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("en", "zh"):
        page = "# A { #a }\n\n::: torch_by_example.basics\n"
        put(Path(f"docs/{language}/reference/basics.md"), page)
    spoil(PO, "两个元素之积。", "")
    assert said(capsys, "publish", "site").startswith(
        f"example-docs: {PO}:18: no translation of 'A product of two elements.'; write"
    )


def test_unread_pages_end_with_what_to_do(
    book: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    book.settings.translations.unlink()
    assert said(capsys, "translated", "--check").endswith(
        "6 blocks changed since both languages were read side by side; when they say "
        "the same, run 'example-docs translated' with the names of their pages\n"
    )


# Time, files, Ctrl-C ----------------------------------------------------------------


def endless() -> None:
    while True:
        pass


def test_an_endless_loop_is_ended() -> None:
    found = running.run(endless, seconds=0.2).exception
    assert (found or "").startswith("TimeoutError: still computing after 0.2 s")


def test_without_signals_what_took_too_long_is_refused_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(signal, "SIGPROF")
    found = running.run(lambda: sum(range(3_000_000)), seconds=0.01).exception
    assert (found or "").startswith("TimeoutError: still computing after 0.01 s")


def test_waiting_is_no_computing() -> None:
    assert running.run(lambda: time.sleep(0.3), seconds=0.2).exception is None


def test_threads_that_help_do_not_count() -> None:
    def help_for_long() -> None:
        threads = [threading.Thread(target=burn) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def burn() -> None:
        end = time.thread_time() + 0.3
        while time.thread_time() < end:
            pass

    assert running.run(help_for_long, seconds=0.4).exception is None


def test_a_mark_allows_more_time() -> None:
    marked = marks.takes_long(seconds=30, reason="many steps")(endless)
    assert marks.time_limit_of(marked) == 30
    assert marks.time_limit_of(print) == marks.TIME_LIMIT == 10
    for seconds, reason in ((5, "many"), (61, "many"), (30, "")):
        with pytest.raises(ValueError, match=r"takes_long\(\) needs seconds= from 10"):
            marks.takes_long(seconds=seconds, reason=reason)


def test_an_example_finds_no_file_of_the_project() -> None:
    here = Path.cwd()
    found = running.run(lambda: Path("README.md").read_bytes())
    assert (found.exception or "").startswith("FileNotFoundError")
    assert Path.cwd() == here


def test_a_hidden_folder_is_there_again_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a", encoding="utf-8")
    with running.hide(tmp_path), pytest.raises(FileNotFoundError):
        path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "a"


@pytest.mark.usefixtures("book")
def test_ctrl_c_names_the_example(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add("raise KeyboardInterrupt")
    assert cli.main(["accept", "basics/sums:more"]) == 130
    assert capsys.readouterr().err == (
        "\nexample-docs: stopped by Ctrl-C; no file is half written; "
        f"{MODULE}:25: more() was running\n"
    )
    monkeypatch.undo()


def test_plurals() -> None:
    assert counted(1, "example") == "1 example"
    assert counted(0, "example") == "0 examples"
