"""What a first visitor with a slow phone sees move while a page loads: nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.checks import NO_SHIFT, shift_of
from tests.browser.site import FOLDERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What Lighthouse calls a phone on slow 4G.
SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
WIDTHS = (390, 1280)
VISITS = 3
"""A browser waits a tenth of a second for a font, and a busy machine may be slower
than that; what moves on every visit has another cause."""

PLACES = (
    "",
    "autograd/descent/",
    "autograd/descent/parallel/",
    "glossary/",
    "labs/himmelblau/",
    "losses/cross-entropy/",
    "optimise/himmelblau/",
    "tensors/create/",
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", FOLDERS)
@pytest.mark.parametrize("place", PLACES)
def test_nothing_moves(
    browser: Browser, address: str, language: str, place: str, width: int
) -> None:
    shifts: list[float] = []
    while len(shifts) < VISITS and min(shifts, default=1) > NO_SHIFT:
        shifts.append(
            first_visit(browser, f"{address}/{FOLDERS[language]}{place}", width)
        )
    assert min(shifts) <= NO_SHIFT, f"moves by {shifts}"


def first_visit(browser: Browser, address: str, width: int) -> float:
    """Open a page slowly, with nothing kept from others; returns what has moved."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.set_default_timeout(120_000)
    page.goto(address)
    shift = shift_of(page)
    context.close()
    return shift
