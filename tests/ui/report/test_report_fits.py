"""Report on a small screen: the parts are reached, the pages have room and can be made larger."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.ui.fit import SCREENS, rest, use_screen, whole
from tests.ui.report.support import open_page, wait_for_pages
from tests.ui.support import App, Homes, Opener
from ui.pages.shared.page_view import ZOOMS, PageView


@pytest.mark.parametrize("percent", SCREENS)
def test_the_pages_have_room_and_the_parts_are_in_view(program: Opener, homes: Homes, percent: int) -> None:
    app = program(homes.lead)
    page = open_page(app)
    use_screen(app, percent)
    assert not page.body.verticalScrollBar().isVisible(), "nothing of the page is below the fold"
    for part in (page.saving.save_first, page.saving.save_as, page.outline, page.pages.view, page.pages.zoom):
        assert whole(part), part
    rows = page.outline.viewport().height() // page.outline.visualRect(page.outline.told.index(0)).height()
    assert rows >= 4 and page.pages.view.height() >= 260 and page.pages.view.width() >= 300
    assert page.pages.width() >= page.writing.width(), "the pages are not narrower than the writing"


def test_on_a_small_screen_parts_and_findings_take_turns(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    use_screen(app, 125)
    assert page.outline.isVisible() and not page.open.isVisible()
    assert f"({page.open.waiting})" in page.left.findings.text()
    app.keys(page.left.findings, Qt.Key.Key_Space)
    assert page.open.listed.isVisible() and not page.outline.isVisible()
    app.session.show_page("report", {"passage": "summary"})
    assert page.outline.isVisible(), "who is led to a part sees it in its list"
    use_screen(app, 100)
    assert page.outline.isVisible() and page.open.isVisible()


def fits(view: PageView) -> bool:
    """Whether the pages are as wide as the view."""
    return view.fits


def turn_wheel(app: App, view: PageView, step: int) -> None:
    """One notch of the wheel over the pages, with Ctrl."""
    middle = view.viewport().rect().center()
    event = QWheelEvent(
        QPointF(middle), QPointF(view.viewport().mapToGlobal(middle)), QPoint(), QPoint(0, 120 * step),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)
    app.qtbot.waitUntil(lambda: view.complete)


def test_the_pages_are_made_larger_with_wheel_buttons_and_keys(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    view, zoom = page.pages.view, page.pages.zoom
    fitted = view.percent
    assert fits(view) and zoom.words.text() == f"{fitted}%" and not view.horizontalScrollBar().maximum()
    turn_wheel(app, view, 1)
    assert view.percent == next(one for one in ZOOMS if one > fitted) and not fits(view)
    zoom.larger.click()
    app.keys(view, Qt.Key.Key_Plus)
    assert view.percent > 100 and zoom.words.text() == f"{view.percent}%"
    assert view.horizontalScrollBar().maximum() > 0, "what is wider than the view is scrolled to"
    turn_wheel(app, view, -1)
    zoom.fit.click()
    rest()
    assert fits(view) and not view.horizontalScrollBar().maximum()
    for _ in range(len(ZOOMS) + 2):
        app.keys(view, Qt.Key.Key_Minus)
    assert view.percent == ZOOMS[0], "never smaller than can be read"
    app.keys(view, "w")
    assert fits(view)


def test_another_size_stays_at_the_same_place_of_the_page(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.pages.whole.click()
    wait_for_pages(app, page)
    view = page.pages.view
    view.go_to_page(3)
    before = view.page
    for step in (1, 1, 1, -1):
        view.zoom(step)
    assert view.pages > 4 and abs(view.page - before) <= 1
