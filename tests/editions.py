"""What the pages are published from, as tests of the published texts read it."""

from __future__ import annotations

from functools import cache

from tests.project import LIBRARY, ROOT

from example_docs.downloads.markdown import Edition
from example_docs.languages.edition import catalogue_at


@cache
def edition(language: str) -> Edition:
    """The edition of a language."""
    return Edition(
        docs=ROOT / "docs" / language,
        library=LIBRARY,
        figures=ROOT / ".cache" / "figures",
        catalogue=catalogue_at(
            ROOT / "docs" / "zh" / "code.po" if language == "zh" else ""
        ),
    )
