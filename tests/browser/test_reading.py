"""What a reader of the built site does: read, copy, search, switch the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.site import FOLDERS, addresses, is_page, parallel_views
from tests.project import LIBRARY, ROOT, pages

from example_docs.edition import catalogue_at, published_program
from example_docs.pages import directives

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

COPY_ALL = """async () => {
  const copied = []
  for (const example of document.querySelectorAll(".example")) {
    for (const details of example.querySelectorAll("details")) details.open = true
    const code = example.querySelector(":scope > .highlight")
    const button = code.querySelector("[data-clipboard-target], .md-code__button")
    button.click()
    copied.push([example.dataset.example, await navigator.clipboard.readText()])
  }
  return copied
}"""
OVERFLOW = """() => {
  const page = document.scrollingElement
  return page.scrollWidth - page.clientWidth
}"""
STILL = "*, ::before, ::after { transition: none !important }"
SHIFT = """() => new Promise(resolve => {
  let sum = 0
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) sum += entry.value
  }).observe({ type: "layout-shift", buffered: true })
  setTimeout(() => resolve(sum), 100)
})"""
WIDTHS = (360, 768, 1280, 1920)
NO_SHIFT = 0.01
"""The most that rounding may move; a shift that people see is ten times as much."""

LESSONS = [
    (language, page)
    for language in FOLDERS
    for page in pages(language)
    if "::example" in (ROOT / "docs" / language / page).read_text(encoding="utf-8")
]


@pytest.mark.parametrize(("language", "page_path"), LESSONS)
def test_the_copy_button_gives_the_whole_program(
    page: Page, address: str, language: str, page_path: str
) -> None:
    path = ROOT / "docs" / language / page_path
    catalogue = catalogue_at(ROOT / "docs/zh/code.po" if FOLDERS[language] else "")
    expected = []
    for line in directives(path, path.read_text(encoding="utf-8")):
        example = LIBRARY.example(line.directive.name)
        text = published_program(LIBRARY, example, catalogue).text
        expected.append([example.full_name, text.rstrip("\n")])
    name = page_path.removesuffix(".md").removesuffix("index")
    page.goto(f"{address}/{FOLDERS[language]}{name}")
    page.locator(".example .md-code__button").first.wait_for(state="attached")
    assert page.evaluate(COPY_ALL) == expected


GROUPS = {
    "English": [place for place in addresses() if not place.startswith("zh/")],
    "Chinese": [place for place in addresses() if place.startswith("zh/")],
    "parallel": [place for place in parallel_views() if not place.startswith("zh/")],
    "parallel, Chinese": [
        place for place in parallel_views() if place.startswith("zh/")
    ],
    "not found": ["404.html", "zh/404.html"],
}


@pytest.mark.parametrize("group", GROUPS)
def test_pages_stay_on_their_host_and_within_the_screen(
    browser: Browser, address: str, group: str
) -> None:
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 800})
    page = context.new_page()
    faults: list[str] = []
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((address, "data:", "blob:"))
            else faults.append(f"{page.url} asks {request.url}")
        ),
    )
    assert GROUPS[group], "no pages; was the site built?"
    for place in GROUPS[group]:
        page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        page.goto(f"{address}/{place}")
        if page.evaluate(SHIFT) > NO_SHIFT:
            faults.append(f"{place} moves while it loads")
        # What slides in after a change of width shall be there at once.
        page.add_style_tag(content=STILL)
        twin = page.locator(".language-switch").first.evaluate("link => link.href")
        if not is_page(twin.removeprefix(address)):
            faults.append(f"{place} leads to {twin}, which is no page")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate(OVERFLOW) > 0:
                faults.append(f"{place} scrolls sideways at {width} px")
    context.close()
    assert not faults


SEARCHES = {
    "en": {
        "no_grad": "autograd/control",
        "requires_grad_": "autograd/control",
        "arange": "tensors/create",
        "linspace": "tensors/create",
        "manual_seed": "tensors/create",
        "from_numpy": "tensors/numpy",
        "broadcasting": "tensors/arithmetic",
        "matmul": "tensors/arithmetic",
        "keepdim": "tensors/reduce",
        "argmax": "tensors/reduce",
        "gather": "tensors/index",
        "boolean mask": "tensors/index",
        "unsqueeze": "tensors/reshape",
        "torch.stack": "tensors/join",
        "chunk": "tensors/join",
        "gradcheck": "autograd/grad",
        "jacobian": "autograd/vectors",
        "chain rule": "autograd/chain-rule",
        "virtual environment": "start/install",
        "default device": "start/devices",
        "softmax": "activations/softmax",
        "cross-entropy": "losses/cross-entropy",
    },
    "zh": {
        "张量": "tensors/create",
        "广播": "tensors/arithmetic",
        "随机种子": "tensors/create",
        "共享内存": "tensors/numpy",
        "数据类型": "tensors/dtypes",
        "掩码": "tensors/index",
        "拼接": "tensors/join",
        "方向导数": "autograd/gradients",
        "雅可比矩阵": "autograd/vectors",
        "链式法则": "autograd/chain-rule",
        "叶子张量": "autograd/control",
        "报错": "autograd/pitfalls",
        "安装": "start/install",
        "no_grad": "autograd/control",
        "zero_grad": "autograd/gradients",
        "requires_grad_": "autograd/control",
        "交叉熵": "losses/cross-entropy",
    },
}


@pytest.mark.parametrize("language", FOLDERS)
def test_search_finds_the_page(page: Page, address: str, language: str) -> None:
    missed = {}
    page.goto(f"{address}/{FOLDERS[language]}")
    for query, expected in SEARCHES[language].items():
        box = page.locator("[data-md-component=search-query]")
        box.click()
        box.fill("")
        page.keyboard.insert_text(query)
        # Material looks for results when a key is released.
        page.keyboard.press("Shift")
        page.wait_for_function(
            """query => {
              const box = document.querySelector("[data-md-component=search-query]")
              const meta = document.querySelector(".md-search-result__meta")
              return box.value === query && /\\d|No|没有/.test(meta.textContent)
            }""",
            arg=query,
        )
        page.wait_for_timeout(150)
        links = page.locator(".md-search-result__item > a").evaluate_all(
            "found => found.slice(0, 8).map(link => link.href)"
        )
        own = f"{address}/{FOLDERS[language]}"
        found = list(
            dict.fromkeys(link.partition("?")[0].partition("#")[0] for link in links)
        )
        # An index page stands at the address of its folder.
        wanted = f"{own}{expected}/".replace("/index/", "/")
        if wanted not in found[:2] or not all(link.startswith(own) for link in found):
            missed[query] = found
        page.keyboard.press("Escape")
    assert not missed


def test_the_language_switch_keeps_the_place(page: Page, address: str) -> None:
    page.goto(f"{address}/autograd/gradients/")
    page.locator("#directional-derivative").evaluate("e => e.scrollIntoView()")
    page.locator(".language-switch").click()
    page.wait_for_url(f"{address}/zh/autograd/gradients/#directional-derivative")
    page.locator(".parallel-switch").click()
    page.wait_for_url("**/zh/autograd/gradients/parallel/#directional-derivative")
    page.locator(".language-switch").click()
    page.wait_for_url(f"{address}/autograd/gradients/#directional-derivative")


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
    assert page.locator(".language-suggestion").all_inner_texts() == line
    page.reload()
    assert page.locator(".language-suggestion").count() == 0
    context.close()


def test_a_page_reads_well_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/zh/tensors/create/")
    assert page.locator(".example").count() > 20
    assert page.locator(".example-output pre").first.is_visible()
    page.locator(".language-switch").click()
    assert page.url == f"{address}/tensors/create/"
    context.close()
