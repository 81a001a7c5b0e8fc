"""The months after the scoping day: what may be recorded of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec import UNSET

from reviewapp.base.errors import Invalid
from reviewapp.visit.statements import (
    Escalation,
    FollowUp,
    FollowUpGoal,
    Goal,
    Handover,
    LearningEvent,
    Round,
    StaffChange,
    Statement,
)
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[OpenVisit]:
    made = Team(tmp_path)
    yield made.visit("L1")
    made.close()


def refusal(visit: OpenVisit, line: Statement) -> str:
    """The field for which a statement is refused."""
    with pytest.raises(Invalid) as raised:
        visit.record(line)
    assert raised.value.do
    return raised.value.field


def test_a_meeting_is_planned_and_then_held_or_cancelled(visit: OpenVisit) -> None:
    assert refusal(visit, FollowUp(id="F1", who="the team")) == "planned"
    visit.record(FollowUp(id="F1", planned="2026-12-01", hours_planned=3.5))
    visit.record(FollowUp(id="F1", held="2026-12-08", status="held", hours=3))
    assert refusal(visit, FollowUp(id="F1", status="cancelled")) == "held"
    visit.record(FollowUp(id="F2", planned="2027-01-05", status="cancelled", note="half the team was ill"))
    assert refusal(visit, FollowUp(id="F2", held="2027-01-06")) == "held"
    assert refusal(visit, FollowUp(id="F3", planned="2027-01-05", hours=-1)) == "hours"
    found = visit.state.follow_ups
    assert [(one.status, one.hours, one.hours_planned) for one in found.values()] == [
        ("held", 3, 3.5),
        ("cancelled", None, None),
    ]


def test_what_a_meeting_says_of_a_goal_is_about_a_meeting_and_a_goal_that_are_there(visit: OpenVisit) -> None:
    line = FollowUpGoal(
        follow_up="F1", goal="G1", progress="Begun", barrier="time", help="a room", decision="go on", next="ask",
        due="2027-02-01",
    )  # fmt: skip
    assert refusal(visit, line) == "follow_up"
    visit.record(FollowUp(id="F1", planned="2026-12-01"))
    assert refusal(visit, line) == "goal"
    visit.record(Goal(id="G1", text="Better"), line)
    assert visit.state.follow_up_goals["F1/G1"].barrier == "time"
    visit.record(FollowUpGoal(follow_up="F1", goal="G1", barrier="the lift is broken"))


def test_learning_staff_and_escalations_are_recorded_and_can_be_taken_away(visit: OpenVisit) -> None:
    visit.record(
        LearningEvent(id="E1", date="2027-03-01", teams="four teams", offer="our door", take="their list"),
        StaffChange(id="S1", date="2027-01-10", what="a new team manager"),
        Escalation(id="X1", to="the Trust", asked="a second room"),
    )
    visit.record(StaffChange(id="S1", briefed="2027-01-20"), Escalation(id="X1", answer="no", answered="2027-02-02"))
    assert visit.state.staff_changes["S1"].briefed == "2027-01-20"
    assert visit.state.escalations["X1"].answer == "no"
    assert refusal(visit, StaffChange(id="S2", date="2027-01-10")) == "what"
    assert refusal(visit, Escalation(id="X2", to="the Trust")) == "asked"
    assert refusal(visit, Escalation(id="X1", answered="soon")) == "answered"
    visit.record(LearningEvent(id="E1", deleted=True))
    assert visit.state.learning_events == {}


@pytest.fixture
def scored(tmp_path: Path) -> Iterator[OpenVisit]:
    made = Team(tmp_path, "core-fidelity-2")
    yield made.visit("L1")
    made.close()


def test_rounds_follow_each_other(scored: OpenVisit) -> None:
    visit = scored
    visit.record(Round(id="this", label="12 months", planned="2026-11-17"))
    visit.record(Round(id="E1", label="baseline", held="2025-11-10", total=105))
    assert refusal(visit, Round(id="E2", label="6 months", held="2025-11-10", total=110)) == "held"
    assert refusal(visit, Round(id="E2", label="6 months", held="2026-12-01", total=110)) == "held"
    assert refusal(visit, Round(id="E2", label="Baseline", held="2025-12-01", total=110)) == "label"
    assert refusal(visit, Round(id="E2", held="2025-12-01", total=110)) == "label"
    assert refusal(visit, Round(id="E2", label="6 months")) == "held"
    assert refusal(visit, Round(id="E2", label="6 months", held="2026-05-12", total=-1)) == "total"
    visit.record(Round(id="E2", label="6 months", held="2026-05-12", total=110))
    assert refusal(visit, Round(id="this", held="2026-05-01")) == "date"
    assert [(one.label, one.total) for one in visit.state.rounds.values()] == [
        ("baseline", 105),
        ("6 months", 110),
        ("12 months", None),
    ]


def test_who_was_there_is_counted_at_each_meeting_and_learning_event(visit: OpenVisit) -> None:
    visit.record(
        FollowUp(id="F1", planned="2026-12-01", held="2026-12-01", present={"staff": 4, "patients": 1}),
        LearningEvent(id="E1", date="2027-03-01", present={"staff": 2, "carers": 0}),
    )
    assert visit.state.follow_ups["F1"].present == {"staff": 4, "patients": 1}
    assert visit.state.learning_events["E1"].present == {"staff": 2, "carers": 0}
    assert refusal(visit, FollowUp(id="F1", present={"staff": -1})) == "present"
    visit.record(FollowUp(id="F2", planned="2027-01-05", status="cancelled"))
    assert refusal(visit, FollowUp(id="F2", present={"staff": 4})) == "present"
    assert (
        refusal(visit, FollowUp(id="F3", planned="2027-01-05", status="cancelled", present={"staff": 1})) == "present"
    )


def test_a_handover_says_which_post_when_by_whom_and_what_there_is_to_know(visit: OpenVisit) -> None:
    whole = Handover(id="H1", post="manager", date="2027-02-01", by="Team manager", text="Ask the ward about the door.")
    for field in ("post", "date", "by", "text"):
        assert refusal(visit, msgspec.structs.replace(whole, **{field: UNSET})) == field
    visit.record(whole)
    assert visit.state.handovers["H1"].to == ""
    visit.record(Handover(id="H1", to="Deputy manager"))
    assert visit.state.handovers["H1"].to == "Deputy manager"
    assert refusal(visit, Handover(id="H1", text=" ")) == "text"
    assert refusal(visit, Handover(id="H1", date="soon")) == "date"
    visit.record(Handover(id="H1", deleted=True))
    assert visit.state.handovers == {}


def test_what_is_asked_above_the_team_has_its_day_and_the_day_an_answer_is_wanted(visit: OpenVisit) -> None:
    visit.record(Escalation(id="X1", to="the Trust", asked="a second room", date="2027-01-10", reply_by="2027-02-10"))
    one = visit.state.escalations["X1"]
    assert (one.date, one.reply_by, one.answered) == ("2027-01-10", "2027-02-10", "")
    assert refusal(visit, Escalation(id="X1", reply_by="soon")) == "reply_by"
