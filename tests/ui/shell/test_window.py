"""The window: on a screen wherever it was, in any size of text, and gone with the program."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, Homes, Opener
from ui.app.main import main
from ui.pages import PAGES
from ui.pages.start.page import FORMS
from ui.shell.geometry import first_size, restore_geometry
from ui.shell.window import MainWindow


def test_text_grows_to_200_and_is_remembered(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.go("standards")
    for _ in range(8):
        app.window.actions_.larger.trigger()
    assert app.session.settings.number("text", 100) == 200
    assert QApplication.font().pixelSize() == 30
    app.window.resize(1024, 700)
    assert app.window.width() == 1024, "nothing on the page may push the window wider"
    app.window.actions_.normal.trigger()
    assert app.session.settings.number("text", 200) == 100 and QApplication.font().pixelSize() == 15


@pytest.mark.parametrize("place", [(5000, 100), (-5000, -900), (700, 500), (10, -300), (-200, 40)])
def test_all_of_the_window_is_on_a_screen_wherever_it_was(qtbot: QtBot, place: tuple[int, int]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(*place, 700, 500)
    room = window.screen().availableGeometry()
    restore_geometry(window, QByteArray())
    assert room.contains(window.geometry())
    assert window.y() > room.top(), "the title bar can be taken hold of"


def test_the_first_time_the_desktop_chooses_the_place(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 500)
    restore_geometry(window, QByteArray())
    assert not window.testAttribute(Qt.WidgetAttribute.WA_Moved)


def test_the_window_comes_back_to_a_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(90_000, 90_000, 800, 500)
    restore_geometry(window, QByteArray())
    screen = QApplication.primaryScreen().availableGeometry()
    assert screen.intersects(window.frameGeometry())


def test_the_title_says_nothing_of_the_visit(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    assert app.window.windowTitle() == "Reviewapp"
    ini = (app.session.home / "window.ini").read_text(encoding="utf-8")
    assert "Example" not in ini


def test_the_program_opens_on_a_visit_and_ends_with_the_window(qtbot: QtBot, homes: Homes, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(homes.lead, home)
    visit = Laptop.open(home, PASSPHRASE).visits()[0].id
    titles: list[str] = []

    def leave() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())
        if window.session.visit is None:
            QTimer.singleShot(20, leave)
            return
        titles.append(window.header.service.text())
        window.close()

    QTimer.singleShot(0, leave)
    assert main(home=home, visit=visit, passphrase=PASSPHRASE) == 0
    assert titles == ["Example Crisis Resolution and Home Treatment Team"]


class Flashes(QObject):
    """What was shown as a window of its own though it is a part of one."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only look."""
        if event.type() != QEvent.Type.Show or not isinstance(watched, QWidget) or isinstance(watched, MainWindow):
            return False
        if watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_no_part_is_shown_as_a_window_of_its_own(program: Opener, homes: Homes) -> None:
    look, application = Flashes(), QApplication.instance()
    assert application is not None
    application.installEventFilter(look)
    try:
        app = program(homes.lead)
        for row in PAGES:
            app.go(row.name)
        for view in FORMS:
            app.go("start", {"view": view, "visit": app.visit.id})
        app.settle()
    finally:
        application.removeEventFilter(look)
    assert look.seen == []


def test_the_first_window_fits_the_screen() -> None:
    assert first_size(QSize(1366, 728)).height() < 728
    assert first_size(QSize(1920, 1040)) == QSize(1240, 760)
