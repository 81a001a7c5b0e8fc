"""A change of the review team that changes figures is asked before and told after; nothing is dropped unsaid."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from reviewapp.report.proofreading import proofread
from reviewapp.visit.statements import Person, Rating
from tests.ui.bring_together.support import open_page
from tests.ui.interviews.support import tab_stops
from tests.ui.overview.support import opened
from tests.ui.support import App, Homes, Opener, words_on


@pytest.fixture
def app(program: Opener, homes: Homes) -> App:
    """The lead's laptop with everybody's ratings, and the team open for changes."""
    app = program(homes.lead)
    opened(app).people.change.click()
    return app


def test_taking_off_somebody_who_rated_is_asked_first_and_told_after(app: App) -> None:
    team = opened(app).people.editor
    rated = sum(rating.person == "R3" and rating.value is not None for rating in app.visit.state.ratings.values())
    before = app.visit._store.digest()
    app.keys(team.rows["R3"].remove, Qt.Key.Key_Space)
    assert team.question.isVisible() and team.question.no.hasFocus()
    assert f"{rated} ratings" in team.question.text.text() and "no longer counted" in team.question.text.text()
    assert "You can undo this" in team.question.text.text()
    app.keys(team.question.no, Qt.Key.Key_Space)
    assert not team.question.isVisible() and "R3" in team.rows and app.visit._store.digest() == before
    app.keys(team.rows["R3"].remove, Qt.Key.Key_Space)
    app.keys(team.question.yes, Qt.Key.Key_Space)
    assert "R3" not in app.visit.state.people and "R3" not in team.rows
    assert "R3 (clinician) is no longer on the review team" in app.window.status.message.text()
    assert "not_counted" in {found.rule for found in proofread(app.visit.state)}
    page = open_page(app)
    (row,) = [row for row in page.team.table.people.rows if row.code == "R3"]
    assert row.state()[0] == "Removed from the team, not counted" and row.rated == f"{rated} ratings, not counted"
    app.visit.undo()
    assert next(row.state()[0] for row in page.team.table.people.rows if row.code == "R3").startswith("Received")


def test_making_somebody_who_rated_an_observer_is_asked_and_the_role_stays_until_it_is_agreed(app: App) -> None:
    team = opened(app).people.editor
    role = team.rows["R3"].role
    was = role.currentData()
    role.setCurrentIndex(role.findData("observer"))
    role.activated.emit(role.currentIndex())
    assert team.question.isVisible() and app.visit.state.people["R3"].role == was
    team.question.no.click()
    assert role.currentData() == was
    role.setCurrentIndex(role.findData("observer"))
    role.activated.emit(role.currentIndex())
    team.question.yes.click()
    assert app.visit.state.people["R3"].role == "observer"
    role.setCurrentIndex(role.findData("clinician"))
    role.activated.emit(role.currentIndex())
    assert not team.question.isVisible() and "Counted again" in app.window.status.message.text()


def test_tab_goes_through_the_team_from_top_to_bottom_also_when_somebody_was_added(before: App) -> None:
    page = opened(before)
    assert "editor" not in vars(page.people), "made when the team is changed"
    page.people.change.click()
    team = page.people.editor
    for added in range(2):
        names = [row.name for row in team.rows.values()]
        wanted = [page.day.add_button, *names, team.add_person, team.done, page.leading.name]
        assert [stop for stop in tab_stops(page) if stop in wanted] == wanted, added
        team.add_person.click()


def test_somebody_of_whom_nothing_counts_is_taken_off_at_once(before: App) -> None:
    team = opened(before).people
    team.change.click()
    team.editor.rows["R4"].remove.click()
    assert "R4" not in before.visit.state.people and not team.editor.question.isVisible()


def test_who_was_taken_off_or_made_an_observer_is_told_above_every_page(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    banner = app.window.membership_banner
    assert banner.isHidden()
    app.visit.me = "R2"  # as on R2's laptop once it has joined what the lead wrote
    lead, words = "L1", app.window.membership_banner.label
    for line, said in (
        (Person(code="R2", deleted=True), "The lead has removed R2 from the review team"),
        (Person(code="R2", role="observer", deleted=False), "R2 is an observer now"),
        (Person(code="R2", role="clinician"), ""),
    ):
        app.visit.me = lead
        app.visit._writer.record([line], {}, "team", lead)
        app.visit.me = "R2"
        app.session.bridge.reload()
        assert said in words.text() and banner.isVisible() == bool(said)
    app.visit.record(Rating(standard="4", value="met"))
    assert banner.isHidden() and not words_on(banner).strip()
