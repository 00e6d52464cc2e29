"""Readers see what search finds, also what they paste; see ``test_searches``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.checks import until
from tests.browser.site import FOLDERS
from tests.browser.test_reading import ARE_SHOWN, IS_EMPTY

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The first result is what a finger would touch there.
COVERED = """() => {
  const link = document.querySelector(".md-search-result__item > a")
  const { left, top, width } = link.getBoundingClientRect()
  return link.contains(document.elementFromPoint(left + width / 2, top + 10))
}"""

QUESTIONS = {
    "en": {
        '"backward through the graph a second time"': "autograd/pitfalls",
        "how do I freeze a layer": "autograd/accumulate",
        "saddle point": "optimise/himmelblau",
    },
    "zh": {
        "unsqueeze": "tensors/reshape",
        "怎么冻结一层": "autograd/accumulate",
    },
}


@pytest.mark.parametrize("language", QUESTIONS)
def test_what_is_pasted_is_answered_where_the_reader_looks(
    page: Page, address: str, language: str
) -> None:
    page.goto(f"{address}/{FOLDERS[language]}")
    box = page.locator("[data-md-component=search-query]")
    box.click()
    for question, place in QUESTIONS[language].items():
        box.fill("")
        until(page, IS_EMPTY)
        box.fill(question)  # as a mouse pastes it: no key is pressed
        until(page, ARE_SHOWN)
        first = page.locator(".md-search-result__item > a").first
        assert first.is_visible()
        until(page, COVERED)
        href = first.get_attribute("href") or ""
        assert f"/{FOLDERS[language]}{place}/" in href, question
        assert page.locator(".md-search-result__terms").first.is_hidden()


def test_what_little_words_leave_is_searched_for(page: Page, address: str) -> None:
    page.goto(address)
    box = page.locator("[data-md-component=search-query]")
    box.click()
    box.fill("how to do it")  # nothing but such words: then they are looked for
    until(page, ARE_SHOWN)
    assert page.locator(".md-search-result__meta").inner_text()
