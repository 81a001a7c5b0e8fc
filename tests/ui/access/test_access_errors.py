"""An error beside a field is said once, when it appears and when one comes to the field; its hint is said otherwise."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

import ui.widgets.announce
from tests.ui.access.support import Reader, Shown
from tests.ui.support import App, Homes, Opener, focus
from ui.widgets import Button, DescribingText, ErrorLine, Field
from ui.widgets.typed_edit import TimeEdit
from ui.widgets.usable import WAIT, usable

WRONG = "That is not this laptop's passphrase."


def _told(qtbot: QtBot, reader: Reader) -> list[str]:
    """What is announced when the turn has ended."""
    QApplication.processEvents()
    QApplication.processEvents()
    assert reader.others == []
    return reader.polite + reader.urgent


def _unlock_wrongly(app: App) -> None:
    app.window.unlock_screen.unlock.passphrase.setText("wrong")
    app.window.unlock_screen.unlock.button.click()
    app.settle()


def test_a_wrong_passphrase_is_spoken_once(program: Opener, homes: Homes, reader: Reader) -> None:
    app = program(homes.lead, visit=False)
    app.window.lock()
    unlock = app.window.unlock_screen.unlock
    for where in (unlock.passphrase, unlock.button):
        focus(where)
        reader.polite.clear()
        _unlock_wrongly(app)
        assert unlock.passphrase.hasFocus()
        assert unlock.passphrase.accessibleDescription().startswith(WRONG)
        told = _told(app.qtbot, reader)
        # Orca says the description of what has the focus, old or new, by itself.
        assert [line for line in told if line.startswith(WRONG)] == [], "or it would be said twice"
        unlock.field.set_error()


def test_a_wrong_passphrase_is_announced_where_readers_say_no_new_description(
    program: Opener, homes: Homes, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ui.widgets.announce, "ORCA", False)
    app = program(homes.lead, visit=False)
    app.window.lock()
    focus(app.window.unlock_screen.unlock.passphrase)
    _unlock_wrongly(app)
    assert [line[: len(WRONG)] for line in _told(app.qtbot, reader)] == [WRONG]


def test_an_error_of_a_field_without_the_focus_is_announced_once(qtbot: QtBot, shown: Shown, reader: Reader) -> None:
    field, button = Field("Date", QLineEdit(), hint="the first day"), QPushButton("Go on")
    shown(field, button)
    focus(button)
    field.set_error("write a date")
    assert reader.urgent == [], "nothing is said before it is known where the focus goes"
    assert _told(qtbot, reader) == ["Write a date"]
    assert field.editor.accessibleDescription() == "Write a date"
    field.set_error("write a date")
    assert _told(qtbot, reader) == ["Write a date"], "it stands there still"
    field.set_error()
    assert field.editor.accessibleDescription() == "the first day"
    field.set_error("write a date")
    assert _told(qtbot, reader) == ["Write a date"] * 2


def test_a_line_without_a_field_gives_its_input_the_error_as_its_description(
    qtbot: QtBot, shown: Shown, reader: Reader
) -> None:
    time = TimeEdit("Begins")
    shown(time, time.error)
    focus(time)
    qtbot.keyClicks(time, "soon")
    qtbot.keyClick(time, Qt.Key.Key_Return)
    assert "is not understood as a time" in time.accessibleDescription()
    assert _told(qtbot, reader) == [], "Orca says the new description of what has the focus, and once is enough"
    qtbot.keyClick(time, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(time, "930")
    qtbot.keyClick(time, Qt.Key.Key_Return)
    assert time.accessibleDescription() == ""


def test_several_errors_are_one_announcement(qtbot: QtBot, shown: Shown, reader: Reader) -> None:
    one, two, line, button = Field("A", QLineEdit()), Field("B", QComboBox()), ErrorLine(), QPushButton("Go on")
    shown(one, two, line, button)
    focus(button)
    one.set_error("A is missing.")
    two.set_error("B is missing.")
    line.set_text("Nothing was made.")
    assert _told(qtbot, reader) == ["A is missing. B is missing. Nothing was made."]


def test_only_the_error_of_the_field_one_is_led_to_is_said(qtbot: QtBot, shown: Shown, reader: Reader) -> None:
    one, two, button = Field("A", QLineEdit()), Field("B", QLineEdit()), QPushButton("Go on")
    shown(one, two, button)
    focus(button)
    one.set_error("A is missing.")
    two.set_error("B is missing.")
    focus(one.editor)
    assert _told(qtbot, reader) == []
    assert two.editor.accessibleDescription() == "B is missing."


def test_the_hint_is_not_said_amid_the_typing(qtbot: QtBot, shown: Shown) -> None:
    field, button = Field("Date", QLineEdit(), hint="the first day"), QPushButton("Go on")
    shown(field, button)
    focus(field.editor)
    field.set_error("write a date")
    qtbot.keyClicks(field.editor, "1")
    assert field.editor.accessibleDescription() == ""
    assert field.hint.isVisible()
    focus(button)
    assert field.editor.accessibleDescription() == "the first day"
    field.set_hint("the last day")
    assert field.editor.accessibleDescription() == "the last day"


def test_what_is_not_in_view_is_not_said(qtbot: QtBot, shown: Shown, reader: Reader) -> None:
    line = ErrorLine()
    window = shown(line)
    window.hide()
    line.set_text("The file is broken.")
    assert _told(qtbot, reader) == []


def test_words_beside_an_input_are_its_description_and_an_error_stands_there_for_a_while(shown: Shown) -> None:
    edit = QLineEdit()
    beside = DescribingText("in days", of=edit)
    line = ErrorLine(of=edit, alone=True)
    shown(edit, beside, line)
    assert beside.accessibleName() == edit.accessibleDescription() == "in days"
    line.set_text("That is not a number.")
    assert edit.accessibleDescription() == "That is not a number."
    line.set_text()
    assert edit.accessibleDescription() == "in days"
    beside.setText("in weeks")
    assert edit.accessibleDescription() == "in weeks"


def test_a_button_is_called_by_the_words_on_it_unless_it_has_a_name_of_its_own() -> None:
    plain, named = Button("Add these"), Button("Go", name="Go to Agree")
    plain.setText("Add this")
    named.setText("Now")
    assert (plain.accessibleName(), named.accessibleName()) == ("Add this", "Go to Agree")


def test_the_keyboard_comes_back_to_a_button_that_had_to_wait(qtbot: QtBot, shown: Shown) -> None:
    button, other = QPushButton("Add"), QPushButton("Other")
    shown(button, other)
    focus(button)
    usable(button, WAIT)
    assert not other.hasFocus()
    usable(button, "")
    assert button.hasFocus()
    usable(button, WAIT)
    focus(other)
    usable(button, "")
    assert other.hasFocus()
