"""How many examples a property is tried with.

`make test` tries few; the slow tests try all properties again with many (`--hypothesis-profile=many`).
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings


def settle_profiles() -> None:
    """Registers how many there are, and takes few unless pytest is told otherwise."""
    same_each_time = settings(deadline=None, derandomize=True, database=None)
    settings.register_profile("few", same_each_time, max_examples=30)
    settings.register_profile("many", same_each_time, max_examples=100)
    settings.load_profile("few")


def one_in(part: int) -> settings:
    """For properties whose examples take long: one example where others get `part`."""
    return settings(
        max_examples=max(settings().max_examples // part, 1),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
