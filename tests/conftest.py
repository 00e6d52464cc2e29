"""What all tests share: packages of their own, and examples that do not vary."""

from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

try:
    from hypothesis import HealthCheck, Phase, settings
except ModuleNotFoundError:
    # The tests of the examples do without it.
    pass
else:
    settings.register_profile(
        "project",
        # What fails in CI must fail everywhere, so nothing is left to chance.
        derandomize=True,
        deadline=None,
        max_examples=50,
        # Without the search for a smaller one, which took minutes for a module.
        phases=[Phase.explicit, Phase.generate],
        # Small folders are made anew within a test; machines may be slow.
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
        ],
    )
    settings.load_profile("project")

NUMBER = itertools.count()


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The name of a package that can be imported and that no other test has."""
    name = f"lessons_{next(NUMBER)}"
    monkeypatch.syspath_prepend(str(tmp_path / "src"))
    yield name
    for module in [m for m in sys.modules if m.partition(".")[0] == name]:
        del sys.modules[module]
