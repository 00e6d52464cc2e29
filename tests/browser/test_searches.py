"""Search is held to what readers ask, as the theme's own worker ranks it.

One page runs all queries through the worker, after ``query.js`` has cleaned them; that
the page then shows what the worker found is the matter of ``test_questions``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.browser.site import FOLDERS, SITE
from tests.project import ROOT

from example_docs.site.search import called

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

Asked = dict[str, list[str]]
Places = dict[str, set[str]]

SEARCHES: dict[str, Asked] = yaml.safe_load(
    (ROOT / "tests/data/searches.yml").read_text(encoding="utf-8")
)
FIRST = 0.80
AMONG_THREE = 0.95
NO_LESSON = ("reference/", "rules/", "labs/", "glossary/", "maintaining/", "verified/")

# For each query the best place of each page that was found, best page first.
FOUND = """async queries => {
  const { base, search } = JSON.parse(
    document.getElementById("__config").textContent
  )
  const index = await fetch(new URL(`${base}/search/search_index.json`, location))
  const worker = new Worker(new URL(search, location))
  const tell = message => new Promise(done => {
    worker.addEventListener("message", ({ data }) => done(data), { once: true })
    worker.postMessage(message)
  })
  document.querySelector("[data-md-component=search-query]").focus()
  await tell({ type: 0, data: { ...await index.json(), options: { suggest: true } } })
  const found = []
  for (const query of queries) {
    const { data } = await tell({ type: 2, data: query })
    found.push(data.items.map(([{ location }]) => location))
  }
  return found
}"""

_PLACE = re.compile(
    r'<h(?P<level>[1-6])\b[^>]*\bid="(?P<heading>[^"]+)"'
    r'|<div class="example"[^>]*\bid="(?P<example>[^"]+)"'
)


def places(site: Path) -> Places:
    """Where each id of a lesson stands: the section, as the search names it."""
    found: Places = {}
    for path in site.rglob("index.html"):
        # An index page stands at the address of its folder.
        address = path.parent.relative_to(site).as_posix() + "/"
        if address.startswith(("zh/", *NO_LESSON)) or "parallel/" in address:
            continue
        section = address
        for place in _PLACE.finditer(path.read_text(encoding="utf-8")):
            if place["heading"]:
                is_title = place["level"] == "1"
                section = address if is_title else f"{address}#{place['heading']}"
            found.setdefault(place["heading"] or place["example"], set()).add(section)
    return found


def shares(asked: Asked, found: list[list[str]], where: Places) -> tuple[float, float]:
    """How many answers are first, and how many among the first three."""
    first = three = 0
    for ids, results in zip(asked.values(), found, strict=True):
        right = set().union(*(where.get(key, ()) for key in ids))
        first += bool(right.intersection(results[:1]))
        three += bool(right.intersection(results[:3]))
    return first / len(asked), three / len(asked)


def test_shares_count_what_is_right_first_and_among_three() -> None:
    asked = {"a": ["x", "y"], "b": ["x"], "c": ["x"], "d": ["gone"]}
    where = {"x": {"p/#x"}, "y": {"q/"}}
    found = [["q/", "p/#x"], ["q/", "r/", "p/#x"], ["1", "2", "3", "p/#x"], []]
    assert shares(asked, found, where) == (1 / 4, 2 / 4)


def test_a_section_is_found_by_its_heading_and_by_its_examples(tmp_path: Path) -> None:
    page = tmp_path / "chapter/lesson/index.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        '<h1 id="title">T</h1><div class="example" id="one"></div>'
        '<h2 class="x" id="part">P</h2><div class="example" data-a="b" id="two"></div>',
        encoding="utf-8",
    )
    assert places(tmp_path) == {
        "title": {"chapter/lesson/"},
        "one": {"chapter/lesson/"},
        "part": {"chapter/lesson/#part"},
        "two": {"chapter/lesson/#part"},
    }


@pytest.mark.parametrize("language", FOLDERS)
def test_the_right_section_is_found(page: Page, address: str, language: str) -> None:
    asked = SEARCHES[language]
    assert len(asked) >= 120
    where = places(SITE / FOLDERS[language])
    page.goto(f"{address}/{FOLDERS[language]}")
    found: list[list[str]] = page.evaluate(FOUND, [str(query) for query in asked])
    missed = {
        query: results[:3]
        for (query, ids), results in zip(asked.items(), found, strict=True)
        if not set().union(*(where.get(key, ()) for key in ids)) & set(results[:3])
    }
    first, three = shares(asked, found, where)
    assert first >= FIRST, missed
    assert three >= AMONG_THREE, missed
    # Lessons come first, and what was run is no answer at all.
    last = {q: r[0] for q, r in zip(asked, found, strict=True) if r}
    assert not {q: at for q, at in last.items() if at.startswith(NO_LESSON)}
    assert not [at for results in found for at in results if "verified/" in at]


def test_what_people_call_a_section_is_in_a_lesson() -> None:
    where = places(SITE)
    names = called(ROOT / "docs/search.yml")
    assert not [key for key in names if key not in where]
