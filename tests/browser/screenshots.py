"""Pictures of ten pages, in both languages and both schemes, for people to look at.

Writes them into ``build/screenshots``, with an ``index.html`` that shows them all.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import click
from tests.browser.checks import SCHEMES
from tests.browser.chromium import open_chromium
from tests.browser.conftest import serving
from tests.browser.site import FOLDERS, SITE
from tests.project import ROOT

from example_docs.errors import ExampleError
from example_docs.files import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

PAGES = (
    "",
    "start/install/",
    "tensors/create/",
    "tensors/arithmetic/",
    "autograd/gradients/",
    "autograd/pitfalls/",
    "backprop/perceptron/",
    "activations/relu/",
    "labs/himmelblau/",
    "glossary/",
)
PHONES = ("", "tensors/create/", "activations/relu/", "glossary/")
"""The pages that are shown on a phone too."""

WIDE, PHONE = (1280, 900), (360, 740)
FOLDER = ROOT / "build" / "screenshots"


def shots() -> Iterator[tuple[str, str, str, tuple[int, int]]]:
    """The page, language, scheme and size of each picture."""
    for page in PAGES:
        for size in (WIDE, PHONE) if page in PHONES else (WIDE,):
            for language in FOLDERS:
                for scheme in SCHEMES:
                    yield page, language, scheme, size


def name_of(page: str, language: str, scheme: str, size: tuple[int, int]) -> str:
    """The name of a picture's file."""
    place = page.strip("/").replace("/", "-") or "home"
    return f"{place}-{size[0]}-{language}-{scheme}.png"


def take(browser: Browser, address: str, folder: Path) -> list[str]:
    """Take all pictures; gives the names of their files."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    locales = {"en": "en-GB", "zh": "zh-CN"}
    for page_address, language, scheme, size in shots():
        context = browser.new_context(
            locale=locales[language],
            color_scheme=scheme,  # type: ignore[arg-type]
            viewport={"width": size[0], "height": size[1]},
        )
        page = context.new_page()
        page.goto(f"{address}/{FOLDERS[language]}{page_address}")
        name = name_of(page_address, language, scheme, size)
        page.screenshot(path=folder / name, animations="disabled")
        names.append(name)
        context.close()
    return names


def sheet(names: list[str]) -> str:
    """The page that shows all pictures."""
    pictures = "\n".join(
        f'<a href="{html.escape(name)}"><img src="{html.escape(name)}" '
        f'alt="{html.escape(name)}" loading="lazy"><br>{html.escape(name)}</a>'
        for name in names
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Screenshots</title>
<style>
body {{ display: flex; flex-wrap: wrap; gap: 1rem; font: 0.8rem sans-serif }}
img {{ border: 1px solid #999; height: 20rem }}
</style></head>
<body>
{pictures}
</body></html>
"""


def main() -> None:
    """Take the pictures of the built site."""
    if not (SITE / "index.html").exists():
        raise SystemExit("there is no built site; run 'make site' first")
    try:
        with serving(SITE) as address, open_chromium() as browser:
            names = take(browser, address, FOLDER)
    except ExampleError as error:
        raise SystemExit(str(error)) from None
    write(FOLDER / "index.html", sheet(names))
    click.echo(f"{len(names)} pictures: {FOLDER / 'index.html'}")


if __name__ == "__main__":
    main()
