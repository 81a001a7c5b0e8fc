"""Nothing opens below the fold unseen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.fit import rest, whole
from tests.ui.support import focus, use_light_colours
from ui.widgets import Button, Card, Check, ErrorLine, IconButton, Scroll, Text, Toggle

LINES = "One line after the other. " * 60


class Opener(QWidget):
    """A page whose button shows a card far below, in a scrolling page that is not high enough."""

    def __init__(self, button: Button | Toggle | Check | IconButton, height: int = 80, between: str = LINES) -> None:
        super().__init__()
        self.page = Scroll(margin=0, gap=2, parent=self)
        self.button, self.card, self.error = button, Card(), ErrorLine()
        self.card.setFixedHeight(height)
        self.card.hide()
        self.page.add(Text(LINES), button, Text(between), self.card, self.error, Text(LINES), None)
        self.page.resize(500, 260)
        self.resize(500, 260)
        button.clicked.connect(self.open_card)

    def open_card(self) -> None:
        """What the page does when its button is pressed."""
        self.card.show()


def opened(qtbot: QtBot, page: Opener) -> Opener:
    """The page with its button in view."""
    use_light_colours()
    qtbot.addWidget(page)
    page.show()
    rest()
    page.page.ensureWidgetVisible(page.button)
    focus(page.button)
    assert whole(page.button)
    return page


@pytest.mark.parametrize("kind", [Button, Toggle, Check])
def test_what_a_button_opens_is_in_view(qtbot: QtBot, kind: type[Button | Toggle | Check]) -> None:
    page = opened(qtbot, Opener(kind("Open")))
    qtbot.keyClick(page.button, Qt.Key.Key_Space)
    rest()
    assert whole(page.card)


def test_with_the_mouse_too_and_from_an_icon(qtbot: QtBot) -> None:
    page = opened(qtbot, Opener(IconButton("plus", "Open")))
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    rest()
    assert whole(page.card)


def test_what_is_higher_than_the_page_is_shown_from_its_top(qtbot: QtBot) -> None:
    page = opened(qtbot, Opener(Button("Open"), height=600))
    qtbot.keyClick(page.button, Qt.Key.Key_Space)
    rest()
    seen = page.card.visibleRegion().boundingRect()
    assert seen.top() == 0 and seen.height() > 200


def test_a_button_just_above_that_has_the_keyboard_stays_in_sight(qtbot: QtBot) -> None:
    page = opened(qtbot, Opener(Button("Open"), height=236, between="Just below it."))
    qtbot.keyClick(page.button, Qt.Key.Key_Space)
    rest()
    assert whole(page.button)
    seen = page.card.visibleRegion().boundingRect()
    assert seen.top() == 0 and seen.height() > 160


def test_an_error_that_a_button_brings_is_in_view(qtbot: QtBot) -> None:
    page = opened(qtbot, Opener(Button("Open")))
    page.button.clicked.disconnect(page.open_card)
    page.button.clicked.connect(lambda: page.error.set_text("That cannot be."))
    qtbot.keyClick(page.button, Qt.Key.Key_Space)
    rest()
    assert whole(page.error)


def test_a_page_stays_where_it_is_when_nothing_appears_or_nobody_pressed(qtbot: QtBot) -> None:
    page = opened(qtbot, Opener(Button("Open")))
    page.button.clicked.disconnect(page.open_card)
    before = page.page.verticalScrollBar().value()
    qtbot.keyClick(page.button, Qt.Key.Key_Space)
    rest()
    page.card.show()
    rest()
    QApplication.processEvents()
    assert page.page.verticalScrollBar().value() == before
