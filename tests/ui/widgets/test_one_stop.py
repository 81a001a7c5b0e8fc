"""A group of choices is one stop for Tab, and the arrows go through it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QButtonGroup, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets import FlowLayout, Toggle
from ui.widgets.one_stop import OneStop
from ui.widgets.taborder import tab_through

KEY = Qt.Key


class Group:
    """Five choices in two rows between two fields."""

    def __init__(self, qtbot: QtBot, *, exclusive: bool = False) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.before, self.after = QLineEdit(), QLineEdit()
        self.holder = QWidget()
        self.flow = FlowLayout(self.holder)
        self.stop = OneStop(self.holder)
        self.group = QButtonGroup(self.window)
        self.group.setExclusive(exclusive)
        page = QWidget(self.window)
        layout = QVBoxLayout(page)
        for part in (self.before, self.holder, self.after):
            layout.addWidget(part)
        self.chips = [self.add(f"Choice {n}") for n in range(5)]
        page.resize(300, 300)
        self.window.resize(300, 300)
        self.window.show()
        self.window.activateWindow()
        self.settle()
        tab_through(self.before, self.holder, self.after)
        assert self.chips[2].y() == self.chips[0].y() < self.chips[3].y(), "three in the first row"

    def add(self, words: str) -> Toggle:
        chip = Toggle(words)
        chip.setFixedWidth(80)
        self.group.addButton(chip)
        self.flow.addWidget(chip)
        return chip

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            at = QApplication.focusWidget()
            assert at is not None
            QTest.keyClick(at, key)

    def at(self) -> int | str:
        now = QApplication.focusWidget()
        if isinstance(now, Toggle):
            return self.chips.index(now)
        return "before" if now is self.before else "after"


@pytest.fixture(params=[False, True], ids=["several may be chosen", "one may be chosen"])
def group(qtbot: QtBot, request: pytest.FixtureRequest) -> Group:
    return Group(qtbot, exclusive=request.param)


def test_tab_goes_into_a_group_and_out_of_it_with_one_press(group: Group) -> None:
    group.before.setFocus()
    group.press(KEY.Key_Tab)
    assert group.at() == 0
    group.press(KEY.Key_Tab)
    assert group.at() == "after"
    group.press(KEY.Key_Backtab)
    assert group.at() == 0
    group.press(KEY.Key_Right, KEY.Key_Right, KEY.Key_Backtab)
    assert group.at() == "before"


def test_the_arrows_reach_the_next_row_and_choose_nothing(group: Group) -> None:
    group.chips[0].setFocus()
    group.press(KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    assert group.at() == 3, "the first of the second row"
    group.press(KEY.Key_Up)
    assert group.at() == 0
    group.press(KEY.Key_Right, KEY.Key_Down)
    assert group.at() == 4
    group.press(KEY.Key_Down)
    assert group.at() == 4, "there is no third row"
    group.press(KEY.Key_Right)
    assert group.at() == 0, "and round"
    group.press(KEY.Key_End)
    assert group.at() == 4
    group.press(KEY.Key_Home, KEY.Key_Left)
    assert group.at() == 4
    assert not any(chip.isChecked() for chip in group.chips)


def test_tab_comes_to_the_choice_that_is_made(group: Group) -> None:
    group.chips[3].setChecked(True)
    group.before.setFocus()
    group.press(KEY.Key_Tab)
    assert group.at() == 3
    group.press(KEY.Key_Left, KEY.Key_Space)
    assert group.chips[2].isChecked()
    group.press(KEY.Key_Tab)
    assert group.at() == "after"


def test_where_several_are_chosen_tab_comes_back_to_where_one_was(qtbot: QtBot) -> None:
    group = Group(qtbot)
    group.chips[1].setChecked(True)
    group.chips[4].setChecked(True)
    group.chips[2].setFocus()
    group.press(KEY.Key_Tab, KEY.Key_Backtab)
    assert group.at() == 2


def test_a_choice_that_goes_or_cannot_be_made_gives_the_stop_to_another(group: Group) -> None:
    group.chips[0].setEnabled(False)
    group.before.setFocus()
    group.press(KEY.Key_Tab)
    assert group.at() == 1
    group.press(KEY.Key_Left)
    assert group.at() == 4
    group.before.setFocus()
    group.chips[4].hide()
    group.press(KEY.Key_Tab, KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    assert group.at() == 1


def test_a_choice_that_comes_later_is_in_the_group(group: Group) -> None:
    group.chips.append(group.add("Choice 5"))
    group.chips[5].show()
    group.settle()
    group.chips[4].setFocus()
    group.press(KEY.Key_Right)
    assert group.at() == 5
    group.press(KEY.Key_Tab)
    assert group.at() == "after"


def test_alt_and_an_arrow_is_no_key_of_the_group(group: Group) -> None:
    group.chips[1].setFocus()
    QTest.keyClick(group.chips[1], KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert group.at() == 1
