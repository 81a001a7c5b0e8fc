"""Undo leads to the place that it undid, and says where that is."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt

from reviewapp.visit.statements import Context, Interview, Quote
from tests.ui.support import Homes, Opener, focus
from ui.pages.interviews.page import InterviewsPage
from ui.pages.standards.page import StandardsPage


def test_undo_goes_to_the_standard_whose_rating_it_undid(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    app.keys(page.list, "n")
    app.go("standards", {"standard": "1"})
    app.go("overview")
    app.window.actions_.undo.trigger()
    assert app.page is page
    assert page.detail.number == "47"
    assert page.list.visualRect(page.list.currentIndex()).intersects(page.list.viewport().rect())
    assert app.window.status.message.text() == "Undone: rating of standard 47 (Standards)"


def test_redo_goes_there_too(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    app.keys(page.list, "n")
    app.window.actions_.undo.trigger()
    app.go("agree")
    app.window.actions_.redo.trigger()
    assert app.page is page and page.detail.number == "47"
    assert app.window.status.message.text() == "Redone: rating of standard 47 (Standards)"


def test_undo_where_one_is_moves_neither_the_keyboard_nor_the_page(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    app.keys(page.list, "n")
    focus(page.detail.note)
    app.window.actions_.undo.trigger()
    assert app.page is page
    assert page.detail.note.hasFocus()


def test_undo_of_an_interview_goes_to_interviews(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(InterviewsPage, app.go("interviews"))
    app.page.record(Interview(id="P9", group="patient", mode="phone", consent_notes=True, consent_quotes=True))
    app.page.record(Quote(id="Q9", interview="P9", text="They came at once", tone="positive"))
    quote = app.visit.state.quotes["Q9/R2"]
    app.go("interviews", {"quote": quote.key})
    focus(page.quotes.list)
    app.keys(page.quotes.list, Qt.Key.Key_Delete)
    app.go("report")
    app.window.actions_.undo.trigger()
    assert app.page is page
    assert quote.key in app.visit.state.quotes
    assert page.quotes.current() == app.visit.state.quotes[quote.key]


def test_undo_stays_on_the_page_of_the_last_change_of_a_record_that_was_begun_elsewhere(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.lead)
    app.go("overview")
    app.page.record(Context(field="caseload", value=38))
    app.go("report")
    app.page.record(Context(field="caseload", value=39))
    app.window.actions_.undo.trigger()
    assert app.page.TITLE == "Report"


def test_what_was_changed_where_no_record_leads_goes_back_to_its_page(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.go("overview", {"card": "day"})
    app.page.record(Context(field="caseload", value=38))
    app.go("standards")
    app.window.actions_.undo.trigger()
    assert app.page.TITLE == "Overview"
