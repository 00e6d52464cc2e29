"""MkDocs' search learns what sections explain, and what people call them.

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
from example_docs.site.search import (
    asked,
    broken,
    called,
    explained,
    indexed,
    pairs,
    places,
    searched,
    titles,
)

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

CHINESE = "zh"
_REPEATS = ("check-yourself", "summary")

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
    """Add what a page is about, what its sections explain, and what they are called."""
    content = page.content = context.pop(_CONTENT)
    settings = read_settings(Path())
    twins = {
        code: language.pages / page.file.src_uri
        for code, language in settings.languages.items()
    }
    if CHINESE not in twins or not all(twin.is_file() for twin in twins.values()):
        return
    language = _options(config)["language"]
    texts = {code: twin.read_text(encoding="utf-8") for code, twin in twins.items()}
    headings = [titles(text) for text in texts.values()]
    terms = explained(texts[CHINESE], _glossary())
    description = page.meta.get("description", "")
    found = places(content or "")
    # What a page wants to be found after all others has no names.
    names = {} if "boost" in page.meta.get("search", {}) else _called(settings.search)
    for entry in reversed(_entries(config)):
        address, _, anchor = entry["location"].partition("#")
        if address != page.url:
            return
        if not anchor:  # the page's title and what stands below it
            text = indexed(escape(description), language, jieba.cut)
            entry["text"] = f"<p>{text}</p> {entry['text']}"
        if anchor in terms:
            own = (term.names[language] for term in terms[anchor])
            entry["tags"] = [indexed(name, language, jieba.cut) for name in own]
        if names:
            ids, messages = found.get(anchor, ([], []))
            known = [name for key in ids for name in names.get(key, ())]
            known += [title[anchor] for title in headings if anchor in title]
            known += [n for term in terms.get(anchor, ()) for n in term.names.values()]
            entry["asked"] = [asked(name, jieba.cut_for_search) for name in known]
            entry["says"] = [" ".join(pairs(message)) for message in messages]
            entry["boost"] = _weight(anchor)


def _weight(anchor: str) -> float:
    """How much a section counts.

    The theme counts the top of a page two and a half times, so that pages would come
    before the sections that answer; what repeats comes after what it repeats.
    """
    if not anchor:
        return 0.4
    return 0.3 if anchor in _REPEATS else 1


on_page_context = CombinedEvent(_before, _after)


def _glossary() -> Glossary:
    try:
        return read_glossary(read_settings(Path()).glossary)
    except ExampleError as error:
        raise PluginError(str(error)) from None


def _called(path: Path) -> dict[str, list[str]]:
    try:
        return called(path)
    except ExampleError as error:
        raise PluginError(str(error)) from None


def _options(config: MkDocsConfig) -> dict[str, Any]:
    return dict(config.mdx_configs["example_docs"])


def _entries(config: MkDocsConfig) -> list[dict[str, Any]]:
    """The entries of the index so far; none when search is off."""
    plugin: Any = config.plugins.get("material/search") or config.plugins.get("search")
    return list(plugin.search_index.entries) if plugin else []
