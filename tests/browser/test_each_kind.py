"""One page of each kind is looked at from all sides; ``test_every_page`` visits all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.test_every_page import EXPECTED, check_twin, programs, visitor

if TYPE_CHECKING:
    from tests.browser.checks import Visitor

__all__ = ["visitor"]  # a fixture

PLACES = {
    "home": "",
    "lesson": "tensors/create/",
    "Chinese lesson": "zh/regression/linear/",
    "lab": "labs/himmelblau/",
    "glossary": "zh/glossary/",
    "record": "verified/",
    "reference": "reference/tensors/",
    "both languages": "tensors/create/parallel/",
    "not found": "404.html",
}


@pytest.mark.parametrize("kind", PLACES)
def test_a_page_of_each_kind(visitor: Visitor, address: str, kind: str) -> None:
    place = PLACES[kind]
    visitor.open(place)
    visitor.check_layout()
    check_twin(visitor, address)
    if place in EXPECTED:
        visitor.check_copies(programs(*EXPECTED[place]))
    visitor.check_access()
