"""Checking spelling: the switch, going to the next misspelt word, and other spellings in the menu of a text box."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QPlainTextEdit

from reviewapp.base.i18n import _
from reviewapp.visit.state import VisitState
from ui.session.session import Session
from ui.shell.edit_focus import EditFocus
from ui.spelling import dictionary, select, select_next_unknown, word_at
from ui.spelling.words import Word, from_qt
from ui.widgets.announce import announce
from ui.widgets.draft import DraftText
from ui.widgets.editing import TextBox
from ui.widgets.text_menu import TextCommand, offer_with

SETTING = "spelling"


class Spelling(QObject):
    """Keeps the setting, and knows the words of the visit that is open: its standards, its people and its service."""

    def __init__(self, session: Session, focus: EditFocus, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._focus = session, focus
        dictionary().switch(session.settings.flag(SETTING, True))
        session.visit_changed.connect(self._on_visit)
        offer_with(other_spellings)

    @property
    def on(self) -> bool:
        """Whether spelling is checked."""
        return dictionary().on

    def switch(self, on: bool) -> None:
        """Check spelling from now on, or not, and remember that."""
        self._session.settings.set(SETTING, on)
        dictionary().switch(on)
        dictionary().prepare()

    def go_to_next(self) -> None:
        """Select the next misspelt word of the box with the keyboard, and say it."""
        box = self._focus.text
        if not isinstance(box, DraftText) or not dictionary().on:
            return
        dictionary().prepare()
        dictionary().wait()
        word = select_next_unknown(box, dictionary())
        announce(box, word or _("Every word is in the dictionary"))
        if not word:
            self._session.notify(_("Every word is in the dictionary"))

    @Slot()
    def _on_visit(self) -> None:
        visit = self._session.visit
        dictionary().begin_visit(() if visit is None else texts_of_visit(visit.state))


def texts_of_visit(state: VisitState) -> list[str]:
    """Texts whose words are known on this visit."""
    people = [person.name for person in state.people.values()]
    standards = [text for one in state.instrument.standards for text in (one.title, one.statement, one.guidance)]
    return [state.info.service, state.info.organisation, *people, *standards]


def other_spellings(box: TextBox, position: int) -> Sequence[TextCommand]:
    """The entries for a misspelt word at a position of a text box: other spellings, or to leave it as it is."""
    if not isinstance(box, DraftText):
        return ()
    text = box.toPlainText()
    word = word_at(text, from_qt(text, position))
    if word is None or dictionary().knows(word.text):
        return ()
    found = [] if box.isReadOnly() else dictionary().suggestions(word.text)
    commands = [TextCommand(one, partial(_replace, box, word, one)) for one in found]
    if not commands:
        commands = [TextCommand(_("No other spelling found"), _nothing, possible=False)]
    accept = partial(dictionary().accept, word.text)
    return (*commands, TextCommand(_("Accept “{word}” for now", word=word.text), accept))


def _nothing() -> None:
    """An entry that cannot be chosen does nothing."""


def _replace(box: QPlainTextEdit, word: Word, spelling: str) -> None:
    """Put another spelling in the place of a word, as typing would: undone with Ctrl+Z."""
    select(box, word)
    box.textCursor().insertText(spelling)
