"""How many examples of a law are tried: a few each time, and every one that is worth it with `test --slow`."""

from __future__ import annotations

from hypothesis import settings

SLOW = "thorough"
"""The profile of `packaging/dev.py test --slow`."""


def few(count: int, *, slow: int) -> settings:
    """Settings for a law of which each example takes long: so many examples, and `slow` of them with `test --slow`."""
    return settings(max_examples=slow if settings.get_current_profile_name() == SLOW else count)
