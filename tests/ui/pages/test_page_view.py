"""The view of pages: it comes to rest in every size."""

from __future__ import annotations

from io import BytesIO

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.support import use_light_colours
from ui.pages.shared.page_view import PageView

WIDE = 320
ROUNDS = 40
"""Rounds of the event loop after which a view that comes to rest has long done so."""


class Counted(QObject):
    """Counts how often a widget gets another size."""

    def __init__(self) -> None:
        super().__init__()
        self.many = 0

    def eventFilter(self, _of: QObject, event: QEvent) -> bool:
        self.many += event.type() == QEvent.Type.Resize
        return False


def pdf_of(pages: int) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    made = BytesIO()
    canvas = Canvas(made, A4)
    for __ in range(pages):
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.mark.parametrize("pages", [1, 2])
def test_the_pages_come_to_rest_whether_a_scroll_bar_is_needed_or_not(qtbot: QtBot, pages: int) -> None:
    use_light_colours()
    view = PageView("Pages of an example")
    qtbot.addWidget(view)
    counted = Counted()
    view.viewport().installEventFilter(counted)
    view.resize(WIDE, 400)
    view.show()
    view.show_pdf(pdf_of(pages))
    high = view.verticalScrollBar().maximum() + view.viewport().height()
    for height in range(high - 60, high + 60, 3):
        view.resize(WIDE, height)
        counted.many = 0
        for __ in range(ROUNDS):
            QApplication.processEvents()
        assert counted.many <= 4, f"at a height of {height}"
