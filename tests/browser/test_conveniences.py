"""What a reader sees of the small things: marks, prints, links, ways onward."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import pytest
from tests.browser.checks import until
from tests.browser.site import FOLDERS, SITE
from tests.browser.test_look import A4

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHEETS = 8
"""The most that a lesson of twelve minutes may take on paper."""

MINUTES = 12
"""The length of the lesson that is printed, as its page states it, at most."""

LEAST = 4.5
"""The least contrast of text."""

# The contrast of marked text with what is behind it, as WCAG defines it.
_CONTRAST = """element => {
  const numbers = colour => colour.match(/[0-9.]+/g).map(Number)
  const luminance = colour => {
    const [red, green, blue] = numbers(colour).map(value => {
      value /= 255
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  let paper = "rgb(255, 255, 255)"
  for (let behind = element; behind; behind = behind.parentElement) {
    const { backgroundColor } = getComputedStyle(behind)
    if (numbers(backgroundColor)[3] !== 0) {
      paper = backgroundColor
      break
    }
  }
  const [dark, light] = [luminance(getComputedStyle(element).color), luminance(paper)]
    .sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}"""
_COLUMNS = """() => [...document.querySelectorAll("article table:not([class])")]
  .filter(table => table.checkVisibility() && table.rows[0].cells.length === 2)
  .map(table => new Set([...table.rows].map(row =>
    Math.round(row.cells[1].getBoundingClientRect().left))).size)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_can_be_read_in_forced_colours(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(forced_colors="active", color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/tensors/arithmetic/?h=broadcasting")
    page.locator("article mark").first.wait_for()
    page.locator("[data-md-component=search-query]").click()
    page.locator("[data-md-component=search-query]").fill("broadcasting")
    page.locator(".md-search-result mark").first.wait_for()
    for place in ("article mark", ".md-search-result mark"):
        contrast = page.locator(place).first.evaluate(_CONTRAST)
        assert contrast >= LEAST, place
    context.close()


def test_a_faint_mark_is_found(page: Page) -> None:
    page.set_content("<p style='background: #000'><mark>black</mark></p>")
    mark = page.locator("mark")
    mark.evaluate("mark => (mark.style.cssText = 'background: none; color: #000')")
    assert mark.evaluate(_CONTRAST) < LEAST


def printed_sheets(page: Page) -> int:
    """Count the sheets that a page takes in the browser's own print."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


@pytest.mark.parametrize("folder", FOLDERS.values())
def test_a_lesson_takes_few_sheets(browser: Browser, address: str, folder: str) -> None:
    context = browser.new_context(color_scheme="dark", viewport=A4)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/{folder}regression/network/")
    minutes = re.search(r"\d+", page.locator(".reading-time").first.inner_text())
    assert minutes
    sheets = printed_sheets(page)
    assert sheets <= SHEETS * max(1, int(minutes[0]) / MINUTES)
    page.emulate_media(media="print")
    behind = "() => getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(behind) == "rgb(255, 255, 255)"
    context.close()


def test_who_chose_a_language_is_not_offered_the_other(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}/tensors/create/")
    page.locator(".language-switch").click()
    page.wait_for_url("**/zh/tensors/create/**")
    until(page, "() => document.querySelector('.md-code__button')")
    assert page.locator(".language-suggestion").count() == 0
    context.close()


def test_the_line_for_first_visitors_can_be_closed(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}/zh/tensors/create/")
    line = page.locator("aside.language-suggestion")
    assert line.is_visible()
    line.get_by_role("button", name="Close").click()
    assert line.count() == 0
    context.close()


def test_an_example_has_a_link_and_the_other_language_keeps_it(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/tensors/create/")
    example = page.locator(".example").nth(4)
    example.scroll_into_view_if_needed()
    anchor = example.get_attribute("id")
    link = example.locator(".example-link")
    assert link.is_visible()
    assert link.evaluate("link => link.href").endswith(f"/tensors/create/#{anchor}")
    link.click()
    until(page, "() => location.hash")
    page.locator(".language-switch").click()
    page.wait_for_url(f"**/zh/tensors/create/#{anchor}")
    until(
        page,
        "() => { const { top } = document.querySelector(location.hash)"
        ".getBoundingClientRect(); return 0 <= top && top < innerHeight / 2 }",
    )


@pytest.mark.parametrize("folder", FOLDERS.values())
def test_a_search_that_finds_nothing_leads_on(
    page: Page, address: str, folder: str
) -> None:
    page.goto(f"{address}/{folder}")
    box = page.locator("[data-md-component=search-query]")
    box.click()
    ways = page.locator(".search-onward a")
    box.fill("qqqzzz")
    ways.first.wait_for()
    glossary, twin, pytorch = ways.evaluate_all("all => all.map(way => way.href)")
    assert glossary == f"{address}/{folder}glossary/"
    assert twin == f"{address}/{'' if folder else 'zh/'}?q=qqqzzz"
    assert pytorch.endswith("search.html?q=qqqzzz")
    box.fill("softmax")
    page.locator(".md-search-result__item").first.wait_for()
    assert not ways.first.is_visible()


@pytest.mark.parametrize(
    "place", ["optimise/himmelblau/", "zh/optimise/himmelblau/", ""]
)
def test_columns_stand_one_below_the_other_on_a_phone(
    browser: Browser, address: str, place: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/{place}")
    until(page, "() => document.querySelector('.md-code__button')")
    starts = page.evaluate(_COLUMNS)
    assert starts
    assert set(starts) == {1}
    context.close()


def test_the_reference_says_how_to_import(page: Page, address: str) -> None:
    page.goto(f"{address}/reference/tensors/")
    lines = page.locator("article p > code").all_inner_texts()
    imports = [line for line in lines if line.startswith("from torch_by_example.")]
    assert len(imports) > 100
    for text in imports[:3]:
        compile(text, "copied", "exec")


@pytest.mark.parametrize("folder", FOLDERS.values())
def test_what_is_copied_in_the_reference_runs(
    page: Page, address: str, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page.goto(f"{address}/{folder}reference/tensors/")
    program = page.locator(".reference-program").first
    program.locator("summary").click()
    button = program.locator(".md-code__button")
    button.wait_for()
    page.evaluate("() => navigator.clipboard.writeText('')")
    button.click()
    until(page, "async () => (await navigator.clipboard.readText()) !== ''")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert program.locator("code").inner_text().strip() == copied.strip()
    exec(compile(copied, "copied", "exec"), {"__name__": "__main__"})
    promised = page.locator(".doc-contents code").all_inner_texts()
    printed = capsys.readouterr().out.strip()
    assert printed
    assert any(printed.splitlines()[-1] in text for text in promised)


@pytest.mark.parametrize(("folder", "other"), [("", "zh"), ("zh/", "en")])
def test_a_page_that_is_missing_is_missing_in_one_language(
    page: Page, address: str, folder: str, other: str
) -> None:
    # A host has one such page for the whole site.
    text = (SITE / "404.html").read_text(encoding="utf-8")
    page.route(
        "**/gone/", lambda route: route.fulfill(body=text, content_type="text/html")
    )
    page.goto(f"{address}/{folder}gone/")
    sections = page.locator(".not-found")
    assert sections.count() == 2
    assert sections.first.is_visible()
    assert sections.first.get_attribute("lang") != other
    assert sections.last.is_hidden()


@pytest.mark.parametrize("place", ["tensors/create/", "zh/tensors/create/", ""])
def test_the_name_of_the_site_is_whole_on_a_phone(
    browser: Browser, address: str, place: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/{place}")
    name = page.locator(".md-header__topic .md-ellipsis").first
    assert name.is_visible()
    assert name.evaluate("name => name.scrollWidth <= name.clientWidth")
    context.close()


@pytest.mark.parametrize("folder", FOLDERS.values())
@pytest.mark.parametrize("width", [360, 1280])
def test_the_home_page_shows_a_figure_and_all_chapters(
    browser: Browser, address: str, folder: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/{folder}")
    figure = page.locator("article figure svg").first
    box = figure.bounding_box()
    assert box
    assert box["width"] > 200
    assert box["height"] > 100
    lessons = page.locator(".chapters--map .lesson")
    assert lessons.count() > 30
    assert lessons.first.is_visible()
    times = page.locator(".chapters--map .lesson-time").all_inner_texts()
    assert len(times) > 30
    page.locator(".chapters--map h3 a").nth(1).click()
    page.wait_for_url(f"**/{folder}contents/#tensors")
    about = page.locator("#tensors ~ ul .lesson-about").first
    assert about.is_visible()
    assert about.inner_text()
    context.close()


@pytest.mark.parametrize("folder", FOLDERS.values())
def test_what_was_run_is_seen_whole_on_a_phone(
    browser: Browser, address: str, folder: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/{folder}verified/")
    cells = page.locator(".verified-table td")
    cells.first.wait_for()
    boxes = cells.evaluate_all(
        "all => all.map(cell => cell.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) > 100
    assert not [box for box in boxes if box["left"] < 0 or box["right"] > 360]
    context.close()
