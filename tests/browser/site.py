"""What the built site consists of."""

from __future__ import annotations

import os
from pathlib import Path

from tests.project import ROOT, pages

SITE = Path(os.environ.get("SITE") or ROOT / "site")
"""The site that is opened; name another one in the environment to try it."""

FOLDERS = {"en": "", "zh": "zh/"}


def addresses() -> list[str]:
    """The addresses of all pages of both languages, within the site."""
    return [
        folder + page_address(page)
        for language, folder in FOLDERS.items()
        for page in pages(language)
    ]


def page_address(page: str) -> str:
    """The address of a page within its language: ``tensors/create/``."""
    folder = page.removesuffix(".md").removesuffix("index")
    return folder if page.endswith("index.md") else f"{folder}/"


def parallel_views() -> list[str]:
    """The addresses of the views of both languages at once."""
    return sorted(
        path.parent.relative_to(SITE).as_posix() + "/"
        for path in SITE.rglob("parallel/index.html")
    )


def is_page(address: str) -> bool:
    """Whether an address within the site, with its first slash, has a page."""
    return (SITE / address.lstrip("/").partition("#")[0] / "index.html").is_file()
