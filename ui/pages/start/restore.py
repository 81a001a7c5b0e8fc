"""Restoring a visit from a backup."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.errors import ReviewError, WrongPassphrase
from reviewapp.base.i18n import _
from reviewapp.store import backup_cover, rolling_backups
from reviewapp.store.visit_folders import is_set
from reviewapp.workspace.laptop import Laptop
from ui.formats import long_date
from ui.pages.start.form import StartForm
from ui.session.back_up import BACKUPS
from ui.session.session import Session
from ui.session.worker import Progress
from ui.widgets import (
    Button,
    Card,
    ErrorLine,
    Field,
    FileDrop,
    FlowLayout,
    SectionHeading,
    Text,
    clear,
    row,
    tab_through,
)
from ui.widgets.one_stop import OneStop
from ui.widgets.passphrase_field import PassphraseEdit, unlock_error_text
from ui.widgets.usable import WAIT, usable

OFFERED = 6
"""Backups on this laptop that are offered, the newest first."""
WRONG = _("That is not the passphrase or the recovery code of the laptop that made this backup.")


def restore(laptop: Laptop, path: Path, secret: str, _progress: Progress) -> tuple[str, list[Path]]:
    """Restore a backup, also of a network's set; returns its id and the folders moved aside for it. For the worker."""
    before = laptop.moved_aside()
    named = backup_cover.read(path).visit
    if is_set(named):
        from reviewapp.national.networks import Networks

        visit = Networks(laptop.home).restore(path, secret)
    else:
        visit = laptop.restore(path, secret)
    return visit, [kept for kept in laptop.moved_aside() if kept not in before]


def when(backup: Path) -> str:
    """When a rolling backup was made, from its file name; the name itself if it is another backup."""
    made = rolling_backups.made_at(backup)
    if made is None:
        return backup.name
    return f"{long_date(made.astimezone().date().isoformat())}, {made.astimezone():%H:%M}"


class RestoreBackup(StartForm):
    """Form to restore a backup, from a file or of those kept on this laptop; emits `arrived(visit id)` or `left`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._path: Path | None = None
        self._restored_visit = ""
        self.own, self._own_box = Card(_("Backups kept on this laptop")), QWidget()
        self._own_flow = FlowLayout(self._own_box)
        OneStop(self._own_box)
        self.own.add(
            Text(_("A backup is made each time before work is combined, and after each hour of work."), "muted"),
            self._own_box,
        )
        self.drop = FileDrop(_("Drop the backup here, or choose it."), _("Choose the backup…"), BACKUPS)
        self.file, self.error = Text("", "strong"), ErrorLine()
        self.passphrase = PassphraseEdit(_("Passphrase"))
        self.field = Field(
            _("Passphrase"),
            self.passphrase,
            hint=_("Use the passphrase that the laptop had when it made the backup. Its recovery code works too."),
        )
        self.button, self.back = Button(_("Restore the visit"), "restore", "primary"), Button(_("Back"), "arrow_left")
        self.card = Card()
        self.card.add(self.drop, self.file, self.field, self.error, row(self.button, None))
        self._build_done()
        note = _("If the visit is still on this laptop, its present state is kept too.")
        heading = SectionHeading(_("Restore a backup"), note, kind="title")
        self.add(heading, self.own, self.card, self.done, row(self.back, None), None)
        self.drop.dropped.connect(self._on_file)
        self.button.clicked.connect(self._on_restore)
        self.passphrase.returnPressed.connect(self._on_restore)
        self.back.clicked.connect(self.left)

    def _build_done(self) -> None:
        self.done = Card(_("The visit is restored"))
        self.kept = Text("", select=True)
        self.open = Button(_("Open the visit"), "arrow_right", "primary")
        self.done.add(self.kept, row(self.open, None))
        self.open.clicked.connect(self._on_open)

    def reset(self) -> None:
        """Reset the form and list the visit's backups."""
        self._path = None
        self.file.hide()
        self.field.show()
        self.passphrase.clear()
        self.field.set_error()
        self.error.set_text()
        self.done.hide()
        self.card.show()
        self._list_backups()
        self.drop.button.setFocus()

    def _list_backups(self) -> None:
        laptop = self._session.laptop
        clear(self._own_flow)
        paths: list[Path] = []
        if laptop is not None and self.visit:
            paths = rolling_backups.oldest_first(laptop.home.visit_folder(self.visit))[::-1][:OFFERED]
        for path in paths:
            button = Button(when(path), "clock", name=_("Backup of {when}", when=when(path)))
            button.setProperty("path", str(path))
            button.clicked.connect(self._on_own)
            self._own_flow.addWidget(button)
        self.own.setVisible(bool(paths))
        tab_through(self.own, self.card, self.done, self.back)

    @Slot()
    def _on_own(self) -> None:
        path = Path(str(self.sender().property("path")))
        words = _("Chosen: the backup of {when}", when=when(path))
        earlier = _("An earlier version of the program made it. Use the passphrase or the recovery code of that time.")
        self._choose(path, f"{words}. {earlier}" if backup_cover.carries_own_key(path) else words)

    def take_file(self, path: Path) -> None:
        """Choose the file that was opened with the program."""
        self._on_file([path])

    @Slot(list)
    def _on_file(self, paths: list[Path]) -> None:
        self._choose(paths[0], _("Chosen: {name}", name=paths[0].name))

    def _choose(self, path: Path, words: str) -> None:
        self._path = path
        self.file.setText(words)
        self.file.show()
        self.error.set_text()
        needs_secret = self._needs_secret()
        self.field.setVisible(needs_secret)
        (self.passphrase if needs_secret else self.button).setFocus()

    def _needs_secret(self) -> bool:
        """False for a backup that the program keeps by itself: its key lies beside the visit."""
        return self._path is None or not rolling_backups.is_numbered(self._path)

    @Slot()
    def _on_restore(self) -> None:
        laptop, words = self._session.laptop, self.passphrase.text()
        missing = not words and self._needs_secret()
        self.field.set_error(_("Enter the passphrase.") if missing else "")
        self.error.set_text("" if self._path else _("Choose the backup first."))
        if laptop is None or self._path is None or missing or not self.button.isEnabled():
            return
        try:
            self._session.require_saved()
        except ReviewError as error:
            self.error.set_text(error)
            return
        self._session.close_visit()
        usable(self.button, WAIT)
        job = partial(restore, laptop, self._path, words)
        self._session.worker.run(_("Restoring the visit"), job, self._on_restored, self._on_failed)

    def _on_restored(self, result: tuple[str, list[Path]]) -> None:
        visit, kept = result
        usable(self.button, "")
        self.reset()
        if is_set(visit):
            self.wanted.emit("network", visit)
            return
        if not kept:
            self.arrived.emit(visit)
            return
        self._restored_visit = visit
        self.kept.setText(
            _(
                "What was on this laptop before is kept, encrypted, in {kept}. Keep that folder until you are "
                "sure that nothing is missing.",
                kept=kept[-1],
            )
        )
        self.own.hide()
        self.card.hide()
        self.done.show()
        self.open.setFocus()

    def _on_failed(self, error: ReviewError) -> None:
        usable(self.button, "")
        if isinstance(error, WrongPassphrase):
            self.field.set_error(unlock_error_text(error, WRONG))
        else:
            self.error.set_text(error)

    @Slot()
    def _on_open(self) -> None:
        self.arrived.emit(self._restored_visit)
