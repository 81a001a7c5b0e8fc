"""The line on a page that says which document was saved, with Open and Show in folder, until it is dismissed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.pages.shared.saved_words import saved_words
from ui.widgets import IconButton, Pill, Text, row
from ui.widgets.saved_file import SavedFileButtons


class SavedLine(QWidget):
    """Hidden until a file is saved; emits `told(words, tone)` when one of its buttons says something."""

    told = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.words = Text("", select=True)
        self.buttons = SavedFileButtons()
        self.buttons.failed.connect(self._on_failed)
        self.buttons.asked.connect(self._on_asked)
        self.dismiss = IconButton("cross", _("Dismiss the message about the saved file"))
        self.dismiss.clicked.connect(self.hide)
        line = row(Pill(_("Saved and checked"), "met", "check"), self.words, self.buttons, self.dismiss, gap=3)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def show_file(self, path: Path, *, with_password: bool = False) -> None:
        """Say where it was saved and who can read it, and offer to open it or its folder."""
        words = saved_words(path, with_password=with_password)
        self.words.setText(words)
        self.words.setAccessibleName(_("Saved and checked: {path}", path=words))
        self.buttons.show_file(path)
        self.show()

    @Slot(str)
    def _on_asked(self, words: str) -> None:
        self.told.emit(words, "info")

    @Slot(str)
    def _on_failed(self, words: str) -> None:
        self.told.emit(words, "warn")
