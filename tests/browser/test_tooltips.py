"""A reader sees what a term means, beside the term, by mouse, key and finger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.checks import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LESSON = "tensors/create/"
NEAR = 40
"""How far from its term, in pixels, an explanation may begin."""

# Where the text that explains is, as it is drawn, and what is on top there.
_SEEN = """() => {
  const said = document.querySelector(".md-tooltip2__inner, .md-tooltip__inner")
  if (!said) return null
  const box = said.getBoundingClientRect()
  const shown = said.checkVisibility({
    opacityProperty: true, visibilityProperty: true
  })
  return shown && { text: said.innerText, ...box.toJSON() }
}"""
COMES = f"() => Boolean(({_SEEN})())"
_IS_DRAWN = """() => Number(getComputedStyle(
  document.querySelector(".md-tooltip2, .md-tooltip")
).opacity) === 1"""
UNSTYLED = "[class*=md-tooltip] { all: unset !important; display: block !important }"


def faults(page: Page, meaning: str, term: dict[str, float]) -> list[str]:
    """Tell what keeps a reader from seeing what a term means."""
    seen: dict[str, Any] | None = page.evaluate(_SEEN)
    if not seen:
        return ["nothing is shown"]
    found = []
    if seen["text"] != meaning:
        found.append(f"says {seen['text']!r}")
    size = page.viewport_size or {"width": 0, "height": 0}
    if seen["left"] < 0 or seen["right"] > size["width"]:
        found.append("is cut off at the side")
    if seen["top"] < 0 or seen["bottom"] > size["height"]:
        found.append("is above or below what is in view")
    below = seen["top"] - (term["y"] + term["height"])
    above = term["y"] - seen["bottom"]
    if not (-1 <= below <= NEAR or -1 <= above <= NEAR):
        found.append("is far from its term")
    return found


def ask(page: Page, way: str) -> tuple[str, dict[str, float]]:
    """Ask for the meaning of the first term; return it, and where the term is."""
    # The element itself: once it is asked, it has no title for a locator to find.
    term = page.locator(".md-content abbr[title]").first.element_handle()
    meaning = term.get_attribute("title") or ""
    {"hover": term.hover, "focus": term.focus, "tap": term.tap}[way]()
    place = term.evaluate("term => term.getBoundingClientRect().toJSON()")
    return meaning, place


@pytest.mark.parametrize("place", [LESSON, f"zh/{LESSON}"])
@pytest.mark.parametrize("way", ["hover", "focus", "tap"])
def test_a_term_is_explained_beside_it(
    browser: Browser, address: str, way: str, place: str
) -> None:
    width = 390 if way == "tap" else 1280
    context = browser.new_context(
        has_touch=way == "tap", viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{address}/{place}")
    until(page, "() => document.querySelector('.md-code__button')")
    meaning, term = ask(page, way)
    until(page, COMES)
    until(page, _IS_DRAWN)
    assert faults(page, meaning, term) == []
    context.close()


def test_an_explanation_without_style_is_a_fault(page: Page, address: str) -> None:
    page.goto(f"{address}/{LESSON}")
    until(page, "() => document.querySelector('.md-code__button')")
    meaning, term = ask(page, "focus")
    until(page, COMES)
    page.evaluate(
        """css => {
          const sheet = new CSSStyleSheet()
          sheet.replaceSync(css)
          document.adoptedStyleSheets.push(sheet)
        }""",
        UNSTYLED,
    )
    assert "is far from its term" in faults(page, meaning, term)
