"""An immediate concern tells what was done, and in which of its author's interviews it came up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.visit.statements import Concern, Interview
from tests.core.homes import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    team = Team(tmp_path)
    yield team
    team.close()


def test_a_concern_names_an_interview_of_its_author_and_what_was_done(team: Team) -> None:
    visit = team.visits["L1"]
    visit.record(Interview(id="P1", group="patient"))
    visit.record(Concern(id="IC1", text="Said they would not wait", action="A nurse went there", interview="P1"))
    found = visit.state.concerns["IC1/L1"]
    assert (found.action, found.interview) == ("A nurse went there", "P1/L1")
    visit.record(Concern(id="IC1", interview=None))
    assert visit.state.concerns["IC1/L1"].interview == ""


def test_a_concern_that_names_no_interview_of_its_author_is_refused(team: Team) -> None:
    with pytest.raises(Invalid):
        team.visits["L1"].record(Concern(id="IC1", text="Said they would not wait", interview="P9"))


def test_a_concern_outlives_the_interview_it_came_up_in(team: Team) -> None:
    visit = team.visits["L1"]
    visit.record(Interview(id="P1", group="patient"))
    visit.record(Concern(id="IC1", text="Said they would not wait", interview="P1"))
    visit.record(Interview(id="P1", deleted=True))
    assert visit.state.concerns["IC1/L1"].text == "Said they would not wait"
