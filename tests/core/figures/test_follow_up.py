"""The months after the scoping day, counted: goals, the scoping day, meetings, barriers, staff, several teams."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.figures.follow_up import facilitator_overview, follow_up_view, programme_view, starter_brief
from reviewapp.figures.goals import candidates, goal_views, new_goal_id, owner_shares, scoping_view, warnings
from reviewapp.figures.rounds import record_of, round_of
from reviewapp.visit.programme_records import (
    EscalationRecord,
    FollowUpGoalRecord,
    FollowUpRecord,
    GoalRecord,
    ReadinessRecord,
    ScopingRecord,
    StaffChangeRecord,
    SuggestionsRecord,
    VoteRecord,
)
from reviewapp.visit.state import ActionRecord, VisitState
from tests.core.visit.building import scored_instrument, visit

TODAY = "2026-12-01"


def goal(key: str, *standards: str, chosen: bool = True, **more: Any) -> GoalRecord:
    chosen_by = "team" if chosen else ""
    return GoalRecord(key=key, id=key, text=f"Goal {key}", standards=standards, chosen_by=chosen_by, **more)


def action(key: str, owner: str = "", **more: Any) -> ActionRecord:
    return ActionRecord(key=key, id=key, action=f"Do {key}", owner=owner, **more)


def team(**tables: list[Any]) -> VisitState:
    """A visit of four items with these records."""
    state = visit(scored_instrument(4), agreed={"1": 2, "2": 3})
    return msgspec.structs.replace(state, **{name: {one.key: one for one in rows} for name, rows in tables.items()})


def test_candidates_come_by_votes_and_hidden_suggestions_are_not_among_them() -> None:
    rows = [goal("G1", chosen=False), goal("G2", chosen=False), goal("R2.1", chosen=False, proposed_by="R2")]
    votes = [VoteRecord(key="G2", goal="G2", n=7), VoteRecord(key="R2.1", goal="R2.1", n=9)]
    state = team(goals=rows, votes=votes)
    assert [(one.id, one.votes) for one in candidates(state, "host")] == [("G2", 7), ("G1", None)]
    state.suggestions = {"suggestions": SuggestionsRecord(key="suggestions", shown=True)}
    assert [(one.id, one.suggestion) for one in candidates(state, "host")] == [
        ("R2.1", True),
        ("G2", False),
        ("G1", False),
    ]


def test_a_goal_shows_where_it_began_and_how_far_its_actions_are() -> None:
    first = round_of(visit(scored_instrument(4), agreed={"1": 1}))
    before = msgspec.structs.replace(first, visit="v0", label="baseline")
    state = team(
        goals=[goal("G1", "1", "3")],
        actions=[
            action("AP1", goal="G1", status="done"),
            action("AP2", goal="G1", status="open", due="2026-11-30"),
            action("AP3", goal="", status="open", due="2026-11-30"),
        ],
        rounds=[record_of(before, "E1")],
    )
    (found,) = goal_views(state, TODAY)
    assert [(one.standard, one.baseline, one.began, one.now) for one in found.standards] == [
        ("1", 1, "baseline", 2),
        ("3", None, "", None),
    ]
    assert found.actions == {"open": 1, "in_progress": 0, "done": 1, "dropped": 0} and found.late == 1


def test_more_than_four_goals_are_warned_of_and_nobody_from_patients_or_carers_is_said() -> None:
    day = ScopingRecord(key="scoping", planned="2026-06-01", held="2026-08-03", present={"staff": 9, "patients": 2})
    four = team(goals=[goal(f"G{n}", "1") for n in range(4)], scoping=[day])
    assert warnings(four, TODAY) == [
        "there were no carers at the scoping day",
        "the scoping day was 63 days later than planned",
    ]
    five = team(goals=[goal(f"G{n}", "1") for n in range(5)], actions=[action("AP1", goal="G1")])
    assert warnings(five, TODAY) == [
        "5 goals are chosen; we advise 3 or 4 in twelve months",
        "1 action under a goal has no owner",
    ]


def test_a_scoping_day_without_patients_or_carers_says_so_in_one_sentence() -> None:
    state = team(scoping=[ScopingRecord(key="scoping", held="2026-08-03", present={"staff": 9})])
    assert warnings(state, TODAY) == ["there were no patients or carers at the scoping day"]


def test_days_lost_before_the_scoping_day_are_counted() -> None:
    day = ScopingRecord(key="scoping", planned="2026-06-01", held="2026-08-03", present={"staff": 4})
    held = scoping_view(team(scoping=[day]), TODAY)
    assert held is not None
    assert (held.days_late, held.days_after, held.lost, held.absent) == (63, 83, None, ("patients", "carers"))
    waiting = scoping_view(team(scoping=[ScopingRecord(key="scoping", planned="2026-06-01")]), TODAY)
    assert waiting is not None
    assert (waiting.days_late, waiting.lost, waiting.uncounted) == (None, 183, True)
    assert scoping_view(team(), TODAY) is None


def test_the_share_of_actions_is_counted_by_role() -> None:
    state = team(
        actions=[
            action("AP1", "Team manager"),
            action("AP2", "team  manager "),
            action("AP3", "nurse"),
            action("AP4"),
            action("AP5", "nurse", status="dropped"),
        ]
    )
    assert [(one.owner, one.actions, one.of) for one in owner_shares(state)] == [
        ("Team manager", 2, 4),
        ("nurse", 1, 4),
        ("", 1, 4),
    ]


MEETINGS = [
    FollowUpRecord(key="F1", id="F1", planned="2026-06-01", held="2026-06-08", status="held", hours=3, hours_planned=4),
    FollowUpRecord(key="F2", id="F2", planned="2026-07-01", status="cancelled", hours_planned=4),
    FollowUpRecord(key="F3", id="F3", planned="2026-11-01", hours_planned=4),
    FollowUpRecord(key="F4", id="F4", planned="2027-01-05"),
]


def test_meetings_and_hours_planned_and_done_stand_side_by_side() -> None:
    found = follow_up_view(team(follow_ups=MEETINGS), TODAY).meetings
    assert (found.planned, found.held, found.cancelled, found.to_come, found.unknown) == (4, 1, 1, 1, 1)
    assert (found.hours_planned, found.hours) == (12, 3)
    assert (found.last_held, found.next_planned) == ("2026-06-08", "2027-01-05")


def said(meeting: str, about: str, **words: str) -> FollowUpGoalRecord:
    return FollowUpGoalRecord(key=f"{meeting}/{about}", follow_up=meeting, goal=about, **words)


def test_barriers_are_counted_whatever_their_capitals_and_help_is_listed_newest_first() -> None:
    state = team(
        follow_ups=MEETINGS,
        follow_up_goals=[
            said("F1", "G1", barrier="time", help="a room of the Trust", decision="ask", due="2026-07-01"),
            said("F3", "G1", barrier="Time", help="an hour a week"),
            said("F3", "G2", barrier="leadership_change"),
        ],
    )
    found = follow_up_view(state, TODAY)
    assert [(one.barrier, one.times, one.goals) for one in found.barriers] == [
        ("time", 2, ("G1",)),
        ("leadership change", 1, ("G2",)),
    ]
    assert [(one.follow_up, one.help, one.due) for one in found.help] == [
        ("F3", "an hour a week", ""),
        ("F1", "a room of the Trust", "2026-07-01"),
    ]


def test_escalations_without_an_answer_come_first_and_who_was_not_told_waits() -> None:
    state = team(
        escalations=[
            EscalationRecord(key="X1", id="X1", to="the Trust", asked="a room", answer="no", answered="2026-09-01"),
            EscalationRecord(key="X2", id="X2", to="the Trust", asked="a post"),
        ],
        staff_changes=[
            StaffChangeRecord(key="S1", id="S1", date="2026-09-01", what="manager", briefed="2026-09-20"),
            StaffChangeRecord(key="S2", id="S2", date="2026-11-21", what="a nurse began"),
        ],
    )
    found = follow_up_view(state, TODAY)
    assert [(one.id, one.open, one.answered) for one in found.escalations] == [
        ("X2", True, ""),
        ("X1", False, "2026-09-01"),
    ]
    assert [one.id for one in found.told] == ["S1"]
    assert [(one.id, one.waiting) for one in found.not_told] == [("S2", 10)]


def test_somebody_new_gets_the_goals_who_sees_to_what_and_what_changed_since_the_scoping_day() -> None:
    state = team(
        goals=[goal("G1", "1")],
        actions=[action("AP1", "nurse", goal="G1")],
        scoping=[ScopingRecord(key="scoping", held="2026-08-03")],
        follow_ups=MEETINGS,
        follow_up_goals=[said("F1", "G1", decision="ring within the hour")],
        staff_changes=[
            StaffChangeRecord(key="S1", id="S1", date="2026-07-01", what="before"),
            StaffChangeRecord(key="S2", id="S2", date="2026-09-01", what="after"),
        ],
    )
    found = starter_brief(state, TODAY)
    assert [one.id for one in found.goals] == ["G1"] and [one.owner for one in found.owners] == ["nurse"]
    assert found.next_meeting == "2027-01-05" and [one.decision for one in found.decisions] == ["ring within the hour"]
    assert [one.what for one in found.changes] == ["after"]


def test_a_facilitator_sees_all_teams_of_a_laptop_with_the_next_meeting_first() -> None:
    one, other = team(follow_ups=MEETINGS[:1]), team(follow_ups=MEETINGS[2:])
    found = facilitator_overview([team(), one, other], TODAY)
    assert [row.follow_up.meetings.next_planned for row in found.teams] == ["2027-01-05", ""]
    assert (found.meetings.planned, found.meetings.held, found.meetings.hours_planned) == (3, 1, 8)


def test_readiness_is_told_for_every_domain_also_where_nothing_was_said() -> None:
    state = team(readiness=[ReadinessRecord(key="leadership", domain="leadership", answer="yes")])
    found = programme_view(state, TODAY).readiness
    assert list(found) == ["prioritisation", "leadership", "workforce", "workflow", "reinforcement"]
    assert found["leadership"] == "yes" and found["workflow"] == ""


def test_the_id_of_a_new_goal_is_one_that_no_other_laptop_gives() -> None:
    state = team(goals=[goal("G1"), goal("R2.1")])
    assert (new_goal_id(state, "host"), new_goal_id(state, "R2"), new_goal_id(state, "R3")) == ("G2", "R2.2", "R3.1")


def test_a_goal_that_was_reached_or_left_comes_last_and_counts_no_more_among_the_open_ones() -> None:
    ended: dict[str, Any] = {"status": "reached", "ended": "2026-11-01", "reason": "since March"}
    state = team(goals=[goal("G1", "1", **ended), *(goal(f"G{n}", "1") for n in range(2, 6))])
    found = goal_views(state, TODAY)
    assert [one.id for one in found] == ["G2", "G3", "G4", "G5", "G1"]
    assert (found[-1].status, found[-1].ended, found[-1].reason) == ("reached", "2026-11-01", "since March")
    assert warnings(state, TODAY) == []
