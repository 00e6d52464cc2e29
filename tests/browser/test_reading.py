"""What a reader of the built site does: read, copy, search, switch the language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.browser.checks import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# How many there are it says above those that it shows, ten at first.
ARE_SHOWN = """() => {
  const said = document.querySelector(".md-search-result__meta").textContent
  const shown = document.querySelectorAll(".md-search-result__item").length
  return /No|没有/.test(said) || shown >= Math.min(parseInt(said.match(/\\d+/)), 10)
}"""
IS_EMPTY = """() => {
  const said = document.querySelector(".md-search-result__meta").textContent
  return /Type|键入/.test(said) && !document.querySelector(".md-search-result__item")
}"""


# Near the top, where a reader looks, or as far up as the end of the page lets it come.
IS_SEEN = """() => {
  const place = document.getElementById(location.hash.slice(1))
  const { top, bottom } = place.getBoundingClientRect()
  return 0 < bottom && top < innerHeight / 2
}"""


def test_the_language_switch_keeps_the_place(page: Page, address: str) -> None:
    page.goto(f"{address}/autograd/gradients/")
    page.locator("#directional-derivative").evaluate("e => e.scrollIntoView()")
    # The heading, or an example of the section that is nearer.
    place = r"#(directional-derivative|slope-along-a-direction)$"
    for switch, view in (
        (".language-switch", "/zh/autograd/gradients/"),
        (".parallel-switch", "/zh/autograd/gradients/parallel/"),
        (".language-switch", "/autograd/gradients/parallel/|/autograd/gradients/"),
    ):
        page.locator(switch).click()
        page.wait_for_url(re.compile(f"(?:{view}){place}"))
        until(page, IS_SEEN)


@pytest.mark.parametrize(
    ("locale", "place", "line"),
    [
        ("zh-CN", "tensors/create/", ["本页有中文版。"]),
        ("en-GB", "zh/tensors/create/", ["This page is also available in English."]),
        ("en-GB", "tensors/create/", []),
        ("fr-FR", "tensors/create/", []),
    ],
)
def test_a_first_visitor_is_told_once(
    browser: Browser, address: str, locale: str, place: str, line: list[str]
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{address}/{place}")
    assert page.locator(".language-suggestion a").all_inner_texts() == line
    page.reload()
    assert page.locator(".language-suggestion").count() == 0
    context.close()


def test_a_page_reads_well_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/zh/tensors/create/")
    assert page.locator(".example").count() > 10
    assert page.locator(".example-output pre").first.is_visible()
    page.locator(".language-switch").click()
    assert page.url == f"{address}/tensors/create/"
    context.close()
