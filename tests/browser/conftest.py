"""The built site, served on this machine and opened in a real Chromium."""

from __future__ import annotations

import functools
import http.server
import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.browser.chromium import open_chromium
from tests.browser.site import SITE

from example_docs.book.book import find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for all files of a page
    wbufsize = -1  # and one packet for the head of an answer

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(
    folder: Path, host: type[http.server.SimpleHTTPRequestHandler] = _Quiet
) -> Iterator[str]:
    """Serve a folder; gives its address, without a slash at its end."""
    handler = functools.partial(host, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True  # those of open connections
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the served site, without a slash at its end."""
    if not (SITE / "index.html").exists():
        pytest.fail("there is no built site; 'make test' and 'make site' build it")
    with serving(SITE) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium of this machine; skips where there is none, but not in CI."""
    if find_chromium() is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium was found")
        pytest.skip("no Chromium was found")
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A reader of English who lets pages use the clipboard."""
    context = browser.new_context(
        locale="en-GB", viewport={"width": 1280, "height": 900}
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which every error in the console fails the test."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(f"{message.text} ({message.location.get('url')})")
            if message.type == "error"
            else None
        ),
    )
    yield page
    page.close()
    assert not errors
