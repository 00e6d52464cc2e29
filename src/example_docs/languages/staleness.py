"""Which blocks of a translation are older than what they translate.

A record keeps, for each page, the pairs of blocks that somebody has read side by side:
the hash of one language's text and that of the other's. Either may be the original: the
side whose hash is no longer in the record has changed, so the other is stale.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import yaml

from example_docs.errors import ExampleError
from example_docs.pages.blocks import Block, blocks
from example_docs.pages.inline import unbound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Record = dict[str, dict[str, str]]
"""By page: the hash of each block in the first language, and of its translation.

A text that occurs twice may be translated in two ways; then both hashes follow,
with a space between them.
"""

Side = Literal["left", "right", "both"]

HEADER = """\
# Which blocks of a page have been read side by side in both languages, by the hashes
# of their texts. Written by 'example-docs translated'; do not edit it by hand.
"""


@dataclass(frozen=True)
class Stale:
    """A pair of blocks that is not recorded as current.

    Attributes:
        left: The block in the first language.
        right: Its counterpart.
        side: Which of them is out of date; ``both`` if neither is known.
    """

    left: Block
    right: Block
    side: Side


def digest(block: Block) -> str:
    """The hash of a block as readers see it; where its lines break says nothing."""
    text = re.sub(r"\s+", " ", unbound(block.text)).strip()
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def stale(
    left: Iterable[Block], right: Iterable[Block], known: Mapping[str, str]
) -> list[Stale]:
    """The pairs that are not recorded, of two pages whose blocks correspond."""
    translations = {theirs for value in known.values() for theirs in value.split()}
    found = []
    for ours, theirs in zip(left, right, strict=False):
        if not (ours.has_prose or theirs.has_prose):
            continue
        pair = digest(ours), digest(theirs)
        if pair[1] in known.get(pair[0], "").split():
            continue
        side: Side = "both"
        if pair[0] in known:
            side = "left"
        elif pair[1] in translations:
            side = "right"
        found.append(Stale(ours, theirs, side))
    return found


def stale_in(left: Path, right: Path, known: Mapping[str, str]) -> list[Stale]:
    """The same for two files."""
    ours, theirs = (blocks(path.read_text(encoding="utf-8")) for path in (left, right))
    return stale(ours, theirs, known)


def recorded(left: Iterable[Block], right: Iterable[Block]) -> dict[str, str]:
    """The record of two pages that have been read side by side."""
    found: dict[str, dict[str, None]] = {}
    for ours, theirs in zip(left, right, strict=True):
        if ours.has_prose or theirs.has_prose:
            found.setdefault(digest(ours), {})[digest(theirs)] = None
    return {ours: " ".join(theirs) for ours, theirs in found.items()}


def read_record(path: Path) -> Record:
    """Read the record; again only if the file changed. No file is an empty record.

    Raises:
        ExampleError: The file is not what 'example-docs translated' writes.
    """
    if not path.exists():
        return {}
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _stamp: int) -> Record:
    try:
        record = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        message = (
            f"this record cannot be read ({error}); restore it from version control"
        )
        raise ExampleError(message, path) from None
    try:
        return {page: dict(pairs or {}) for page, pairs in (record or {}).items()}
    except (AttributeError, TypeError, ValueError):
        message = (
            "this record is not what 'example-docs translated' writes; restore it from "
            "version control"
        )
        raise ExampleError(message, path) from None


def written(record: Record) -> str:
    """The text of the file that holds a record."""
    rows = [HEADER]
    for page in sorted(record):
        rows.append(f"{page}:\n")
        rows += [f'  "{ours}": "{theirs}"\n' for ours, theirs in record[page].items()]
    return "".join(rows)
