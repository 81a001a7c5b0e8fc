"""The checks find what is wrong: each fault planted once, beside the same thing done rightly."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListView, QPushButton, QWidget

from tests.ui.access import checks
from tests.ui.access.support import Shown
from tests.ui.access.tree import calm, lines
from ui.widgets import Button, Text


class Painted(QWidget):
    """Paints words, which Qt knows nothing of."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawText(self.rect(), "painted words")


def test_a_button_without_a_name_is_found(shown: Shown) -> None:
    window = shown(QPushButton(), Button("Named"))
    assert checks.nameless(window) == ["QPushButton (no name) has no name"]


def test_something_to_use_that_has_no_role_is_found(shown: Shown) -> None:
    plain = QWidget()
    plain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    plain.setAccessibleName("Press me")
    plain.setMinimumHeight(30)
    assert checks.nameless(shown(plain)) == ["QWidget Press me has no role"]


def test_an_input_that_its_label_calls_otherwise_is_found(shown: Shown) -> None:
    note, reason = QLineEdit(), QLineEdit()
    for edit, name, words in ((note, "Note of the committee", "Note (printed)"), (reason, "Reason", "Reason")):
        edit.setAccessibleName(name)
        label = Text(words)
        label.setBuddy(edit)
        label.setParent(edit.window())
        edit.setProperty("label", label)
    window = shown(note, reason, *(edit.property("label") for edit in (note, reason)))
    assert checks.named_twice(window) == ["QLineEdit Note of the committee has the label Note (printed)"]


def test_a_row_that_says_nothing_is_found(shown: Shown) -> None:
    view = QListView()
    view.setAccessibleName("Rows")
    view.setModel(QStringListModel(["one", ""], view))
    assert checks.nameless(shown(view)) == ["QListView Rows: row 1 says nothing"]


def test_painted_words_without_a_role_are_found(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Painted, "__module__", "ui.somewhere")
    painted = Painted()
    painted.setMinimumHeight(30)
    assert checks.nameless(shown(painted)) == ["Painted (no name) paints words but has no role"]


def test_a_target_of_20_pixels_is_found(shown: Shown) -> None:
    small = Button("Small")
    small.setFixedHeight(20)
    small.setStyleSheet("min-height: 0px; padding: 0px;")
    assert [line.split(":")[0] for line in checks.too_small(shown(small, Button("Right")))] == ["Button Small"]


def test_rows_of_20_pixels_are_found(shown: Shown) -> None:
    view = QListView()
    view.setAccessibleName("Rows")
    view.setModel(QStringListModel(["one"], view))
    view.setUniformItemSizes(True)
    view.setStyleSheet("QListView::item { height: 20px; }")
    assert checks.too_small(shown(view)) == ["QListView Rows: a row is 20 high"]


def test_words_without_room_are_found(shown: Shown) -> None:
    label, button, edit = Text("A label that is cut off", wrap=False), Button("A button that is cut off"), QLineEdit()
    high = Text("Words that need two lines or three of them, and have one only, which is not enough for them all")
    edit.setPlaceholderText("What is to be typed here")
    for widget in (label, button, edit):
        widget.setFixedWidth(90)
    high.setFixedHeight(18)
    window = shown(label, button, edit, high, Text("Room enough"), width=300)
    assert checks.cut_off(window) == [label.text(), button.text(), edit.placeholderText(), high.text()]


def test_what_lies_outside_the_window_is_found(shown: Shown) -> None:
    far = Button("Far")
    window = shown(far)
    assert checks.outside(window) == []
    far.setGeometry(380, 10, 60, 30)
    assert checks.outside(window) == ["Button Far ends 40 px outside"]


def test_what_is_spoken_is_written_with_role_name_state_and_value(shown: Shown) -> None:
    edit = QLineEdit("Thirty")
    edit.setAccessibleName("How many")
    box = QCheckBox("Sure")
    box.setChecked(True)
    off = Button("Go")
    off.setEnabled(False)
    assert lines(shown(edit, box, off)) == (
        'EditableText "How many" [focusable] = Thirty\n'
        'CheckBox "Sure" [checkable, checked, focusable]\n'
        'Button "Go" [disabled, focusable]\n'
    )


def test_days_and_times_are_written_as_such() -> None:
    assert calm("All work saved 12 s ago, 12 May 2026 at 09:30") == "All work saved <ago>, <date> at <time>"
    assert calm("12 May 2026, tomorrow") == calm("17 May 2026, in 3 days") == "<date>, <ago>"
    assert calm("First seen 7 Nov 23:59") == calm("First seen 00:01") == "First seen <time>"
    assert calm("Saturday, today") == "<weekday>"
    assert calm("R2's laptop 0f3ab1") == "R2's laptop <laptop>"
