"""Each check of the browser finds the fault that it is there to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.checks import Visitor
from tests.browser.conftest import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<style>body {{ background: #fff; color: #000 }} {style}</style></head>
<body data-md-color-scheme="default"><main><h1>A page</h1>{body}</main></body></html>
"""

# A copy button that copies what the theme's would: data-copy around it, or the code.
EXAMPLE = """
<div class="example" data-example="p.m:hello">
<details><summary>import torch</summary><pre><code>import torch</code></pre></details>
<div class="highlight"><button class="md-code__button" aria-label="Copy"></button>
<pre><code>print("hello")</code></pre></div></div>
<script>
document.querySelector("button").onclick = () => {{
  const isOpen = document.querySelector("details").open
  navigator.clipboard.writeText({text})
}}
</script>
"""
PROGRAM = 'import torch\nprint("hello")'


LATE = """
<p>Text that was there.</p>
<script>
new PerformanceObserver((_, observer) => {
  observer.disconnect()
  const late = document.createElement("div")
  late.className = "late"
  document.querySelector("h1").before(late)
}).observe({ type: "paint", buffered: true })
</script>
"""
CODE = '<pre><code><i></i><span class="c">x</span> <span class="c">y = 1</span></code>'


@pytest.fixture
def visitor(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    with serving(tmp_path) as address:
        context = browser.new_context()
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        yield Visitor(context, address)
        context.close()


def opened(visitor: Visitor, folder: Path, body: str, style: str = "") -> Visitor:
    """The visitor on a small page."""
    text = PAGE.format(style=style, body=body)
    (folder / "page.html").write_text(text, encoding="utf-8")
    visitor.open("page.html")
    return visitor


def test_a_page_without_faults_has_none(visitor: Visitor, tmp_path: Path) -> None:
    text = f"`{PROGRAM}`"
    opened(visitor, tmp_path, "<p>Text.</p>" + EXAMPLE.format(text=text))
    visitor.check_layout()
    visitor.check_copies([("p.m:hello", PROGRAM)])
    visitor.check_access()
    # The browser looks for an icon on its own account.
    assert [fault for fault in visitor.faults if "404" not in fault] == []


@pytest.mark.parametrize(
    ("body", "style", "fault"),
    [
        ('<img alt="" src="http://127.0.0.1:9/x.png">', "", "asks http://127.0.0.1:9/"),
        ("<script>fail()</script>", "", "fails: fail is not defined"),
        ("<script>console.error('no')</script>", "", "writes to the console: no"),
        ('<div class="wide">x</div>', ".wide { width: 500px }", "sideways at 360 px"),
        ('<div class="wide">x</div>', ".wide { width: 1500px }", "sideways at 1280 px"),
        (
            "<article><table><tr><td>f()</td><td>does</td></tr></table></article>",
            "table { display: block; overflow: auto } td { min-width: 300px }",
            "hides a column at 360 px: 'f()",
        ),
    ],
)
def test_faults_of_the_layout(
    visitor: Visitor, tmp_path: Path, body: str, style: str, fault: str
) -> None:
    opened(visitor, tmp_path, body, style).check_layout()
    assert any(fault in found for found in visitor.faults)


def test_what_comes_late_moves_the_rest(visitor: Visitor, tmp_path: Path) -> None:
    opened(visitor, tmp_path, LATE, ".late { height: 300px }")
    visitor.page.locator(".late").wait_for()
    visitor.check_layout()
    assert any("moves while it loads" in found for found in visitor.faults)


@pytest.mark.parametrize(
    ("body", "style", "fault"),
    [
        ("<button></button>", "", "axe, light: button-name"),
        ('<svg role="img" width="9" height="9"></svg>', "", "svg-img-alt"),
        ("<figure><svg role='img'></svg></figure>", "", "does not speak: <svg"),
        ("<math><mi>x</mi></math>", "", "does not speak: <math"),
        ("<p>Faint</p>", "p { color: #bbb }", "axe, light: color-contrast"),
        (
            "<p>Faint</p>",
            "@media (prefers-color-scheme: dark) { p { color: #bbb } }",
            "axe, dark: color-contrast",
        ),
        (
            f"{CODE}</pre>",
            ".c { color: #bbb }",
            "axe, light: color-contrast",
        ),
    ],
)
def test_faults_of_access(
    visitor: Visitor, tmp_path: Path, body: str, style: str, fault: str
) -> None:
    opened(visitor, tmp_path, body, style).check_access()
    assert any(fault in found for found in visitor.faults)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("document.querySelector('.highlight code').textContent", "copies for p.m:h"),
        (f"isOpen ? 'more' : `{PROGRAM}`", "p.m:hello, unfolded: 'more'"),
        ("''", "copies for p.m:hello: ''"),
    ],
)
def test_faults_of_copies(
    visitor: Visitor, tmp_path: Path, text: str, fault: str
) -> None:
    opened(visitor, tmp_path, EXAMPLE.format(text=text))
    visitor.check_copies([("p.m:hello", PROGRAM)])
    assert any(fault in found for found in visitor.faults)


def test_an_example_that_is_missing(visitor: Visitor, tmp_path: Path) -> None:
    opened(visitor, tmp_path, EXAMPLE.format(text=f"`{PROGRAM}`"))
    visitor.check_copies([("p.m:hello", PROGRAM), ("p.m:bye", PROGRAM)])
    assert any("has the examples ['p.m:hello']" in found for found in visitor.faults)
