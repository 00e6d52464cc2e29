"""Every page is visited once, and looked at from all sides in that one visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.checks import Visitor
from tests.browser.site import (
    FOLDERS,
    addresses,
    is_page,
    page_address,
    parallel_views,
)
from tests.project import LIBRARY, ROOT, pages

from example_docs.languages.edition import catalogue_at, published_program
from example_docs.pages.directives import directives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

AT_ONCE = 24
"""Pages a test: few enough that the tests can be shared among processes."""


def _groups(name: str, places: list[str]) -> dict[str, list[str]]:
    parts = [places[n : n + AT_ONCE] for n in range(0, len(places), AT_ONCE)]
    return {f"{name} {number}": part for number, part in enumerate(parts, start=1)}


def _of(language: str, places: list[str]) -> list[str]:
    chinese = FOLDERS["zh"]
    return [
        place for place in places if place.startswith(chinese) == (language == "zh")
    ]


PAGES = {
    **_groups("English", _of("en", addresses())),
    **_groups("Chinese", _of("zh", addresses())),
    "not found": ["404.html", "zh/404.html"],
}
VIEWS = {
    **_groups("parallel", _of("en", parallel_views())),
    **_groups("parallel, Chinese", _of("zh", parallel_views())),
}


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    """A visitor whom every fault of a page fails."""
    context = browser.new_context(locale="en-GB")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    visitor = Visitor(context, address)
    yield visitor
    context.close()
    assert not visitor.faults, "\n".join(visitor.faults)


def programs(language: str, page: str) -> list[tuple[str, str]]:
    """The examples of a page, each with the program that the tests have run."""
    path = ROOT / "docs" / language / page
    catalogue = catalogue_at(ROOT / "docs/zh/code.po" if language == "zh" else "")
    named = [
        LIBRARY.example(line.directive.name)
        for line in directives(path, path.read_text(encoding="utf-8"))
    ]
    return [
        (
            example.full_name,
            published_program(example, catalogue).text.rstrip("\n"),
        )
        for example in named
    ]


EXPECTED = {
    FOLDERS[language] + page_address(page): (language, page)
    for language in FOLDERS
    for page in pages(language)
    if "::example" in (ROOT / "docs" / language / page).read_text(encoding="utf-8")
}


def test_there_are_pages_to_visit() -> None:
    assert len(EXPECTED) > 50
    assert {"tensors/create/", "zh/tensors/create/"} < set(EXPECTED)
    assert set(EXPECTED) < {place for group in PAGES.values() for place in group}
    assert VIEWS, "no parallel views; was the site published?"


@pytest.mark.parametrize("group", PAGES)
def test_pages(visitor: Visitor, address: str, group: str) -> None:
    for place in PAGES[group]:
        visitor.open(place)
        visitor.check_layout()
        check_twin(visitor, address)
        if place in EXPECTED:
            visitor.check_copies(programs(*EXPECTED[place]))
        visitor.check_access()


@pytest.mark.parametrize("group", VIEWS)
def test_parallel_views(visitor: Visitor, address: str, group: str) -> None:
    # What is copied has been looked at on the two pages that they are made from.
    for place in VIEWS[group]:
        visitor.open(place)
        visitor.check_layout()
        check_twin(visitor, address)
        visitor.check_access()


def check_twin(visitor: Visitor, address: str) -> None:
    """The switch of the language leads to a page."""
    switch = visitor.page.locator(".language-switch").first
    twin = switch.evaluate("link => link.href").removeprefix(address)
    if not is_page(twin):
        visitor.faults.append(f"{visitor.place} leads to {twin}, which is no page")
