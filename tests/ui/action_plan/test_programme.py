"""What follows a review, on the action plan: the scoping day, goals, meetings, and what else goes with the plan."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from reviewapp.base.errors import Invalid
from reviewapp.figures.ratings import effective_ratings
from reviewapp.visit.statements import FollowUp, Goal, Scoping, StaffChange, Suggestions
from tests.ui.action_plan.support import begin, index_of, open_page, opened, short, type_short
from tests.ui.support import App, Homes, Opener, focus
from ui.pages.action_plan.goals import GoalsSection
from ui.pages.action_plan.meetings import MeetingsSection
from ui.pages.shared.record_fields import FieldSpec, parse, written
from ui.pages.shared.record_section import RecordSection
from ui.widgets import DraftText

OWN = "Everybody has a copy of the plan"


def goals_of(app: App) -> GoalsSection:
    section = opened(open_page(app), "goal")
    assert isinstance(section, GoalsSection)
    return section


def test_a_plan_without_goals_says_how_to_begin_and_makes_nothing_before_it_is_opened(planned: App) -> None:
    page = open_page(planned)
    fold = page.goals.folds["goal"]
    assert (fold.part, fold.note.text()) == (None, "None yet")
    assert fold.head.accessibleName() == "Goals, hidden"
    planned.keys(fold.head, Qt.Key.Key_Space)
    assert fold.head.accessibleName() == "Goals, shown"
    assert goals_of(planned).empty.isVisible()
    planned.keys(fold.head, Qt.Key.Key_Space)
    assert not fold.is_open


def test_the_teams_own_goals_are_entered_first_and_suggestions_shown_by_one_press(planned: App) -> None:
    planned.visit.record(Goal(id="R2.1", text="Less waiting at night", proposed_by="R2"))
    section = goals_of(planned)
    assert [row.key for row in section.list.told.rows] == []
    assert not section.reveal_button.isEnabled()
    assert "are hidden" in section.hidden.text()
    begin(planned, section, OWN)
    assert [row.key for row in section.list.told.rows] == ["G1"]
    assert planned.visit.state.goals["G1"].proposed_by == ""
    planned.qtbot.mouseClick(section.reveal_button, Qt.MouseButton.LeftButton)
    assert [row.key for row in section.list.told.rows] == ["G1", "R2.1"]
    assert not section.reveal_button.isVisible()


def test_a_goal_that_lifts_nothing_is_not_chosen_and_says_why_at_its_field(planned: App) -> None:
    section = goals_of(planned)
    begin(planned, section, OWN)
    planned.qtbot.mouseClick(section.pick, Qt.MouseButton.LeftButton)
    assert planned.visit.state.goals["G1"].chosen_by == ""
    assert "tied to nothing" in section.form.fields["standards"].error.label.text()
    type_short(planned, section, "standards", "119, 136")
    planned.qtbot.mouseClick(section.pick, Qt.MouseButton.LeftButton)
    goal = planned.visit.state.goals["G1"]
    assert (goal.standards, goal.chosen_by) == (("119", "136"), "the team")
    planned.window.actions_.undo.trigger()
    assert planned.visit.state.goals["G1"].chosen_by == ""


def test_an_unknown_standard_stays_in_its_field_with_the_reason(planned: App) -> None:
    section = goals_of(planned)
    begin(planned, section, OWN)
    type_short(planned, section, "standards", "9999")
    assert "9999" in section.form.fields["standards"].error.label.text()
    assert short(section, "standards").text() == "9999"
    assert planned.visit.state.goals["G1"].standards == ()
    assert "9999" in planned.window.status.message.text()
    type_short(planned, section, "standards", "119")
    assert "9999" not in planned.window.status.message.text(), "it was corrected"


def test_votes_are_counted_and_the_most_stand_first(planned: App) -> None:
    section = goals_of(planned)
    for words in ("One", "Two"):
        begin(planned, section, words)
    section.choose("G2")
    type_short(planned, section, "votes", "5")
    assert planned.visit.state.votes["G2"].n == 5
    assert [row.key for row in section.list.told.rows] == ["G2", "G1"]
    type_short(planned, section, "votes", "many")
    assert "not a number" in section.form.fields["votes"].error.label.text()


def test_more_than_four_goals_are_warned_of(planned: App) -> None:
    for n in range(1, 6):
        planned.visit.record(Goal(id=f"G{n}", text=f"Goal {n}", standards=["119"], chosen_by="the team"))
    assert "3 or 4" in goals_of(planned).warning.label.text()


def test_actions_stand_under_their_goal_in_a_column_that_is_there_only_with_goals(planned: App) -> None:
    page = open_page(planned)
    without = page.table.plan.columnCount()
    planned.visit.record(Goal(id="G1", text=OWN, standards=["63"], chosen_by="the team"))
    assert page.table.plan.columnCount() == without + 1
    section = goals_of(planned)
    planned.qtbot.mouseClick(section.act, Qt.MouseButton.LeftButton)
    editor = page.table.findChild(DraftText)
    assert isinstance(editor, DraftText)
    planned.keys(editor, "Print it at the first visit")
    focus(page.table)
    made = next(one for one in planned.visit.state.actions.values() if one.goal == "G1")
    assert (made.standard, made.action) == ("63", "Print it at the first visit")
    assert page.table.plan.rows[0].id == made.id
    assert index_of(page, made.id, "goal").data() == f"G1  {OWN}"


def test_an_action_is_put_under_a_goal_in_its_cell(planned: App) -> None:
    planned.visit.record(Goal(id="G1", text=OWN, standards=["63"], chosen_by="the team"))
    page = open_page(planned)
    page.table.edit_cell("AP1", "goal")
    box = next(one for one in page.table.findChildren(QComboBox) if one.isVisible())
    box.setCurrentIndex(box.findData("G1"))
    box.activated.emit(box.currentIndex())
    assert planned.visit.state.actions["AP1"].goal == "G1"


def test_the_scoping_day_says_how_late_it_was_and_who_was_not_there(planned: App) -> None:
    page = open_page(planned)
    section = opened(page, "scoping")
    for name, words in (("planned", "1/9/2026"), ("held", "22 September 2026"), ("present.staff", "9"),
                        ("present.carers", "0")):  # fmt: skip
        type_short(planned, section, name, words)
    day = planned.visit.state.scoping["scoping"]
    assert (day.planned, day.held, day.present) == ("2026-09-01", "2026-09-22", {"staff": 9, "carers": 0})
    told = page.goals.folds["scoping"].note.text()
    assert "21 days late" in told
    assert "no patients and no carers" in told


def test_what_is_no_date_stays_in_its_field_and_nothing_is_changed(planned: App) -> None:
    section = opened(open_page(planned), "scoping")
    type_short(planned, section, "planned", "soon")
    assert "is not understood as a day" in section.form.fields["planned"].error.label.text()
    assert short(section, "planned").text() == "soon"
    assert not planned.visit.state.scoping


def test_a_meeting_is_planned_held_and_says_what_was_said_of_each_goal(planned: App) -> None:
    planned.visit.record(Goal(id="G1", text=OWN, standards=["63"], chosen_by="the team"))
    page = open_page(planned)
    section = opened(page, "follow_up")
    assert isinstance(section, MeetingsSection)
    begin(planned, section, "15/10/2026")
    (meeting,) = planned.visit.state.follow_ups.values()
    assert meeting.planned == "2026-10-15"
    status = section.form.fields["status"].editor
    assert isinstance(status, QComboBox)
    status.setCurrentIndex(status.findData("held"))
    status.activated.emit(status.currentIndex())
    progress, barrier = section.said.fields["progress"].editor, section.said.fields["barrier"].editor
    assert isinstance(barrier, QComboBox)
    planned.keys(progress, "Template drafted")
    barrier.setCurrentIndex(barrier.findData("time"))
    barrier.activated.emit(barrier.currentIndex())
    focus(page.table)
    said = planned.visit.state.follow_up_goals[f"{meeting.id}/G1"]
    assert (said.progress, said.barrier) == ("Template drafted", "time")
    assert page.follow_up.folds["follow_up"].note.text() == "1 of 1 held"


def test_a_cancelled_meeting_that_was_held_is_refused_at_its_field(planned: App) -> None:
    planned.visit.record(FollowUp(id="F1", planned="2026-10-15", held="2026-10-16", status="held"))
    section = opened(open_page(planned), "follow_up")
    status = section.form.fields["status"].editor
    status.setCurrentIndex(status.findData("cancelled"))
    status.activated.emit(status.currentIndex())
    assert planned.visit.state.follow_ups["F1"].status == "held"
    assert section.form.fields["status"].error.isVisible()


def test_a_change_of_staff_waits_until_they_are_told_of_the_plan(planned: App) -> None:
    page = open_page(planned)
    section = opened(page, "staff_change")
    begin(planned, section, "A new team manager began")
    assert page.follow_up.folds["staff_change"].note.text() == "1 not told about the plan"
    type_short(planned, section, "briefed", "2/11/2026")
    assert page.follow_up.folds["staff_change"].note.text() == "Everyone was told"
    planned.qtbot.mouseClick(section.remove, Qt.MouseButton.LeftButton)
    assert not planned.visit.state.staff_changes
    planned.window.actions_.undo.trigger()
    assert len(planned.visit.state.staff_changes) == 1


def test_what_is_found_elsewhere_leads_to_its_part(planned: App) -> None:
    planned.visit.record(StaffChange(id="S1", what="A nurse left"), StaffChange(id="S2", what="A nurse began"))
    page = open_page(planned)
    page.reveal({"staff_change": "S2"})
    section = page.follow_up.folds["staff_change"].part
    assert isinstance(section, RecordSection)
    assert section.isVisible()
    assert section.list.chosen_key() == "S2"


def test_leaving_the_page_keeps_what_was_typed_in_a_short_field(planned: App) -> None:
    planned.visit.record(Scoping(planned="2026-09-01"))
    section = opened(open_page(planned), "scoping")
    edit = short(section, "held")
    edit.setFocus()
    planned.qtbot.keyClicks(edit, "2/9/2026")
    planned.go("overview")
    assert planned.visit.state.scoping["scoping"].held == "2026-09-02"


def test_suggestions_that_were_shown_are_not_offered_again(planned: App) -> None:
    planned.visit.record(Goal(id="G1", text=OWN))
    planned.visit.record(Suggestions(shown=True))
    assert not goals_of(planned).reveal_button.isVisible(), "what was shown stays shown"


@pytest.mark.parametrize(
    ("kind", "value"),
    [("day", "2026-09-05"), ("count", 12), ("hours", 3.5), ("standards", ["4", "12"]), ("line", "Team manager")],
)
def test_what_is_written_in_a_field_means_the_same_when_it_is_read(kind: Any, value: Any) -> None:
    spec = FieldSpec("x", "X", kind)
    assert parse(spec, written(spec, value)) == value


def test_before_the_meeting_a_goal_does_not_tell_a_reviewer_what_others_rated(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    for code in ("R3", "R4"):
        app.visit.merge(homes.returns[code])
    state = app.visit.state
    differs = next(
        number
        for number, one in effective_ratings(state).items()
        if one.value == "not_met" and state.self_review[number].value == "met"
    )
    app.visit.record(Goal(id="R2.1", text="Better", standards=[differs], chosen_by="the team", proposed_by="R2"))
    (row,) = goals_of(app).list.told.rows
    assert f"{differs}: " in row.detail and "Not met" not in row.detail


@pytest.mark.parametrize("typed", ["4, 12", "4;12", "4 and 12", "Standards 4 & 12"])
def test_numbers_of_standards_are_read_as_people_write_them(typed: str) -> None:
    assert parse(FieldSpec("standards", "Standards", "standards"), typed) == ["4", "12"]


@pytest.mark.parametrize(("typed", "hours"), [("3.5", 3.5), ("3,5 h", 3.5), ("2h", 2), ("2 hours", 2), ("1:30", 1.5)])
def test_hours_are_read_as_people_write_them(typed: str, hours: float) -> None:
    assert parse(FieldSpec("hours", "Hours", "hours"), typed) == hours


@pytest.mark.parametrize("typed", ["two", "-1", "1001", "1:75", "h"])
def test_what_is_no_number_of_hours_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="not a number of hours"):
        parse(FieldSpec("hours", "Hours", "hours"), typed)
