"""A record taken away on one laptop and changed on another: nobody's work disappears without being asked about."""

from __future__ import annotations

import pytest

from reviewapp.visit import statements
from reviewapp.visit.state import Conflict
from reviewapp.workspace.conflicts import settle
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.withdrawal import withdraw
from tests.core.homes import Team


def quote_on_two_laptops(team: Team) -> tuple[OpenVisit, OpenVisit]:
    """R2's two laptops, certified and both holding one interview with a quote."""
    one, other = two_laptops(team)
    one.record(statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True))
    one.record(statements.Quote(id="Q1", interview="P1", text="nobody rang back", standards=["47"], tone="negative"))
    one.record(statements.Answer(interview="P1", prompt="notes", text="first notes"))
    meet(team, "R2", "R2b")
    return one, other


def two_laptops(team: Team) -> tuple[OpenVisit, OpenVisit]:
    """R2's two laptops, which the lead has certified."""
    one, other = team.visit("R2"), team.another_laptop("R2b", me="R2")
    team.certify("R2", "R2b")
    return one, other


def meet(team: Team, *codes: str) -> None:
    """Everybody takes everybody's return."""
    files = [team.return_of(code) for code in codes]
    for code in codes:
        for path in files:
            assert team.visit(code).merge(path).reason is None


def only_conflict(*visits: OpenVisit) -> Conflict:
    """The one conflict, which every visit shows alike."""
    (conflict,) = visits[0].state.conflicts
    assert all(visit.state.conflicts == (conflict,) for visit in visits)
    assert all(visit.status()["conflicts"] == visits[0].status()["conflicts"] for visit in visits)
    return conflict


def test_a_quote_deleted_here_and_changed_there_is_shown_until_somebody_chooses(team: Team) -> None:
    one, other = quote_on_two_laptops(team)
    one.record(statements.Quote(id="Q1", deleted=True))
    other.record(statements.Quote(id="Q1", tone="mixed"))
    meet(team, "R2", "R2b")
    conflict = only_conflict(one, other)
    assert (conflict.entity, conflict.key, conflict.field) == ("quote", "Q1/R2", "deleted")
    assert [(value.person, value.value) for value in conflict.values] == [("R2", True), ("R2", False)]
    assert conflict.values[1].entry == other.history("quote", "Q1/R2")[-1].entry
    assert one.state.quotes["Q1/R2"].tone == other.state.quotes["Q1/R2"].tone == "mixed"


@pytest.mark.parametrize("where", ["R2", "R2b"])
@pytest.mark.parametrize("keep", [True, False])
def test_either_laptop_settles_it_for_both_and_undo_brings_it_back(team: Team, where: str, keep: bool) -> None:
    one, other = quote_on_two_laptops(team)
    one.record(statements.Quote(id="Q1", deleted=True))
    other.record(statements.Quote(id="Q1", tone="mixed"))
    meet(team, "R2", "R2b")
    visit = team.visit(where)
    conflict = only_conflict(one, other)
    chosen = next(value.entry for value in conflict.values if value.value is not keep)
    settle(visit, "quote", "Q1/R2", "deleted", entry=chosen, reason="asked both")
    assert visit.state.conflicts == () and ("Q1/R2" in visit.state.quotes) == keep
    meet(team, "R2", "R2b")
    assert one.state.conflicts == other.state.conflicts == ()
    assert one.state.quotes == other.state.quotes and ("Q1/R2" in one.state.quotes) == keep
    visit.undo()
    meet(team, "R2", "R2b")
    again = only_conflict(one, other)
    assert {value.value for value in again.values} == {True, False} and "Q1/R2" in one.state.quotes


@pytest.mark.parametrize("added", [
    statements.Answer(interview="P1", prompt="notes", text="second notes"),
    statements.Answer(interview="P1", prompt="P01", text="an answer"),
    statements.Quote(id="Q2", interview="P1", text="another"),
    statements.Quote(id="Q1", text="nobody rang me back"),
])  # fmt: skip
def test_what_was_added_to_an_interview_that_another_laptop_deleted_stays_in_sight(
    team: Team, added: statements.Statement
) -> None:
    one, other = quote_on_two_laptops(team)
    one.record(statements.Interview(id="P1", deleted=True))
    other.record(added)
    meet(team, "R2", "R2b")
    conflict = only_conflict(one, other)
    assert (conflict.entity, conflict.key, conflict.field) == ("interview", "P1/R2", "deleted")
    assert "P1/R2" in one.state.interviews and one.state.answers == other.state.answers != {}
    settle(one, "interview", "P1/R2", "deleted", value=True, reason="the wrong person")
    assert not one.state.conflicts and not one.state.answers and not one.state.quotes


def test_a_cell_added_to_a_case_note_that_another_laptop_removed_stays_in_sight(team: Team) -> None:
    one, other = two_laptops(team)
    item = one.state.instrument.audit[0].item
    one.record(statements.CaseNote(id="7"))
    meet(team, "R2", "R2b")
    one.record(statements.CaseNote(id="7", deleted=True))
    other.record(statements.Audit(case_note="7", item=item, value="yes"))
    meet(team, "R2", "R2b")
    assert only_conflict(one, other).entity == "case_note"
    assert one.state.audit and one.state.audit == other.state.audit


def test_a_shared_record_names_both_authors(team: Team) -> None:
    team.visit("L1").record(statements.Action(id="AP1", standard="47", action="ring back within a day"))
    meet(team, "L1", "R2")
    team.visit("L1").record(statements.Action(id="AP1", deleted=True))
    team.visit("R2").record(statements.Action(id="AP1", owner="team manager"))
    meet(team, "L1", "R2")
    conflict = only_conflict(team.visit("L1"), team.visit("R2"))
    assert {(value.person, value.value) for value in conflict.values} == {("L1", True), ("R2", False)}


def test_who_knew_of_the_change_deletes_without_being_asked(team: Team) -> None:
    one, other = quote_on_two_laptops(team)
    other.record(statements.Quote(id="Q1", tone="mixed"))
    meet(team, "R2", "R2b")
    one.record(statements.Quote(id="Q1", deleted=True))
    meet(team, "R2", "R2b")
    assert one.state.conflicts == other.state.conflicts == ()
    assert one.state.quotes == other.state.quotes == {}


def test_deleting_undoing_and_doing_again_alone_is_no_conflict(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(statements.Interview(id="P1", group="patient", consent_quotes=True))
    visit.record(statements.Quote(id="Q1", interview="P1", text="nobody rang back"))
    visit.record(statements.Quote(id="Q1", tone="mixed"))
    visit.record(statements.Quote(id="Q1", deleted=True))
    for _ in range(3):
        visit.undo()
    for _ in range(3):
        visit.redo()
        assert visit.state.conflicts == ()
    assert visit.state.quotes == {}
    visit.record(statements.Quote(id="Q1", interview="P1", text="nobody rang back", tone="positive"))
    visit.undo()
    assert visit.state.conflicts == () and visit.state.quotes == {}
    visit.record(statements.Quote(id="Q1", interview="P1", text="here again"))
    assert visit.state.quotes["Q1/R2"].text == "here again"
    visit.record(statements.Quote(id="Q1", text="changed and deleted at once", deleted=True))
    assert visit.state.conflicts == () and visit.state.quotes == {}


def test_two_laptops_that_deleted_the_same_agree(team: Team) -> None:
    one, other = quote_on_two_laptops(team)
    other.record(statements.Quote(id="Q1", tone="mixed"))
    for visit in (one, other):
        visit.record(statements.Quote(id="Q1", deleted=True))
    meet(team, "R2", "R2b")
    assert one.state.conflicts == other.state.conflicts == ()
    assert one.state.quotes == other.state.quotes == {}


def test_withdrawing_what_was_changed_there_ends_it(team: Team) -> None:
    one, other = quote_on_two_laptops(team)
    one.record(statements.Quote(id="Q1", deleted=True))
    other.record(statements.Quote(id="Q1", tone="mixed"))
    meet(team, "R2", "R2b")
    withdraw(one, "quote", "Q1/R2", reason="the person asked")
    meet(team, "R2", "R2b")
    assert one.state.conflicts == other.state.conflicts == ()
    assert one.state.quotes == other.state.quotes == {}
    assert all(check.ok for check in other.check_integrity())
