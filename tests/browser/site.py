"""What the built site consists of."""

from __future__ import annotations

from tests.project import ROOT, pages

FOLDERS = {"en": "", "zh": "zh/"}


def addresses() -> list[str]:
    """The addresses of all pages of both languages, within the site."""
    return [
        folder
        + page.removesuffix(".md").removesuffix("index")
        + ("" if page.endswith("index.md") else "/")
        for language, folder in FOLDERS.items()
        for page in pages(language)
    ]


def parallel_views() -> list[str]:
    """The addresses of the views of both languages at once."""
    site = ROOT / "site"
    return sorted(
        path.parent.relative_to(site).as_posix() + "/"
        for path in site.rglob("parallel/index.html")
    )


def is_page(address: str) -> bool:
    """Whether an address within the site, with its first slash, has a page."""
    return (
        ROOT / "site" / address.lstrip("/").partition("#")[0] / "index.html"
    ).is_file()
