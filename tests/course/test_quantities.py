"""The numbers in prose agree with what the examples print, in both languages."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from tests.lessons import library_of
from tests.project import LANGUAGES, LIBRARY, ROOT, pages

from example_docs.errors import ExampleError
from example_docs.numbers.formulas import formula_faults
from example_docs.numbers.prose import (
    GIVEN,
    Sources,
    calculated,
    claims,
    faults,
    read_page,
    shapes_in,
    values_in_code,
    values_in_output,
    without_bound,
)
from example_docs.pages.inline import bound, unbound

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_the_prose_is_bound_and_right(language: str) -> None:
    docs = ROOT / "docs" / language
    found = [
        str(fault)
        for page in pages(language)
        for sources in [Sources(LIBRARY, read_page(docs, page))]
        for check in (faults, formula_faults)
        for fault in check(sources)
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_hardly_any_number_is_only_given(language: str) -> None:
    relations = [
        number.relation
        for page in pages(language)
        for _, line in read_page(ROOT / "docs" / language, page).prose
        for number in bound(line)
    ]
    assert len(relations) > 300
    # Years and versions, mostly. A book that gives its numbers checks nothing.
    assert relations.count("given") < len(relations) / 5


LESSON = '''
import torch

RATE = 0.01


def fit_a_line() -> None:
    """Fit.

    >>> fit_a_line()
    loss 0.0321 after 97% of -2.5
    tensor([[1.2500e-05, 1599056.]]) torch.Size([3, 2]) 2000
    """
    for _ in range(100):
        print(-RATE)


def draw_nothing() -> None:
    """Silent.

    >>> draw_nothing()
    word
    """
    print("word")
'''

OTHER = LESSON.replace("0.0321", "7.75")


def found(tmp_path: Path, text: str) -> list[str]:
    library = library_of(tmp_path, line=LESSON, other=OTHER)
    docs = tmp_path / "docs"
    docs.mkdir(exist_ok=True)
    page = f"# T {{ #t }}\n\n::example line:fit_a_line\n\n{text}\n"
    (docs / "line.md").write_text(page, encoding="utf-8")
    sources = Sources(library, read_page(docs, "line.md"))
    return [
        f"{fault.line}: {fault.message}"
        for check in (faults, formula_faults)
        for fault in check(sources)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{0.0321 = fit_a_line} {0.032 = fit_a_line} {0.03 = line:fit_a_line}",
        "{−2.5 = fit_a_line} {-2.5 = fit_a_line} {97 % = fit_a_line}",
        "{3.2 % = fit_a_line} {1.25e-5 = fit_a_line} {0.0000125 = fit_a_line}",
        "{1,599,056 = fit_a_line} {1.6 million = fit_a_line} {160 万 = fit_a_line}",
        "{2000 ~ fit_a_line} {1.600 million ~ fit_a_line}",
        "{(3, 2) = fit_a_line} {3×2 = fit_a_line} {3 × 2 = fit_a_line}",
        "{0.01 in fit_a_line} {100 in fit_a_line}",
        "{7.75 = other:fit_a_line}",
        "{700 = 100 * 7} {0.64 = sin(0.7)} {2.72 = exp(1)} {0.98 = 1 - 0.02}",
        "{−0.8 = 1 - 2 * 0.9} {16 % = 1 - 0.84} {600 ~ 3 * 224 * 224 / 250}",
        *(f"{{255 given {reason}}}" for reason in GIVEN),
        "99 or 7 or 3 things, `0.25`, [link](x.md#s0.25), {: .c0.25 }",
        "PyTorch 2.13, Python 3.11, float32, x2.5",
        "## 0.25 in a heading { #heading }",
        "```text\n0.25\n```\n\n<!-- 0.25 -->",
    ],
)
def test_a_number_that_is_true_is_no_fault(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "{0.0322 = fit_a_line}",
            "no 0.0322 is printed by fit_a_line; the nearest number is 0.0321",
        ),
        (
            "{2.5 = fit_a_line}",
            "no 2.5 is printed by fit_a_line; the nearest number is -2.5",
        ),
        (
            "{98 % = fit_a_line}",
            "no 98 % is printed by fit_a_line; the nearest number is 97",
        ),
        (
            "{0.1 in fit_a_line}",
            "no 0.1 is in the code of fit_a_line; the nearest number is 0.01",
        ),
        (
            "{(2, 3) = fit_a_line}",
            "no shape (2, 3) is printed by fit_a_line; mend one",
        ),
        (
            "{0.5 = fit_line}",
            (
                "this page shows no example 'fit_line'; the nearest is 'fit_a_line'; "
                "write chapter.lesson:function for one of another page"
            ),
        ),
        (
            "{0.5 = line:fit_lines}",
            "there is no example 'line:fit_lines'; the nearest is 'line:fit_a_line'",
        ),
        (
            "{0.5 = line:draw_nothing}",
            "no number is printed by line:draw_nothing; name another example",
        ),
        ("{701 = 100 * 7}", "100 * 7 is 700.0, not 701; mend one"),
        (
            "{0.5 given typ}",
            (
                "'typ' is no reason for 0.5; reasons are convention, count, date, "
                "figure, question, type, version; the nearest is 'type'"
            ),
        ),
        ("{0.5 in 1 + 1}", "'1 + 1' is not the name of an example; mend it"),
        (
            "{0.5=fit_a_line}",
            (
                "'{0.5=fit_a_line}' is no number with a source; write "
                "{NUMBER = EXAMPLE}, {NUMBER in EXAMPLE} or {NUMBER given REASON}"
            ),
        ),
        (
            "It is 0.0321.",
            "0.0321 is bound to nothing; write {0.0321 = fit_a_line}",
        ),
        (
            "It is 0.5.",
            (
                "0.5 is bound to nothing; write {0.5 = EXAMPLE}, {0.5 in EXAMPLE} or "
                "{0.5 given REASON}"
            ),
        ),
    ],
)
def test_a_number_that_is_wrong_or_free_is_a_fault(
    tmp_path: Path, text: str, sentence: str
) -> None:
    assert found(tmp_path, text) == [f"5: {sentence}"]


@pytest.mark.parametrize(
    "tex",
    [
        "x + 0.01",  # in the code
        r"2000 \cdot -2.5",
        r"1.25 \cdot 10^{-5} x",
        "0.032",  # rounded
        r"x_{0.5} + 99 - 2^{128} + \frac{0.0321}{3}",  # an index, small ones, a power
    ],
)
def test_a_number_in_a_formula_may_stand_in_any_example(
    tmp_path: Path, tex: str
) -> None:
    assert found(tmp_path, f"So ${tex}$.\n\n$$\n{tex}\n$$\n\n`$0.5$`") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("So $x + 0.02$.", "5: 0.02 in $x + 0.02$ is neither printed"),
        ("$$\nx + 300\n$$", "5: 300 in $x + 300$ is neither printed"),
        (r"So $1.25 \cdot 10^{-6}$.", "5: 1.25e-6 in $1.25"),
    ],
)
def test_a_number_in_a_formula_that_no_example_has_is_a_fault(
    tmp_path: Path, text: str, place: str
) -> None:
    (fault,) = found(tmp_path, text)
    assert fault.startswith(place)


def test_a_page_without_examples_has_nothing_to_bind_to(tmp_path: Path) -> None:
    library = library_of(tmp_path, line=LESSON)
    page = tmp_path / "page.md"
    page.write_text("It is 0.5, or {0.5 = line:fit_a_line}.\n", encoding="utf-8")
    (fault,) = faults(Sources(library, read_page(tmp_path, "page.md")))
    assert fault.message.startswith("no 0.5 is printed by line:fit_a_line")


def test_words_of_a_figure_are_prose(tmp_path: Path) -> None:
    text = (
        '::example other:fit_a_line alt="up to {7.75 = other:fit_a_line}" caption="0.5"'
    )
    assert found(tmp_path, text)[0].startswith("5: 0.5 is bound to nothing")


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("0.5, 1.5 and 100", ["0.5", "1.5", "100"]),
        ("is 96 %, 96% or −100.", ["96 %", "96%", "−100"]),
        ("1e-3 of 20 000", ["1e-3", "20 000"]),
        ("99 and 7", []),
        ("[0, 1.3) and (0.8, 0.6)", ["1.3", "0.8", "0.6"]),
        ("在 0.5 附近，约 1680 万。", ["0.5", "1680 万"]),
        ("v2.5 and 2.13.0", []),
    ],
)
def test_what_cannot_be_counted_on_fingers_must_be_bound(
    line: str, numbers: list[str]
) -> None:
    assert list(claims(without_bound(line))) == numbers


def test_an_output_is_read_as_a_person_reads_it() -> None:
    text = "loss 0.5\ntensor([-1., 2.5e-05], device='cuda:0') float32 97%"
    read = [(value.text, value.is_percent) for value in values_in_output(text)]
    assert read == [
        ("0.5", False),
        ("-1.", False),
        ("2.5e-05", False),
        ("97", True),
    ]
    assert values_in_output("") == []


def test_code_is_read_without_its_words() -> None:
    values = values_in_code('x = -0.5\nprint("7", True, 3)  # 9\n')
    assert {value.text for value in values} == {"-0.5", "0.5", "3"}


def test_shapes_stand_in_brackets() -> None:
    assert shapes_in("torch.Size([3, 2]) (5,) [1, x] (2.5, 1)") == {(3, 2), (5,)}


@pytest.mark.parametrize(
    "text",
    [
        "1 +",
        "__import__('os')",
        "x",
        "1 / 0",
        "2 ** 1000",
        "2 ** -1000",
        "(-8) ** 0.5",
        "log(0)",
        "exp(1, 2)",
        "True",
        "1j",
        "exp(10**9)",
        "'a'",
        "9" * 5000,
        "(" * 500,
    ],
)
def test_what_cannot_be_calculated_is_a_sentence(text: str) -> None:
    with pytest.raises(ExampleError, match="cannot be calculated"):
        calculated(text)


def test_a_calculation_is_exact() -> None:
    assert calculated("3 - 0.1 * 8") == Fraction(11, 5)
    assert calculated("-2 ** 3 / 4") == -2


def test_readers_see_the_number_alone() -> None:
    assert unbound("is {0.25 = a} of {97 % = b}") == "is 0.25 of 97 %"
