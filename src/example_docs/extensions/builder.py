"""Ask the builder for the page, and place errors at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from markdown import Markdown

    from example_docs.errors import ExampleError


class PageError(click.ClickException):
    """An error in a page, which MkDocs shows as one sentence and a failed build."""


def page_path(md: Markdown) -> str | None:
    """The path of the page within its language, as far as the builder tells it.

    Both builders leave it with a processor of their own: MkDocs with the one that
    resolves links, Zensical with the one that holds its context.
    """
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


def page_error(md: Markdown, error: ExampleError) -> PageError:
    """Place an error that knows no file at the page that is being built."""
    page = page_path(md)
    if error.path is None and page is not None:
        return PageError(f"{page}: {error.message}")
    return PageError(str(error))
