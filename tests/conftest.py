"""For every test: keys that cost nothing to derive, disks that are not waited for, and how hypothesis tries things.

Hypothesis tries the same examples every time, more of them with `dev.py test --slow`.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.disk_waits import never_wait
from tests.key_stretch import use_cheap_keys
from tests.order import longest_first

use_cheap_keys()
never_wait()

# Deadlines would be a test of the machine; a slow laptop is no bug.
settings.register_profile(
    "ci",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=False,
)
settings.register_profile("thorough", parent=settings.get_profile("ci"), derandomize=False, max_examples=500)
settings.load_profile("ci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    longest_first(items)
