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
from ui.session.back_up import TellSaved
from ui.session.worker import Progress
from ui.theme import space, theme
from ui.widgets import Button, ErrorLine, Field, Text, column, row
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.passphrase_field import NewPassphrase, PassphraseEdit, unlock_error_text
from ui.widgets.scroll import LightScroll
from ui.widgets.usable import WAIT, usable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reviewapp.instruments.model import Instrument
    from ui.session.session import Session

TALLEST = 660
"""Pixels that every screen has for a dialog; in large text what is more is scrolled to."""
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
                        "For one-day peer review visits to mental health crisis teams. It works without a network. "
                        "Everything you write stays on this laptop, encrypted, until you pass it on."
                    )
                ),
                row(None, close),
                gap=3,
                margin=6,
            )
        )


class _NewKeys(QDialog):
    """Base of the dialogs after which every key is another one; says how far that is.

    It may be closed meanwhile, by a lock too: the work goes on, and its end is told.
    """

    def __init__(self, parent: QWidget, session: Session, show_code: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._session, self._show_code = session, show_code
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(space(110))
        self.progress, self.error = Text("", "muted"), ErrorLine()
        self.cancel = Button(_("Cancel"))
        self.cancel.clicked.connect(self.reject)
        session.worker.progressed.connect(self._on_progressed)

    @Slot(float, str)
    def _on_progressed(self, _share: float, words: str) -> None:
        self.progress.setText(words)

    def _refuse(self, button: Button, field: Field, secret: PassphraseEdit, error: ReviewError) -> None:
        if not shiboken6.isValid(self):
            self._session.notify(error, "not_met")
            return
        usable(button, "")
        self.progress.setText("")
        if isinstance(error, WrongPassphrase):
            field.set_error(
                unlock_error_text(
                    error, _("That is not this laptop's passphrase. Check capital letters and try again.")
                )
            )
            secret.selectAll()
            secret.setFocus()
        else:
            self.error.set_text(error)


class ChangePassphrase(_NewKeys):
    """Asks for the present passphrase and twice for the new one. The recovery code stays the same.

    Where it cannot, `show_code(new code)` is called.
    """

    def __init__(self, parent: QWidget, session: Session, show_code: Callable[[str], None]) -> None:
        super().__init__(parent, session, show_code)
        self.setWindowTitle(_("Change passphrase"))
        words = _(
            "Your current passphrase will stop working, even with a copy of this laptop's key file. Backups you "
            "saved elsewhere still open with the passphrase you had when you saved them."
        )
        self.old, self.new = PassphraseEdit(_("Current passphrase")), NewPassphrase(_("New passphrase"))
        self.old_field = Field(_("Current passphrase"), self.old)
        self.button = Button(_("Change passphrase"), kind="primary")
        self.button.clicked.connect(self._on_change)
        self.old.returnPressed.connect(self.new.first.setFocus)
        self.new.entered.connect(self._on_change)
        # What is said of the passphrase comes and goes, and in large text not all of it fits a small screen.
        body = LightScroll(margin=0, gap=3)
        body.add(Text(words), self.old_field, self.new, self.progress, self.error, None)
        self.setLayout(column(body, row(None, self.cancel, self.button), gap=3, margin=6))
        screen = self.screen().availableGeometry().size()
        wide = min(theme().px(space(120)), screen.width() - space(10))
        high = body.body.totalHeightForWidth(wide - 2 * space(6)) + theme().px(space(38))  # room for what may be said
        self.resize(wide, min(high, TALLEST, screen.height() - space(15)))

    @Slot()
    def _on_change(self) -> None:
        new = self.new.chosen()
        self.old_field.set_error("" if self.old.text() else _("Enter the passphrase."))
        self.error.set_text()
        if not new or not self.old.text() or not self.button.isEnabled():
            return
        usable(self.button, WAIT)
        self._session.change_passphrase(self.old.text(), new, self._changed, self._refused)

    def _changed(self, code: str) -> None:
        if shiboken6.isValid(self):
            self.accept()
        self._session.passphrase_is_changed()
        if code:
            self._show_code(code)

    def _refused(self, error: ReviewError) -> None:
        self._refuse(self.button, self.old_field, self.old, error)


class RenewRecoveryCode(_NewKeys):
    """Asks for the passphrase, then calls `show_code(new code)`.

    The passphrase is needed so that nobody can take a code from a laptop that was left unlocked.
    """

    def __init__(self, parent: QWidget, session: Session, show_code: Callable[[str], None]) -> None:
        super().__init__(parent, session, show_code)
        self.setWindowTitle(_("New recovery code"))
        words = _(
            "Your current code will stop working. The new code is shown once, so that you can print it or write it "
            "down."
        )
        self.passphrase = PassphraseEdit(_("Passphrase"))
        self.field = Field(_("Passphrase"), self.passphrase)
        self.button = Button(_("Make a new code"), kind="primary")
        self.button.clicked.connect(self._on_renew)
        self.passphrase.returnPressed.connect(self._on_renew)
        buttons = row(None, self.cancel, self.button)
        self.setLayout(column(Text(words), self.field, self.progress, self.error, buttons, gap=3, margin=6))

    @Slot()
    def _on_renew(self) -> None:
        if not self.button.isEnabled():
            return
        self.field.set_error()
        self.error.set_text()
        usable(self.button, WAIT)
        self._session.renew_recovery_code(self.passphrase.text(), self._renewed, self._refused)

    def _renewed(self, code: str) -> None:
        if shiboken6.isValid(self):
            self.accept()
        self._show_code(code)

    def _refused(self, error: ReviewError) -> None:
        self._refuse(self.button, self.field, self.passphrase, error)


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
            _("Exporting the standards"),
            job,
            TellSaved(session, path, _("The standards are saved as {name}", name=path.name)),
        )


def _export(instrument: Instrument, path: Path, _progress: Progress) -> None:
    export_instrument(instrument, path)
