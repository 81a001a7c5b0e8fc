"""What a laptop without the right asked to be withdrawn: told on every screen that had the words, and decided here."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reviewapp.workspace.withdrawal import withdraw
from tests.ui.bring_together.support import bring, fresh, join, open_page, open_visit_on
from tests.ui.interviews.support import tab_stops
from tests.ui.support import App, Homes, Opener, words_on

TALK = "C1/R2"
ASKED = "Hidden: the laptop of R2 (clinician) asked to withdraw this; R2 (clinician) or the lead decides."


@pytest.fixture
def request_of_second_laptop(homes: Homes, tmp_path: Path) -> Path:
    """The file of a further laptop of R2's, which nobody certified, with a request to withdraw R2's interview."""
    home = fresh(homes, tmp_path / "R2b", "R2")
    visit = open_visit_on(home)
    visit.merge(homes.returns["R2"])
    withdraw(visit, "interview", TALK, reason="the person telephoned", concerns=[])
    path = tmp_path / "asked.rvreturn"
    visit.write_return(path)
    visit.close()
    return path


def with_request(program: Opener, homes: Homes, path: Path) -> App:
    """The lead's program, once the file came in on the screen."""
    app = program(homes.lead)
    page = open_page(app)
    bring(app, page, path)
    join(app, page)
    return app


def test_the_lead_is_told_what_is_hidden_whose_laptop_asked_and_why(
    program: Opener, homes: Homes, request_of_second_laptop: Path
) -> None:
    app = with_request(program, homes, request_of_second_laptop)
    page = open_page(app)
    assert "hidden until their author or the lead decides" in app.window.status.message.text()
    assert page.hidden.isVisible() and "conflicts" not in vars(page), "what there is none of is not made"
    order = [page.drop.button, page.hidden.list, page.hidden.reason, page.hidden.again, page.team.table]
    assert [stop for stop in tab_stops(page) if stop in order] == order
    (row,) = page.hidden.list.told.rows
    assert (row.pill, row.title) == ("Hidden", "C1 · R2 (clinician)") and "Reason: the person telephoned" in row.detail
    assert "of R2 (clinician) asked" in row.note and "R2 (clinician) or you decide" in page.hidden.about.text()
    assert TALK not in app.visit.state.interviews
    assert "1 record is hidden, because someone asked" in words_on(app.go("overview"))
    assert f"C1 · R2 (clinician). {ASKED}" in words_on(app.go("interviews"))


def test_the_lead_shows_it_again_with_a_reason_and_one_press(
    program: Opener, homes: Homes, request_of_second_laptop: Path
) -> None:
    app = with_request(program, homes, request_of_second_laptop)
    page = open_page(app)
    app.keys(page.hidden.again, Qt.Key.Key_Space)
    assert page.hidden.field.error.isVisible() and TALK not in app.visit.state.interviews, "a reason comes first"
    app.keys(page.hidden.reason, "it was somebody else")
    app.keys(page.hidden.again, Qt.Key.Key_Space)
    assert TALK in app.visit.state.interviews and not app.visit.state.hidden and not page.hidden.isVisible()
    assert "is shown again" in app.window.status.message.text()
    assert app.window.focusWidget() is page.drop.button, "the keyboard is where one goes on"


def test_the_lead_withdraws_it_for_good_and_a_concern_is_kept_unless_it_is_ticked(
    program: Opener, homes: Homes, request_of_second_laptop: Path
) -> None:
    app = with_request(program, homes, request_of_second_laptop)
    page = open_page(app)
    concerns = [key for key in app.visit.state.concerns if key.endswith("/R2")]
    assert list(page.hidden.concerns.ticks) == concerns
    app.keys(page.hidden.reason, "the person telephoned")
    app.keys(page.hidden.withdraw, Qt.Key.Key_Space)
    assert not page.hidden.isVisible() and f"interview/{TALK}" in app.visit.state.withdrawn
    assert all(one.withdrawn for one in app.visit.history("interview", TALK))
    assert [key for key in app.visit.state.concerns if key.endswith("/R2")] == concerns


def test_a_laptop_that_asks_for_everything_is_set_aside_from_here(
    program: Opener, homes: Homes, request_of_second_laptop: Path
) -> None:
    app = with_request(program, homes, request_of_second_laptop)
    page = open_page(app)
    app.keys(page.hidden.reason, "nobody knows whose it is")
    app.keys(page.hidden.aside, Qt.Key.Key_Space)
    assert TALK in app.visit.state.interviews and not app.visit.state.hidden
    app.window.actions_.undo.trigger()
    assert TALK not in app.visit.state.interviews and page.hidden.isVisible(), "You can undo this"


def test_somebody_else_sees_who_decides_and_has_no_button(
    program: Opener, homes: Homes, tmp_path: Path, request_of_second_laptop: Path
) -> None:
    home = fresh(homes, tmp_path / "R3c", "R3")
    visit = open_visit_on(home)
    visit.merge(request_of_second_laptop)
    visit.close()
    app = program(home)
    page = open_page(app)
    assert page.hidden.isVisible() and page.hidden.about.text() == "R2 (clinician) or the lead decides."
    for part in (page.hidden.again, page.hidden.withdraw, page.hidden.aside, page.hidden.field, page.hidden.concerns):
        assert not part.isVisible()
