"""Tell readers which blocks of a page are older than what they translate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from example_docs.languages.staleness import read_record, stale_in
from example_docs.languages.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def with_notices(
    lines: list[str],
    folders: Mapping[str, Path],
    page: str,
    record: Path,
    language: str,
) -> list[str]:
    """The lines of a page with a notice on top, and one before each stale block.

    Args:
        lines: The page as its builder hands it on: without front matter.
        folders: The folders of the pages of both languages, the original's first.
        page: Its path within its folder.
        record: The file with the blocks that were read side by side.
        language: The page's language.
    """
    left, right = (folder / page for folder in folders.values())
    if not (left.exists() and right.exists()):
        return lines
    known = read_record(record).get(page.removesuffix(".md"), {})
    own = "left" if language == next(iter(folders)) else "right"
    found = [
        getattr(pair, own).line - 1
        for pair in stale_in(left, right, known)
        if pair.side in {own, "both"}
    ]
    if not found:
        return lines
    # The front matter and empty lines around are gone; the last lines are the same.
    whole = (folders[language] / page).read_text(encoding="utf-8").rstrip("\n").count(
        "\n"
    ) + 1
    skipped = whole - len("\n".join(lines).rstrip("\n").split("\n"))
    # A page that nobody has read side by side has one notice, not a hundred.
    marked = {_top_level(lines, line - skipped) for line in found} if known else set()
    words = words_of(language, "notices")
    result = [_notice(words["page"]), ""]
    for index, line in enumerate(lines):
        if index in marked:
            result += [_notice(words["block"]), ""]
        result.append(line)
    return result


def _notice(text: str) -> str:
    return f'<p class="stale" role="note">{text}</p>'


def _top_level(lines: list[str], index: int) -> int:
    """The line at which the list or admonition begins that a line lies in."""
    while index > 0 and (
        lines[index].startswith(" ")
        or not lines[index].strip()
        or lines[index - 1].strip()
    ):
        index -= 1
    return max(index, 0)
