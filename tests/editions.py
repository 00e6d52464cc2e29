"""What the pages are published from, as tests of the published texts read it."""

from __future__ import annotations

from functools import cache

from tests.project import ROOT

from example_docs.downloads.markdown import Edition, edition_of
from example_docs.settings import read_settings


@cache
def edition(language: str) -> Edition:
    """The edition of a language."""
    return edition_of(read_settings(ROOT), language)
