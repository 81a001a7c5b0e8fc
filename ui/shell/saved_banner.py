"""The line that says which file was saved, until it is dismissed, another one is saved or another page is shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from reviewapp.base.i18n import _
from ui.widgets import Banner, Button
from ui.widgets.saved_file import SavedFileButtons

if TYPE_CHECKING:
    from ui.session.session import Session


class SavedBanner(Banner):
    """Shows what `Session.tell_saved` says, with Open and Show in folder; gone with the page or the visit."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.buttons = SavedFileButtons()
        self.dismiss = Button(_("Dismiss"), kind="quiet", name=_("Dismiss the message about the saved file"))
        self.add(self.buttons)
        self.add(self.dismiss)
        self.buttons.failed.connect(self._on_failed)
        self.buttons.asked.connect(self._on_asked)
        self.dismiss.clicked.connect(self.forget)
        session.file_saved.connect(self.show_file)
        session.saved_on_page.connect(self.forget)
        session.visit_changed.connect(self.forget)

    @Slot(object, str)
    def show_file(self, path: Path, words: str) -> None:
        """Offer to open a file, or its folder."""
        self.set_text(words, "met", "check")
        self.buttons.show_file(path)

    @Slot()
    def forget(self) -> None:
        """Say nothing more of it."""
        self.set_text("")

    @Slot(str)
    def _on_asked(self, words: str) -> None:
        self._session.notify(words)

    @Slot(str)
    def _on_failed(self, words: str) -> None:
        self.set_text(words, "warn", "alert")
        self._session.notify(words, "warn")
