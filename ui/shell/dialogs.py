"""Dialogs of the menus: About, change of passphrase, new recovery code, export of the standards."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtWidgets import QDialog, QWidget

from reviewapp import __version__
from reviewapp.base.errors import ReviewError, WrongPassphrase
from reviewapp.base.i18n import _
from reviewapp.instruments.exporting import export_instrument
from ui.session.back_up import _Notify
from ui.session.worker import Progress
from ui.theme import space
from ui.widgets import Button, ErrorLine, Field, Text, column, row
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.passphrase_field import NewPassphrase, PassphraseEdit, unlock_error_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reviewapp.instruments.model import Instrument
    from ui.session.session import Session

SHEETS = _("Excel (*.xlsx);;CSV (*.csv)")


class About(QDialog):
    """Describes the program and shows its version."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Reviewapp"))
        self.setMinimumWidth(space(110))
        close = Button(_("Close"), kind="primary")
        close.clicked.connect(self.accept)
        self.setLayout(
            column(
                Text("Reviewapp", "title"),
                Text(
                    _("Version {version}, Qt {qversion}", version=__version__, qversion=qVersion()),
                    "muted",
                    select=True,
                ),
                Text(
                    _(
                        "For one-day peer review visits of mental-health crisis teams. It works without a network, and "
                        "everything you write stays on this laptop, encrypted, until you pass it on yourself."
                    )
                ),
                row(None, close),
                gap=3,
                margin=6,
            )
        )


class ChangePassphrase(QDialog):
    """Asks for the present passphrase and twice for the new one. The recovery code stays the same."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(_("Change the passphrase"))
        self.setMinimumWidth(space(110))
        self.old, self.new = PassphraseEdit(_("Passphrase now")), NewPassphrase(_("New passphrase"))
        self.old_field, self.error = Field(_("Passphrase now"), self.old), ErrorLine()
        self.button, cancel = Button(_("Change it"), kind="primary"), Button(_("Cancel"))
        self.button.clicked.connect(self._on_change)
        cancel.clicked.connect(self.reject)
        self.setLayout(column(self.old_field, self.new, self.error, row(None, cancel, self.button), gap=3, margin=6))

    @Slot()
    def _on_change(self) -> None:
        laptop, new = self._session.laptop, self.new.chosen()
        self.old_field.set_error()
        self.error.set_text()
        if not new or laptop is None:
            return
        try:
            laptop.change_passphrase(self.old.text(), new)
        except WrongPassphrase as error:
            self.old_field.set_error(unlock_error_text(error, _("That is not the passphrase of this laptop.")))
        except ReviewError as error:
            self.error.set_text(error)
        else:
            self._session.notify(_("The passphrase is changed"), "met")
            self.accept()


class RenewRecoveryCode(QDialog):
    """Asks for the passphrase, then calls `done(new code)`.

    The passphrase is needed so that nobody can take a code from a laptop that was left unlocked.
    """

    def __init__(self, parent: QWidget, session: Session, done: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._session, self._done = session, done
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("New recovery code"))
        self.setMinimumWidth(space(110))
        words = _(
            "The code you have now opens nothing from then on. The new one is shown once, to print or write down."
        )
        self.passphrase = PassphraseEdit(_("Passphrase"))
        self.field = Field(_("Passphrase"), self.passphrase)
        self.button, cancel = Button(_("Make a new code"), kind="primary"), Button(_("Cancel"))
        self.button.clicked.connect(self._on_renew)
        self.passphrase.returnPressed.connect(self._on_renew)
        cancel.clicked.connect(self.reject)
        self.setLayout(column(Text(words), self.field, row(None, cancel, self.button), gap=3, margin=6))

    @Slot()
    def _on_renew(self) -> None:
        if not self.button.isEnabled():
            return
        self.field.set_error()
        self.button.setEnabled(False)
        self._session.renew_recovery_code(self.passphrase.text(), self._renewed, self._refused)

    def _renewed(self, code: str) -> None:
        if shiboken6.isValid(self):
            self.accept()
        self._done(code)

    def _refused(self, error: ReviewError) -> None:
        if shiboken6.isValid(self):
            self.button.setEnabled(True)
            self.field.set_error(unlock_error_text(error, _("That is not the passphrase of this laptop.")))
            self.passphrase.selectAll()


def export_standards(parent: QWidget, session: Session) -> None:
    """Ask for a file and write the visit's standards as a spreadsheet that can be imported again."""
    visit = session.visit
    if visit is None:
        return
    instrument = visit.state.instrument
    path = choose_save_file(parent, _("Export these standards"), f"{instrument.id}.xlsx", SHEETS)
    if path is not None:
        job = partial(_export, instrument, path)
        session.worker.run(
            _("Exporting the standards"), job, _Notify(session, _("The standards are saved as {name}", name=path.name))
        )


def _export(instrument: Instrument, path: Path, _progress: Progress) -> None:
    export_instrument(instrument, path)
