"""Records on their way from a reader's machine, sealed against slips on the way."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from example_docs.errors import ExampleError
from example_docs.records.record import FORMAT, parse_record, written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from example_docs.records.record import Record


def packed(records: Sequence[Record]) -> str:
    """Write records into the text of one file, with their checksum.

    The checksum tells a file that was cut off or edited from one that was not. It is
    no signature: whoever wants to lie can compute it too.
    """
    found = [json.loads(written(record)) for record in records]
    head = {"format": FORMAT, "checksum": _checksum(found), "records": found}
    return json.dumps(head, ensure_ascii=False, indent=1) + "\n"


def unpacked(path: Path, data: bytes) -> list[Record]:
    """Read records from the content of a reader's file.

    Raises:
        ExampleError: It is no such file, or not what was written into it.
    """
    try:
        found = json.loads(data)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ExampleError(f"this is not JSON ({error})", path) from None
    if not isinstance(found, dict) or not isinstance(found.get("records"), list):
        message = "this is not what --json writes"
        raise ExampleError(message, path)
    if found.get("format") != FORMAT:
        message = f"expected format {FORMAT}, found {found.get('format')!r}"
        raise ExampleError(message, path)
    if found.get("checksum") != _checksum(found["records"]):
        message = "the file was changed after it was written: its checksum is another"
        raise ExampleError(message, path)
    return [parse_record(path, json.dumps(one).encode()) for one in found["records"]]


def _checksum(records: list[Any]) -> str:
    text = json.dumps(records, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
