"""The security policy of the pages: nothing they need is blocked, all else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.site import SITE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PLACES = [
    "",
    "zh/",
    "tensors/create/",
    "zh/regression/checks/",
    "tensors/dtypes/parallel/",
    "labs/himmelblau/",
    "reference/tensors/",
    "zh/glossary/",
    "404.html",
    "zh/404.html",
]
"""One page of each kind."""

LISTEN = """() => {
  window.blocked = []
  document.addEventListener("securitypolicyviolation", event => {
    window.blocked.push(`${event.effectiveDirective} ${event.blockedURI}`)
  })
}"""
# What an attacker would put into a page, and what the browser must say to it.
INJECTED = {
    "script-src-elem inline": """() => {
      const script = document.createElement("script")
      script.textContent = "window.ran = true"
      document.body.append(script)
    }""",
    "script-src-attr inline": """() => {
      document.body.insertAdjacentHTML(
        "beforeend", '<img src="data:," onerror="window.ran = true">')
    }""",
    "script-src-elem https://example.org/a.js": """() => {
      const script = document.createElement("script")
      script.src = "https://example.org/a.js"
      document.body.append(script)
    }""",
    "style-src-attr inline": """() => {
      document.body.insertAdjacentHTML("beforeend", '<p style="color: red">a</p>')
    }""",
    "style-src-elem inline": """() => {
      document.body.insertAdjacentHTML("beforeend", '<style>p { color: red }</style>')
    }""",
    "img-src https://example.org/a.png": """() => {
      document.body.insertAdjacentHTML(
        "beforeend", '<img src="https://example.org/a.png">')
    }""",
    "connect-src https://example.org/": """() => {
      fetch("https://example.org/").catch(() => null)
    }""",
    "base-uri https://example.org/": """() => {
      document.head.insertAdjacentHTML(
        "afterbegin", '<base href="https://example.org/">')
    }""",
}


@pytest.mark.parametrize("place", PLACES)
def test_the_policy_blocks_nothing_that_a_page_needs(
    page: Page, address: str, place: str
) -> None:
    # The console says what is blocked, and the fixture fails then.
    page.add_init_script(f"({LISTEN})()")
    page.goto(f"{address}/{place}")
    stated = page.locator("meta[http-equiv=Content-Security-Policy]")
    assert "unsafe" not in (stated.get_attribute("content") or "unsafe")
    # The theme's scripts run, the one that stands in the page included.
    assert page.evaluate("() => document.documentElement.className").split()[-1] == "js"
    assert page.evaluate("() => typeof __md_get") == "function"
    # So does the search, in its worker; a form is sent nowhere.
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type("softmax")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("Escape")
    # Colours change by a style that a script sets.
    page.locator("[data-md-component=palette] label:visible").click()
    assert page.evaluate("() => window.blocked") == []


@pytest.mark.parametrize("violation", INJECTED)
def test_the_policy_blocks_what_does_not_belong_to_a_page(
    browser: Browser, address: str, violation: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}/tensors/create/")
    page.evaluate(LISTEN)
    page.evaluate(INJECTED[violation])
    page.wait_for_function("() => window.blocked.length > 0")
    assert page.evaluate("() => window.blocked") == [violation]
    assert page.evaluate("() => window.ran") is None
    page.close()


def test_pages_can_be_read_from_a_disk(browser: Browser) -> None:
    page = browser.new_page()
    page.add_init_script(f"({LISTEN})()")
    page.goto((SITE / "tensors/create/index.html").as_uri())
    assert page.evaluate("() => window.blocked") == []
    # Styles and scripts have come, and the theme's have done their work.
    page.locator(".example .md-code__button").first.wait_for(state="attached")
    colour = "() => getComputedStyle(document.body).getPropertyValue('--paper')"
    assert page.evaluate(colour) == "#fff"
    assert page.evaluate("() => document.documentElement.className").split()[-1] == "js"
    page.close()
