"""An immediate concern is one key away on every page, and an interview can keep the program open, for so long only."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt

from tests.ui.interviews.support import begin, has_keyboard
from tests.ui.support import App, Homes, Opener
from ui.pages.interviews.page import InterviewsPage
from ui.session.stay_open import MOST_MINUTES


def staying(app: App) -> InterviewsPage:
    page = begin(app, "patient", True)
    page.form.stay.click()
    assert app.session.stay_open.on
    return page


def test_a_concern_from_any_page_is_a_new_one_and_names_the_interview_in_hand(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.go("standards")
    app.window.header.concern.click()
    page = cast(InterviewsPage, app.window.page)
    assert has_keyboard(page.concerns.first())
    page = begin(app, "patient", True)
    held = page.chosen().key  # type: ignore[union-attr]
    app.window.actions_.concern.trigger()
    card = next(iter(page.concerns.cards.values()))
    app.keys(card.text, "Sees no way on", Qt.Key.Key_Tab)
    app.keys(card.action, "The manager rang the family", Qt.Key.Key_Tab)
    page.leave()
    (one,) = app.visit.state.concerns.values()
    assert (one.interview, one.text, one.action) == (held, "Sees no way on", "The manager rang the family")


def test_while_an_interview_keeps_it_open_being_idle_locks_nothing(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    staying(app)
    app.window._on_idled()
    assert app.session.laptop is not None
    assert app.window.status.staying.isVisibleTo(app.window) and str(MOST_MINUTES) in app.window.status.staying.text()
    app.window.status.staying.click()
    assert not app.session.stay_open.on and app.window.status.staying.isHidden()


def test_it_stays_open_for_no_other_interview_or_page_and_not_past_the_limit(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    staying(app)
    begin(app, "carer")
    assert not app.session.stay_open.on
    staying(app)
    app.go("standards")
    assert not app.session.stay_open.on
    page = staying(app)
    app.session.stay_open._limit.timeout.emit()
    assert not app.session.stay_open.on and not page.form.stay.isChecked()


def test_locking_ends_it(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    staying(app)
    app.window.lock()
    assert not app.session.stay_open.on
