"""The changes that no output can show: how many, where, and why; a file a chapter.

Each entry gives a reason and, by definition and kind of change, the number of
changes that survive for this reason. The numbers are exact: one more survivor is a
hole in the examples, one fewer an entry that has had its day.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import yaml

from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from pathlib import Path

Counts = dict[tuple[str, str], int]
"""How many changes, by ``chapter.lesson:definition`` and kind."""


def read_equivalents(folder: Path) -> Counts:
    """Read the lists of a folder; an absent folder lists nothing.

    Raises:
        ExampleError: An entry has no reason, or is not of this form.
    """
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("*.yml")):
        found.update(_read(path))
    return dict(found)


def _read(path: Path) -> Counter[tuple[str, str]]:
    node = yaml.compose(path.read_text(encoding="utf-8"))
    found: Counter[tuple[str, str]] = Counter()
    for item in node.value if node is not None else []:
        line = item.start_mark.line + 1
        entry = yaml.safe_load(yaml.serialize(item))
        if not isinstance(entry, dict) or entry.keys() != {"because", "survivors"}:
            message = "an entry has 'because' and 'survivors', and nothing else"
            raise ExampleError(message, path, line)
        if not str(entry["because"] or "").strip():
            message = "changes that survive need a reason; write it after 'because:'"
            raise ExampleError(message, path, line)
        for where, kinds in (entry["survivors"] or {}).items():
            for kind, count in kinds.items():
                if not isinstance(count, int) or count < 1:
                    message = f"{where}: {kind}: say how many survive, as a number"
                    raise ExampleError(message, path, line)
                found[where, kind] += count
    return found
