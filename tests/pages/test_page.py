from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from example_docs.errors import ExampleError
from example_docs.pages.page import Heading, Page, lesson_of, page_of

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
---
title: "A: b"
lab: true
---

# A *title* { #a-title }

```text
# No heading
::example c:d
```

## Without an anchor

::example a.b:c_d
"""


def test_a_page_knows_what_lies_where() -> None:
    page = Page(TEXT)
    assert page.fields == {"title": "A: b", "lab": True}
    assert page.head == 4
    assert page.title == "A *title*"
    assert page.headings == [
        Heading(1, "A *title*", "a-title", 6),
        Heading(2, "Without an anchor", "", 13),
    ]
    assert sorted(page.fenced) == [8, 9, 10, 11]
    assert [number for number, _ in page.outside()] == [
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        *range(12, 16),
    ]
    (line,) = page.directives
    assert (line.number, line.directive.name, line.directive.anchor) == (
        15,
        "a.b:c_d",
        "c-d",
    )


@pytest.mark.parametrize(
    "text", ["", "# A\n", "---\n- a\n---\n# A\n", "a\n---\nb: c\n"]
)
def test_a_page_without_fields_has_none(text: str) -> None:
    assert Page(text).fields == {}


def test_a_line_is_found_outside_fences() -> None:
    page = Page("```text\nabc\n```\nxabcx\n  abc\nabcd\n")
    assert page.line_of("abc") == 5
    assert page.line_of("xabc") == 4
    assert page.line_of("```") is None


def test_what_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("---\ntitle: a: b\n---\n", encoding="utf-8")
    with pytest.raises(ExampleError, match=r"page\.md:2: the front matter is not"):
        _ = Page.read(path).fields
    path.write_bytes(b"\xff\xfe#")
    with pytest.raises(ExampleError, match=r"page\.md: this is not UTF-8"):
        Page.read(path)


def test_lessons_and_pages_name_each_other() -> None:
    assert lesson_of("a/b-c.md") == "a.b_c"
    assert page_of("a.b_c") == "a/b-c"
