"""The Chromium of this machine: it prints the book, and the tests look through it."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright

from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
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

MISSING = "no Chromium was found; install one or name it in CHROMIUM"
"""What is said where there is none."""


def find_chromium() -> str | None:
    """The Chromium that CHROMIUM names, or else one that this machine has."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """An open Chromium. A thread can have one at a time: give it to what needs it.

    Raises:
        ExampleError: There is none, or it does not start.
    """
    chromium = find_chromium()
    if chromium is None:
        raise ExampleError(MISSING)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=list(FLAGS)
            )
        except Error as error:
            reason = first_line(error)
            message = f"{chromium} does not start: {reason}; name another in CHROMIUM"
            raise ExampleError(message) from None
        with browser:
            yield browser


def first_line(error: Error) -> str:
    """What went wrong, without the log of the browser that comes after it."""
    return error.message.strip().partition("\n")[0]
