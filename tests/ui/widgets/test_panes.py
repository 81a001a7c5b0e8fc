"""Panes side by side: however far the handle between them is dragged, what lies there can be read whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets import Button, Scroll
from ui.widgets.panes import Panes


@pytest.mark.parametrize("to", [0, 5000])
def test_a_handle_is_not_dragged_so_far_that_words_are_cut(qtbot: QtBot, to: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    panes = Panes(Qt.Orientation.Horizontal, window)
    buttons = [Button("Everything that is written here is read"), Button("And this is as well")]
    for button in buttons:
        scroll = Scroll(margin=1)
        scroll.add(button, None)
        panes.addWidget(scroll)
    for widget in (panes, window):
        widget.resize(900, 300)
    window.show()
    QApplication.processEvents()
    handle = panes.handle(1)
    middle = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, handle.mapFromGlobal(panes.mapToGlobal(QPoint(to, 100))))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle)
    QApplication.processEvents()
    assert min(panes.sizes()) < 450, "it was moved"
    for button in buttons:
        assert button.width() >= button.minimumSizeHint().width()
        assert button.visibleRegion().boundingRect() == button.rect()
