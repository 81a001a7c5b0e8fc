"""A team of laptops for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.homes import Team


@pytest.fixture(scope="session")
def prepared_team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    """Closed; made once, as copying its files takes a third of the time."""
    team = Team(tmp_path_factory.mktemp("team"))
    team.close()
    return team


@pytest.fixture
def team(prepared_team: Team, tmp_path: Path) -> Iterator[Team]:
    """A prepared visit; closed after the test."""
    team = prepared_team.copy(tmp_path)
    yield team
    team.close()
