"""What a first visit does not load: the search; and what a phone does not draw."""

from __future__ import annotations

from http.server import SimpleHTTPRequestHandler
from typing import TYPE_CHECKING, ClassVar

import pytest
from tests.browser.checks import until
from tests.browser.conftest import serving
from tests.browser.site import SITE

if TYPE_CHECKING:
    from playwright.sync_api import Page

INDEX = "search/search_index.json"
SCRIPT = "javascripts/workers/search."
LESSON = "tensors/create/"
DRAWN = "element => element.checkVisibility({contentVisibilityAuto: true})"
OPENED = """label => {
  label.click()
  const drawer = document.querySelector(".md-sidebar--primary .md-sidebar__scrollwrap")
  return getComputedStyle(drawer).contentVisibility
}"""


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The addresses of the index that the page has asked for so far."""
    found: list[str] = []
    page.on("request", lambda r: found.append(r.url) if INDEX in r.url else None)
    return found


def test_reading_loads_no_search(page: Page, address: str, asked: list[str]) -> None:
    scripts: list[str] = []
    page.on("request", lambda r: scripts.append(r.url) if SCRIPT in r.url else None)
    page.goto(f"{address}/{LESSON}")
    page.locator(".example .md-code__button").first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    assert asked == []
    assert scripts == []
    with page.expect_event("worker"):
        page.locator("[data-md-component=search-query]").click()
    page.wait_for_load_state("networkidle")
    assert len(scripts) == 1


def test_the_search_box_loads_the_index_once(
    page: Page, address: str, asked: list[str]
) -> None:
    page.goto(f"{address}/{LESSON}", wait_until="networkidle")
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type("no_grad")
    page.wait_for_selector(".md-search-result__item")
    assert len(asked) == 1


@pytest.mark.parametrize("query", ["?h=tensor", "?q=tensor"])
def test_an_address_that_searches_loads_the_index_at_once(
    page: Page, address: str, asked: list[str], query: str
) -> None:
    with page.expect_request(lambda request: INDEX in request.url):
        page.goto(f"{address}/{LESSON}{query}")
    page.wait_for_load_state("networkidle")
    assert len(asked) == 1


def test_the_drawer_of_a_phone_is_drawn_when_it_opens(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/{LESSON}")
    link = page.locator(".md-nav--primary a[href$='dtypes/']")
    assert not link.evaluate(DRAWN)
    # At once: for some frames it was seen empty.
    label = page.locator(".md-header label[for=__drawer]")
    assert label.evaluate(OPENED) == "visible"
    assert link.evaluate(DRAWN)
    link.click()
    page.wait_for_url("**/tensors/dtypes/")


def test_a_screen_with_room_for_the_menu_draws_it(page: Page, address: str) -> None:
    page.goto(f"{address}/{LESSON}")
    assert page.locator(".md-nav--primary a[href$='dtypes/']").evaluate(DRAWN)


class _Host(SimpleHTTPRequestHandler):
    """A host that lets browsers keep its files, and notes which fonts it gave."""

    fonts: ClassVar[list[str]] = []

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        if self.path.endswith(".woff2"):
            self.fonts.append(self.path)


def test_the_font_of_formulas_comes_once_and_in_advance(page: Page) -> None:
    _Host.fonts.clear()
    with serving(SITE, _Host) as address:
        with page.expect_response("**/math.woff2"):
            page.goto(f"{address}/{LESSON}")
        assert page.locator("article math").count() == 0
        for place in ("autograd/gradients/", "autograd/vectors/"):
            page.goto(f"{address}/{place}")
            page.locator("article math").first.wait_for()
            until(page, "() => document.fonts.check('1em \"STIX Two Math\"')")
    assert len(_Host.fonts) == 1


@pytest.mark.parametrize("place", [LESSON, "autograd/gradients/"])
def test_pages_with_formulas_ask_for_their_font_first(
    page: Page, address: str, place: str
) -> None:
    page.goto(f"{address}/{place}")
    first = page.locator("head link[rel=preload], head link[rel=stylesheet]").first
    has_formulas = page.locator("article math").count() > 0
    assert (first.get_attribute("as") == "font") == has_formulas
