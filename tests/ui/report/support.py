"""Helpers for the tests of the report page."""

from __future__ import annotations

from typing import cast

import shiboken6
from PySide6.QtCore import Qt

from tests.ui.support import App
from ui.pages.report.page import ReportPage

LONG_MS = 60_000


def open_page(app: App, place: dict[str, str] | None = None) -> ReportPage:
    """The page, proof-read."""
    page = cast(ReportPage, app.go("report", place))
    app.settle()
    return page


def wait_for_pages(app: App, page: ReportPage) -> None:
    app.qtbot.waitUntil(lambda: page.pages.up_to_date and page.pages.view.pages > 0, timeout=LONG_MS)


def pages_seen(page: ReportPage) -> str:
    """The words of the pages beside the writing."""
    document = page.pages.view.held.document
    return "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))


def passage(app: App, place: str) -> str:
    found = app.visit.state.passages.get(place)
    return found.text if found else ""


def press_save(app: App, page: ReportPage, kind: str) -> None:
    """Press what saves the report in this format: the button, or its line in the menu beside it."""
    if kind in page.saving.others:
        page.saving.others[kind].trigger()
    else:
        app.qtbot.mouseClick(page.saving.save_first, Qt.MouseButton.LeftButton)


def save_anyway(app: App, page: ReportPage) -> None:
    """Answer what is asked while findings marked Stop are open in the sample, if it was asked."""
    app.settle()
    dialog = page.saving.guard.dialog
    if dialog is not None and shiboken6.isValid(dialog) and dialog.isVisible():
        app.qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        app.settle()
