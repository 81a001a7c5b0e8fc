"""The six words that open a file: a dialog right after it was written, as they are shown only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from reviewapp.base.dates import today
from reviewapp.base.i18n import _
from ui.formats import long_date
from ui.theme import space, theme
from ui.widgets import Button, FlowLayout, Text, Toggle, column
from ui.widgets.clipboard import copy_text
from ui.widgets.printing import print_pages
from ui.widgets.secret_words import SecretWords

if TYPE_CHECKING:
    from ui.session.session import Session

WIDE = 540
NOT_YET = _("Have you passed the words on? They are not kept. To close without them, press Escape once more.")


class SixWords(QDialog):
    """The words in large type over the page, with what to do with them; emits `passed_on` when it is closed.

    `opens` says on the printed page what they open. Nothing that listens to the screen is given a letter of them,
    unless the person asks for it. Escape closes it at once only after the words were printed or copied.
    """

    passed_on = Signal()

    def __init__(self, session: Session, name: str, about: str, opens: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._opens, self._taken = session, opens, False
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        self.saved = Text("", "body")
        self.words = SecretWords()
        self.told = Toggle(_("Let a screen reader say them"))
        self.told.toggled.connect(self.words.set_told)
        self.printer = Button(_("Print…"), "printer", name=_("Print the six words"))
        self.printer.clicked.connect(self._on_print)
        self.copy = Button(_("Copy words"), "copy")
        self.copy.clicked.connect(self._on_copy)
        self.away = Button(_("Done"), "check", "primary", name=_("Close the six words"))
        self.away.clicked.connect(self.accept)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.printer, self.copy, self.told, self.away):
            flow.addWidget(button)
        self.note = Text("", "small")
        layout = column(self.saved, self.words, Text(about, "muted"), buttons, self.note, None, gap=3, margin=6)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(layout)
        self.finished.connect(self._on_finished)

    def show_words(self, saved: str, phrase: str) -> None:
        """Show the words of the file that was just written; `saved` says which."""
        self._taken = False
        self.saved.setText(saved)
        self.told.setChecked(False)
        self.words.set_words(phrase)
        self.note.setText("")
        self._fit()
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.show()
        self.printer.setFocus()

    def _fit(self) -> None:
        """Make it as high as what is in it, with room for a note of two lines, and no larger than the screen."""
        room = self.screen().availableGeometry().size() - QSize(space(10), space(15))
        self.note.setMinimumHeight(self.note.fontMetrics().lineSpacing() * 2)
        width = min(theme().px(WIDE), room.width())
        self.resize(width, min(self.heightForWidth(width), room.height()))

    def forget(self) -> None:
        """Take the words off the screen, and close."""
        self.words.set_words("")
        self.hide()

    def reject(self) -> None:
        """Escape: asked back once where the words were neither printed nor copied."""
        if self._taken or self.note.text() == NOT_YET:
            super().reject()
        else:
            self.note.setText(NOT_YET)

    @Slot()
    def _on_copy(self) -> None:
        copy_text(self.words.text())
        self._taken = True
        self.note.setText(_("Copied. They are taken off the clipboard when the program locks or closes."))

    @Slot()
    def _on_print(self) -> None:
        from reviewapp.report.paper.words_page import words_page

        info = self._session.visit.state.info if self._session.visit is not None else None
        about = f"{info.service}, {long_date(info.date)}" if info is not None else ""
        page = words_page(self.words.text(), opens=self._opens, about=about, today=today())
        sent = print_pages(self, page)
        if sent is None:
            self.note.setText(_("No printer was found. Write the words down by hand."))
        elif sent:
            self._taken = True
            self.note.setText(sent)

    @Slot()
    def _on_finished(self) -> None:
        self.forget()
        self.passed_on.emit()
