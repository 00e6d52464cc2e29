"""Instant navigation, which needs a site that knows its address, and lost readers."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

import pytest
from tests.browser.served import served
from tests.browser.site import FOLDERS, SITE, addresses
from tests.browser.test_tooltips import COMES, faults

from example_docs.site.csp import policy, with_policy
from example_docs.site.redirects import redirect_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ACROSS = {"en": "zh/", "zh": ""}
MARK = "() => { window.isKept = true }"
IS_KEPT = "() => window.isKept === true"
# What the switch would open from each heading that is chosen in the contents.
SWITCHED = """async () => {
  const stop = event => event.preventDefault()
  const isThere = heading => {
    const { top } = heading.getBoundingClientRect()
    return location.hash === `#${heading.id}` && 0 <= top && top < window.innerHeight
  }
  window.addEventListener("click", stop)
  const twin = document.querySelector(".language-switch")
  const found = []
  for (const heading of document.querySelectorAll(".md-content :is(h2, h3)[id]")) {
    window.removeEventListener("click", stop)
    heading.querySelector(".headerlink").click()
    for (let frames = 0; frames < 600 && !isThere(heading); frames++) {
      await new Promise(requestAnimationFrame)
    }
    window.addEventListener("click", stop)
    twin.click()
    found.push([heading.id, twin.href])
  }
  window.removeEventListener("click", stop)
  return found
}"""
IS_IN_VIEW = """id => {
  const { top } = document.getElementById(id).getBoundingClientRect()
  return 0 <= top && top < window.innerHeight
}"""


@pytest.fixture(scope="session")
def host() -> Iterator[str]:
    with served(SITE) as address:
        yield address


@pytest.fixture
def reader(page: Page, host: str) -> Page:
    """A reader with a window; an error in the console fails the test."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=host)
    return page


def turn(page: Page, link: str, title: str) -> None:
    """Follow a link of the page; only its content changes."""
    page.evaluate(MARK)
    page.locator(link).first.evaluate("link => link.click()")
    page.wait_for_function("title => document.title.startsWith(title)", arg=title)
    assert page.evaluate(IS_KEPT), "the page was loaded anew"


def test_pages_are_loaded_whole_where_the_site_has_no_address(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/tensors/create/")
    page.evaluate(MARK)
    page.locator(".md-footer__link--next").click()
    page.wait_for_url("**/tensors/random/")
    page.wait_for_load_state()
    assert not page.evaluate(IS_KEPT)


@pytest.mark.parametrize(
    ("language", "steps"),
    [
        ("en", {"tensors/create": "Creating", "tensors/dtypes": "Data types"}),
        ("en", {"autograd/gradients": "Deriv", "regression/checks": "Checks"}),
        ("zh", {"tensors/create": "创建张量", "tensors/dtypes": "数据类型"}),
        ("zh", {"autograd/gradients": "导数与梯度", "regression/checks": "拟合结果"}),
    ],
)
def test_the_switch_keeps_the_place_after_an_instant_change(
    reader: Page, host: str, language: str, steps: dict[str, str]
) -> None:
    reader.goto(f"{host}/{FOLDERS[language]}")
    for place, title in steps.items():
        turn(reader, f".md-nav--primary a[href$='/{place}/']", title)
        twin = f"{host}/{ACROSS[language]}{place}/"
        found = reader.evaluate(SWITCHED)
        assert len(found) > 2
        assert found == [[name, f"{twin}#{name}"] for name, _ in found]
        html = (SITE / ACROSS[language] / place / "index.html").read_text("utf-8")
        assert [name for name, _ in found if f'id="{name}"' not in html] == []
    # The last heading, which never comes to the top of the window.
    reader.locator(".language-switch").click()
    reader.wait_for_url(found[-1][1])
    assert reader.evaluate("() => document.documentElement.lang") == (
        "en" if language == "zh" else "zh"
    )
    reader.wait_for_function(IS_IN_VIEW, arg=found[-1][0])


def test_the_skip_link_leads_to_the_text_after_an_instant_change(
    reader: Page, host: str
) -> None:
    reader.goto(f"{host}/tensors/create/")
    turn(reader, ".md-footer__link--next", "Random numbers")
    title = reader.locator(".md-content h1").get_attribute("id")
    reader.locator(f".md-skip[href$='#{title}']").focus()
    reader.keyboard.press("Enter")
    assert reader.evaluate("() => document.activeElement.id") == title
    assert reader.evaluate(IS_KEPT)


def test_the_top_of_a_page_leads_to_the_top(reader: Page, host: str) -> None:
    reader.goto(f"{host}/start/install/")
    turn(reader, ".md-footer__link--next", "What PyTorch is")
    reader.locator(".language-switch").click()
    reader.wait_for_url(f"{host}/zh/start/what-is-pytorch/")


def test_the_parallel_view_is_entered_and_left(reader: Page, host: str) -> None:
    reader.goto(f"{host}/tensors/random/")
    turn(reader, ".md-footer__link--next", "Data types")
    switch = reader.locator(".parallel-switch")
    switch.click()
    reader.wait_for_url(f"{host}/tensors/dtypes/parallel/")
    assert reader.locator(".pair").count() > 10
    view = "() => [document.body.dataset.view, document.querySelector("
    view += '".parallel-switch").getAttribute("aria-current")]'
    assert reader.evaluate(view) == ["parallel", "page"]
    # From the view to another page, without loading it whole, and back.
    turn(reader, ".md-footer__link--next", "Indexing")
    assert reader.evaluate(view) == [None, None]
    assert switch.evaluate("link => link.href") == f"{host}/tensors/parallel/"
    reader.go_back()
    reader.wait_for_function("() => document.title.startsWith('Data types')")
    assert reader.evaluate(IS_KEPT)
    assert reader.evaluate(view) == ["parallel", "page"]
    assert switch.evaluate("link => link.href") == f"{host}/tensors/dtypes/"
    assert reader.locator(".language-switch").evaluate("link => link.href") == (
        f"{host}/zh/tensors/dtypes/"
    )


@pytest.mark.parametrize("language", FOLDERS)
def test_one_page_leads_to_the_next_through_the_whole_book(language: str) -> None:
    folder = FOLDERS[language]
    here, before, way = folder, "", [folder]
    while True:
        html = (SITE / here / "index.html").read_text("utf-8")
        assert (before == "") == ("link--prev" not in html)
        if before:
            assert led(html, here, "prev") == before
        following = led(html, here, "next")
        if not following:
            break
        here, before = following, here or "./"
        way.append(here)
        assert len(way) < 1000, "the pages lead in a circle"
    assert sorted(way) == sorted(
        place for place in addresses() if place.startswith("zh/") == (language == "zh")
    )


def led(html: str, here: str, direction: str) -> str:
    """Where a page's link to its neighbour leads, within the site."""
    found = re.search(
        rf'href="([^"]*)" class="md-footer__link md-footer__link--{direction}"', html
    )
    return f"{posixpath.normpath(posixpath.join(here, found[1]))}/" if found else ""


def test_each_parallel_view_that_is_offered_exists() -> None:
    offered = 0
    for path in SITE.rglob("index.html"):
        found = re.search(
            r'class="parallel-switch" href="([^"]*)"', path.read_text("utf-8")
        )
        if found:
            offered += 1
            assert (path.parent / found[1] / "index.html").is_file(), path
    assert offered > 100


def test_pages_without_a_parallel_view_offer_none(reader: Page, host: str) -> None:
    switch = reader.locator(".parallel-switch")
    reader.goto(f"{host}/tensors/create/")
    assert switch.is_visible()
    turn(reader, ".md-nav--primary a[href$='/glossary/']", "Glossary")
    assert not switch.is_visible()
    turn(reader, ".md-nav--primary a[href$='/tensors/dtypes/']", "Data types")
    assert switch.is_visible()


def test_a_page_that_came_instantly_works_as_any_other(reader: Page, host: str) -> None:
    reader.goto(f"{host}/tensors/create/")
    reader.evaluate("() => window.scrollTo(0, 900)")
    # The theme remembers where a reader was.
    reader.wait_for_function("() => history.state?.y === 900")
    turn(reader, ".md-footer__link--next", "Random numbers")
    reader.wait_for_function("() => window.scrollY === 0")
    button = reader.locator(".example .md-code__button").first
    button.click()
    copied = reader.evaluate("() => navigator.clipboard.readText()")
    assert copied == reader.locator(".example").first.get_attribute("data-copy")
    heading = reader.locator(".md-content h2 .headerlink").first
    heading.hover()
    reader.wait_for_function(COMES)
    place = heading.evaluate("link => link.getBoundingClientRect().toJSON()")
    assert faults(reader, "Link to this section", place) == []
    reader.go_back()
    reader.wait_for_function("() => document.title.startsWith('Creating')")
    reader.wait_for_function("() => Math.abs(window.scrollY - 900) < 2")


def test_a_first_visitor_is_told_once_while_pages_change(
    browser: Browser, host: str
) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{host}/tensors/create/")
    line = page.locator(".language-suggestion")
    assert line.locator("a").all_inner_texts() == ["本页有中文版。"]
    page.locator("#data-errors").evaluate("heading => heading.scrollIntoView()")
    turn(page, ".md-footer__link--next", "Random numbers")
    assert line.count() == 0
    page.reload()
    assert line.count() == 0
    context.close()


def test_the_line_for_first_visitors_keeps_the_place(
    browser: Browser, host: str
) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{host}/tensors/create/")
    page.locator("#data-errors").evaluate("heading => heading.scrollIntoView()")
    page.locator(".language-suggestion a").click()
    # The example that one is at, just below that heading.
    page.wait_for_url(f"{host}/zh/tensors/create/#ragged-list")
    context.close()


@pytest.mark.parametrize(
    ("wrong", "title", "right"),
    [
        ("tensors/creat/", "There is no such page", "tensors/create/"),
        ("tensor/create", "There is no such page", "tensors/create/"),
        ("zh/autograd/gradiens/", "没有这个页面", "zh/autograd/gradients/"),
        ("quite/another/thing/", "There is no such page", None),
        ("zh/quite/another/thing/", "没有这个页面", None),
    ],
)
def test_a_lost_reader_is_helped(
    browser: Browser, host: str, wrong: str, title: str, right: str | None
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{host}/{wrong}")
    first = page.locator(".not-found").first
    assert first.locator("h1").inner_text() == title
    guess = first.locator(".not-found-guess")
    assert guess.is_visible() == (right is not None)
    if right is not None:
        assert guess.locator("a").evaluate("a => a.href") == f"{host}/{right}"
    # Both languages, of which one is seen; every link leads somewhere.
    assert first.is_visible()
    assert page.locator(".not-found").last.is_hidden()
    paths = page.locator(".not-found li a").evaluate_all(
        "links => links.map(link => link.pathname)"
    )
    assert len(paths) > 80
    assert [
        path for path in paths if not (SITE / path[1:] / "index.html").exists()
    ] == []
    first.locator(".not-found-search").click()
    page.keyboard.type("softmax")
    page.locator(".md-search-result__item").first.wait_for()
    context.close()


def test_an_old_address_keeps_the_anchor(page: Page, address: str) -> None:
    moved = {"old/page.md": "tensors/create.md#random"}
    ((place, text),) = redirect_pages(moved, "en").items()
    stated = with_policy(text, policy([]))
    page.route(f"{address}/{place}", lambda route: route.fulfill(body=stated))
    page.goto(f"{address}/{place}#data-errors")
    page.wait_for_url(f"{address}/tensors/create/#data-errors")
    page.goto(f"{address}/{place}")
    page.wait_for_url(f"{address}/tensors/create/#random")


def test_an_old_address_leads_on_without_scripts(
    browser: Browser, address: str
) -> None:
    ((place, text),) = redirect_pages({"a.md": "tensors/create.md"}, "en").items()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route(f"{address}/{place}", lambda route: route.fulfill(body=text))
    page.goto(f"{address}/{place}")
    page.wait_for_url(f"{address}/tensors/create/")
    context.close()
