"""The eight words with which a deputy takes over: shown once, to be printed or written on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from ui.widgets import Button, Card, ErrorLine, FlowLayout, Text, Toggle, row
from ui.widgets.clipboard import copy_text
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.printing import print_text
from ui.widgets.secret_words import SecretWords

if TYPE_CHECKING:
    from ui.session.session import Session

ABOUT_DEPUTY = _(
    "If the lead's laptop is lost or breaks, the deputy can lead from their own laptop, with eight words on paper. "
    "Without a deputy, you need a backup of the lead's laptop."
)
_KEEP = _(
    "Print the words or write them down. Give the paper to {person}, to keep apart from the laptops. They are shown "
    "only now. If you lose them, name the deputy again. Anyone who has the paper and the deputy's laptop can lead the "
    "visit."
)
_PAPER = _(
    "Reviewapp: with these eight words {person} can lead the visit to {service} ({date}) from their own laptop if "
    "the lead's laptop is lost.\n\n{words}\n\nOn that laptop: Overview, Who leads, “Lead this visit from here”."
)
_FILES = _("Text (*.txt);;All files (*)")


class DeputyWords(Card):
    """The eight words in large type; emits `passed_on` when they are put away."""

    passed_on = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(kind="inset", margin=4)
        self._session = session
        self._paper = ""
        self.setAccessibleName(_("The eight words of the deputy"))
        self.head, self.keep = Text("", "body"), Text("", "muted")
        self.words = SecretWords()
        self.told = Toggle(_("Let a screen reader say them"))
        self.told.toggled.connect(self.words.set_told)
        self.printer, self.save = Button(_("Print…"), "printer"), Button(_("Save…"), "save")
        self.copy = Button(_("Copy"), "copy")
        self.note, self.error = Text("", "small"), ErrorLine()
        self.away = Button(_("I have them on paper"), "check", "primary", name=_("Close the eight words"))
        self.printer.clicked.connect(self._on_print)
        self.save.clicked.connect(self._on_save)
        self.copy.clicked.connect(self._on_copy)
        self.away.clicked.connect(self._on_away)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.printer, self.save, self.copy, self.told):
            flow.addWidget(button)
        self.add(
            self.head, self.words, self.keep, buttons, self.note, self.error,
            row(self.away, None),
        )  # fmt: skip
        self.hide()

    def show_words(self, person: str, words: str, service: str, date: str) -> None:
        """Show the words with which this person can take over."""
        self._paper = _PAPER.format(person=person, service=service, date=date, words=words)
        self.head.setText(_("These eight words let {person} lead this visit:", person=person))
        self.told.setChecked(False)
        self.words.set_words(words)
        self.keep.setText(_KEEP.format(person=person))
        self.note.setText("")
        self.error.set_text()
        self.show()
        self.printer.setFocus()

    def forget(self) -> None:
        """Clear the words from the screen."""
        self._paper = ""
        self.words.set_words("")
        self.note.setText("")
        self.error.set_text()
        self.hide()

    @Slot()
    def _on_print(self) -> None:
        sent = print_text(self, self._paper)
        if sent is None:
            self.note.setText(_("No printer was found. Write the words down by hand."))
        elif sent:
            self.note.setText(sent)

    @Slot()
    def _on_save(self) -> None:
        path = choose_save_file(self, _("Save the eight words"), "deputy-words.txt", _FILES)
        if path is None:
            return
        self.error.set_text()
        try:
            save_file(path, f"{self._paper}\n".encode())
        except ReviewError as error:
            self.error.set_text(error)
            return
        words = _("{name} is saved. It is not encrypted: print it, and delete it from this laptop.", name=path.name)
        self.note.setText(words)
        self._session.tell_saved(path, words)

    @Slot()
    def _on_copy(self) -> None:
        copy_text(self._paper)
        self.note.setText(_("Copied. Paste it where it can be printed, then delete it there."))

    @Slot()
    def _on_away(self) -> None:
        self.forget()
        self.passed_on.emit()
