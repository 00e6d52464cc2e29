"""The Chromium of this machine: it prints the book, and the tests look through it."""

from __future__ import annotations

import os
import shutil

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
