"""Find what sounds general in the prose and is no rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from example_docs.pages.blocks import blocks
from example_docs.pages.inline import CODE, FORMULA, blanked_rules, unbound

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENGLISH = (
    r"\b(?:always|never|only|any|every|cannot|can't|all|must|no(?: \w+){1,3} can)\b"
)
_CHINESE = "总是|从不|只|任何|每个|不能|都|必须"
_GENERAL = re.compile(f"{_ENGLISH}|{_CHINESE}", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|(?<=[。！？：；])")


@dataclass(frozen=True)
class Suspect:
    """A sentence that sounds general, and that no property holds.

    Attributes:
        line: The line of the page, counted from 1.
        words: What sounds general in it, each word once.
        text: The sentence.
    """

    line: int
    words: tuple[str, ...]
    text: str


def suspects(text: str) -> Iterator[Suspect]:
    """The sentences of a page that sound general, in its order."""
    for block in blocks(text):
        if not block.has_prose or block.kind in {"example", "heading"}:
            continue
        for offset, line in enumerate(block.text.split("\n")):
            for sentence in _SENTENCE.split(blanked_rules(line)):
                bare = FORMULA.sub(" ", CODE.sub(" ", sentence))
                words = tuple(dict.fromkeys(m.lower() for m in _GENERAL.findall(bare)))
                if words:
                    yield Suspect(block.line + offset, words, unbound(sentence).strip())
