"""Exception hook for bugs: saves the visit, then shows a dialog with details to pass on."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot, qVersion
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from reviewapp import __version__
from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from ui.theme import space
from ui.widgets import Button, Text, column, row
from ui.widgets.basics import sentence
from ui.widgets.clipboard import copy_text

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

log = logging.getLogger("ui.app.crash_dialog")


def details_of(error: BaseException) -> str:
    """Version numbers and traceback of `error` as text for a developer; no text of the visit is added on purpose."""
    where = "".join(traceback.format_exception(error))
    versions = f"Reviewapp {__version__}, Qt {qVersion()}, Python {platform.python_version()}, {platform.platform()}"
    return f"{versions}\n\n{where}"


class BugDialog(QDialog):
    """Apologises once, states whether the work is saved (`saved`), and offers the details of `error` for copying."""

    def __init__(self, parent: QWidget | None, error: BaseException, *, saved: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something in the program went wrong"))
        self.setMinimumWidth(space(140))
        kept = (
            _("Everything you wrote is saved.")
            if saved
            else _("What you wrote may not be saved. Copy it before you close.")
        )
        self.details = QPlainTextEdit(details_of(error))
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("Details"))
        copy, close = Button(_("Copy details"), "copy"), Button(_("Keep working"), kind="primary")
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.accept)
        self.setLayout(
            column(
                Text(_("Something in the program went wrong"), "heading"),
                Text(
                    _(
                        "This is our mistake, not yours. {kept} Please pass the details on to the person who looks "
                        "after the program.",
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
        copy_text(self.details.toPlainText())


class TroubleDialog(QDialog):
    """Tells of a disk, a folder or a file that refused: what happened, what was kept and what to do."""

    def __init__(self, parent: QWidget | None, error: ReviewError) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("This did not work"))
        self.setMinimumWidth(space(140))
        self.text = Text(f"{sentence(error.what)}. {sentence(error.kept)}. {sentence(error.do)}.", select=True)
        close = Button(_("Close"), kind="primary")
        close.clicked.connect(self.accept)
        self.setLayout(column(Text(_("This did not work"), "heading"), self.text, row(None, close), gap=3, margin=5))
        close.setFocus()


class _Hook:
    """`sys.excepthook` that knows the window and shows one dialog at a time; later bugs meanwhile are only logged."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._showing = False

    def __call__(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
            return
        trouble = _trouble_of(error)
        if trouble is None:
            log.error("bug", exc_info=(kind, error, where))
        if self._showing:
            return
        self._showing = True
        try:
            saved = self._window.save_everything()
            dialog: QDialog = (
                BugDialog(self._window, error, saved=saved) if trouble is None else TroubleDialog(self._window, trouble)
            )
            dialog.exec()
            dialog.deleteLater()
        finally:
            self._showing = False


def _trouble_of(error: BaseException) -> ReviewError | None:
    from reviewapp.store.damage import trouble_of

    return trouble_of(error)


def install_hook(window: MainWindow) -> None:
    """Install `sys.excepthook`, so that from now on a bug is logged and shown in a dialog instead of vanishing."""
    sys.excepthook = _Hook(window)
