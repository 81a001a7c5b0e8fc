"""The six words that open a file: shown once after it was written, to be printed, copied and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.widgets import Button, Card, FlowLayout, Text
from ui.widgets.clipboard import copy_text
from ui.widgets.printing import print_text

if TYPE_CHECKING:
    from ui.session.session import Session


class SixWords(Card):
    """The words in large type, with what to do with them; emits `passed_on` when they are put away."""

    passed_on = Signal()

    def __init__(self, session: Session, name: str, about: str) -> None:
        super().__init__(margin=4)
        self._session, self._about = session, about
        self.setAccessibleName(name)
        self.saved = Text("", "body")
        self.words = Text("", "code", select=True)
        self.copy = Button(_("Copy words"), "copy")
        self.copy.clicked.connect(self._on_copy)
        self.printer = Button(_("Print…"), "printer", name=_("Print the six words"))
        self.printer.clicked.connect(self._on_print)
        self.away = Button(_("Done"), kind="quiet", name=_("Close the six words"))
        self.away.clicked.connect(self._on_away)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.copy, self.printer, self.away):
            flow.addWidget(button)
        self.note = Text("", "small")
        self.note.hide()
        self.add(self.saved, self.words, Text(about, "muted"), buttons, self.note)
        self.hide()

    def show_words(self, saved: str, phrase: str) -> None:
        """Show the words of the file that was just written; `saved` says which."""
        self.saved.setText(saved)
        self.words.setText(phrase)
        self.words.setAccessibleName(_("The six words: {phrase}", phrase=phrase))
        self.note.hide()
        self.show()
        self.copy.setFocus()

    def forget(self) -> None:
        """Clear the words from the screen."""
        self.words.setText("")
        self.words.setAccessibleName("")
        self.hide()

    @Slot()
    def _on_copy(self) -> None:
        copy_text(self.words.text())
        self._session.notify(_("The six words are copied."), "info")

    @Slot()
    def _on_print(self) -> None:
        sent = print_text(self, f"{self.saved.text()}\n\n{self.words.text()}\n\n{self._about}")
        if sent is not False:
            words = _("Sent to the printer.") if sent else _("No printer was found. Write the words down by hand.")
            self.note.setText(words)
            self.note.show()

    @Slot()
    def _on_away(self) -> None:
        self.forget()
        self.passed_on.emit()
