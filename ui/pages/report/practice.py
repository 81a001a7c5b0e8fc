"""Good practice for the network: written by the lead at a standard, published only if the team says yes to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QLineEdit

from reviewapp.base.i18n import _
from reviewapp.instruments.lookup import standard_of
from reviewapp.visit.practice import Practice, practice_place, practices
from reviewapp.visit.statements import Passage, Statement
from ui.widgets import Button, Card, Field, Text, row
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from ui.pages.base import Page

ABOUT = _(
    "The response form asks the team about each of these: may the network publish the words, and with the team's "
    "name? Anything it did not say yes to stays here."
)
_LOOKS = {
    "yes": ("met", "check", _("May be published")),
    "no": ("not_met", "cross", _("The team said no")),
    "changed": ("warn", "clock", _("Changed since the team said yes")),
    "not_asked": ("na", "edit", _("No answer yet")),
}


def practice_line(standard: str, text: str) -> Statement:
    """The statement of what is good at a standard."""
    return Passage(place=practice_place(standard), text=text)


class PracticeCard(Card):
    """The passages on good practice with what the team said of each, and a box in which one is written."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Good practice"), kind="inset", margin=3)
        self._page = page
        self._standard = ""
        self.listed = StatusList(_("Good practice, and what the team said"), most=200)
        self.listed.selectionModel().currentChanged.connect(self._on_chosen)
        self.number = QLineEdit()
        self.number.setMaxLength(40)
        self.number.returnPressed.connect(self._on_begin)
        self.field = Field(_("Good practice on standard"), self.number, hint=_("Its number, such as 47."))
        self.begin = Button(_("Write it"), "edit")
        self.begin.clicked.connect(self._on_begin)
        self.title = Text("", "strong")
        self.words = page.draft(_("What is good"), placeholder=_("What could other teams learn from?"), rows=3)
        self.title.setBuddy(self.words)
        self.add(Text(ABOUT, "small"), self.listed, self.field, row(self.begin, None), self.title, self.words)

    def refresh(self) -> None:
        """Show what is written, and what the team said of it; text being typed is not disturbed."""
        found = practices(self._page.state)
        self.listed.show_rows([self._row(one) for one in found])
        self.listed.setVisible(bool(found))
        usable(self.begin, only_read(self._page.writable))
        self._show_box(fresh=False)

    def _row(self, one: Practice) -> StatusRow:
        tone, icon, words = _LOOKS[one.said]
        named = _("with the team's name") if one.named else _("without the team's name")
        pill = f"{words}, {named}" if one.said == "yes" else words
        title = self._page.state.instrument.standard(one.standard).title
        return StatusRow(one.standard, f"{one.standard}  {title}", detail=one.text, tone=tone, icon=icon, note=pill)

    def _show_box(self, *, fresh: bool) -> None:
        number = self._standard
        for part in (self.title, self.words):
            part.setVisible(bool(number))
        if not number:
            return
        passage = self._page.state.passages.get(practice_place(number))
        text = passage.text if passage else ""
        if fresh:
            self.title.setText(f"{number}  {self._page.state.instrument.standard(number).title}")
            self.words.bind(partial(practice_line, number) if self._page.writable else None, text)
        else:
            self.words.refresh(text)

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and self.listed.chosen_key() != self._standard:
            self._open(self.listed.chosen_key())

    @Slot()
    def _on_begin(self) -> None:
        typed = self.number.text().strip()
        number = standard_of(typed, self._page.state.instrument) if typed else None
        if number is None:
            self.field.set_error(_("There is no standard with that number. Enter one, such as 47."))
            self.number.setFocus()
            return
        self.field.set_error()
        self.number.setText("")  # not `clear`, which Undo would take back in place of what was recorded
        self._open(number)
        self.listed.choose(number)
        self.words.setFocus()

    def _open(self, number: str) -> None:
        self.words.commit()
        self._standard = number
        self._show_box(fresh=True)
