"""Who was there: counted occasion by occasion, and nobody counted is not nobody there."""

from __future__ import annotations

from reviewapp.figures.escalations import escalation_views
from reviewapp.figures.handovers import handover_views
from reviewapp.figures.presence import presence
from reviewapp.visit.programme_records import (
    EscalationRecord,
    FollowUpRecord,
    HandoverRecord,
    LearningEventRecord,
    ScopingRecord,
)
from tests.core.figures.test_follow_up import TODAY, team


def test_presence_is_counted_at_the_scoping_day_at_meetings_and_at_learning_events() -> None:
    state = team(
        scoping=[ScopingRecord(key="scoping", held="2026-08-03", present={"staff": 9, "patients": 2})],
        follow_ups=[
            FollowUpRecord(key="F1", id="F1", held="2026-09-01", present={"staff": 3}),
            FollowUpRecord(key="F2", id="F2", held="2026-10-01"),
            FollowUpRecord(key="F3", id="F3", planned="2026-11-01", status="cancelled"),
            FollowUpRecord(key="F4", id="F4", planned="2027-01-01"),
        ],
        learning_events=[
            LearningEventRecord(key="E1", id="E1", date="2026-09-20", present={"patients": 1, "carers": 1}),
            LearningEventRecord(key="E2", id="E2", date="2027-03-01"),
        ],
    )
    found = presence(state, TODAY)
    assert [(one.kind, one.id, one.people, one.absent, one.uncounted) for one in found.occasions] == [
        ("scoping", "", 11, ("carers",), False),
        ("meeting", "F1", 3, ("patients", "carers"), False),
        ("learning_event", "E1", 2, (), False),
        ("meeting", "F2", 0, (), True),
    ]
    assert (found.counted, found.with_patients, found.with_carers, found.with_neither) == (3, 2, 1, 1)


def test_an_answer_that_is_late_is_told_and_the_one_wanted_soonest_comes_first() -> None:
    state = team(
        escalations=[
            EscalationRecord(key="X1", id="X1", asked="a room", answered="2026-10-01", reply_by="2026-09-01"),
            EscalationRecord(key="X2", id="X2", asked="a post", reply_by="2027-01-01"),
            EscalationRecord(key="X3", id="X3", asked="a car", reply_by="2026-11-01"),
            EscalationRecord(key="X4", id="X4", asked="a lift"),
        ]
    )
    assert [(one.id, one.open, one.late) for one in escalation_views(state, TODAY)] == [
        ("X3", True, True),
        ("X2", True, False),
        ("X4", True, False),
        ("X1", False, False),
    ]


def test_the_newest_handover_comes_first_and_a_vacant_post_is_said() -> None:
    old = HandoverRecord(key="H1", id="H1", post="manager", date="2026-04-01", by="Team manager", text="All of it.")
    new = HandoverRecord(
        key="H2", id="H2", post="facilitator", date="2026-09-01", by="Facilitator", to="Team psychologist", text="Cars."
    )
    found = handover_views(team(handovers=[old, new]))
    assert [(one.id, one.post, one.vacant) for one in found] == [("H2", "facilitator", False), ("H1", "manager", True)]
