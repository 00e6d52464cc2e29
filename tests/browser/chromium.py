"""The Chromium of this machine, driven by Playwright."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from example_docs.book.book import find_chromium

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)
"""It opens pages of our own and nothing else, also where no screen and no user is."""

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Open a Chromium. A thread can have one at a time: give it to what needs it."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=find_chromium(), args=list(FLAGS)
        ) as browser,
    ):
        yield browser
