"""MkDocs' search learns the book's terms: what explains them, and their Chinese words.

Search is a plugin of the builder, so this is a hook: no page needs it.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jieba
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority

from example_docs.errors import ExampleError
from example_docs.languages.terms import Glossary, read_glossary
from example_docs.settings import read_settings
from example_docs.site.search import broken, explained, indexed, searched

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

CHINESE = "zh"

_CONTENT = "example_docs.site.search"
"""Where the content of a page is kept while search looks at it."""


def on_config(config: MkDocsConfig) -> None:
    """Keep the terms whole that are no words in the dictionary."""
    if _options(config)["language"] == CHINESE:
        for term in broken(_glossary(), jieba.cut):
            jieba.add_word(term)


@event_priority(100)  # before search looks at the page
def _before(context: dict[str, Any], page: Page, **_: object) -> None:
    """Show search only what it reads: else it takes a sixth of all building."""
    context[_CONTENT] = page.content
    page.content = searched(page.content or "")


@event_priority(-100)  # after search has looked at the page
def _after(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> None:
    """Add what a page is about, and to each section the terms that it explains."""
    page.content = context.pop(_CONTENT)
    chinese = read_settings(Path()).languages.get(CHINESE)
    if chinese is None or not (chinese.pages / page.file.src_uri).is_file():
        return
    twin = chinese.pages / page.file.src_uri
    language = _options(config)["language"]
    terms = explained(twin.read_text(encoding="utf-8"), _glossary())
    description = page.meta.get("description", "")
    for entry in reversed(_entries(config)):
        address, _, anchor = entry["location"].partition("#")
        if address != page.url:
            return
        if not anchor:  # the page's title and what stands below it
            text = indexed(escape(description), language, jieba.cut)
            entry["text"] = f"<p>{text}</p> {entry['text']}"
        if anchor in terms:
            names = (term.names[language] for term in terms[anchor])
            entry["tags"] = [indexed(name, language, jieba.cut) for name in names]


on_page_context = CombinedEvent(_before, _after)


def _glossary() -> Glossary:
    try:
        return read_glossary(read_settings(Path()).glossary)
    except ExampleError as error:
        raise PluginError(str(error)) from None


def _options(config: MkDocsConfig) -> dict[str, Any]:
    return dict(config.mdx_configs["example_docs"])


def _entries(config: MkDocsConfig) -> list[dict[str, Any]]:
    """The entries of the index so far; none when search is off."""
    plugin: Any = config.plugins.get("material/search") or config.plugins.get("search")
    return list(plugin.search_index.entries) if plugin else []
