"""The teams of one laptop side by side: for whoever follows several plans."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt

from reviewapp.visit.statements import Escalation, FollowUp, FollowUpGoal, Goal
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
        "1 of 2 held, 1 cancelled",
        "In the way: Time (1)",
        "No answer yet: A second printer (Service manager)",
    ]
    assert row.pill == "1 without an answer"
    assert view.all.text() == "All teams: 1 of 2 held, 1 cancelled. In the way: Time (1)."
    app.qtbot.mouseClick(view.open, Qt.MouseButton.LeftButton)
    assert app.page.TITLE == "Overview"
