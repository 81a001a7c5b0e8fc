"""What keeps a plan going: owners and deputies, goals that end, who was there, handovers, and answers from above."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

import ui.widgets.file_dialogs
from reviewapp.base.dates import today
from reviewapp.visit.statements import (
    Action,
    Escalation,
    FollowUp,
    FollowUpGoal,
    Goal,
    Handover,
    LearningEvent,
    Scoping,
    Statement,
)
from tests.ui.action_plan.support import begin, index_of, open_page, opened, type_short
from tests.ui.support import App, Opener, killed
from ui.pages.action_plan.goals import GoalsSection
from ui.pages.action_plan.table import goal_choices
from ui.widgets import DraftText

CHOSEN = Goal(id="G1", text="Everybody has a copy of the plan", standards=["119"], chosen_by="the team")
PRESS = Qt.MouseButton.LeftButton


def goals_of(app: App) -> GoalsSection:
    section = opened(open_page(app), "goal")
    assert isinstance(section, GoalsSection)
    return section


# Owners ------------------------------------------------------------------------------------------------------------


def test_the_deputy_has_a_column_beside_the_owner(planned: App) -> None:
    planned.visit.record(Action(id="AP1", deputy="Shift lead"))
    page = open_page(planned)
    assert index_of(page, "AP1", "deputy").data() == "Shift lead"
    assert index_of(page, "AP1", "deputy").column() == index_of(page, "AP1", "owner").column() + 1


def test_an_owner_who_is_not_of_the_team_is_refused_and_told(planned: App) -> None:
    page = open_page(planned)
    page.table.edit_cell("AP1", "deputy")
    planned.keys(
        next(one for one in page.table.findChildren(DraftText) if one.isVisible()), "facilitator", Qt.Key.Key_Tab
    )
    assert planned.visit.state.actions["AP1"].deputy == ""
    assert "not of the team" in planned.window.status.message.text()


def test_the_share_of_each_role_is_shown_and_that_most_rest_with_one(planned: App) -> None:
    page = open_page(planned)
    assert page.owners.shares.text() == "Team manager 1 of 1"
    assert page.owners.watch.isHidden()
    planned.visit.record(
        Action(id="AP2", standard="136", action="Ask", owner="Team manager"),
        Action(id="AP3", standard="63", action="Tell"),
    )
    assert page.owners.shares.text() == "Team manager 2 of 3 · nobody named 1 of 3"
    assert page.owners.watch.text() == "More than half are with one role: Team manager."
    planned.visit.record(CHOSEN)
    assert page.owners.watch.text().endswith("2 current actions have an owner but no deputy.")


# Goals that end ----------------------------------------------------------------------------------------------------


def test_a_goal_is_reached_by_one_press_and_can_be_taken_up_again(planned: App) -> None:
    planned.visit.record(CHOSEN)
    section = goals_of(planned)
    planned.qtbot.mouseClick(section.end.reached, PRESS)
    goal = planned.visit.state.goals["G1"]
    assert (goal.status, goal.ended) == ("reached", today().isoformat())
    assert section.list.told.rows[0].pill == "Reached"
    assert open_page(planned).goals.folds["goal"].note.text() == "1 reached"
    planned.window.actions_.undo.trigger()
    assert planned.visit.state.goals["G1"].status == "open"
    planned.window.actions_.redo.trigger()
    planned.qtbot.mouseClick(section.end.reopen, PRESS)
    goal = planned.visit.state.goals["G1"]
    assert (goal.status, goal.ended) == ("open", "")


def test_a_goal_is_left_only_with_a_reason(planned: App) -> None:
    planned.visit.record(CHOSEN)
    section = goals_of(planned)
    end = section.end
    planned.qtbot.mouseClick(end.leave_it, PRESS)
    assert end.why.hasFocus() and planned.visit.state.goals["G1"].status == "open"
    planned.qtbot.mouseClick(end.leave_it, PRESS)
    assert "Say in a few words" in end.why_field.error.label.text()
    planned.keys(end.why, "The rota changed", Qt.Key.Key_Return)
    goal = planned.visit.state.goals["G1"]
    assert (goal.status, goal.reason) == ("left", "The rota changed")
    type_short(planned, end, "ended", "1/11/2026")
    assert planned.visit.state.goals["G1"].ended == "2026-11-01"
    told = open_page(planned).goals.folds["goal"].note.text()
    assert told.endswith("1 left unreached"), "not how many remain"


def test_a_candidate_may_be_left_and_is_never_reached(planned: App) -> None:
    planned.visit.record(Goal(id="G1", text="Less waiting"))
    section = goals_of(planned)
    assert not section.end.reached.isVisible() and section.end.leave_it.isVisible()


def test_an_action_may_stand_under_a_goal_that_was_reached_which_is_said(planned: App) -> None:
    planned.visit.record(CHOSEN, Goal(id="G2", text="Two", standards=["136"], chosen_by="the team"))
    planned.visit.record(Goal(id="G1", status="reached", ended="2026-11-01"))
    assert goal_choices(planned.visit.state) == (("G2", "Two"), ("G1", f"{CHOSEN.text} (reached)"))


def test_a_meeting_speaks_of_the_goals_worked_at_and_of_those_it_spoke_of_then(planned: App) -> None:
    planned.visit.record(CHOSEN, Goal(id="G2", text="Two", standards=["136"], chosen_by="the team"))
    planned.visit.record(FollowUp(id="F1", planned="2026-10-15"), FollowUp(id="F2", planned="2026-11-15"))
    planned.visit.record(FollowUpGoal(follow_up="F1", goal="G1", progress="Drafted"))
    planned.visit.record(Goal(id="G1", status="reached", ended="2026-11-01"))
    section = opened(open_page(planned), "follow_up")
    for meeting, goals in (("F1", ["G1", "G2"]), ("F2", ["G2"])):
        section.choose(meeting)
        assert [section.goal.itemData(n) for n in range(section.goal.count())] == goals, meeting


# Who was there -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("follow_up", FollowUp(id="F1", held="2026-10-15", status="held")),
        ("learning_event", LearningEvent(id="E1", date="2026-10-15")),
    ],
)
def test_patients_and_carers_are_counted_and_that_none_came_is_said(planned: App, kind: str, line: Any) -> None:
    planned.visit.record(line)
    section = opened(open_page(planned), kind)
    for name, words in (("staff", "5"), ("patients", "1"), ("carers", "0")):
        type_short(planned, section, f"present.{name}", words)
    records = getattr(planned.visit.state, f"{kind}s")
    assert records[line.id].present == {"staff": 5, "patients": 1, "carers": 0}
    assert section.list.told.rows[0].note == "6 people, no carers"
    planned.window.actions_.undo.trigger()
    assert getattr(planned.visit.state, f"{kind}s")[line.id].present == {"staff": 5, "patients": 1}
    type_short(planned, section, "present.staff", "")
    type_short(planned, section, "present.patients", "")
    assert section.list.told.rows[0].note == "", "nobody was counted, which is not nobody"


def test_on_how_many_days_patients_and_carers_were_there_is_said_above_the_meetings(planned: App) -> None:
    planned.visit.record(
        Scoping(held="2026-09-01", present={"staff": 9, "patients": 2, "carers": 1}),
        FollowUp(id="F1", held="2026-10-15", status="held", present={"staff": 3, "patients": 0, "carers": 0}),
        FollowUp(id="F2", held="2026-10-16", status="held"),
    )
    section = opened(open_page(planned), "follow_up")
    assert section.heard.text() == (
        "Scoping day, meetings and learning events: people were counted at 2 of 3. Patients were at 1 of these, "
        "carers at 1. At 1 there were neither."
    )


# Handovers ---------------------------------------------------------------------------------------------------------


def test_a_handover_note_says_which_post_who_hands_over_and_what_there_is_to_know(planned: App) -> None:
    page = open_page(planned)
    section = opened(page, "handover")
    begin(planned, section, "The rota was promised for January")
    (note,) = planned.visit.state.handovers.values()
    assert (note.post, note.by, note.to, note.date) == ("manager", "team manager", "", today().isoformat())
    assert page.follow_up.folds["handover"].note.text() == "1 note · vacant: Team manager"
    type_short(planned, section, "to", "Deputy manager")
    assert section.list.told.rows[0].pill == "Handed over"
    planned.qtbot.mouseClick(section.remove, PRESS)
    assert not planned.visit.state.handovers
    planned.window.actions_.undo.trigger()
    assert len(planned.visit.state.handovers) == 1


def test_of_another_post_who_hands_over_has_to_be_said_at_its_field(planned: App) -> None:
    section = opened(open_page(planned), "handover")
    post = section.begin_line.fields["post"].editor
    assert isinstance(post, QComboBox)
    post.setCurrentIndex(post.findData("other"))
    begin(planned, section, "Where the folder is")
    assert not planned.visit.state.handovers
    assert "who hands over" in section.begin_line.fields["by"].error.label.text()
    planned.keys(section.begin_line.fields["by"].editor, "Carers' lead", Qt.Key.Key_Return)
    assert [one.by for one in planned.visit.state.handovers.values()] == ["Carers' lead"]


def test_what_was_being_typed_in_a_handover_note_is_found_again(planned: App, program: Opener) -> None:
    planned.visit.record(Handover(id="H1", post="manager", date="2026-11-01", by="manager", text="a"))
    planned.visit.save_draft(Handover(id="H1", text="a and b"))
    again = program(killed(planned), copy=False)
    next(one for one in again.window.recovered_banner.buttons if one.text() == "Handover note H1").click()
    editor = again.window.focusWidget()
    assert isinstance(editor, DraftText) and editor.toPlainText() == "a and b"


# What was asked of those above -------------------------------------------------------------------------------------


def test_a_reply_that_is_late_is_told_first(planned: App) -> None:
    page = open_page(planned)
    section = opened(page, "escalation")
    begin(planned, section, "A second car")
    (asked,) = planned.visit.state.escalations.values()
    assert asked.date == today().isoformat()
    type_short(planned, section, "reply_by", "1/2/2020")
    assert section.list.told.rows[0].pill == "Reply is late"
    assert page.follow_up.folds["escalation"].note.text() == "1 of 1 without an answer · 1 reply is late"
    planned.visit.record(Escalation(id="X2", asked="A room", answered="2026-11-01"))
    assert [row.pill for row in section.list.told.rows] == ["Reply is late", "Answered"]


# Printing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("scoping", Scoping(planned="2026-09-01")),
        ("follow_up", FollowUp(id="F1", held="2026-10-15", status="held")),
        ("staff_change", Action(id="AP1", due="2026-12-31")),
    ],
)
def test_what_belongs_to_a_part_is_printed_from_it(planned: App, tmp_path: Path, kind: str, line: Statement) -> None:
    planned.visit.record(line)
    section = opened(open_page(planned), kind)
    path = tmp_path / "page.pdf"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    planned.qtbot.mouseClick(section.print, PRESS)
    planned.settle()
    assert path.read_bytes().startswith(b"%PDF")


def test_what_is_revealed_has_the_keyboard(planned: App) -> None:
    planned.visit.record(Handover(id="H1", post="manager", date="2026-11-01", by="manager", text="a"))
    planned.go("action_plan", {"handover": "H1"})
    assert opened(open_page(planned), "handover").list.hasFocus()
