"""New visit: service, date, kind, standards, and the review team."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QWidget

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.exchange.phrase import new_deputy_words
from reviewapp.instruments.model import Instrument
from reviewapp.workspace.laptop import NewPerson, VisitKind
from ui.formats import locale, long_pattern
from ui.labels import KINDS, ROLES
from ui.pages.shared.deputy_words import ABOUT_DEPUTY, DeputyWords
from ui.pages.shared.person_line import NAME, YOUR_NAME, lay_out_person
from ui.pages.start.form import StartForm
from ui.pages.start.import_standards import ImportStandards
from ui.pages.start.second_set import SecondSet, in_words
from ui.session.session import Session
from ui.session.worker import Progress
from ui.theme import space
from ui.widgets import (
    Button,
    Card,
    ErrorLine,
    Field,
    FlowLayout,
    IconButton,
    SectionHeading,
    Text,
    column,
    row,
    tab_through,
)
from ui.widgets.basics import hide_in_place, sentence

MEASURED = _("What the service is measured against")
USUAL_TEAM = (("L1", "lead"), ("R2", "clinician"), ("R3", "clinician"), ("R4", "patient_rep"))


def _make(make: Callable[..., str], deputy: str, words: str, _progress: Progress) -> str:
    """Make a visit with a deputy; returns its id. For the worker; raises ReviewError."""
    return make(deputy=deputy, words=words)


class PersonRow(QWidget):
    """One member of the review team as editable fields: code, role, optional name; emits `removed`."""

    removed = Signal()

    def __init__(self, code: str, role: str) -> None:
        super().__init__()
        self.code, self.role, self.name = QLineEdit(code), QComboBox(), QLineEdit()
        self.code.setMaximumWidth(space(24))
        for value, words in ROLES.items():
            if (value == "lead") == (role == "lead"):
                self.role.addItem(sentence(words), value)
        self.role.setMinimumContentsLength(max(len(words) for words in ROLES.values()))
        self.role.setCurrentIndex(self.role.findData(role))
        self.name.setPlaceholderText(NAME)
        self.remove = IconButton("cross", _("Remove {code}", code=code))
        self.remove.clicked.connect(self.removed)
        self.code.textChanged.connect(self._on_code)
        self._on_code()
        lay_out_person(self, self.code, self.role, name=self.name, remove=self.remove)

    def mark_as_lead(self) -> None:
        """Mark this member as the lead on this laptop, whose role is fixed and who cannot be removed."""
        self.role.setEnabled(False)
        self.remove.setEnabled(False)
        hide_in_place(self.remove)
        self.name.setPlaceholderText(YOUR_NAME)

    @Slot()
    def _on_code(self) -> None:
        code = self.code.text().strip() or _("new person")
        self.code.setAccessibleName(_("Code of {code}", code=code))
        self.role.setAccessibleName(_("Role of {code}", code=code))
        self.name.setAccessibleName(_("Name of {code}", code=code))
        self.remove.setAccessibleName(_("Remove {code}", code=code))

    def person(self) -> NewPerson:
        """The member as entered."""
        return NewPerson(self.code.text().strip(), str(self.role.currentData()), self.name.text().strip())


class NewVisit(StartForm):
    """Form for a new visit; emits `arrived(visit id)` when it was created, or `left`."""

    KEEPS = True

    def __init__(self, session: Session) -> None:
        super().__init__(session, width=190)
        self.service, self.organisation = QLineEdit(), QLineEdit()
        self.date = QDateEdit(QDate.currentDate())
        self.date.setLocale(locale())
        self.date.setDisplayFormat(long_pattern())
        self.date.setCalendarPopup(True)
        self.kind, self.instrument = QComboBox(), QComboBox()
        for value, words in KINDS.items():
            self.kind.addItem(words, value)
        self.also = SecondSet(session)
        self.fields = {
            "service": Field(_("Service"), self.service, hint=_("The team to be visited, as it calls itself")),
            "organisation": Field(_("Organisation"), self.organisation, hint=_("For example the NHS trust")),
            "date": Field(_("Day of the visit"), self.date, hint=" "),
            "kind": Field(_("Kind of visit"), self.kind),
            "instrument": Field(_("Standards"), self.instrument, hint=MEASURED),
            "also": self.also,
        }
        self._instruments: dict[str, Instrument] = {}
        self.instrument.currentIndexChanged.connect(self._on_instrument)
        self.date.dateChanged.connect(self._on_day)
        self._on_day()
        self.broken = ErrorLine()
        self.bring = ImportStandards(session)
        self.people: list[PersonRow] = []
        self._people_box, people = column(gap=2), QWidget()
        people.setLayout(self._people_box)
        self.people_error, self.error = ErrorLine(), ErrorLine()
        self.add_person = Button(_("Add a person"), "plus", "quiet")
        self.deputy = QComboBox()
        self.deputy_field = Field(_("Who can take over from you"), self.deputy, hint=ABOUT_DEPUTY)
        self.paper, self._made = DeputyWords(session), ""
        self.make, back = Button(_("Make the visit"), "check", "primary"), Button(_("Back"), "arrow_left")
        about, team = Card(_("The visit")), Card(_("The review team"))
        for card in (about, team):
            card.body.setSpacing(space(3))
        about.add(*self.fields.values(), self.broken, self.bring)
        words = _(
            "Everybody has a short code. The lead prepares the visit on this laptop; the others take the visit pack."
        )
        team.add(Text(words, "muted"), people, self.people_error, row(self.add_person, None), self.deputy_field)
        self._buttons = buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.make, back):
            flow.addWidget(button)
        self.add(
            SectionHeading(_("New visit"), _("You will be its lead."), kind="title"),
            about,
            team,
            self.error,
            buttons,
            self.paper,
            None,
        )
        self.paper.passed_on.connect(self._on_passed_on)
        self.bring.imported.connect(self._on_imported)
        self.bring.grown.connect(self._on_grown)
        self.add_person.clicked.connect(self._on_add)
        self.make.clicked.connect(self._on_make)
        back.clicked.connect(self.left)

    def restore_form(self) -> None:
        """Focus the first field."""
        self.service.setFocus()

    def reset(self) -> None:
        """Reset to an empty form with the usual team."""
        self.service.clear()
        self.organisation.clear()
        self.date.setDate(QDate.currentDate())
        self.kind.setCurrentIndex(0)
        self.bring.fresh()
        self.also.clear()
        self._list_instruments()
        for person in list(self.people):
            self._drop(person)
        for code, role in USUAL_TEAM:
            person = self._add(code, role)
            if role == "lead":
                person.mark_as_lead()
        self.deputy.setCurrentIndex(0)
        self._show_errors({})
        self.service.setFocus()

    def _list_instruments(self) -> None:
        self.instrument.clear()
        laptop = self._session.laptop
        instruments = laptop.library.all() if laptop else ()
        problems = laptop.library.problems() if laptop else {}
        self.broken.set_text("\n".join(str(error) for error in problems.values()))
        self._instruments = {one.id: one for one in instruments}
        for instrument in instruments:
            self.instrument.addItem(in_words(instrument), instrument.id)

    @Slot()
    def _on_instrument(self) -> None:
        """Say below the chosen standards that they are superseded, and by what."""
        first = self._instruments.get(str(self.instrument.currentData()))
        newer = first.superseded_by if first else None
        words = (
            _("Superseded by the {edition}. Whoever holds that edition can import it below.", edition=newer)
            if newer
            else MEASURED
        )
        self.fields["instrument"].hint.setText(words)
        self.instrument.setAccessibleDescription(words)
        self.also.offer(self._instruments.values(), first.id if first else "")

    @Slot()
    def _on_day(self) -> None:
        # The weekday makes a wrong date obvious.
        day = self.date.date()
        name = locale().standaloneDayName(day.dayOfWeek())
        words = _("{weekday}, today", weekday=name) if day == QDate.currentDate() else name
        self.fields["date"].hint.setText(words)
        self.date.setAccessibleDescription(words)

    @Slot(str)
    def _on_imported(self, identity: str) -> None:
        self._list_instruments()
        self.instrument.setCurrentIndex(self.instrument.findData(identity))

    @Slot()
    def _on_grown(self) -> None:
        self.bring_into_view(self.bring.card)

    def _add(self, code: str, role: str) -> PersonRow:
        person = PersonRow(code, role)
        person.removed.connect(self._on_removed)
        self.people.append(person)
        self._people_box.addWidget(person)
        tab_through(
            self.bring, *self.people, self.people_error, self.add_person, self.deputy_field, self.error,
            self._buttons, self.paper,
        )  # fmt: skip
        person.code.textChanged.connect(self._on_team)
        person.role.currentIndexChanged.connect(self._on_team)
        self._on_team()
        return person

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

    def _drop(self, person: PersonRow) -> None:
        self.people.remove(person)
        self._people_box.removeWidget(person)
        person.hide()
        person.deleteLater()
        self._on_team()

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

    @Slot()
    def _on_make(self) -> None:
        laptop = self._session.laptop
        if laptop is None:
            return
        missing = {
            name: _("Give the name of the {name}.", name=name)
            for name, editor in (("service", self.service), ("organisation", self.organisation))
            if not editor.text().strip()
        }
        self._show_errors(missing)
        if missing:
            field = self.fields[next(iter(missing))]
            field.editor.setFocus()
            self.bring_into_view(field)
            return
        kind: VisitKind = self.kind.currentData()
        make = partial(
            laptop.new_visit,
            instrument=str(self.instrument.currentData()),
            also=self.also.chosen(),
            kind=kind,
            service=self.service.text().strip(),
            organisation=self.organisation.text().strip(),
            date=self.date.date().toString("yyyy-MM-dd"),
            people=[p.person() for p in self.people],
        )
        deputy = self.deputy.currentData()
        if isinstance(deputy, PersonRow):
            self._make_with_deputy(make, deputy.person().code, new_deputy_words())
            return
        try:
            visit = make()
        except ReviewError as error:
            self._refuse(error)
        else:
            self.arrived.emit(visit)

    def _make_with_deputy(self, make: Callable[..., str], code: str, words: str) -> None:
        """Make the visit in the worker, for sealing the deputy's key takes a while; then show the words."""
        self.make.setEnabled(False)
        job = partial(_make, make, code, words)
        self._session.worker.run(_("Making the visit"), job, partial(self._show_words, code, words), self._refuse)

    def _show_words(self, code: str, words: str, visit: str) -> None:
        self.make.setEnabled(True)
        self._made = visit
        self._buttons.hide()
        self.paper.show_words(code, words, self.service.text().strip(), self.date.date().toString("yyyy-MM-dd"))
        self.bring_into_view(self.paper)

    def _refuse(self, error: ReviewError) -> None:
        self.make.setEnabled(True)
        if not isinstance(error, Invalid):
            self._show_errors({"": str(error)})
            return
        self._show_errors({error.field: f"{error.what}; {error.do}"})
        self.bring_into_view(self.people_error if self.people_error.isVisible() else self.error)

    @Slot()
    def _on_passed_on(self) -> None:
        made, self._made = self._made, ""
        self._buttons.show()
        self.arrived.emit(made)

    def _show_errors(self, errors: dict[str, str]) -> None:
        """Show each error at its field, and the rest below the form; no errors clear them."""
        for name, field in self.fields.items():
            field.set_error(errors.get(name, ""))
        self.people_error.set_text(errors.get("person", ""))
        rest = [text for name, text in errors.items() if name not in self.fields and name != "person"]
        self.error.set_text(rest[0] if rest else "")
