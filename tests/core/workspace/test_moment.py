"""A second connection takes what the first one shows where nothing was written since, and reads the rest anew."""

from __future__ import annotations

from contextlib import closing

import msgspec
import pytest

from reviewapp.visit import statements
from reviewapp.visit.state import VisitState
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team
from tests.core.workspace.beside import writing_beside


@pytest.fixture
def visit(team: Team) -> OpenVisit:
    """The lead's, with some of its own work in it."""
    lead = team.visit("L1")
    lead.record(*(statements.Rating(standard=s.number, value="met") for s in lead.state.instrument.standards[:8]))
    return lead


def told(state: VisitState) -> dict[str, object]:
    """All that a state holds, in the order in which it holds it."""
    fields = msgspec.structs.asdict(state)
    return {name: list(table.items()) if isinstance(table, dict) else table for name, table in fields.items()}


def test_what_is_taken_over_is_what_would_have_been_read(visit: OpenVisit) -> None:
    moment = visit.moment()
    with (
        closing(visit.second(read_only=True)) as read,
        closing(visit.second(read_only=True, moment=moment)) as taken,
    ):
        assert told(taken.state) == told(read.state)
        assert taken.status() == read.status()
        assert taken.laptops.own_standing == read.laptops.own_standing
        key = next(iter(read.state.ratings))
        assert taken.state.ratings[key] is visit.state.ratings[key], "it was taken over, not read"


def test_what_was_written_since_is_there(visit: OpenVisit) -> None:
    moment = visit.moment()
    visit.record(statements.Rating(standard="47", note="written since"))
    with closing(visit.second(read_only=True, moment=moment)) as second:
        assert second.state.ratings["47/L1"].note == "written since"


def test_what_is_changed_in_the_taken_state_changes_nothing_else(visit: OpenVisit) -> None:
    moment = visit.moment()
    for __ in range(2):  # the moment itself stays what it was, too
        with closing(visit.second(read_only=True, moment=moment)) as second:
            assert second.state.ratings
            second.state.ratings.clear()
    assert visit.state.ratings


def test_nothing_is_taken_over_while_the_screen_does_not_show_what_a_job_joined(team: Team, visit: OpenVisit) -> None:
    team.visit("R2").record(statements.Rating(standard="47", value="not_met"))
    with closing(visit.second()) as joining:
        assert joining.merge(team.return_of("R2")).reason is None
    assert visit.moment() is None
    visit.reload()
    assert visit.moment() is not None


def test_a_job_that_waits_for_a_join_sees_what_was_joined(team: Team, visit: OpenVisit) -> None:
    moment = visit.moment()
    team.visit("R2").record(statements.Rating(standard="47", value="not_met"))
    with closing(visit.second()) as joining:
        assert joining.merge(team.return_of("R2")).reason is None
    with closing(visit.second(read_only=True, moment=moment)) as second:
        assert second.state.ratings["47/R2"].value == "not_met"


def test_its_digest_is_that_of_what_it_holds_whatever_is_written_meanwhile(visit: OpenVisit) -> None:
    left = iter([s.number for s in visit.state.instrument.standards[8:]])
    held = {visit._store.digest(): len(visit.state.ratings)}

    def write() -> None:
        number = next(left, None)
        if number is not None:
            visit.record(statements.Rating(standard=number, value="met"))
            held[visit._store.digest()] = len(visit.state.ratings)

    moment = visit.moment()
    with (
        closing(visit.second(read_only=True)) as other,
        writing_beside(other, visit, write) as beside,
        closing(visit.second(read_only=True, moment=moment)) as second,
    ):
        assert len(second.state.ratings) == held[second.state.digest]
    assert beside.written
