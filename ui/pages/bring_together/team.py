"""Who has come in, and closing the day without somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.labels import person
from reviewapp.visit.statements import Passage
from ui.pages.bring_together.people import PeopleTable
from ui.pages.shared.clock import clock
from ui.pages.shared.participants import CLOSED, ParticipantRow
from ui.widgets import Button, Card, Field, Text, column, row

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session


class TeamCard(Card):
    """The team's table; below it, for the lead, a form to close the day without the chosen missing person."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Work received"))
        self._session = session
        self.summary = Text("", "muted")
        self.table = PeopleTable()
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason.returnPressed.connect(self._on_close)
        self.field = Field("", self.reason, hint=_("Kept with your name and the time. You can undo this."))
        self.close_button = Button("", "dash")
        self.close_button.clicked.connect(self._on_close)
        self.without = QWidget()
        self.without.setLayout(column(self.field, row(self.close_button, None), gap=2))
        self.closed_words = Text("", select=True)
        self.again_button = Button("", "restore")
        self.again_button.clicked.connect(self._on_again)
        self.closed = QWidget()
        self.closed.setLayout(column(self.closed_words, row(self.again_button, None), gap=2))
        self.add(self.summary, self.table, self.without, self.closed)

    def show_team(self, visit: OpenVisit, rows: list[ParticipantRow]) -> None:
        """Show the team; the chosen person stays chosen, at first the first one missing."""
        chosen = self.table.chosen()
        self.table.show_people(rows)
        waited = [r.code for r in rows if r.missing and not r.closed]
        closed = [r.code for r in rows if r.missing and r.closed]
        people = visit.state.people
        self.summary.setText(self._summary([person(people, r) for r in waited], [person(people, r) for r in closed]))
        code = chosen.code if chosen else next(iter(waited), "")
        for i, one in enumerate(rows):
            if one.code == code and self.table.currentIndex().row() != i:
                self.table.setCurrentIndex(self.table.people.index(i, 0))
        self._show_chosen()

    def _summary(self, waited: list[str], closed: list[str]) -> str:
        if waited:
            words = _("Still missing: {list}.", list=", ".join(waited))
        elif closed:
            words = _("You are not waiting for anyone else.")
        else:
            words = _("Work from everyone who rates has been received.")
        return _("{words} The day was closed without {list}.", words=words, list=", ".join(closed)) if closed else words

    def _show_chosen(self) -> None:
        visit, chosen = self._session.visit, self.table.chosen()
        may = visit is not None and visit.is_lead and not visit.read_only and chosen is not None and chosen.missing
        self.without.setVisible(bool(may and chosen and not chosen.closed))
        self.closed.setVisible(bool(may and chosen and chosen.closed))
        if not may or chosen is None or visit is None:
            return
        who = person(visit.state.people, chosen.code)
        if not chosen.closed:
            question = _("Reason for closing the day without {person}", person=who)
            self.field.label.setText(question)
            self.reason.setAccessibleName(question)
            self.close_button.setText(_("Close the day without {person}", person=who))
            self.close_button.setAccessibleName(self.close_button.text())
            return
        said = [item for item in visit.history("passage", CLOSED + chosen.code) if item.value]
        by = ""
        if said:
            who_closed = person(visit.state.people, said[-1].person)
            by = _(" – {person}, {when}", person=who_closed, when=clock(said[-1].at))
        self.closed_words.setText(_("Closed without {person}: {closed}{by}", person=who, closed=chosen.closed, by=by))
        self.again_button.setText(_("Wait for {person} again", person=who))
        self.again_button.setAccessibleName(self.again_button.text())

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, _current: QModelIndex, previous: QModelIndex) -> None:
        if previous.isValid():
            self.reason.clear()
            self.field.set_error("")
        self._show_chosen()

    @Slot()
    def _on_close(self) -> None:
        chosen, reason = self.table.chosen(), self.reason.text().strip()
        visit = self._session.visit
        if chosen is None or visit is None:
            return
        if not reason:
            self.field.set_error(_("Say why in a few words. Everyone can read it later"))
            self.reason.setFocus()
            return
        self.field.set_error("")
        line = Passage(place=CLOSED + chosen.code, text=reason)
        name = _("closing the day without {person}", person=person(visit.state.people, chosen.code))
        if self._session.bridge.record(line, name=name) is not None:
            self.reason.clear()

    @Slot()
    def _on_again(self) -> None:
        chosen, visit = self.table.chosen(), self._session.visit
        if chosen is not None and visit is not None:
            line = Passage(place=CLOSED + chosen.code, text=None)
            name = _("waiting for {person} again", person=person(visit.state.people, chosen.code))
            self._session.bridge.record(line, name=name)
