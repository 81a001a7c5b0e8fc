"""Whatever has the focus, and however it came by it, is in sight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QListView, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.access.sight import out_of_sight, settle
from tests.ui.support import Homes, Opener, focus
from ui.pages import PAGES
from ui.pages.interviews.page import InterviewsPage
from ui.pages.report.page import ReportPage
from ui.pages.standards.page import StandardsPage
from ui.shell.focus_sight import FocusSight
from ui.theme import theme
from ui.widgets import Button, Field, Scroll
from ui.widgets.taborder import widget_with_focus


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Scroll]:
    """A page that scrolls, in a window lower than what is on it."""
    window = QWidget()
    qtbot.addWidget(window)
    FocusSight(window)
    area = Scroll(parent=window)
    area.resize(400, 300)
    window.resize(400, 300)
    window.show()
    window.activateWindow()
    yield area


def test_a_field_that_is_given_the_focus_is_in_sight_with_its_label(page: Scroll) -> None:
    fields = [Field(f"Field {n}", QLineEdit(), hint="a hint") for n in range(20)]
    page.add(*fields)
    settle()
    for place in (19, 0, 10):
        fields[place].editor.setFocus()
        settle()
        assert out_of_sight(fields[place].editor) == "" == out_of_sight(fields[place].label)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_dialog_for_files_is_left_alone(page: Scroll) -> None:
    found: list[QWidget | None] = []

    def look() -> None:
        settle()
        found.append(widget_with_focus())
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QFileDialog):
                window.reject()

    QTimer.singleShot(0, look)
    QFileDialog.getSaveFileName(page, "Save", "", options=QFileDialog.Option.DontUseNativeDialog)
    assert found == [None]


def test_the_caret_is_in_sight_in_a_text_that_is_higher_than_its_room(page: Scroll) -> None:
    text = QPlainTextEdit("\n".join(f"Line {n}" for n in range(60)))
    text.setFixedHeight(1500)
    page.add(Button("Before"), text)
    text.setFocus()
    settle()
    for _ in range(40):
        QTest.keyClick(text, Qt.Key.Key_Down)
    settle()
    assert out_of_sight(text) == ""
    assert page.verticalScrollBar().value() > 0


def test_the_current_row_is_in_sight_in_a_list_that_is_higher_than_its_room(page: Scroll) -> None:
    rows = QListView()
    rows.setModel(QStringListModel([f"Row {n}" for n in range(60)], rows))
    rows.setFixedHeight(1500)
    page.add(Button("Before"), rows)
    rows.setFocus()
    settle()
    for _ in range(40):
        QTest.keyClick(rows, Qt.Key.Key_Down)
        settle()
        assert out_of_sight(rows) == ""
    assert page.verticalScrollBar().value() > 0


def test_what_is_clicked_stays_where_it_is(page: Scroll) -> None:
    buttons = [Button(f"Button {n}") for n in range(20)]
    page.add(*buttons)
    settle()
    page.verticalScrollBar().setValue(13)
    settle()
    QTest.mousePress(buttons[0], Qt.MouseButton.LeftButton, pos=buttons[0].rect().bottomRight())
    before = page.verticalScrollBar().value()
    QTest.mouseRelease(buttons[0], Qt.MouseButton.LeftButton, pos=buttons[0].rect().bottomRight())
    assert before == 13


@pytest.mark.parametrize("name", ["standards", "interviews"])
def test_text_made_larger_while_one_writes_leaves_what_is_written_in_sight(
    program: Opener, homes: Homes, name: str
) -> None:
    app = program(homes.lead)
    page = app.go(name, {"standard": "47"} if name == "standards" else {"interview": "M1/L1"})
    assert isinstance(page, StandardsPage | InterviewsPage)
    note = page.detail.note if isinstance(page, StandardsPage) else next(iter(page.form.boxes.values())).editor
    focus(note)
    theme().set_percent(200)
    settle()
    assert note.hasFocus() and out_of_sight(note) == ""
    app.window.go_back()
    settle()
    assert out_of_sight(page.list if isinstance(page, StandardsPage) else page.side.list) == ""


def test_a_page_without_a_first_thing_to_do_begins_at_its_top(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.window.resize(1366, 768)
    theme().set_percent(200)
    for name in ("standards", "overview"):
        app.go(name)
    settle()
    area = app.page.findChild(Scroll)
    assert area is not None and area.verticalScrollBar().value() == 0


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)])
def test_help_in_large_text_is_read_in_the_place_of_the_page_and_gives_it_back(
    program: Opener, homes: Homes, size: tuple[int, int]
) -> None:
    app = program(homes.lead)
    app.window.resize(*size)
    theme().set_percent(200)
    page = app.go("overview")
    app.window.activateWindow()
    app.window.actions_.help.trigger()
    settle()
    help_ = app.window.help
    assert help_.isVisible() and not page.isVisible()
    assert help_.width() == app.window.width() - app.window.nav.width()
    app.keys(help_, Qt.Key.Key_Escape)
    settle()
    assert page.isVisible() and not help_.isVisible()


def test_what_is_asked_for_the_network_is_in_sight_whole_in_large_text(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.window.resize(1024, 700)
    theme().set_percent(200)
    page = cast(ReportPage, app.go("report", {"passage": "network"}))
    settle()
    panel = page.afterwards.network
    for part in (panel.key, panel.team, panel.cycle, panel.show_it):
        focus(part)
        settle()
        assert out_of_sight(part) == "" and part.visibleRegion().boundingRect().width() == part.width()


@pytest.mark.parametrize(("percent", "width"), [(100, 1366), (125, 1366), (150, 1366), (200, 1366), (125, 1024)])
def test_the_navigation_keeps_its_words_whole(program: Opener, homes: Homes, percent: int, width: int) -> None:
    app = program(homes.lead)
    app.window.resize(width, 768)
    theme().set_percent(percent)
    settle()
    nav = app.window.nav
    assert not nav.delegate.bare
    assert nav.width() == nav.delegate.width_of(entry.nav for entry in PAGES)
    last = nav.list.visualRect(nav.model.index(len(PAGES) - 1, 0))
    assert nav.list.viewport().rect().contains(last), "every page is there without scrolling"
    focus(nav.list)
    assert nav.width() < width // 4
