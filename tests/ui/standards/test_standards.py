"""The Standards page keeps its promises: one key, nothing lost, nobody led by others."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from reviewapp.instruments.model import Score
from reviewapp.visit.statements import Agreed, Example, Rating
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, App, Homes, Opener, focus
from ui.pages.shared.evidence_view import NOT_YET_MINE, NOT_YET_OPEN
from ui.pages.standards.list import ROW
from ui.pages.standards.page import StandardsPage


def rating(app: App, number: str) -> Score | None:
    found = app.visit.state.ratings.get(f"{number}/{app.visit.me}")
    return found.value if found else None


def numbers(page: StandardsPage) -> list[str]:
    return [page.filter.index(i, 0).data(ROW).standard.number for i in range(page.filter.rowCount())]


def test_one_key_rates_and_the_place_in_the_list_stays(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "4"}))
    app.keys(page.list, Qt.Key.Key_N)
    assert rating(app, "4") == "not_met"
    assert page.detail.number == "4"
    app.keys(page.list, Qt.Key.Key_Down, Qt.Key.Key_M)
    assert page.detail.number == "14"
    assert rating(app, "14") == "met"
    app.keys(page.list, Qt.Key.Key_Delete)
    assert rating(app, "14") is None


def test_the_keys_rate_only_in_the_list_and_can_be_turned_off(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "4"}))
    app.keys(page.find_box, "m")
    assert rating(app, "4") is None
    page.find_box.clear()
    assert page.keys_line.isVisible()
    assert page.keys_line.text() == "Keys: M met, N not met, A not applicable"
    app.window.actions_.one_key.trigger()
    assert not page.keys_line.isVisible()
    app.keys(page.list, "m")
    assert rating(app, "4") is None


def test_the_count_of_evidence_is_said_in_words(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    row = page.current()
    assert row is not None
    tip = page.list.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
    assert f"{row.pieces} pieces of evidence" in tip
    assert "; 1 piece of evidence" in replace(row, pieces=1).words(page.model.instrument)


def test_undo_says_what_it_undoes(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    app.keys(page.list, "m")
    undo = app.window.actions_.undo
    assert undo.text() == "&Undo rating of standard 47"
    undo.trigger()
    assert rating(app, "47") is None
    assert page.detail.buttons.value() is None
    assert app.window.actions_.redo.text() == "&Redo rating of standard 47"
    app.window.actions_.redo.trigger()
    assert rating(app, "47") == "met"


def test_what_is_typed_survives_a_crash_and_is_found_again(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    app.keys(page.detail.note, "Seen on the wall")
    app.qtbot.waitUntil(lambda: len(app.visit.drafts()) == 1)
    app.visit._store.close()  # what a crash leaves: no entry, no farewell
    app.session.bridge.detach()
    visit = Laptop.open(app.session.home, PASSPHRASE).open_visit(app.window.session.settings.text("visit", ""))
    assert [cast(Rating, line).note for line in visit.drafts()] == ["Seen on the wall"]
    visit._store.close()
    again = program(app.session.home, copy=False)
    assert again.visit.state.ratings["47/R2"].note == "Seen on the wall"
    assert "recovered" in again.window.recovered_banner.label.text()


def test_leaving_the_note_makes_an_entry_and_keeps_the_words(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    app.keys(page.detail.note, "One")
    focus(page.list)
    assert app.visit.state.ratings["47/R2"].note == "One"
    assert app.window.actions_.undo.text() == "&Undo note on standard 47"
    page.list.setCurrentIndex(page.filter.index(0, 0))
    assert page.detail.note.toPlainText() == ""
    app.go("standards", {"standard": "47"})
    assert page.detail.note.toPlainText() == "One"


def test_words_typed_for_one_standard_never_land_on_another(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    app.keys(page.detail.note, "For 47")
    app.go("standards", {"standard": "4"})
    assert app.visit.state.ratings["47/R2"].note == "For 47"
    assert rating(app, "4") is None


def test_what_arrives_does_not_move_the_caret(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    app.keys(page.detail.note, "abc def")
    focus(page.list)
    cursor = page.detail.note.textCursor()
    cursor.setPosition(3)
    page.detail.note.setTextCursor(cursor)
    app.visit.record(Rating(standard="47", note="abc def ghi"))
    assert page.detail.note.toPlainText() == "abc def ghi"
    assert page.detail.note.textCursor().position() == 3


def others(page: StandardsPage) -> list[str]:
    row = page.current()
    assert row is not None
    return [code for code, _ in row.others]


def test_others_ratings_wait_for_the_meeting_and_for_my_own(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    assert rating(app, "47") is not None
    assert others(page) == [], "the lead too is bound by it"
    assert NOT_YET_OPEN in page.detail.evidence.toPlainText()
    app.visit.record(Rating(standard="47", value=None))
    meeting.open_meeting(app.visit)
    assert others(page) == []
    assert NOT_YET_MINE in page.detail.evidence.toPlainText()
    app.keys(page.list, "m")
    assert others(page) == ["R2", "R3", "R4"]
    assert "R2 (clinician)" in page.detail.evidence.toPlainText()
    assert NOT_YET_MINE not in page.detail.evidence.toPlainText()


def test_filters_find_what_is_still_to_do(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards"))
    assert len(numbers(page)) == 44
    page.unrated.setChecked(True)
    left = numbers(page)
    assert left
    assert all(rating(app, n) is None for n in left)
    app.keys(page.list, "m")
    assert numbers(page) == left, "a row must not vanish under the hand that rated it"
    page.unrated.setChecked(False)
    page.find_box.setText("no such words anywhere")
    assert numbers(page) == []
    assert page.nothing.isVisible()
    page.find_box.setText("47")
    assert "47" in numbers(page)


def test_ctrl_f_goes_to_the_find_box(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards"))
    focus(page.list)
    app.window.actions_.find.trigger()
    assert QApplication.focusWidget() is page.find_box


def test_down_goes_from_the_find_box_to_what_was_found_and_escape_empties_the_box(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.reviewer)
    page = app.go("standards")
    assert isinstance(page, StandardsPage)
    app.keys(page.find_box, "carer", Qt.Key.Key_Down)
    assert page.list.hasFocus()
    app.keys(page.find_box, Qt.Key.Key_Escape)
    assert page.find_box.text() == "" and page.find_box.hasFocus()
    app.keys(page.find_box, Qt.Key.Key_Escape)
    assert page.list.hasFocus()


def test_a_list_in_which_nothing_is_found_rates_nothing(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = app.go("standards")
    assert isinstance(page, StandardsPage)
    app.keys(page.find_box, "no standard says this")
    assert page.filter.rowCount() == 0 and page.detail.number
    app.keys(page.list, Qt.Key.Key_M)
    assert not app.visit.state.ratings


def test_a_link_opens_a_standard_even_when_a_filter_hides_it(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards"))
    page.find_box.setText("zzz")
    app.session.show_page("standards", {"standard": "84"})
    assert page.detail.number == "84"
    assert page.find_box.text() == ""


def test_a_rating_is_given_and_taken_back_with_the_mouse(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    button = next(b for b in page.detail.buttons.findChildren(QPushButton) if b.text() == "Not met")
    app.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert rating(app, "47") == "not_met"
    app.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert rating(app, "47") is None


def test_what_other_teams_do_stands_at_a_standard_that_is_not_met_and_nowhere_else(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.lead)
    meeting.open_meeting(app.visit)
    app.visit.record(
        Agreed(standard="119", value="not_met"),
        Agreed(standard="4", value="met"),
        Example(id="X1", standard="119", text="Read aloud", team="Example team"),
        Example(id="X2", standard="4", text="Said twice"),
    )
    page = cast(StandardsPage, app.go("standards", {"standard": "119"}))
    assert page.detail.examples.text() == "Example team: Read aloud"
    assert page.detail.elsewhere.isVisible()
    page.reveal({"standard": "4"})
    assert not page.detail.elsewhere.isVisible()


def test_in_a_low_window_the_list_has_room_and_the_folded_filters_say_that_they_are_in_use(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.reviewer)
    app.window.resize(1093, 576)
    page = cast(StandardsPage, app.go("standards"))
    QApplication.processEvents()
    assert not page.filter_box.isVisible() and page.filters.isVisible()
    rows = page.list.viewport().height() // page.list.visualRect(page.list.currentIndex()).height()
    assert rows >= 5
    page.filters.click()
    page.unrated.click()
    page.filters.click()
    assert page.filters.text() == "Filters (1)"
    assert page.filters.accessibleName() == "Show the filters, 1 in use"
