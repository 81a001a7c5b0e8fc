"""When the program itself is wrong: the visit is saved first, then the person is told, with details to pass on."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from reviewapp import __version__
from reviewapp.base.i18n import _
from ui.theme import space
from ui.widgets import Button, Text, column, row

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

log = logging.getLogger("ui.app.crash_dialog")


def details_of(error: BaseException) -> str:
    """What a developer needs: versions and where it happened. No text of the visit is put in on purpose."""
    where = "".join(traceback.format_exception(error))
    versions = f"Reviewapp {__version__}, Qt {qVersion()}, Python {platform.python_version()}, {platform.platform()}"
    return f"{versions}\n\n{where}"


class BugDialog(QDialog):
    """Says sorry once, and how to pass it on."""

    def __init__(self, parent: QWidget | None, error: BaseException, *, saved: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something in the program went wrong"))
        self.setMinimumWidth(space(140))
        kept = (
            _("Everything you wrote is saved.")
            if saved
            else _("What you wrote may not be saved; copy it before you close.")
        )
        self.details = QPlainTextEdit(details_of(error))
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("Details"))
        copy, close = Button(_("Copy the details"), "copy"), Button(_("Go on working"), kind="primary")
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.accept)
        self.setLayout(
            column(
                Text(_("Something in the program went wrong"), "heading"),
                Text(
                    _(
                        "This is our mistake, not yours. {kept} Please pass the details on to whoever looks after the "
                        "program.",
                        kept=kept,
                    )
                ),
                self.details,
                row(copy, None, close),
                gap=3,
                margin=5,
            )
        )
        close.setFocus()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())


class _Hook:
    """Remembers the window; one dialog at a time."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._showing = False

    def __call__(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
            return
        log.error("bug", exc_info=(kind, error, where))
        if self._showing:
            return
        self._showing = True
        try:
            dialog = BugDialog(self._window, error, saved=self._window.save_everything())
            dialog.exec()
            dialog.deleteLater()
        finally:
            self._showing = False


def install_hook(window: MainWindow) -> None:
    """From now on a bug is told to the person instead of vanishing."""
    sys.excepthook = _Hook(window)
