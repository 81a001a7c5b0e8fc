"""A write that fails on the way leaves nothing behind: not on the disk, and not in what the screens show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.store.driver import DatabaseError
from reviewapp.visit import statements
from reviewapp.workspace import meeting
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.withdrawal import withdraw
from tests.core.homes import Team


@pytest.fixture
def visit(team: Team) -> OpenVisit:
    return team.visit("L1")


@contextmanager
def failing_at(visit: OpenVisit, entity: str, field: str = "%") -> Iterator[None]:
    """Inside, the disk refuses every entry about this kind of record, whatever was written before it."""
    db = visit._store.db
    db.execute(
        f"""CREATE TEMP TRIGGER refuse BEFORE INSERT ON entry WHEN NEW.entity = '{entity}' AND NEW.field LIKE '{field}'
            BEGIN SELECT raise(ABORT, 'refused for this test'); END"""
    )
    try:
        with pytest.raises((DatabaseError, ReviewError)):
            yield
    finally:
        db.execute("DROP TRIGGER refuse")


def check_shown_is_stored(visit: OpenVisit) -> None:
    shown = visit.state
    visit.reload()
    assert shown == visit.state


def test_a_cell_that_cannot_be_written_leaves_no_case_note_behind(visit: OpenVisit) -> None:
    with failing_at(visit, "audit"):
        visit.record(statements.Audit(case_note="3", item="A1", value="yes"))
    assert visit.state.case_notes == {} and visit.undo_name is None
    check_shown_is_stored(visit)
    visit.record(statements.Audit(case_note="3", item="A1", value="yes"))
    assert list(visit.state.case_notes) == ["3/L1"]


def test_a_deletion_that_cannot_be_written_hides_nothing(visit: OpenVisit) -> None:
    visit.record(statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True))
    visit.record(
        statements.Answer(interview="P1", prompt="notes", text="a"), statements.Quote(id="Q1", interview="P1", text="q")
    )
    with failing_at(visit, "interview", "deleted_seeing"):
        visit.record(statements.Interview(id="P1", deleted=True))
    assert list(visit.state.quotes) == ["Q1/L1"] and len(visit.state.answers) == 1
    check_shown_is_stored(visit)
    with failing_at(visit, "rating"):  # the deletion is written and read, and then taken back with the rest
        visit.record(statements.Interview(id="P1", deleted=True), statements.Rating(standard="47", value="met"))
    assert list(visit.state.quotes) == ["Q1/L1"] and list(visit.state.interviews) == ["P1/L1"]
    check_shown_is_stored(visit)


def test_of_many_lines_none_is_shown_when_a_later_one_is_refused(visit: OpenVisit) -> None:
    with pytest.raises(Invalid, match="not on the scale"):
        visit.record(
            statements.Audit(case_note="3", item="A1", value="yes"), statements.Rating(standard="47", value="perhaps")
        )
    assert not visit.state.case_notes and not visit.state.audit
    check_shown_is_stored(visit)


def test_a_full_disk_at_the_last_moment_shows_nothing_that_is_not_saved(visit: OpenVisit) -> None:
    visit._store.db.execute("PRAGMA query_only = ON")
    with pytest.raises(ReviewError, match="cannot save"):
        visit.record(statements.Audit(case_note="3", item="A1", value="yes"))
    visit._store.db.execute("PRAGMA query_only = OFF")
    check_shown_is_stored(visit)


@pytest.mark.parametrize("step", ["undo", "redo"])
def test_a_step_back_or_forth_that_fails_half_way_can_be_tried_again(visit: OpenVisit, step: str) -> None:
    visit.record(
        statements.Rating(standard="47", value="met"), statements.Agreed(standard="47", value="met", reason="r")
    )
    if step == "redo":
        visit.undo()
    before = visit.state.ratings | visit.state.agreed
    with failing_at(visit, "rating"):
        getattr(visit, step)()
    assert visit.state.ratings | visit.state.agreed == before
    check_shown_is_stored(visit)
    getattr(visit, step)()
    assert visit.state.ratings | visit.state.agreed != before
    check_shown_is_stored(visit)


def test_an_opening_that_fails_half_way_is_no_opening(visit: OpenVisit) -> None:
    with failing_at(visit, "meeting", "held"):
        meeting.open_meeting(visit)
    assert not visit.state.meeting_open and not visit.state.meeting_opened
    check_shown_is_stored(visit)


def test_what_is_withdrawn_is_out_of_sight_though_the_disk_cannot_be_scrubbed(visit: OpenVisit) -> None:
    visit.record(statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True))
    visit.record(statements.Quote(id="Q1", interview="P1", text="taken back"))
    unfinished = visit._store.db.conn.execute("SELECT id FROM entry")  # while it is read the store cannot be scrubbed
    unfinished.fetchone()
    with pytest.raises((DatabaseError, ReviewError)):
        withdraw(visit, "interview", "P1/L1", reason="asked")
    unfinished.close()
    assert visit.state.quotes == {} and visit.state.interviews == {}
    check_shown_is_stored(visit)
