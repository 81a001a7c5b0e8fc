"""Other ways in from the unlock screen: another folder, and a key file put back from a backup."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base import private_files
from reviewapp.base.errors import Damaged, ReviewError
from reviewapp.base.files import shortened, trouble_of_place
from reviewapp.base.i18n import _
from reviewapp.base.paths import is_set_up
from ui.session.session import Session
from ui.widgets import Button, ErrorLine, column, row

SUBFOLDER = "Reviewapp"
ANOTHER = "another_folder"
"""Setting of a home: the folder that was used in its place."""
BACKUPS = _("Backups (*.rvbackup *.reviewbackup);;All files (*)")


def folder_for(chosen: Path) -> Path:
    """The folder to use: the chosen one if it is ours or empty, else one of our own in it. Raises ReviewError."""
    try:
        if is_set_up(chosen) or not any(True for __ in chosen.iterdir()):
            return chosen
        private_files.make_folder(chosen / SUBFOLDER)
    except OSError as error:
        trouble = trouble_of_place(error)
        if trouble is None:
            raise
        raise trouble from error
    return chosen / SUBFOLDER


class OtherFolder(QWidget):
    """Buttons that go on in another folder; emits `moved` when the session did."""

    moved = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.known = Button("", "folder", kind="link")
        self.choose = Button(_("Use another folder…"), kind="link")
        self.error = ErrorLine()
        self.known.clicked.connect(self._on_known)
        self.choose.clicked.connect(self._on_choose)
        self.setLayout(column(row(self.known, None), row(self.choose, None), self.error, gap=1))
        self.fresh()

    def fresh(self) -> None:
        """Offer the folder that was used in place of this one, if it is there."""
        self.error.set_text()
        known = self._known()
        self.known.setVisible(known is not None)
        if known is not None:
            self.known.setText(_("Continue in {folder}", folder=shortened(known, 60).replace("&", "&&")))

    def _known(self) -> Path | None:
        name = self._session.settings.text(ANOTHER, "")
        try:
            return Path(name) if name and Path(name) != self._session.home and is_set_up(Path(name)) else None
        except OSError:
            return None

    @Slot()
    def _on_known(self) -> None:
        known = self._known()
        if known is None:
            self.fresh()
        else:
            self._move(known)

    @Slot()
    def _on_choose(self) -> None:
        self.error.set_text()
        from ui.widgets.file_dialogs import choose_folder

        chosen = choose_folder(self, _("Choose an empty folder, or one you have used before"))
        if chosen is None:
            return
        try:
            folder = folder_for(chosen)
        except ReviewError as error:
            self.error.set_text(error)
            return
        if folder.absolute() == self._session.home.absolute():
            self.error.set_text(_("You are using that folder now. Choose another one."))
            return
        self._move(folder)

    def _move(self, folder: Path) -> None:
        self._session.settings.set(ANOTHER, str(folder.absolute()))
        self._session.move_to(folder.absolute())
        self.moved.emit()


class RepairKeyFile(QWidget):
    """Button, shown while the key file is lost or spoilt, that puts it back from a backup."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.button = Button(_("Restore the key file from a backup…"), "restore", "quiet")
        self.setLayout(column(row(self.button, None), gap=0))
        self.hide()

    def show_for(self, error: ReviewError) -> None:
        """Offer it where the key file itself is why nothing opens."""
        self.setVisible(isinstance(error, Damaged))

    def choose(self) -> Path | None:
        """Ask for the backup; None if cancelled."""
        from ui.widgets.file_dialogs import choose_open_file

        return choose_open_file(self, _("Choose a backup that was saved on this laptop"), BACKUPS)
