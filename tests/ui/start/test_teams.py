"""The teams of one laptop side by side: for whoever follows several plans."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt

from reviewapp.visit.statements import Escalation, FollowUp, FollowUpGoal, Goal, Handover, Scoping
from tests.ui.support import App, Homes, Opener
from ui.pages.start.page import StartPage
from ui.pages.start.teams import TeamsView


def teams_of(app: App) -> TeamsView:
    page = cast(StartPage, app.go("start", {"view": "list"}))
    app.keys(page.teams, Qt.Key.Key_Space)
    app.settle()
    return cast(TeamsView, page.views["teams"])


def test_a_laptop_without_goals_says_where_they_are_entered(program: Opener, homes: Homes) -> None:
    view = teams_of(program(homes.lead))
    assert view.none.isVisible()
    assert not view.list.isVisible()


def test_a_team_shows_its_meetings_barriers_and_what_has_no_answer_and_opens(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Goal(id="G1", text="Own copies", standards=["119"], chosen_by="the team"))
    app.visit.record(FollowUp(id="F1", planned="2026-01-15", status="held"))
    app.visit.record(FollowUp(id="F2", planned="2026-02-15", status="cancelled"))
    app.visit.record(FollowUpGoal(follow_up="F1", goal="G1", barrier="time"))
    app.visit.record(Escalation(id="X1", asked="A second printer", to="Service manager"))
    view = teams_of(app)
    (row,) = view.list.told.rows
    assert row.detail.split("\n") == [
        "Meetings: 1 of 2 held, 1 cancelled",
        "In the way: Time (1)",
        "No answer yet: A second printer (Service manager)",
    ]
    assert row.pill == "1 without an answer"
    assert view.all.text() == "All teams together. Meetings: 1 of 2 held, 1 cancelled. In the way: Time (1)."
    app.qtbot.mouseClick(view.open, Qt.MouseButton.LeftButton)
    assert app.page.TITLE == "Action plan"


def test_days_lost_late_replies_who_was_there_and_vacant_posts_are_told_of_each_team(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.lead)
    app.visit.record(
        Scoping(planned="2026-09-01", held="2026-09-22", present={"staff": 9, "patients": 2, "carers": 0}),
        FollowUp(id="F1", held="2026-10-15", status="held", hours=1.5, hours_planned=2, present={"staff": 3}),
        Escalation(id="X1", asked="A second car", to="Head of estates", reply_by="2020-02-01"),
        Handover(id="H1", post="facilitator", date="2026-11-01", by="facilitator", text="The next meeting is planned"),
    )
    (row,) = teams_of(app).list.told.rows
    assert row.detail.split("\n") == [
        "Scoping day: held on 22 September 2026, 21 days late",
        "Meetings: 1 of 1 held; facilitator: 1.5 of 2 hours",
        "Where people were counted, patients attended 1 of 2 and carers 0",
        "Reply is late: A second car (Head of estates)",
        "Vacant since a handover: Facilitator",
    ]


def test_a_scoping_day_that_was_not_held_says_how_many_days_are_lost(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Scoping(planned="2020-01-01"))
    (row,) = teams_of(app).list.told.rows
    assert row.detail.startswith("Scoping day: planned for 1 January 2020, ") and "days lost" in row.detail


def test_find_anything_leads_to_the_teams(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StartPage, app.go("start", {"view": "teams"}))
    app.settle()
    assert page.stack.currentWidget() is page.views["teams"]
