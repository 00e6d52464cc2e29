"""How long a lesson takes to read, below its title.

Works in every builder that runs Python-Markdown, on the HTML that the page becomes, so
that what counts is what readers see.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from example_docs.languages.words import words_of

if TYPE_CHECKING:
    from markdown import Markdown

WORDS_A_MINUTE = 228
CHARACTERS_A_MINUTE = 255
"""How fast people read English words and Chinese characters: the means of the
International Reading Speed Texts (Trauzettel-Klosinski and Dietz, 2012)."""

LINES_A_MINUTE = 15
"""Lines of code and output: four seconds for each, which is our guess."""

_A_LESSON = 2
"""Examples on a page that is one; a home page may show what an example is."""

_FOLDED = re.compile(
    r'<details class="example-folded">.*?</details>|<(svg|math)\b.*?</\1>', re.DOTALL
)
_NOTE = re.compile(r'<details class="note">.*?</details>', re.DOTALL)
_BLOCK = re.compile(r"<pre\b[^>]*>(.*?)</pre>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[A-Za-z0-9_]+(?:[.'’-][A-Za-z0-9_]+)*")
_CHARACTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


def minutes(content: str) -> int:
    """How many minutes it takes to read a page, at least one.

    Args:
        content: The HTML of the page. Folded helpers and notes, formulas and the
            insides of figures are not counted.
    """
    # Helpers first: they are folded inside notes, too.
    text = _NOTE.sub(" ", _FOLDED.sub(" ", content))
    lines = sum(
        len(_TAG.sub("", block).strip("\n").split("\n"))
        for block in _BLOCK.findall(text)
    )
    text = _TAG.sub(" ", _BLOCK.sub(" ", text))
    return math.ceil(
        len(_WORD.findall(text)) / WORDS_A_MINUTE
        + len(_CHARACTER.findall(text)) / CHARACTERS_A_MINUTE
        + lines / LINES_A_MINUTE
    )


class ReadingExtension(Extension):
    """Puts the time below the title of each page that holds examples."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - theirs
        """Declare the options."""
        self.config = {"language": ["en", "language of the pages"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - theirs
        """Register the processor, after all that write HTML."""
        sentence = words_of(self.getConfig("language"), "reading_time")["sentence"]
        md.postprocessors.register(_Time(sentence), "example_reading", -100)


class _Time(Postprocessor):
    """Writes how long the page takes."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence

    def run(self, text: str) -> str:
        title, end, rest = text.partition("</h1>")
        if not end or rest.count(' data-example="') < _A_LESSON:
            return text
        time = self.sentence.format(minutes(text))
        # Search would show it as the beginning of the page.
        line = f'<p class="reading-time" data-search-exclude>{time}</p>'
        return f"{title}{end}\n{line}{rest}"


def makeExtension(**options: Any) -> ReadingExtension:  # noqa: ANN401, N802 - theirs
    """Make the extension, as Python-Markdown asks for it."""
    return ReadingExtension(**options)
