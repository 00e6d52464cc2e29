"""Characters instead of radicals, in what a PDF says its Chinese letters are.

Fonts draw the radical ⽤ (U+2F64) and the character 用 (U+7528) with one glyph. A PDF
holds glyphs, and beside them a table of what they mean. Chromium fills it with the
lower number, which is the radical's: then nobody finds 用, and who copies it gets
something that only looks like it.
"""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING

from pypdf import PdfWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIMPLIFIED = dict(
    zip(
        "⺠⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
"""Radicals for which Unicode's normalisation knows no character."""

_RADICAL = re.compile("[\u2e80-\u2fd5]")
_LISTS = re.compile(r"beginbf(char|range)\n(.*?)endbf", re.DOTALL)
_NUMBER = re.compile(r"<([0-9A-Fa-f]+)>")
_BODY = re.compile(r"(?<=endcodespacerange\n).*?(?=endcmap)", re.DOTALL)
AT_ONCE = 100
"""More entries a list of a table may not have."""


def without_radicals(text: str) -> str:
    """Text with the character in place of each radical that has one."""
    return _RADICAL.sub(
        lambda match: (
            _SIMPLIFIED.get(match[0]) or unicodedata.normalize("NFKC", match[0])
        ),
        text,
    )


def corrected(content: bytes) -> bytes:
    """A PDF whose tables of letters name characters.

    What changed is appended; the rest, tags and bookmarks included, stays as it is.
    """
    writer = PdfWriter(io.BytesIO(content), incremental=True)
    for page in writer.pages:
        fonts = page["/Resources"].get("/Font", {})  # type: ignore[attr-defined]
        for name in fonts:
            table = fonts[name].get("/ToUnicode")
            if table is None:
                continue
            before = table.get_data().decode("latin-1")
            after = corrected_table(before)
            if after != before:
                table.set_data(after.encode("latin-1"))
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def corrected_table(table: str) -> str:
    """A table of letters (a CMap) that names characters, or the same if it does."""
    letters = list(_letters(table))
    if not any(_RADICAL.search(letter) for _, letter in letters):
        return table
    rows = [
        f"<{code}> <{without_radicals(letter).encode('utf-16-be').hex().upper()}>\n"
        for code, letter in letters
    ]
    parts = [rows[n : n + AT_ONCE] for n in range(0, len(rows), AT_ONCE)]
    body = "".join(
        f"{len(part)} beginbfchar\n{''.join(part)}endbfchar\n" for part in parts
    )
    return _BODY.sub(body, table, count=1)


def _letters(table: str) -> Iterator[tuple[str, str]]:
    """Each code of a table, in its digits, with the letter that it stands for."""
    for kind, entries in _LISTS.findall(table):
        for row in entries.splitlines():
            first, *_, letter = _NUMBER.findall(row)
            start = bytes.fromhex(letter).decode("utf-16-be")
            if kind == "char":
                yield first, start
                continue
            last = _NUMBER.findall(row)[1]
            for step in range(int(last, 16) - int(first, 16) + 1):
                code = f"{int(first, 16) + step:0{len(first)}X}"
                yield code, start[:-1] + chr(ord(start[-1]) + step)
