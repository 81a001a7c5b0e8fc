"""A conflict is settled with a reason, by whom it belongs to, and can be undone."""

from __future__ import annotations

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.visit import statements
from reviewapp.workspace.conflicts import settle
from tests.core.homes import Team
from tests.core.workspace.support import exchange, rate


def test_a_conflict_is_settled_with_a_reason_attributed_and_undoable(team: Team) -> None:
    for code, value in (("R2", 30), ("R3", 37)):
        team.visit(code).record(statements.Context(field="caseload", value=value))
    exchange(team, "R2", "R3")
    visit = team.visit("L1")
    (conflict,) = visit.state.conflicts
    chosen = next(v.entry for v in conflict.values if v.value == 37)
    settle(visit, "context", "caseload", "value", entry=chosen, reason="the manager's own count")
    assert visit.state.conflicts == () and visit.state.context["caseload"].value == 37
    assert visit.state.settled["context caseload value"].reason == "the manager's own count"
    exchange(team, "R2", "R3")
    assert team.visit("R3").state.conflicts == ()
    visit.undo()
    assert len(visit.state.conflicts) == 1


def test_a_reviewers_own_record_is_settled_by_its_author_and_the_lead_is_told_what_to_do_meanwhile(team: Team) -> None:
    team.another_laptop("R2b", me="R2")
    team.certify("R2", "R2b")
    rate(team, "R2", "met")
    rate(team, "R2b", "not_met")
    exchange(team, "R2", "R2b")
    visit = team.visit("L1")
    (conflict,) = visit.state.conflicts
    where = (conflict.entity, conflict.key, conflict.field)
    assert where == ("rating", "47/R2", "value") and {value.person for value in conflict.values} == {"R2"}
    with pytest.raises(Invalid, match=r"only R2 \(.*\) can choose.*the lead can give the agreed rating"):
        settle(visit, *where, value="met", reason="r")
    visit.record(statements.Agreed(standard="47", value="not_met", reason="R2 had to leave"))
    assert visit.status()["figures"]["overall"]["not_met"] == 1
    exchange(team, "R2", "R2b")
    own = team.visit("R2")
    settle(own, *where, value="not_met", reason="the second look counts")
    exchange(team, "R2", "R2b")
    assert visit.state.conflicts == () and visit.state.ratings["47/R2"].value == "not_met"
    assert {item.person for item in visit.history("settled", "rating 47/R2 value")} == {"R2"}
    own.undo()
    exchange(team, "R2", "R2b")
    (again,) = team.visit("L1").state.conflicts
    assert {value.value for value in again.values} == {"met", "not_met"}


def test_settling_refuses_what_makes_no_sense(team: Team) -> None:
    visit = team.visit("L1")
    with pytest.raises(Invalid, match="only one version"):
        settle(visit, "context", "caseload", "value", value=3, reason="r")
    for code, value in (("R2", 30), ("R3", 37)):
        team.visit(code).record(statements.Context(field="caseload", value=value))
    exchange(team, "R2", "R3")
    with pytest.raises(Invalid, match="not one of the values"):
        settle(visit, "context", "caseload", "value", entry="feed", reason="r")
    with pytest.raises(Invalid, match="reason is missing"):
        settle(visit, "context", "caseload", "value", value=3, reason=" ")
    with pytest.raises(Invalid, match="does not fit"):
        settle(visit, "context", "caseload", "value", value=[], reason="r")
    with pytest.raises(Invalid, match="nothing was chosen"):
        settle(visit, "context", "caseload", "value", reason="r")
