"""The small parts: no longer than what is in them, and no narrower than their words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.support import use_light_colours
from ui.session.bridge import Bridge
from ui.shell.accessible_roles import install_accessible_roles
from ui.theme import theme
from ui.widgets import Button, Card, Check, DraftText, EmptyState, ErrorLine, Field, FlowLayout, Scroll, Text, Toggle
from ui.widgets.basics import column

LONG = "Many words that wrap when the column is narrow. " * 12


def shown(qtbot: QtBot, widget: QWidget, width: int, height: int) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    widget.setParent(window)
    widget.resize(width, height)
    window.resize(width, height)
    window.show()
    for _ in range(3):
        QApplication.processEvents()
    return window


def test_a_scrolling_page_has_no_empty_stretch_at_its_end(qtbot: QtBot) -> None:
    page = Scroll(margin=0, gap=0)
    words = [Text(LONG) for _ in range(8)]
    page.add(*words, None)
    _window = shown(qtbot, page, 900, 200)
    content = page.widget()
    assert content is not None
    assert content.height() == sum(label.heightForWidth(label.width()) for label in words)
    assert page.verticalScrollBar().maximum() == content.height() - page.viewport().height()


@pytest.mark.parametrize("kind", [Button, Check, Toggle])
def test_what_can_be_pressed_has_a_hand_over_it(qtbot: QtBot, kind: type[Button | Check | Toggle]) -> None:
    button = kind("Press")
    qtbot.addWidget(button)
    here = QPointF(2, 2)
    QApplication.sendEvent(button, QEnterEvent(here, here, here))
    assert button.cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_the_line_below_a_field_is_made_once_there_is_a_mistake(qtbot: QtBot) -> None:
    field = Field("Service", QLineEdit())
    _window = shown(qtbot, field, 400, 200)
    assert not field.error.isVisible() and field.error.layout() is None
    field.set_error("the service is missing")
    assert field.error.isVisible()
    assert field.error.label.text() == "The service is missing"
    assert field.editor.property("bad") is True
    field.set_error()
    assert not field.error.isVisible() and field.editor.property("bad") is False


def test_what_does_not_wrap_is_never_squeezed(qtbot: QtBot) -> None:
    page = Scroll(margin=0, gap=0)
    labels = [QLabel("one line") for _ in range(60)]
    page.add(*labels)
    _window = shown(qtbot, page, 300, 200)
    assert labels[0].height() >= labels[0].sizeHint().height()
    assert page.verticalScrollBar().maximum() > 0


def test_a_text_box_grows_when_it_becomes_narrower(qtbot: QtBot) -> None:
    page = QWidget()
    box = DraftText(Bridge(page), "Notes", rows=1, most=30)
    box.setPlainText(LONG)
    page.setLayout(column(box, None))
    _window = shown(qtbot, page, 900, 700)
    wide = box.height()
    page.resize(400, 700)
    qtbot.waitUntil(lambda: box.height() > wide)


def test_an_empty_page_breaks_its_words_only_where_it_must(qtbot: QtBot) -> None:
    empty = EmptyState("plan", "No actions have been written yet", "Agree on the standards that are not met first.")
    _window = shown(qtbot, empty, 900, 500)
    assert empty.title.height() < 2 * empty.title.fontMetrics().height()
    assert empty.text.height() < 2 * empty.text.fontMetrics().height()


@pytest.mark.parametrize("fills", [False, True])
def test_words_are_as_high_as_they_are_now(qtbot: QtBot, fills: bool) -> None:
    theme().choice, theme().percent = "light", 100
    theme().apply()
    words = Text(LONG, fills=fills)
    _window = shown(qtbot, words, 300, 400)
    before = words.heightForWidth(300)
    assert words.heightForWidth(300) == before == QLabel.heightForWidth(words, 300) > words.heightForWidth(900)
    words.setText(LONG + LONG)
    more = words.heightForWidth(300)
    assert more > before
    words.set_kind("title")
    large = words.heightForWidth(300)
    assert large > more
    theme().set_percent(200)
    QApplication.processEvents()
    assert words.heightForWidth(300) > large
    theme().set_percent(100)
    words.clear()
    assert words.heightForWidth(300) < before


@pytest.mark.parametrize("percent", [100, 125, 200])
def test_a_chip_keeps_its_width_when_it_is_ticked_and_nothing_beside_it_moves(qtbot: QtBot, percent: int) -> None:
    theme().set_percent(percent)
    page, chips = QWidget(), [Toggle(words) for words in ("R2", "Only where sources differ (11)", "L1")]
    flow = FlowLayout(page)
    for chip in chips:
        flow.addWidget(chip)
    _window = shown(qtbot, page, 900, 200)
    before = [chip.geometry() for chip in chips]
    for chip in chips:
        chip.click()
        QApplication.processEvents()
        assert [one.geometry() for one in chips] == before
        assert chip.sizeHint() == chip.size()
    use_light_colours()


def test_hint_and_error_are_no_labels_of_the_part_around_their_input(qtbot: QtBot) -> None:
    install_accessible_roles()
    card, field, alone = Card("The visit"), Field("Service", QLineEdit(), hint="its own name"), ErrorLine()
    card.add(field, alone)
    qtbot.addWidget(card)
    field.set_error("the service is missing")
    alone.set_text("there is no room")
    labels = (field.hint, field.error.label, alone.label)
    roles = [QAccessible.queryAccessibleInterface(label).role() for label in labels]
    # A reader says all labels of the card when it comes into it, and then what describes the input.
    assert roles == [QAccessible.Role.Paragraph, QAccessible.Role.Paragraph, QAccessible.Role.StaticText]
    assert all(QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name) for label in labels)
