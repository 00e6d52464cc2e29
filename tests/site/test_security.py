from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest

from example_docs.errors import ExampleError
from example_docs.site.csp import inline_scripts, policy, secured, with_policy

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '<!doctype html>\n<meta charset="utf-8">\n'


def test_the_policy_allows_the_site_and_the_scripts_it_names() -> None:
    digest = base64.b64encode(hashlib.sha256(b"let a = 1").digest()).decode()
    assert policy(["let a = 1"]).split("; ") == [
        "default-src 'none'",
        f"script-src 'self' 'sha256-{digest}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_the_policy_allows_a_source_besides_the_site() -> None:
    assert "script-src 'self' file:; style-src 'self' file:;" in policy([], "file:")


def test_scripts_that_run_are_found() -> None:
    page = (
        '<script src="a.js"></script>'
        '<script type="application/json">{"a": "<b>"}</script>'
        '<script id="x">if (a<b) c("</p>")</script>'
        "<script type=module>\nd</script>"
    )
    assert list(inline_scripts(page)) == ['if (a<b) c("</p>")', "\nd"]


@pytest.mark.parametrize(
    ("tag", "what"),
    [
        ('<p style="color: red">', "'style' in <p>"),
        ("<p class=a STYLE=b>", "'STYLE' in <p>"),
        ('<img alt="a > b" onerror="f()">', "'onerror' in <img>"),
        ("<style>p { color: red }</style>", "what stands in <style>"),
        ('<a href=" javascript:f()">', "'javascript:' in <a>"),
    ],
)
def test_what_the_policy_blocks_has_its_line(tag: str, what: str) -> None:
    with pytest.raises(ExampleError, match="is blocked") as caught:
        list(inline_scripts(f"<p>\n\n{tag}"))
    assert caught.value.message.startswith(what)
    assert caught.value.line == 3


@pytest.mark.parametrize(
    "tag", ['<p title="an on = 1 style = 2">', "<p> style=1 onerror=2 </p>"]
)
def test_text_about_styles_is_no_style(tag: str) -> None:
    assert list(inline_scripts(tag)) == []


def test_all_pages_state_one_policy(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "a.html").write_text(f"{HEAD}<script>a</script>", "utf-8")
    (tmp_path / "zh/b.html").write_text(f"{HEAD}<script>b</script>", "utf-8")
    pages = secured(tmp_path)
    assert set(pages) == {tmp_path / "a.html", tmp_path / "zh/b.html"}
    stated = policy(["a", "b"])
    assert all(f'content="{stated}"' in text for text in pages.values())
    for path, text in pages.items():
        path.write_text(text, "utf-8")
    assert secured(tmp_path) == {}


def test_a_page_that_cannot_be_secured_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f'{HEAD}<p style="b">', "utf-8")
    with pytest.raises(ExampleError, match=r"a\.html:3: 'style' in <p>"):
        secured(tmp_path)


def test_the_policy_comes_first_and_once() -> None:
    page = with_policy(with_policy(HEAD, "old"), "new")
    assert page.count("Content-Security-Policy") == 1
    assert page.index('content="new"') < page.index("\n", page.index("charset") + 17)
    with pytest.raises(ExampleError, match="no <meta charset"):
        with_policy("<p>", "new")
