"""What one key press may cost: every statement of SQL more is waited for at each rating."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reviewapp.visit import statements
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team


@pytest.fixture
def visit(team: Team) -> OpenVisit:
    visit = team.visit("L1")
    visit.record(statements.Rating(standard="4", value="met"))
    return visit


def statements_of(visit: OpenVisit, work: Callable[[], object]) -> list[str]:
    """The SQL that this executes."""
    found: list[str] = []
    visit._store.db.conn.set_trace_callback(found.append)
    try:
        work()
    finally:
        visit._store.db.conn.set_trace_callback(None)
    return found


def test_a_rating_takes_at_most_13_statements(visit: OpenVisit) -> None:
    assert len(statements_of(visit, lambda: visit.record(statements.Rating(standard="47", value="met")))) <= 13


def test_a_rating_after_typing_takes_as_many(visit: OpenVisit) -> None:
    visit.save_draft(statements.Rating(standard="47", note="typing"))
    assert len(statements_of(visit, lambda: visit.record(statements.Rating(standard="47", value="met")))) <= 13


def test_a_rating_that_is_changed_takes_at_most_14_statements(visit: OpenVisit) -> None:
    visit.record(statements.Rating(standard="47", value="met"))
    said = statements_of(visit, lambda: visit.record(statements.Rating(standard="47", value="not_met")))
    assert len(said) <= 14


def test_the_same_rating_once_more_writes_nothing(visit: OpenVisit) -> None:
    visit.record(statements.Rating(standard="47", value="met"))
    said = statements_of(visit, lambda: visit.record(statements.Rating(standard="47", value="met")))
    assert not [one for one in said if one.startswith(("INSERT", "UPDATE"))] and len(said) <= 5


def test_a_draft_takes_at_most_5_statements(visit: OpenVisit) -> None:
    note = statements.Rating(standard="47", note="typing")
    assert len(statements_of(visit, lambda: visit.save_draft(note))) <= 5


def test_a_rating_costs_no_more_in_a_visit_that_others_have_joined(team: Team, visit: OpenVisit) -> None:
    other = team.visit("R2")
    other.record(*(statements.Rating(standard=number, value="met") for number in ("4", "47")))
    visit.merge(team.return_of("R2"))
    visit.record(statements.Rating(standard="4", value="not_met"))
    assert len(statements_of(visit, lambda: visit.record(statements.Rating(standard="47", value="met")))) <= 13
