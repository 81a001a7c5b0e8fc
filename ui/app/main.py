"""Entry point of the desktop program: `reviewapp` without a command calls `main`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from reviewapp.base.errors import ReviewError
from reviewapp.base.files import trouble_of_place
from reviewapp.base.i18n import CODE, LONG, SOURCE
from reviewapp.base.paths import default_home, is_set_up
from reviewapp.base.private_files import make_folder
from ui.app.startup import Startup
from ui.session.handover import Handover, taken
from ui.session.session import Session
from ui.shell.window import MainWindow
from ui.theme import make_application, theme

if TYPE_CHECKING:
    from reviewapp.workspace.laptop import Laptop

UNSEEN = ("offscreen", "minimal")
"""Qt's platforms whose windows nobody sees: a dialog there would wait for an answer for ever."""


def main(
    home: Path | None = None, visit: str | None = None, passphrase: str | None = None, file: Path | None = None
) -> int:
    """Open the window and run until it is closed; returns the exit code.

    With `passphrase` the home is unlocked at once (it must exist), and with `visit` that visit is opened after
    unlocking. A `file` leads to the page that imports it. Raises the errors of `Laptop.open`, and a ReviewError, which
    was also shown in a window where there is a screen, when the folder cannot be used.
    """
    folder = home or default_home()
    _prepare(folder)
    laptop = _unlocked(folder, passphrase) if passphrase is not None else None
    handover = taken()
    window = show_window(folder, handover)
    window.restart = partial(_start_anew, window)
    warm_up(window)
    from ui.app.crash_dialog import install_hook

    before = sys.excepthook
    install_hook(window)
    if file is not None:
        from ui.app.opened_file import place_for

        window.restore_after_unlock(place_for(file, folder))
    elif visit is not None:
        window.restore_after_unlock({"visit": visit, "page": "overview"})
    if laptop is not None:
        window.session.adopt(laptop)
    try:
        return QApplication.exec() if window.isVisible() else 0
    finally:
        sys.excepthook = before


def _start_anew(window: MainWindow, handover: Handover) -> None:
    """Start the program anew on the folder that is in use by then."""
    from ui.app.restart import start_anew

    start_anew(window.session.home, handover)


def _prepare(folder: Path) -> None:
    """Make the folder of the installation where it is not there yet, and see that it can be looked into."""
    try:
        make_folder(folder)
        is_set_up(folder)
        next(folder.iterdir(), None)
    except OSError as error:
        trouble = trouble_of_place(error)
        if trouble is None:
            raise
        _application_in_use()
        if QGuiApplication.platformName() not in UNSEEN:
            _show(trouble)
        raise trouble from error


def _show(trouble: ReviewError) -> None:
    from ui.app.crash_dialog import TroubleDialog

    theme().apply()
    TroubleDialog(None, trouble).exec()


def show_window(folder: Path, handover: Handover | None = None) -> MainWindow:
    """Create and show the window with only the unlock screen, loading nothing that screen does not need.

    `handover`: from the process before, which locked; its window stood as this one does.
    """
    application = _application_in_use()
    application.setApplicationName("Reviewapp")
    application.setDesktopFileName("reviewapp")
    session = Session(folder, application)
    look = theme()
    look.choice = session.settings.text("theme", "system")
    look.percent = session.settings.number("text", 100)
    look.apply()
    window = MainWindow(session, furnished=False)
    if handover is not None:
        window.lock_state.take_over(handover)
    window.show()
    application.processEvents()
    return window


def _application_in_use() -> QApplication:
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else _application()


def _application() -> QApplication:
    made = make_application()
    if CODE not in (SOURCE, LONG):
        from ui.app.qt_translations import install_qt_translations

        install_qt_translations(made)
    return made


def warm_up(window: MainWindow) -> Startup:
    """Start loading the rest of the window and the pages in short steps, between which the person can type."""
    return Startup(window, window)


def _unlocked(folder: Path, passphrase: str) -> Laptop:
    from reviewapp.workspace.laptop import Laptop

    return Laptop.open(folder, passphrase)


if __name__ == "__main__":
    sys.exit(main())
