"""Deleting a network's set from this laptop, after a warning, with a certificate."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.national.networks import DestroyedSet, Networks
from ui.pages.start.form import StartForm
from ui.session.session import Session
from ui.widgets import Button, Card, Check, ErrorLine, FlowLayout, SectionHeading, Text
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.usable import CONFIRM_FIRST, WAIT, usable

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from reviewapp.workspace.laptop import Laptop
    from ui.session.worker import Progress

ABOUT = _(
    "This destroys the key of this network set and every file of it on this laptop, including the backups kept "
    "here. Nobody can recover them, not even with the passphrase or the recovery code. The teams' visits stay with "
    "the teams. Reports, tables and backups that were saved elsewhere stay where they are."
)
CERTIFICATES = _("Certificate (*.json)")


def destroy(laptop: Laptop, set_id: str, certificate: Path, _progress: Progress) -> DestroyedSet:
    """Destroy a set, and write the certificate; for the worker."""
    return Networks(laptop.home).purge(set_id, certificate)


def name_of(laptop: Laptop, set_id: str, _progress: Progress) -> str:
    """The name of a set; its id where it does not open."""
    return next((one.name for one in Networks(laptop.home).summaries() if one.id == set_id and one.name), set_id)


class DeleteSet(StartForm):
    """Form that deletes a set; emits `left` once it is gone, or when nobody wants it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.heading = SectionHeading(_("Delete from this laptop"), " ", kind="title")
        self.sure = Check(_("I understand that what the teams sent is lost here if no backup was saved elsewhere"))
        self.error = ErrorLine()
        self.button, self.back = (
            Button(_("Save the certificate and delete…"), "bin", "danger"),
            Button(_("Back"), "arrow_left"),
        )
        card, buttons = Card(), QWidget()
        card.add(Text(ABOUT), self.sure, self.error)
        flow = FlowLayout(buttons)
        for button in (self.button, self.back):
            flow.addWidget(button)
        self.add(self.heading, card, buttons, None)
        self.sure.toggled.connect(self._on_sure)
        self.button.clicked.connect(self._on_delete)
        self.back.clicked.connect(self._on_back)

    def reset(self) -> None:
        """Reset the form, and read the name of the set."""
        laptop = self._session.laptop
        self.sure.setChecked(False)
        usable(self.button, CONFIRM_FIRST)
        self.error.set_text()
        self.back.setFocus()
        if laptop is not None:
            job = partial(name_of, laptop, self.visit)
            self._session.worker.run(_("Examining the set"), job, self.heading.set_note, self.error.set_text)

    @Slot(bool)
    def _on_sure(self, sure: bool) -> None:
        usable(self.button, "" if sure else CONFIRM_FIRST)

    @Slot()
    def _on_back(self) -> None:
        self.wanted.emit("network", self.visit)

    @Slot()
    def _on_delete(self) -> None:
        laptop = self._session.laptop
        if laptop is None or not self.sure.isChecked():
            return
        path = choose_save_file(self, _("Save the certificate"), "certificate.json", CERTIFICATES)
        if path is None:
            return
        usable(self.button, WAIT)
        job = partial(destroy, laptop, self.visit, path)
        self._session.worker.run(_("Deleting the set"), job, partial(self._on_gone, path), self._on_failed)

    def _on_gone(self, path: Path, gone: DestroyedSet) -> None:
        files = plural("{n} file", "{n} files", gone.files)
        self._session.tell_saved(path, _("The set {name} is destroyed: {files}", name=gone.name, files=files))
        self.left.emit()

    def _on_failed(self, error: ReviewError) -> None:
        self.error.set_text(error)
        usable(self.button, "")
