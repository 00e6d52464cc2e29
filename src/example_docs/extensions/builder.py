"""Ask the builder for the page, and place errors at it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from example_docs.errors import ExampleError
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from markdown import Markdown


class PageError(click.ClickException):
    """An error in a page, which MkDocs shows as one sentence and a failed build."""


def set_page(md: Markdown, page: str) -> None:
    """Say which page is converted, where no builder says it.

    Args:
        md: The converter.
        page: The page's path within its language.
    """
    md.page_path = page  # type: ignore[attr-defined]


def page_path(md: Markdown) -> str | None:
    """The path of the page within its language, as far as the builder tells it.

    Both builders leave it with a processor of their own: MkDocs with the one that
    resolves links, Zensical with the one that holds its context.
    """
    if isinstance(known := getattr(md, "page_path", None), str):
        return known
    places: list[Any] = []
    if "relpath" in md.treeprocessors:
        places.append(getattr(md.treeprocessors["relpath"], "file", None))
    if "rendering_context" in md.preprocessors:
        places.append(getattr(md.preprocessors["rendering_context"], "page", None))
    for place in places:
        path = getattr(place, "src_uri", None) or getattr(place, "path", None)
        if isinstance(path, str):
            return path
    return None


def page_error(md: Markdown, error: ExampleError, text: str = "") -> PageError:
    """Place an error that knows no file at the page that is being built.

    Args:
        md: The converter.
        error: The error.
        text: What to look for in the page, to name the line.
    """
    page = page_path(md)
    if error.path is not None or page is None:
        return PageError(str(error))
    path = _folder(md) / page
    if not path.is_file():
        return PageError(f"{page}: {error.message}")
    number = Page.read(path).line_of(text) if text else None
    return PageError(str(ExampleError(error.message, path, number)))


def _folder(md: Markdown) -> Path:
    """The folder of the pages, as our first extension knows it."""
    known = (extension.config for extension in md.registeredExtensions)
    return Path(next((config["docs"][0] for config in known if "docs" in config), ""))
