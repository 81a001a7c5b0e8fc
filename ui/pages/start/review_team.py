"""The people of a new visit: a row for each, and who of them can take over from the lead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from reviewapp.base.i18n import _
from reviewapp.workspace.laptop import NewPerson
from ui.pages.shared.deputy_words import ABOUT_DEPUTY
from ui.pages.start.person_row import PersonRow
from ui.theme import space
from ui.widgets import Button, Card, ErrorLine, Field, Text, column, row

USUAL_TEAM = (("L1", "lead"), ("R2", "clinician"), ("R3", "clinician"), ("R4", "patient_rep"))


class ReviewTeam(Card):
    """The card of the review team; emits `grown` when a row was added, whose fields Tab reaches last."""

    grown = Signal()

    def __init__(self) -> None:
        super().__init__(_("The review team"))
        self.body.setSpacing(space(3))
        self.people: list[PersonRow] = []
        self._rows = column(gap=2)
        self.error = ErrorLine()
        self.add_person = Button(_("Add a person"), "plus", "quiet")
        self.add_person.clicked.connect(self._on_add)
        self.deputy = QComboBox()
        words = _(
            "Everyone has a short code. The lead prepares the visit on this laptop; the others join it with the "
            "visit pack."
        )
        people = QWidget()
        people.setLayout(self._rows)
        deputy = Field(_("Your deputy, who can take over from you"), self.deputy, hint=ABOUT_DEPUTY)
        self.add(Text(words, "muted"), people, self.error, row(self.add_person, None), deputy)

    def reset(self) -> None:
        """Show the usual team, without names."""
        self.show_team([NewPerson(code, role, "") for code, role in USUAL_TEAM])

    def show_team(self, team: Sequence[NewPerson]) -> None:
        """Put these people in the place of those who stand there."""
        for person in list(self.people):
            self._drop(person)
        for one in team:
            person = self._add(one.code, one.role)
            person.name.setText(one.name)
            if one.role == "lead":
                person.mark_as_lead()
        self.deputy.setCurrentIndex(0)

    def team(self) -> list[NewPerson]:
        """Everybody as entered."""
        return [person.person() for person in self.people]

    def deputy_code(self) -> str | None:
        """The code of who can take over; None for nobody."""
        deputy = self.deputy.currentData()
        return deputy.person().code if isinstance(deputy, PersonRow) else None

    def _add(self, code: str, role: str) -> PersonRow:
        person = PersonRow(code, role)
        person.removed.connect(self._on_removed)
        self.people.append(person)
        self._rows.addWidget(person)
        person.code.textChanged.connect(self._on_team)
        person.role.currentIndexChanged.connect(self._on_team)
        self._on_team()
        self.grown.emit()
        return person

    def _drop(self, person: PersonRow) -> None:
        self.people.remove(person)
        self._rows.removeWidget(person)
        person.hide()
        person.deleteLater()
        self._on_team()

    @Slot()
    def _on_team(self) -> None:
        """Offer as deputy whoever reviews; the person who was chosen stays chosen, also under another code."""
        chosen = self.deputy.currentData()
        self.deputy.clear()
        self.deputy.addItem(_("Nobody"), None)
        for person in self.people:
            if person.role.currentData() not in ("lead", "observer"):
                self.deputy.addItem(person.code.text().strip() or _("new person"), person)
                if person is chosen:
                    self.deputy.setCurrentIndex(self.deputy.count() - 1)

    @Slot()
    def _on_add(self) -> None:
        used = {p.code.text() for p in self.people}
        number = next(n for n in range(1, 100) if f"R{n}" not in used and f"L{n}" not in used)
        person = self._add(f"R{number}", "clinician")
        person.code.setFocus()
        person.code.selectAll()

    @Slot()
    def _on_removed(self) -> None:
        person = self.sender()
        if isinstance(person, PersonRow):
            self._drop(person)
            self.add_person.setFocus()
