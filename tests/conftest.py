"""Property-based tests: the same cases every time, and few enough to wait for."""

from __future__ import annotations

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
