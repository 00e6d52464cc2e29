"""What the code says in Chinese; of the pages: ``test_parity``, ``test_staleness``."""

from __future__ import annotations

from tests.project import LIBRARY, ROOT

from example_docs.languages.catalogue import untranslated, unused

CATALOGUE = ROOT / "docs" / "zh" / "code.po"


def test_every_comment_and_docstring_has_chinese() -> None:
    assert untranslated(CATALOGUE, LIBRARY) == []


def test_the_catalogue_holds_nothing_that_nobody_uses() -> None:
    assert unused(CATALOGUE, LIBRARY) == []
