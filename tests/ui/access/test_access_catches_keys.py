"""The walk with the keyboard finds what is wrong: traps, what is left out, what is out of order."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from tests.ui.access import checks
from tests.ui.access.keys import back_round, go_round, left_out
from tests.ui.access.sight import go_round_in_sight, out_of_sight
from tests.ui.access.support import Shown
from ui.widgets import Button, Check, Toggle


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
    window = shown(first, QTimeEdit(), trap, Button("Last"))
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
    shown(first, blind, first_of_page, Toggle("Only mine"), Check("I understand"), QLineEdit("words"))
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


def test_a_stop_that_is_scrolled_away_is_found(shown: Shown) -> None:
    area, page = QScrollArea(), QWidget()
    layout = QVBoxLayout(page)
    stops = [Button(f"Button {n}") for n in range(20)]
    for stop in stops:
        layout.addWidget(stop)
    area.setWidget(page)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFixedHeight(120)
    shown(area)
    assert go_round_in_sight(stops[0]) == [], "Qt scrolls by itself within one area"
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert out_of_sight(stops[0]).startswith("Button Button 0 shows 0 of")
    stops[0].hide()
    assert out_of_sight(stops[0]) == "Button Button 0 is hidden"
