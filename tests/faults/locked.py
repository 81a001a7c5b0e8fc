"""The desktop program in a process of its own, unlocked, typed into and locked when it is told to.

    python -m tests.faults.locked HOME FOLDER

Reads the passphrase and what is typed from a file in FOLDER, writes `open` there once everything is on the screen, and
locks when there is a file `lock`; then it is the program itself, started anew, that goes on in this process.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.app import main
from ui.pages.standards.page import StandardsPage
from ui.shell.window import MainWindow
from ui.theme import make_application

EVERY_MS = 20


class Person(QObject):
    """Does one thing after another, whenever the one before has had its effect."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        passphrase, self._typed = (folder / "secret").read_text(encoding="utf-8").splitlines()
        (folder / "secret").unlink()
        self._steps = iter((lambda: self._unlock(passphrase), self._open_visit, self._type, self._lock))
        self._step = next(self._steps)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_time)
        self._timer.start(EVERY_MS)

    def _on_time(self) -> None:
        if self._step():
            self._step = next(self._steps)

    @property
    def _window(self) -> MainWindow | None:
        return next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)), None)

    def _unlock(self, passphrase: str) -> bool:
        window = self._window
        if window is None or window.restart is None:
            return False
        QTest.keyClicks(window.unlock_screen.unlock.passphrase, passphrase)
        QTest.keyClick(window.unlock_screen.unlock.passphrase, Qt.Key.Key_Return)
        return True

    def _open_visit(self) -> bool:
        window = self._window
        if window is None or window.session.laptop is None:
            return False
        window.session.open_visit(window.session.laptop.visits()[0].id)
        for name in ("interviews", "report", "standards"):
            window.show_page(name)
            window.grab()
        return True

    def _type(self) -> bool:
        window = self._window
        assert window is not None
        window.show_page("standards", {"standard": "47"})
        page = window.page
        assert isinstance(page, StandardsPage)
        QTest.keyClicks(page.detail.note, self._typed)
        page.detail.note.selectAll()
        page.detail.note.copy()
        (self._folder / "open").touch()
        return True

    def _lock(self) -> bool:
        window = self._window
        if window is not None and (self._folder / "lock").exists():
            self._timer.stop()
            window.lock()
        return False


if __name__ == "__main__":
    application = make_application()
    person = Person(Path(sys.argv[2]))
    sys.exit(main.main(home=Path(sys.argv[1])))
