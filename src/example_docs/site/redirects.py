"""Addresses that pages had: whoever comes by an old one is led to the new one."""

from __future__ import annotations

import html
import posixpath
from difflib import get_close_matches
from typing import TYPE_CHECKING

import yaml

from example_docs.errors import ExampleError
from example_docs.languages.words import words_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


def read_redirects(path: Path, pages: Collection[str]) -> dict[str, str]:
    """The table of moved pages.

    Args:
        path: A YAML file with a line ``old/page.md: new/page.md`` for each; none is
            as good as an empty one. The new page may have an ``#anchor``.
        pages: The pages that exist, in the same form.

    Raises:
        ExampleError: An old page exists or stands twice, or a new one does not exist.
    """
    if not path.exists():
        return {}
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise ExampleError(f"the table cannot be read: {error}", path) from None
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        message = "expected lines such as 'old/page.md: new/page.md'"
        raise ExampleError(message, path, root.start_mark.line + 1)
    moved: dict[str, str] = {}
    for key, value in root.value:
        old, new = str(key.value), str(value.value)
        if fault := _fault(old, new, pages, moved):
            raise ExampleError(fault, path, key.start_mark.line + 1)
        moved[old] = new
    return moved


def _fault(old: str, new: str, pages: Collection[str], moved: Collection[str]) -> str:
    target = new.partition("#")[0]
    if not old.endswith(".md"):
        return f"{old!r} is no page; write its path as it was, with '.md'"
    if old in moved:
        return f"{old!r} stands here twice; leave one"
    if old in pages:
        return f"{old!r} exists, so nobody can be led away from it; remove the line"
    if target not in pages:
        near = get_close_matches(target, pages, 1)
        hint = f"; the nearest is {near[0]!r}" if near else ""
        return f"{old!r} leads to {target!r}, which is no page{hint}"
    return ""


def redirect_pages(moved: dict[str, str], language: str) -> dict[str, str]:
    """The pages at old addresses, by their paths within the language.

    Args:
        moved: Old pages and new ones.
        language: The language of the sentence for those whose browser does not follow.
    """
    return {
        f"{_folder(old)}index.html": _redirect(_folder(old), new, language)
        for old, new in moved.items()
    }


def _folder(page: str) -> str:
    """The address of a page: a folder, with a slash at its end."""
    stem = page.removesuffix(".md")
    if posixpath.basename(stem) == "index":
        stem = posixpath.dirname(stem)
    return f"{stem}/" if stem else ""


def _redirect(here: str, new: str, language: str) -> str:
    page, mark, anchor = new.partition("#")

    def relative(address: str) -> str:
        return posixpath.relpath(address or ".", here)

    target = html.escape(f"{relative(_folder(page))}/{mark}{anchor}")
    sentence = words_of(language, "redirects")["sentence"]
    script = relative("assets/javascripts/moved.js")
    return f"""<!doctype html>
<html lang="{language}">
  <head>
    <meta charset="utf-8">
    <meta name="robots" content="noindex">
    <title>{_folder(page)}</title>
    <link rel="canonical" href="{target}">
    <noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
  </head>
  <body>
    <p>{sentence} <a href="{target}">{_folder(page)}</a></p>
    <script src="{script}"></script>
  </body>
</html>
"""
