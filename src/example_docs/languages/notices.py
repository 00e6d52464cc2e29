"""Tell readers which blocks of a page are older than what they translate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from example_docs.languages.staleness import read_record, stale_in

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("en", "zh")
WORDS = {
    "en": {
        "page": "Parts of this page have not been held against the Chinese text yet.",
        "block": "The Chinese text of what follows has changed since.",
    },
    "zh": {
        "page": "本页有些内容还没有跟上英文版。",
        "block": "下面这一段的英文已经改过，译文尚未更新。",
    },
}


def with_notices(
    lines: list[str], docs: Path, page: str, record: Path, language: str
) -> list[str]:
    """The lines of a page with a notice on top, and one before each stale block.

    Args:
        lines: The page as its builder hands it on: without front matter.
        docs: The folder of its language.
        page: Its path within it.
        record: The file with the blocks that were read side by side.
        language: The page's language.
    """
    left, right = (docs.parent / name / page for name in LANGUAGES)
    if not (left.exists() and right.exists()):
        return lines
    known = read_record(record).get(page.removesuffix(".md"), {})
    own = "left" if language == LANGUAGES[0] else "right"
    found = [
        getattr(pair, own).line - 1
        for pair in stale_in(left, right, known)
        if pair.side in {own, "both"}
    ]
    if not found:
        return lines
    # The front matter and empty lines around are gone; the last lines are the same.
    whole = (docs / page).read_text(encoding="utf-8").rstrip("\n").count("\n") + 1
    skipped = whole - len("\n".join(lines).rstrip("\n").split("\n"))
    # A page that nobody has read side by side has one notice, not a hundred.
    marked = {_top_level(lines, line - skipped) for line in found} if known else set()
    words = WORDS[language]
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
