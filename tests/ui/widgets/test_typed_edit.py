"""Days and times that are typed as people write them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.support import focus, press, use_light_colours
from ui.theme import theme
from ui.widgets.typed_edit import CalendarPopup, DayField, TimeEdit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def a_day(qtbot: QtBot) -> DayField:
    """A field for a day in a window of its own."""
    use_light_colours()
    field = DayField("Held on")
    qtbot.addWidget(field)
    field.resize(300, 200)
    field.show()
    focus(field.editor)
    return field


def test_what_was_typed_reads_as_the_day_it_means_once_it_is_left(qtbot: QtBot) -> None:
    field = a_day(qtbot)
    qtbot.keyClicks(field.editor, "29112027")
    assert field.editor.text() == "29112027" and field.day() == "2027-11-29"
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.editor.text() == "29 November 2027" and field.day() == "2027-11-29"
    assert not field.error.isVisible()


def test_what_is_not_understood_stays_and_is_said_in_one_line(qtbot: QtBot) -> None:
    field = a_day(qtbot)
    qtbot.keyClicks(field.editor, "29 Nov")
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.editor.text() == "29 Nov" and field.day() == ""
    said = field.error.label.text()
    assert field.error.isVisible() and "29 Nov" in said and "with its year" in said and "\n" not in said
    qtbot.keyClicks(field.editor, " 2027")
    assert not field.error.isVisible()


def test_an_empty_day_is_asked_for_where_one_is_needed(qtbot: QtBot) -> None:
    field = a_day(qtbot)
    assert field.editor.value() == "" and field.day() == ""
    assert "Write a day" in field.error.label.text()


def test_the_calendar_opens_with_alt_and_down_and_changes_nothing_by_itself(qtbot: QtBot) -> None:
    field = a_day(qtbot)
    field.editor.set_value("2027-11-29")
    press(field.editor, Qt.Key.Key_Down)
    press(field.editor, Qt.Key.Key_Up)
    assert field.day() == "2027-11-29" and not field.findChildren(CalendarPopup)
    press(field.editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field.findChildren(CalendarPopup)[0]
    assert popup.calendar.selectedDate() == QDate(2027, 11, 29) and field.day() == "2027-11-29"
    popup.calendar.activated.emit(QDate(2027, 12, 1))
    assert field.editor.text() == "1 December 2027" and not popup.isVisible()


def test_a_day_and_its_calendar_are_uncut_at_every_text_size(qtbot: QtBot) -> None:
    field = a_day(qtbot)
    for percent in (100, 125, 200):
        theme().set_percent(percent)
        field.editor.set_value("2027-09-29")
        field.resize(theme().px(190), 300)
        QApplication.processEvents()
        edit, button = field.editor, field.editor.open_calendar
        words = edit.fontMetrics().horizontalAdvance(edit.text())
        assert words < button.x() - edit.textMargins().left(), percent
        assert button.width() >= 24 and button.height() >= 24 and edit.rect().contains(button.geometry())
        edit.show_calendar()
        popup = field.findChildren(CalendarPopup)[-1]
        assert popup.size() == popup.sizeHint()
        popup.close()
    use_light_colours()


def test_the_month_and_the_year_of_a_calendar_are_written_in_the_colour_of_text(qtbot: QtBot) -> None:
    field = a_day(qtbot)
    for choice in ("light", "dark"):  # Qt writes them in the colour of a selection, for a heading of that ground
        theme().choose(choice)
        field.editor.show_calendar()
        popup = field.findChildren(CalendarPopup)[-1]
        for name in ("qt_calendar_monthbutton", "qt_calendar_yearbutton"):
            button = popup.calendar.findChild(QToolButton, name)
            assert button is not None
            assert button.palette().buttonText().color() == theme().colour("text"), (name, choice)
        popup.close()
    use_light_colours()


def test_a_read_only_day_opens_no_calendar(qtbot: QtBot) -> None:
    field = a_day(qtbot)
    field.editor.setReadOnly(True)
    field.editor.show_calendar()
    assert not field.findChildren(CalendarPopup)


def test_a_time_is_shown_as_the_program_writes_it(qtbot: QtBot) -> None:
    use_light_colours()
    edit, said = TimeEdit("At"), list[str]()
    qtbot.addWidget(edit)
    edit.misread.connect(said.append)
    edit.show()
    focus(edit)
    qtbot.keyClicks(edit, "2.30pm")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == edit.value() == "14:30"
    edit.selectAll()
    qtbot.keyClicks(edit, "soon")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "soon" and edit.value() is None and "soon" in said[-1]
