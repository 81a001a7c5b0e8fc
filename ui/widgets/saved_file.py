"""Open, and Show in folder, for a file that was saved: only when they are pressed."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QDir, QProcess, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.widgets.basics import row
from ui.widgets.buttons import Button

DOCUMENTS = frozenset({".csv", ".docx", ".html", ".json", ".pdf", ".txt", ".xlsx"})
"""What other programs open. Our own files lead back here, so they are only shown in their folder."""
ASKED = _("If nothing opens, the file is at {path}")
GONE = _("It is no longer there. It was moved, renamed or deleted, or the stick was removed: {path}")
NOTHING_OPENS = _("Nothing on this computer opens it from here. It is at {path}")


def open_file(path: Path) -> bool:
    """Open a document with the program that this computer has for it; False if there is none."""
    return path.exists() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_folder(path: Path) -> bool:
    """Show the folder of a file, with the file marked where the system can do that; False if nothing shows it."""
    native = QDir.toNativeSeparators(str(path))
    if sys.platform == "win32":
        return bool(QProcess.startDetached("explorer.exe", ["/select,", native])[0])
    if sys.platform == "darwin":
        return bool(QProcess.startDetached("/usr/bin/open", ["-R", native])[0])
    return path.parent.exists() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


class SavedFileButtons(QWidget):
    """The two buttons; emits `failed(words)` where this computer has nothing that opens the file or its folder.

    Whether another program really shows it, nobody says here, so after pressing `asked(words)` tells where it is.
    """

    failed = Signal(str)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._path = Path()
        self.open, self.folder = Button(_("Open"), "open", "quiet"), Button(_("Show in folder"), "folder", "quiet")
        self.open.clicked.connect(self._on_open)
        self.folder.clicked.connect(self._on_folder)
        self.setLayout(row(self.open, self.folder, gap=1))

    def show_file(self, path: Path) -> None:
        """Offer them for this file."""
        self._path = path
        self.open.setVisible(path.suffix.casefold() in DOCUMENTS)
        self.open.setAccessibleName(_("Open {name}", name=path.name))
        self.folder.setAccessibleName(_("Show {name} in its folder", name=path.name))

    @Slot()
    def _on_open(self) -> None:
        self._tell(open_file(self._path))

    @Slot()
    def _on_folder(self) -> None:
        self._tell(show_in_folder(self._path))

    def _tell(self, done: bool) -> None:
        if not self._path.exists():
            self.failed.emit(GONE.format(path=self._path))
        elif done:
            self.asked.emit(ASKED.format(path=self._path))
        else:
            self.failed.emit(NOTHING_OPENS.format(path=self._path))
