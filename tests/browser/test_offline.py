"""The archive as a reader opens it: unpacked anywhere, by a double-click."""

from __future__ import annotations

import html
import re
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from tests.browser.site import FOLDERS, SITE

from example_docs.site.offline import write_offline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

SEARCHES = {
    "en": {"no_grad": "autograd/control", "broadcasting": "tensors/broadcast"},
    "zh": {"广播": "tensors/broadcast", "链式法则": "autograd/chain-rule"},
}
LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
COPY = """async () => {
  const example = document.querySelector(".example")
  example.querySelector(":scope > .highlight .md-code__button").click()
  return [await navigator.clipboard.readText(), example.dataset.copy]
}"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked archive, in a folder such as readers have."""
    if not (SITE / "index.html").exists():
        pytest.fail("there is no built site; 'make test' and 'make site' build it")
    home = tmp_path_factory.mktemp("home")
    archive = home / "book.zip"
    write_offline(SITE, archive)
    place = home / "My books 书 #1 100%"
    with zipfile.ZipFile(archive) as file:
        file.extractall(place)
    return place / "book"


@pytest.fixture
def reader(browser: Browser, folder: Path) -> Iterator[Page]:
    """A page on which every error, and every request for another place, fails."""
    context = browser.new_context(
        locale="en-GB", permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    faults: list[str] = []
    ours = (folder.as_uri(), "data:", "blob:", "about:")
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(ours) else faults.append(asked.url),
    )
    yield page
    context.close()
    assert not faults


def lost(folder: Path, page: Path) -> list[str]:
    """The addresses in a page that name no file of the folder."""
    found = []
    for match in LINK.findall(page.read_text(encoding="utf-8")):
        address = html.unescape(match)
        if urlsplit(address).scheme or address.startswith(("#", "//")):
            continue
        parts = urlsplit(urljoin(page.as_uri(), address))
        base = urlsplit(folder.as_uri()).path
        target = folder / unquote(parts.path.removeprefix(f"{base}/"))
        if not parts.path.startswith(base) or not target.is_file():
            found.append(address)
    return found


def test_every_link_of_every_page_names_a_file(folder: Path) -> None:
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 100
    faults = {page.relative_to(folder).as_posix(): lost(folder, page) for page in pages}
    assert {place: links for place, links in faults.items() if links} == {}


def test_a_link_to_a_folder_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b.css").touch()
    page = tmp_path / "index.html"
    page.write_text('<a href="a/"><link href="b.css"><a href="../x"><a href="#y">')
    assert lost(tmp_path, page) == ["a/", "../x"]


@pytest.mark.parametrize("language", FOLDERS)
def test_search_works_from_a_disk(reader: Page, folder: Path, language: str) -> None:
    home = folder / FOLDERS[language] / "index.html"
    for query, expected in SEARCHES[language].items():
        reader.goto(home.as_uri())
        reader.locator("[data-md-component=search-query]").click()
        reader.keyboard.insert_text(query)
        # Material looks for results when a key is released.
        reader.keyboard.press("Shift")
        reader.locator(".md-search-result__link").first.click()
        reader.wait_for_url(lambda url: "?h=" in url)
        assert reader.url.partition("?")[0] == (
            (folder / FOLDERS[language] / expected / "index.html").as_uri()
        )


def test_switching_leads_to_the_same_page(reader: Page, folder: Path) -> None:
    lesson = "tensors/create/index.html"
    reader.goto((folder / lesson).as_uri())
    reader.locator(".language-switch").first.click()
    reader.wait_for_url((folder / "zh" / lesson).as_uri() + "*")
    reader.locator(".parallel-switch").first.click()
    reader.wait_for_url((folder / "zh/tensors/create/parallel").as_uri() + "/*")
    assert reader.locator(".pair").count() > 10


@pytest.mark.parametrize("language", FOLDERS)
def test_copying_works_from_a_disk(reader: Page, folder: Path, language: str) -> None:
    lesson = folder / FOLDERS[language] / "tensors" / "create" / "index.html"
    reader.goto(lesson.as_uri())
    reader.locator(".md-code__button").first.wait_for(state="attached")
    copied, expected = reader.evaluate(COPY)
    assert copied == expected


def test_another_host_stays_closed(browser: Browser, folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    blocked = page.evaluate(
        """() => new Promise(resolve => {
          addEventListener("securitypolicyviolation", event => {
            resolve(`${event.disposition} ${event.blockedURI}`)
          })
          new Image().src = "http://127.0.0.1:9/x.png"
          setTimeout(() => resolve(""), 60000)
        })"""
    )
    context.close()
    assert blocked == "enforce http://127.0.0.1:9/x.png"
