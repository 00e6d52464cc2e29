from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.lessons import PACKAGE, library_of

from example_docs.errors import ExampleError
from example_docs.marks import OnTorch
from example_docs.outputs.expected import Output
from example_docs.verify.upgrade import FAILURES, findings, kind_of, places_of, written
from example_docs.verify.verify import Verdict, disagreement

if TYPE_CHECKING:
    from pathlib import Path

    from example_docs.code.library import Example

LESSON = '''
    def show() -> None:
        """What it shows.

        >>> show()
        1
        """
        print(1)
'''


@pytest.fixture
def example(tmp_path: Path) -> Example:
    return library_of(tmp_path, numbers=LESSON).example("numbers:show")


def verdict(example: Example, promise: Output, found: Output) -> Verdict:
    return Verdict(example, promise, found, disagreement(promise, found))


@pytest.mark.parametrize(
    ("promise", "found", "kind"),
    [
        (Output("1.25"), Output("1.25"), "same"),
        (Output("[1, 2]"), Output("[1,\n 2]"), "form"),
        (Output("tensor(1.)"), Output("tensor(1.0000)"), "form"),
        (Output("1.25"), Output("1.26"), "digits"),
        (Output("1.25"), Output("1.27"), "changed"),
        (Output("1"), Output("2"), "changed"),
        (Output("1", "TypeError: a"), Output("1", "TypeError: b"), "changed"),
        (Output("1", "TypeError: a"), Output("2", "TypeError: a"), "changed"),
        (Output("1"), Output("", "TypeError: a"), "raises"),
        (Output("", "TypeError: a"), Output("", "ValueError: a"), "raises"),
        (Output("", "TypeError: a"), Output("1"), "raises"),
        (Output("1"), Output("", "FutureWarning: a"), "warns"),
        (Output("1"), Output("", "some.package.OwnWarning: a"), "warns"),
    ],
)
def test_a_verdict_is_sorted(
    example: Example, promise: Output, found: Output, kind: str
) -> None:
    assert kind_of(verdict(example, promise, found)) == kind


def test_what_a_mark_promises_has_a_heading_of_its_own(example: Example) -> None:
    mark = OnTorch(since="2", prints="2", because="so it is")
    two = Output("2")
    assert kind_of(Verdict(example, two, two, None, mark)) == "marked"
    assert kind_of(Verdict(example, two, Output("3"), "no", mark)) == "changed"


def pages(root: Path) -> dict[str, Path]:
    for language in ("en", "zh"):
        path = root / "docs" / language / "chapter" / "numbers.md"
        path.parent.mkdir(parents=True)
        path.write_text("# Page\n\n::example numbers:show\n", encoding="utf-8")
    return {"": root / "docs" / "en", "zh": root / "docs" / "zh"}


def test_the_report_names_the_pages_in_both_languages(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    places = places_of(pages(tmp_path))
    changed = verdict(example, Output("1"), Output("2"))
    same = verdict(example, Output("1"), Output("1"))
    found = findings([changed, same], places)
    assert [finding.kind in FAILURES for finding in found] == [True, False]
    text = written(found, "torch 2")
    assert text.startswith("2 examples on torch 2\n")
    assert "     1 really changed\n" in text
    assert "     1 the same to the letter\n" in text
    assert text.endswith(
        "== really changed ==\n\n"
        f"src/{PACKAGE}/numbers.py:1: show(): line 1: expected '1', found '2': "
        "integers must be equal\n"
        "  docs/en/chapter/numbers.md:3 /chapter/numbers/#show\n"
        "  docs/zh/chapter/numbers.md:3 /zh/chapter/numbers/#show\n"
        "  - 1\n"
        "  + 2\n"
    )


def test_an_example_on_no_page_says_so(example: Example) -> None:
    one = verdict(example, Output("1.25"), Output("1.26"))
    text = written(findings([one], {}), "torch 2")
    assert "digits differ by no more than one in the last place\n  on no page" in text


def test_a_page_that_cannot_be_read_stops_the_report(tmp_path: Path) -> None:
    folders = pages(tmp_path)
    (folders["zh"] / "broken.md").write_text("::example\n", encoding="utf-8")
    with pytest.raises(ExampleError, match="names no example"):
        places_of(folders)
