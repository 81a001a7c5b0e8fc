"""The notes of the team: words that stood beside what it was asked, kept when its sheet was taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.instruments.nouns import Nouns, nouns_of
from reviewapp.visit.sorting import natural
from reviewapp.visit.statements import TeamNote
from ui.widgets import Button, Card, FlowLayout, Text
from ui.widgets.basics import sentence
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.usable import CHOOSE_ROW, only_read, usable

if TYPE_CHECKING:
    from reviewapp.visit.state import TeamNoteRecord
    from ui.pages.base import Page


class TeamNotesCard(Card):
    """Lists every note of the team; the chosen one can be deleted. Hidden while there are none."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Notes from the team"))
        self._page = page
        self.list = StatusList(_("Notes from the team"), most=220)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.remove = Button(_("Delete this note"), "bin", "quiet")
        self.remove.clicked.connect(self._on_remove)
        buttons = QWidget()
        FlowLayout(buttons).addWidget(self.remove)
        about = _("Comments the team sent with a plan or answers. They are not printed.")
        self.add(Text(about, "muted"), self.list, buttons)
        self.hide()

    def refresh(self) -> None:
        """Show the notes that there are now."""
        notes = sorted(self._page.state.team_notes.values(), key=_order)
        self.list.show_rows([_row(note, nouns_of(self._page.state.instrument)) for note in notes])
        self.setVisible(bool(notes))
        if notes and not self.list.chosen_key():
            self.list.choose(notes[0].key)
        self._on_chosen(QModelIndex(), QModelIndex())

    def choose(self, key: str) -> None:
        """Make the note with this key the current one."""
        self.list.choose(key)

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        chosen = "" if self.list.chosen_key() else CHOOSE_ROW
        usable(self.remove, only_read(self._page.writable) or chosen)

    @Slot()
    def _on_remove(self) -> None:
        key = self.list.chosen_key()
        if key and self._page.record(TeamNote(id=key, deleted=True)) is not None:
            self._page.notify(_("Note deleted. You can undo this."), "info")


def _order(note: TeamNoteRecord) -> tuple[object, ...]:
    return (natural(note.standard or "~"), note.source, note.key)


def _row(note: TeamNoteRecord, nouns: Nouns) -> StatusRow:
    title = nouns.numbered(note.standard) if note.standard else _("Not about one {noun}", noun=nouns.one)
    return StatusRow(note.key, title, note.text, note=sentence(note.source), tone="info", icon="quote", state=_("Note"))
