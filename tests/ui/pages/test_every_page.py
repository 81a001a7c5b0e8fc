"""What every page promises to everybody: a name for everything, room for every word, nothing too small to hit."""

from __future__ import annotations

import contextlib

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from tests.ui.access.checks import INTERACTIVE
from tests.ui.support import App, Homes, Opener
from ui.pages import PAGES
from ui.theme import theme
from ui.widgets import CardButton, Elided

PARTS_OF = (QComboBox, QAbstractSpinBox, QAbstractItemView, QLineEdit)
LEAST = 24
NAMES = [entry.name for entry in PAGES]


def shown(app: App) -> list[QWidget]:
    """Everything on the page in view that can be seen."""
    return [w for w in app.page.findChildren(QWidget) if w.isVisibleTo(app.window)]


def controls(app: App) -> list[QWidget]:
    return [w for w in shown(app) if isinstance(w, INTERACTIVE) and not isinstance(w.parent(), PARTS_OF)]


def opened(program: Opener, homes: Homes, name: str, percent: int) -> App:
    app = program(homes.lead)
    theme().set_percent(percent)
    app.window.resize(1024, 700)
    app.go(name)
    QApplication.processEvents()
    return app


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_name_and_can_be_hit(program: Opener, homes: Homes, name: str) -> None:
    app = opened(program, homes, name, 100)
    assert app.page.HELP
    assert [type(w).__name__ for w in controls(app) if not w.accessibleName()] == []
    small = [w.accessibleName() for w in controls(app) if w.isEnabled() and min(w.width(), w.height()) < LEAST]
    assert small == []


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("name", NAMES)
def test_every_word_has_room_in_a_small_window(
    program: Opener, homes: Homes, qtbot: QtBot, name: str, percent: int
) -> None:
    app = opened(program, homes, name, percent)
    assert (app.window.width(), app.window.height()) == (1024, 700), "the page pushes the window larger"
    with contextlib.suppress(TimeoutError):  # layouts settle in a few rounds; what does not is named below
        qtbot.waitUntil(lambda: not cut_words(app))
    assert cut_words(app) == []
    edge = app.window.width() + 1
    outside = [w.accessibleName() for w in controls(app) if right_of(app, w) > edge and not scrolls(w)]
    assert outside == []


def cut_words(app: App) -> list[str]:
    return [cut for widget in shown(app) if (cut := cut_off(widget))]


def cut_off(widget: QWidget) -> str:
    """The words of a widget if they have no room."""
    if isinstance(widget, QLabel) and not isinstance(widget, Elided) and widget.text() and widget.pixmap().isNull():
        high = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        narrow = not widget.wordWrap() and widget.width() < widget.sizeHint().width() - 1
        return widget.text() if narrow or widget.height() < high - 1 else ""
    if isinstance(widget, QAbstractButton) and not isinstance(widget, CardButton) and widget.text():
        return widget.text() if widget.width() < widget.sizeHint().width() - 2 else ""
    return ""


def right_of(app: App, widget: QWidget) -> int:
    return widget.mapTo(app.window, QPoint(widget.width(), 0)).x()


def scrolls(widget: QWidget) -> bool:
    """Whether it lies in a table, which may be wider than the window."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QAbstractItemView):
        parent = parent.parentWidget()
    return parent is not None
