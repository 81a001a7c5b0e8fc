"""Drafts that become entries: one that is refused stays, is named, and stands in nobody's way."""

from __future__ import annotations

import pytest

from reviewapp.visit import statements
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team


@pytest.fixture
def visit(team: Team) -> OpenVisit:
    """A visit with a draft that cannot become an entry: the person did not agree to notes."""
    visit = team.visit("L1")
    visit.record(statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True))
    visit.save_draft(statements.Answer(interview="P1", prompt="P01", text="refused"))
    visit.record(statements.Interview(id="P1", consent_notes=False))
    return visit


def test_a_refused_draft_is_named_each_time_and_keeps_no_other_from_being_saved(visit: OpenVisit) -> None:
    for text in ("one", "two"):
        visit.save_draft(statements.Rating(standard="47", note=text))
        change = visit.commit_drafts()
        assert change is not None and len(change.problems) == 1 and "declined notes" in change.problems[0]
        assert visit.state.ratings["47/L1"].note == text
    assert len(visit.drafts()) == 1


def test_committing_a_refused_draft_leaves_what_can_be_undone_and_redone(visit: OpenVisit) -> None:
    visit.record(statements.Rating(standard="47", value="met"))
    visit.undo()
    visit.commit_drafts()
    assert visit.redo_name == "rating of standard 47"
    visit.redo()
    visit.commit_drafts()
    assert visit.state.ratings["47/L1"].value == "met" and visit.undo_name == "rating of standard 47"


def test_a_refused_draft_is_taken_once_what_forbade_it_is_undone(visit: OpenVisit) -> None:
    visit.undo()
    change = visit.commit_drafts()
    assert change is not None and change.problems == ()
    assert visit.state.answers["P1/P01/L1"].text == "refused" and visit.drafts() == []


def test_two_drafts_of_which_the_second_does_not_fit_the_first(team: Team) -> None:
    """Each fits what the visit says now, but not both: what fits is saved, the other stays and is named."""
    visit = team.visit("L1")
    visit.record(
        statements.Slot(id="T1", start="09:00", end="10:00", title="a"),
        statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
    )
    visit.save_draft(statements.Interview(id="P1", consent_notes=False))
    visit.save_draft(statements.Answer(interview="P1", prompt="P01", text="said"))
    visit.save_draft(statements.Rating(standard="47", note="fine"))
    change = visit.commit_drafts()
    assert change is not None and len(change.problems) == 1 and "declined notes" in change.problems[0]
    assert visit.state.interviews["P1/L1"].consent_notes is False and visit.state.ratings["47/L1"].note == "fine"
    assert visit.drafts() == [statements.Answer(interview="P1", prompt="P01", text="said")]


def test_a_draft_of_another_version_that_cannot_be_read_stays_and_is_named(visit: OpenVisit) -> None:
    with visit._store.transaction() as db:
        db.execute(
            """INSERT INTO draft (slot, line, parents, at)
               VALUES ('later/x/new', '{"kind":"later","new":"words"}', '', '')"""
        )
    visit.save_draft(statements.Rating(standard="47", note="fine"))
    change = visit.commit_drafts()
    assert change is not None and len(change.problems) == 2 and visit.state.ratings["47/L1"].note == "fine"
    assert len(visit.drafts()) == 1 and len(visit._store.drafts.all()) == 2
