"""Restore: a visit back from a backup."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot

from reviewapp.errors import ReviewError, WrongPassphrase
from reviewapp.laptop import Laptop
from ui.dialogs import BACKUPS
from ui.passphrase import PassphraseEdit
from ui.session import Session
from ui.theme import space
from ui.widgets import Button, Card, ErrorLine, Field, FileDrop, Scroll, SectionHeading, Text, row
from ui.worker import Progress


def restore(laptop: Laptop, path: Path, passphrase: str, _progress: Progress) -> str:
    """In the worker; the visit's id."""
    return laptop.restore(path, passphrase)


class Restore(Scroll):
    """`arrived(visit id)` or `left`."""

    arrived = Signal(str)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(width=space(170), gap=4)
        self._session = session
        self._path: Path | None = None
        self.drop = FileDrop("Drop the backup here, or choose it.", "Choose the backup…", BACKUPS)
        self.file, self.error = Text("", "strong"), ErrorLine()
        self.passphrase = PassphraseEdit("Passphrase of the laptop that made the backup")
        self.field = Field(
            "Passphrase",
            self.passphrase,
            hint="Of the laptop that made the backup, as it was then. Its recovery code works too.",
        )
        self.button, back = Button("Restore the visit", "restore", "primary"), Button("Back", "arrow_left")
        card = Card()
        card.body.setSpacing(space(3))
        card.add(self.drop, self.file, self.field, self.error, row(self.button, None))
        note = "If the visit is still on this laptop, what is here now is put aside, not thrown away."
        self.add(SectionHeading("Restore from a backup", note, kind="title"), card, row(back, None), None)
        self.drop.dropped.connect(self._on_file)
        self.button.clicked.connect(self._on_restore)
        self.passphrase.returnPressed.connect(self._on_restore)
        back.clicked.connect(self.left)

    def fresh(self) -> None:
        """Nothing chosen."""
        self._path = None
        self.file.hide()
        self.passphrase.clear()
        self.field.say()
        self.error.say()
        self.drop.button.setFocus()

    @Slot(list)
    def _on_file(self, paths: list[Path]) -> None:
        self._path = paths[0]
        self.file.setText(f"Chosen: {self._path.name}")
        self.file.show()
        self.error.say()
        self.passphrase.setFocus()

    @Slot()
    def _on_restore(self) -> None:
        laptop, words = self._session.laptop, self.passphrase.text()
        self.field.say("" if words else "Type the passphrase.")
        self.error.say("" if self._path else "Choose the file first.")
        if laptop is None or self._path is None or not words or not self.button.isEnabled():
            return
        self._session.close_visit()
        self.button.setEnabled(False)
        job = partial(restore, laptop, self._path, words)
        self._session.worker.run("Restoring the visit", job, self._restored, self._failed)

    def _restored(self, visit: str) -> None:
        self.button.setEnabled(True)
        self.fresh()
        self.arrived.emit(visit)

    def _failed(self, error: ReviewError) -> None:
        self.button.setEnabled(True)
        if isinstance(error, WrongPassphrase):
            self.field.say(error)
        else:
            self.error.say(error)
