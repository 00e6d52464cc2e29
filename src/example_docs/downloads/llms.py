"""``llms.txt`` and ``llms-full.txt``: the book for those who read it as text.

The first is the table of contents in the form of https://llmstxt.org: a title, a
summary, and for each chapter its pages with what they are about. The second is all
pages as one text, in the order of the navigation.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs.utils.yaml import yaml_load

from example_docs.downloads.markdown import published_address
from example_docs.errors import ExampleError
from example_docs.languages.words import words_of
from example_docs.pages.links import Link, in_markdown
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from example_docs.downloads.markdown import Edition

INDEX, FULL = "llms.txt", "llms-full.txt"


@dataclass(frozen=True)
class Entry:
    """A page in the navigation.

    Attributes:
        chapter: The title of its chapter, or an empty string.
        title: Its own title.
        page: Its path within the language, with ``/``.
    """

    chapter: str
    title: str
    page: str


@dataclass(frozen=True)
class Contents:
    """What a configuration says about a book.

    Attributes:
        title: The name of the site.
        summary: Its description.
        entries: Its pages, in the order of the navigation.
        rights: Under which licences it stands.
    """

    title: str
    summary: str
    entries: tuple[Entry, ...]
    rights: str = ""


def read_contents(configuration: Path) -> Contents:
    """Read title, description and navigation of a configuration of MkDocs.

    Raises:
        ExampleError: It has no navigation, or one of another form.
    """
    with configuration.open("rb") as file:
        fields = yaml_load(file)
    try:
        entries = tuple(_entries("", fields["nav"]))
    except (AttributeError, KeyError, TypeError, ValueError):
        message = "'nav' must be a list of 'title: page.md' and of chapters of such"
        raise ExampleError(message, configuration) from None
    summary = " ".join(str(fields.get("site_description") or "").split())
    title, rights = (str(fields.get(key) or "") for key in ("site_name", "copyright"))
    return Contents(title, summary, entries, rights)


def _entries(chapter: str, items: Any) -> Iterator[Entry]:  # noqa: ANN401 - YAML
    for item in items:
        ((title, value),) = item.items()
        if isinstance(value, str):
            yield Entry(chapter, title, value)
        else:
            yield from _entries(title, value)


def llms_files(
    contents: Contents, edition: Edition, published: Mapping[str, str], site: str = ""
) -> dict[str, str]:
    """Both files of a language, by address.

    Args:
        contents: What its configuration says.
        edition: The book in that language.
        published: The Markdown of each page, by its address within the language.
        site: Where the language is published, if that is known.

    Raises:
        ExampleError: A page of the navigation does not exist.
    """
    words = words_of(edition.language, "llms")
    base = f"{site.rstrip('/')}/" if site else ""
    claim = words["claim"].format(name=FULL, address=f"{base}{FULL}")
    head = [f"# {contents.title}", f"> {contents.summary}"]
    sections: dict[str, list[str]] = {}
    texts = list(head)
    for entry in contents.entries:
        address = published_address(entry.page)
        path = edition.docs / entry.page
        if address not in published or not path.is_file():
            raise ExampleError(f"'nav' names {entry.page!r}, which is no page")
        about = description_of(path.read_text(encoding="utf-8"))
        row = f"- [{entry.title}]({base}{address})" + (f": {about}" if about else "")
        sections.setdefault(entry.chapter, []).append(row)
        texts.append(seen_from_root(published[address], address, base).rstrip("\n"))
    sections[words["others"]] = sections.pop("", [])
    index = [*head, claim]
    for title, rows in sections.items():
        if rows:
            index += [f"## {title}", "\n".join(rows)]
    return {
        INDEX: "\n\n".join(index) + "\n",
        FULL: "\n\n".join(texts) + "\n",
    }


def description_of(text: str) -> str:
    """The description in the front matter of a page, or an empty string."""
    return " ".join(str(Page(text).fields.get("description") or "").split())


def seen_from_root(text: str, address: str, base: str = "") -> str:
    """Markdown whose links lead where they led, in a file at the language's root.

    Args:
        text: The Markdown of a page.
        address: Its address within the language.
        base: Where the language is published, with a slash at its end, if known.
    """
    page = Page(text)
    folder = posixpath.dirname(address)

    def moved(link: Link) -> str:
        path = posixpath.normpath(posixpath.join(folder, link.path))
        return f"{base}{path if link.path else address}{link.rest}"

    return "\n".join(
        line if number in page.fenced else in_markdown(line, moved)
        for number, line in enumerate(text.split("\n"), start=1)
    )
