"""Light and dark, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.checks import SCHEMES, until
from tests.browser.site import FOLDERS

if TYPE_CHECKING:
    from typing import Literal

    from playwright.sync_api import Browser, Page

LESSON = "tensors/create/"
A4 = {"width": 680, "height": 1000}
"""What is left of an A4 page between margins of 15 mm, at 96 px an inch."""

SCHEME = "() => document.body.dataset.mdColorScheme"
PAPER = "() => getComputedStyle(document.body).backgroundColor"
LIGHT = "rgb(255, 255, 255)"

ON_PAPER = """() => {
  const isShown = element => element.checkVisibility({
    contentVisibilityAuto: true, visibilityProperty: true
  })
  const faults = []
  const unwanted = ".md-header, .md-sidebar, .md-footer, .md-skip, .md-top, " +
    ".headerlink, .md-code__button, .example-reference, .example-link, " +
    ".language-suggestion"
  for (const element of document.querySelectorAll(unwanted)) {
    if (isShown(element)) faults.push(`${element.className} is printed`)
  }
  for (const folded of document.querySelectorAll("article details")) {
    // What the page has shown already is on paper once.
    if (folded.matches(".example-folded")) {
      if (isShown(folded.lastElementChild)) {
        faults.push(`${folded.textContent.trim().slice(0, 60)} is printed again`)
      }
    } else if (!isShown(folded.lastElementChild)) {
      faults.push(`${folded.textContent.trim().slice(0, 60)} stays folded`)
    }
  }
  for (const code of document.querySelectorAll("article pre, article pre code")) {
    const { overflowX, color } = getComputedStyle(code)
    if (overflowX !== "visible" || code.scrollWidth > code.clientWidth + 1) {
      faults.push(`${code.textContent.slice(0, 60)} is cut off`)
    }
    const [red, green, blue] = color.match(/[0-9]+/g).map(Number)
    if (red + green + blue > 300) faults.push(`code is printed in ${color}`)
  }
  return faults
}"""


def schemes(page: Page) -> tuple[str, str]:
    return page.evaluate(SCHEME), page.evaluate(PAPER)


@pytest.mark.parametrize("language", FOLDERS)
@pytest.mark.parametrize("wish", SCHEMES)
def test_colours_follow_the_system(
    browser: Browser, address: str, language: str, wish: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=wish)
    page = context.new_page()
    page.goto(f"{address}/{FOLDERS[language]}{LESSON}")
    scheme, paper = schemes(page)
    assert scheme == SCHEMES[wish]
    assert (paper == LIGHT) == (wish == "light")
    other: Literal["light", "dark"] = "dark" if wish == "light" else "light"
    page.emulate_media(color_scheme=other)
    until(page, f"() => ({SCHEME})() === '{SCHEMES[other]}'")
    context.close()


def test_colours_can_be_switched_and_are_kept(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}/{LESSON}")
    found = [page.evaluate(SCHEME)]
    for _ in range(3):
        page.locator("[data-md-component=palette] label:visible").click()
        found.append(page.evaluate(SCHEME))
    # Like the system, light, dark, like the system again.
    assert found == ["slate", "default", "slate", "slate"]
    page.locator("[data-md-component=palette] label:visible").click()
    until(page, f"() => ({SCHEME})() === 'default'")
    page.goto(f"{address}/tensors/reduce/")
    assert schemes(page) == ("default", LIGHT)
    context.close()


def test_without_scripts_the_system_decides(browser: Browser, address: str) -> None:
    found = {}
    for wish in SCHEMES:
        context = browser.new_context(
            color_scheme=wish,  # type: ignore[arg-type]
            java_script_enabled=False,
        )
        page = context.new_page()
        page.goto(f"{address}/{LESSON}")
        found[wish] = page.locator("body").evaluate(
            "body => getComputedStyle(body).getPropertyValue('--paper').trim()"
        )
        context.close()
    assert found["light"] == "#fff"
    assert found["dark"] != found["light"]


@pytest.mark.parametrize(
    "place", ["tensors/create/", "zh/tensors/create/", "zh/activations/relu/"]
)
def test_paper_one_would_keep(browser: Browser, address: str, place: str) -> None:
    context = browser.new_context(color_scheme="dark", viewport=A4)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/{place}")
    page.locator(".example .md-code__button").first.wait_for(state="attached")
    page.emulate_media(media="print")
    until(page, f"() => ({PAPER})() === '{LIGHT}'")
    until(page, "() => !document.getAnimations().length")  # colours take their time
    assert page.evaluate(ON_PAPER) == []
    assert page.locator("article h1").is_visible()
    context.close()


def test_bad_paper_is_found(page: Page) -> None:
    page.set_content(
        '<header class="md-header">Menu</header><article><details><summary>More'
        "</summary><p>Folded</p></details>"
        '<pre style="overflow: auto; width: 9em; color: #eee"><code>'
        f"{'long ' * 30}</code></pre></article>"
    )
    faults = " ".join(page.evaluate(ON_PAPER))
    for fault in ("md-header is printed", "stays folded", "is cut off", "printed in"):
        assert fault in faults
