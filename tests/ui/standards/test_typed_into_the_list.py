"""A sentence typed or dictated where one key rates: it rates nothing, and a line above the list says so."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from reviewapp.visit.statements import Rating
from tests.ui.support import App, Homes, Opener, focus
from ui.pages.agree.page import AgreePage
from ui.pages.case_notes.page import CaseNotesPage
from ui.pages.standards.page import StandardsPage

DELETE = "\x7f"


def type_at(widget: QWidget, text: str, *, start: int = 1_000, every: int = 40) -> None:
    """The keys of a text, each with the time at which it was pressed."""
    focus(widget)
    for place, letter in enumerate(text):
        key = Qt.Key.Key_Delete if letter == DELETE else Qt.Key(ord(letter.upper()))
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
        event.setTimestamp(start + place * every)
        QApplication.sendEvent(widget, event)


def opened(app: App, number: str = "47") -> StandardsPage:
    page = cast(StandardsPage, app.go("standards", {"standard": number}))
    focus(page.list)
    return page


def rating(app: App, number: str = "47") -> object:
    found = app.visit.state.ratings.get(f"{number}/{app.visit.me}")
    return found.value if found else None


def test_a_typed_word_is_taken_back_and_said_where_one_looks_with_a_way_to_redo_it(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    app.visit.record(Rating(standard="47", value="na"))
    type_at(page.list, "man")
    assert rating(app) == "not_met", "each key acts at once"
    type_at(page.list, "y staff", start=1_120)
    assert rating(app) == "na" and page.detail.number == "47"
    assert page.typed.isVisible() and "the rating of standard 47 is unchanged" in page.typed.label.text()
    assert "the rating of standard 47 is unchanged" in app.window.status.message.text()
    assert page.typed.geometry().bottom() <= page.list.geometry().top(), "right above the list"
    assert page.list.hasFocus()
    page.typed.redo.click()
    assert rating(app) == "not_met" and not page.typed.isVisible() and page.list.hasFocus()
    for before in ("na", "met", "na", None):
        app.window.actions_.undo.trigger()
        assert rating(app) == before


def test_words_that_hold_letters_of_commands_rate_nothing_to_their_end(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    for start, sentence in ((1_000, "seen in a plan"), (10_000, "a man"), (20_000, "no"), (30_000, "nobody")):
        type_at(page.list, sentence, start=start)
        assert rating(app) is None, sentence
    assert app.visit.state.ratings.get("47/R2") is None or rating(app) is None
    assert page.typed.isVisible()


def test_who_rates_on_purpose_is_not_disturbed(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    type_at(page.list, "m")
    type_at(page.list, "x", start=1_401)
    assert rating(app) == "met" and not page.typed.isVisible()
    type_at(page.list, "mna", start=5_000)
    assert rating(app) == "na"
    type_at(page.list, "m" + DELETE + "x", start=9_000)
    assert rating(app) is None and not page.typed.isVisible(), "Delete is no letter"


def test_the_line_goes_with_the_next_rating_and_redo_with_any_other_change(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    type_at(page.list, "my")
    assert page.typed.redo.isVisible()
    app.visit.record(Rating(standard="4", value="met"))
    assert not page.typed.isVisible()
    type_at(page.list, "my", start=5_000)
    assert page.typed.isVisible()
    type_at(page.list, "m", start=9_000)
    assert not page.typed.isVisible() and rating(app) == "met"


def test_a_rating_that_was_so_already_is_not_taken_away(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    app.visit.record(Rating(standard="47", value="met"))
    type_at(page.list, "my")
    assert rating(app) == "met"
    assert app.visit.undo_name == "rating of standard 47"


def test_with_the_keys_turned_off_a_letter_is_only_a_letter(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    app.window.actions_.one_key.trigger()
    type_at(page.list, "many")
    assert rating(app) is None and not page.typed.isVisible()


def test_what_is_typed_into_the_list_of_agree_agrees_nothing(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(AgreePage, app.go("agree"))
    page.meeting_button.click()
    focus(page.table)
    before = dict(app.visit.state.agreed)
    number = page.detail.number
    type_at(page.table, "m")
    assert app.visit.state.agreed[number].value == "met"
    type_at(page.table, "any said so", start=1_040)
    assert {k: v.value for k, v in app.visit.state.agreed.items() if v.value is not None} == {
        k: v.value for k, v in before.items() if v.value is not None
    }
    assert page.typed.isVisible() and page.detail.number == number
    page.typed.redo.click()
    assert app.visit.state.agreed[number].value is not None


def test_in_the_grid_of_case_notes_letter_after_letter_is_the_work(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(CaseNotesPage, app.go("case_notes"))
    page.number.setText("901")
    page.add_record.click()
    cells = len(app.visit.state.audit)
    type_at(page.grid, "ynxa", every=10)
    assert len(app.visit.state.audit) == cells + 3
