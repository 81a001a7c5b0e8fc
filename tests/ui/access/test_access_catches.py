"""The looking finds what is wrong: each fault planted once, beside the same thing done rightly."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.access import checks
from tests.ui.access.keys import back_round, go_round, left_out
from tests.ui.access.measure import changed_pixels, contrast_in, drawing, picture_of, ratio, scaled
from tests.ui.access.tree import calm, lines
from ui.theme import theme
from ui.theme.icons import put_icon
from ui.widgets import Banner, Button, Check, IconButton, Pill, Text, Toggle
from ui.widgets.boxes import NumberBox, TimeBox

Shown = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    """Widgets one below the other in a window of their own, in the light theme."""
    theme().percent = 100
    theme().choose("light")
    kept: list[QWidget] = []

    def show(*parts: QWidget | QLayout, width: int = 400) -> QWidget:
        window = QWidget()
        kept.append(window)
        qtbot.addWidget(window)
        # Within the window and not its layout: without a screen Qt warns of a window whose size depends on its parts.
        page = QWidget(window)
        page.setObjectName("page")
        layout = QVBoxLayout(page)
        for part in parts:
            if isinstance(part, QWidget):
                layout.addWidget(part)
            else:
                layout.addLayout(part)
        layout.addStretch(1)
        page.resize(width, 300)
        window.resize(width, 300)
        window.show()
        window.activateWindow()
        for _ in range(3):
            QApplication.processEvents()
        return window

    yield show


def tinted(label: QLabel, colour: str) -> QLabel:
    """Words in a colour of their own, as no widget of the program does it."""
    label.setStyleSheet(f"color: {colour};")
    return label


# Names and roles ---------------------------------------------------------------------------------------------


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


# Keyboard ----------------------------------------------------------------------------------------------------


class Trap(QPushButton):
    """Tab stays."""

    def focusNextPrevChild(self, next: bool) -> bool:
        return True


class Blind(QPushButton):
    """Looks the same with and without the keyboard."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawText(self.rect(), "Blind")


def test_a_trap_is_found_and_a_date_gone_through_by_parts_is_none(shown: Shown) -> None:
    first, trap = Button("First"), Trap("Trap")
    window = shown(first, TimeBox("At"), trap, Button("Last"))
    assert go_round(first).traps == ["Trap (no name) keeps the keyboard"]
    trap.hide()
    assert go_round(first).traps == []
    assert window.isVisible()


def test_a_text_box_that_keeps_tab_for_itself_is_a_trap(shown: Shown) -> None:
    first, box = Button("First"), QPlainTextEdit()
    shown(first, box)
    assert len(go_round(first).traps) == 1
    box.setTabChangesFocus(True)
    assert go_round(first).traps == []


def test_what_tab_never_reaches_is_found(shown: Shown) -> None:
    first, second, third = Button("First"), Button("Second"), Button("Third")
    shown(first, second, third)
    stops = go_round(first).stops
    assert left_out(first, stops) == [] == back_round(first, stops)
    assert left_out(first, [first, third]) == ["Button Second"]
    assert back_round(first, [first, third, second]) == ["Shift+Tab goes to Button Third, not back to Button Second"]


def test_a_keyboard_that_cannot_be_seen_is_found(shown: Shown) -> None:
    first, blind = Button("First"), Blind("Blind")
    first_of_page = Button("Do it", kind="primary")
    shown(first, blind, first_of_page, Toggle("Only mine"), Check("I know"), QLineEdit("words"))
    unseen = go_round(first).unseen
    assert len(unseen) == 1
    assert unseen[0].startswith("Blind")


def test_tab_against_the_way_one_reads_is_found(shown: Shown) -> None:
    one, two, three = Button("One"), Button("Two"), Button("Three")
    beside = QHBoxLayout()
    beside.addWidget(one)
    beside.addWidget(two)
    window = shown(beside, three)
    assert checks.out_of_order(go_round(one).stops) == []
    QWidget.setTabOrder(two, one)
    QWidget.setTabOrder(one, three)
    assert checks.out_of_order(go_round(two).stops) == ["Button Two is followed by Button One, which is before it"]
    assert checks.out_of_order([three, one]) == ["Button Three is followed by Button One, which is above it"]
    assert window.isVisible()


def test_going_to_and_fro_between_the_halves_of_a_page_is_found(shown: Shown) -> None:
    splitter, halves = QSplitter(), (QWidget(), QWidget())
    buttons = []
    for half in halves:
        layout = QVBoxLayout(half)
        buttons.append([Button("Upper"), Button("Lower")])
        for button in buttons[-1]:
            layout.addWidget(button)
        splitter.addWidget(half)
    shown(splitter)
    (a, b), (c, d) = buttons
    assert checks.out_of_order([a, b, c, d]) == []
    assert [line[:30] for line in checks.out_of_order([a, c, b, d])] == ["Tab leaves a part of the page "]


# Contrast ----------------------------------------------------------------------------------------------------


def test_black_on_white_measures_21_and_the_pairs_of_the_theme_what_they_are(shown: Shown) -> None:
    assert ratio(0x000000, 0xFFFFFF) == pytest.approx(21)
    label = tinted(QLabel("measured"), "#767676")
    label.setAutoFillBackground(True)
    window = shown(label)
    window.setStyleSheet("QWidget#page { background: #ffffff; }")
    QApplication.processEvents()
    (words,) = drawing(label).words
    box = words.box.translated(label.pos())
    assert contrast_in(picture_of(window), scaled(box)) == pytest.approx(4.54, abs=0.05)


def test_pale_words_are_found(shown: Shown) -> None:
    window = shown(tinted(Text("Too pale"), "#9aa5ab"), Text("Dark enough", "muted"))
    found = checks.faint_words(window, picture_of(window))
    assert [line[:10] for line in found] == ["'Too pale'"]


def test_a_pale_hint_in_an_empty_input_is_found(shown: Shown) -> None:
    pale, right = QLineEdit(), QLineEdit()
    for edit in (pale, right):
        edit.setPlaceholderText("Type here")
    pale.setStyleSheet("QLineEdit { placeholder-text-color: #aab4b9; }")
    window = shown(pale, right)
    assert len(checks.faint_words(window, picture_of(window))) == 1


def test_an_input_whose_edge_cannot_be_seen_is_found(shown: Shown) -> None:
    faint, right = QLineEdit(), QLineEdit()
    faint.setAccessibleName("Faint")
    faint.setStyleSheet("border: 1px solid #d9e0e3;")
    window = shown(faint, right, NumberBox("Number", 0, 9), Check("Tick"))
    found = checks.faint_controls(window, picture_of(window))
    assert [line.split(":")[0] for line in found] == ["QLineEdit Faint"]


def test_a_button_whose_only_picture_is_pale_is_found(shown: Shown) -> None:
    pale = IconButton("cross", "Close")
    put_icon(pale, "cross", "line")
    window = shown(pale, IconButton("cross", "Shut"))
    found = checks.faint_controls(window, picture_of(window))
    assert [line.split(":")[0] for line in found] == ["IconButton Close"]


# Size, room --------------------------------------------------------------------------------------------------


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


# Colour ------------------------------------------------------------------------------------------------------


def test_a_state_told_by_colour_alone_is_found(shown: Shown) -> None:
    alone = tinted(Text("47 and 84"), theme().palette.not_met)
    banner = Banner("Told with a sign", "warn", "alert")
    window = shown(alone, Pill("Not met", "not_met"), banner, Text("Plain"))
    assert checks.colour_alone(window) == ["'47 and 84' only in the colour of not_met"]


def _grey(widget: QWidget) -> list[bool]:
    """Each pixel of a widget, whether it is nearer to ink than to ground: what is left of it without colours."""
    image = widget.grab().toImage()
    ground = image.pixel(image.width() // 2, 2)
    return [ratio(ground, image.pixel(x, y)) > 2 for y in range(image.height()) for x in range(image.width())]


def test_on_and_off_differ_without_their_colours(shown: Shown) -> None:
    off, on = Toggle("Only mine"), Toggle("Only mine", on=True)
    no, yes = Check("I know"), Check("I know", on=True)
    shown(off, on, no, yes)
    for one, other in ((off, on), (no, yes)):
        other.resize(one.size())
        assert _grey(one) != _grey(other)


def test_states_with_the_same_words_differ_without_their_colours(shown: Shown) -> None:
    pills = [Pill("Standard 47", tone) for tone in ("met", "not_met", "na", "warn", "info")]
    shown(*pills)
    seen = [tuple(_grey(pill)) for pill in pills]
    assert len(set(seen)) == len(seen)


# What is written down ----------------------------------------------------------------------------------------


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


def test_pixels_that_differ_are_counted() -> None:
    before, after = QImage(10, 10, QImage.Format.Format_RGB32), QImage(10, 10, QImage.Format.Format_RGB32)
    before.fill(QColor(255, 255, 255))
    after.fill(QColor(0, 0, 0))
    assert changed_pixels(before, before) == 0
    assert changed_pixels(before, after) == 100
