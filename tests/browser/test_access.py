"""A reader with a keyboard, and one who hears the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.site import FOLDERS

if TYPE_CHECKING:
    from playwright.sync_api import Page

LESSON = "tensors/reduce/"
MOST = 400
"""More presses of the tabulator than a lesson has places."""

FOCUS = """() => {
  const at = document.activeElement
  if (at === document.body) return "end"
  const shown = at.checkVisibility({ visibilityProperty: true })
  const classes = [...at.classList].filter(name => name !== "focus-visible").join(".")
  const place = `${at.localName}${classes && "."}${classes}`
  return shown ? place : `hidden ${place}`
}"""
# What a reader with a mouse can use in the text of a page, and whether the keyboard
# has been there.
USABLE = """() => [...document.querySelectorAll(
  ".md-content :is(a[href], button, summary, abbr, input, .example-output pre)"
)].filter(place => place.checkVisibility({ visibilityProperty: true }))
  .filter(place => !place.matches("pre") || place.scrollWidth > place.clientWidth)
  .map(place => [place.outerHTML.slice(0, 120), window.reached.has(place)])"""
WATCH = """() => {
  window.reached = new Set()
  document.addEventListener("focusin", event => window.reached.add(event.target))
}"""


def tab_order(page: Page) -> list[str]:
    """Where the tabulator leads, from the beginning of the page to its end."""
    found: list[str] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        place = page.evaluate(FOCUS)
        if place == "end":
            return found
        found.append(place)
    return found


@pytest.mark.parametrize("language", FOLDERS)
def test_the_tabulator_reaches_everything(
    page: Page, address: str, language: str
) -> None:
    page.goto(f"{address}/{FOLDERS[language]}{LESSON}")
    page.locator(".example .md-code__button").first.wait_for(state="attached")
    page.evaluate(WATCH)
    order = tab_order(page)
    assert len(order) < MOST
    assert order[0] == "a.md-skip"
    assert [place for place in order if place.startswith("hidden")] == []
    assert any("language-switch" in place for place in order)
    assert any("md-search__input" in place for place in order)
    usable = page.evaluate(USABLE)
    assert len(usable) > 20
    assert [place for place, is_reached in usable if not is_reached] == []


def test_what_the_tabulator_cannot_reach_is_found(page: Page) -> None:
    page.set_content(
        '<div class="md-content"><a href="#x" tabindex="-1">A</a>'
        "<button>B</button></div>"
    )
    page.evaluate(WATCH)
    assert tab_order(page) == ["button"]
    missed = [place for place, is_reached in page.evaluate(USABLE) if not is_reached]
    assert missed == ['<a href="#x" tabindex="-1">A</a>']


def test_the_skip_link_leads_to_the_text(page: Page, address: str) -> None:
    page.goto(f"{address}/{LESSON}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    title = page.locator(":focus")
    assert title.evaluate("title => title.localName") == "h1"
    outline = title.evaluate("title => getComputedStyle(title).outlineStyle")
    assert outline == "none"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('.md-content') !== null")


def test_the_skip_link_opens_a_tab_for_who_wants_one(page: Page, address: str) -> None:
    page.goto(f"{address}/{LESSON}")
    page.keyboard.press("Tab")
    with page.context.expect_page() as opened:
        page.keyboard.press("ControlOrMeta+Enter")
    opened.value.wait_for_url(f"**/{LESSON}#*")
    assert page.locator("h1:focus").count() == 0


@pytest.mark.parametrize("key", ["f", "s", "/"])
def test_a_key_opens_search_and_another_a_result(
    page: Page, address: str, key: str
) -> None:
    page.goto(f"{address}/")
    box = page.locator("[data-md-component=search-query]")
    page.locator("body").press(key)
    assert box.evaluate("box => box === document.activeElement")
    page.keyboard.type("keepdim")
    page.locator('.md-search-result__link[href*="h=keepdim"]').first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{LESSON}*")


def test_enter_copies_a_program_and_unfolds(page: Page, address: str) -> None:
    page.goto(f"{address}/{LESSON}")
    example = page.locator(".example:has(details)").first
    button = example.locator(":scope > .highlight .md-code__button")
    button.wait_for(state="attached")
    button.focus()
    page.keyboard.press("Enter")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    program = example.get_attribute("data-copy") or ""
    assert copied
    assert copied == program.rstrip("\n")
    folded = example.locator("details").first
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    assert folded.evaluate("details => details.open")
