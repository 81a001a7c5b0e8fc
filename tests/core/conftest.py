"""A team of laptops for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.homes import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A prepared visit; closed after the test."""
    team = Team(tmp_path)
    yield team
    team.close()
