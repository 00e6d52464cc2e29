"""What a list of lessons says about each, read from the built lessons.

A template lists the lessons; here each gets its description and its minutes, and a link
with ``data-figure`` becomes the figure of that example, drawn by its program.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.languages.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LESSON = re.compile(r'<a class="lesson" href="(?P<address>[^"#]*)">.*?</a>')
_FIGURE = re.compile(
    r'<p>(?P<link><a (?=[^>]*data-figure="(?P<example>[\w-]+)")[^>]*'
    r'href="(?P<address>[^"#]*)[^"]*"[^>]*>.*?</a>)</p>'
)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
_MINUTES = re.compile(r'<p class="reading-time"[^>]*>[^<]*?(\d+)')


def filled(site: Path, folders: dict[str, str]) -> dict[Path, str]:
    """The pages that list lessons, each with what its lessons say.

    Args:
        site: The folder of the built site.
        folders: The folder of each language within it.

    Raises:
        ExampleError: A page lists a lesson that is not there, or a figure.
    """
    pages: dict[Path, str] = {}
    for language, folder in folders.items():
        for path in _listing(site / folder):
            text = path.read_text(encoding="utf-8")
            if 'class="lesson"' in text or "data-figure=" in text:
                pages[path] = _filled(path, text, language)
    return pages


def _listing(site: Path) -> Iterable[Path]:
    places = (site / "index.html", site / "contents" / "index.html")
    return (path for path in places if path.is_file())


def _filled(path: Path, text: str, language: str) -> str:
    def lesson(match: re.Match[str]) -> str:
        target = _target(path, match["address"])
        about = _DESCRIPTION.search(target)
        minutes = _MINUTES.search(target)
        parts = [match[0]]
        if minutes:
            time = words_of(language, "contents")["minutes"].format(minutes[1])
            parts.append(f'<span class="lesson-time">{time}</span>')
        if about and "chapters--map" not in text:
            parts.append(f'<span class="lesson-about">{about[1]}</span>')
        return " ".join(parts)

    def figure(match: re.Match[str]) -> str:
        start = f' id="{match["example"]}"'
        _, found, rest = _target(path, match["address"]).partition(start)
        drawn = re.search(r"<figure>(.*?)</figure>", rest, re.DOTALL)
        if not found or not drawn:
            raise ExampleError(f"there is no figure of {match['example']!r}", path)
        words = f"{match['link']}</figcaption>"
        return f"<figure>{drawn[1].replace('</figcaption>', f' {words}', 1)}</figure>"

    return _FIGURE.sub(figure, _LESSON.sub(lesson, text))


def _target(path: Path, address: str) -> str:
    """The text of the page to which a page links."""
    target = path.parent / html.unescape(address) / "index.html"
    if not target.is_file():
        raise ExampleError(f"there is no page at {address!r}", path)
    return target.read_text(encoding="utf-8")
