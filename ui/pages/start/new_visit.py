"""New visit: service, date, kind, standards, and the review team."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from reviewapp.base.dates import today
from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.exchange.phrase import new_deputy_words
from reviewapp.instruments.model import Instrument
from reviewapp.visit.statements import Round
from reviewapp.visit.statements.rounds import THIS
from reviewapp.workspace.laptop import NewPerson, VisitKind
from ui.formats import weekday_of
from ui.labels import KINDS
from ui.pages.shared.deputy_words import DeputyWords
from ui.pages.shared.round_labels import ROUND_LABELS
from ui.pages.start.earlier import EarlierPart
from ui.pages.start.form import StartForm
from ui.pages.start.import_standards import ImportStandards
from ui.pages.start.review_team import ReviewTeam
from ui.pages.start.second_set import SecondSet, in_words
from ui.session.session import Session
from ui.session.worker import Progress
from ui.theme import space
from ui.widgets import Button, Card, ErrorLine, Field, FlowLayout, SectionHeading, tab_through
from ui.widgets.boxes import let_be_narrow
from ui.widgets.typed_edit import DayField
from ui.widgets.usable import WAIT, usable

if TYPE_CHECKING:
    from reviewapp.exchange.carry_over import CarryOver
    from reviewapp.workspace.laptop import Laptop

AS_BEFORE = ""
"""Of the standards: the very ones of the earlier visit."""
MEASURED = _("What the service is measured against")


def _make(make: Callable[..., str], deputy: str, words: str, _progress: Progress) -> str:
    """Make a visit with a deputy; returns its id. For the worker; raises ReviewError."""
    return make(deputy=deputy, words=words)


class NewVisit(StartForm):
    """Form for a new visit; emits `arrived(visit id)` when it was created, or `left`."""

    KEEPS = True

    def __init__(self, session: Session) -> None:
        super().__init__(session, width=190)
        self.service, self.organisation = QLineEdit(), QLineEdit()
        day = DayField(_("Day of the visit"), hint=" ")
        self.date = day.editor
        self.kind, self.instrument = QComboBox(), QComboBox()
        let_be_narrow(self.instrument)
        for value, words in KINDS.items():
            self.kind.addItem(words, value)
        self.also = SecondSet(session)
        self.fields = {
            "service": Field(_("Service"), self.service, hint=_("The team you will visit, by the name the team uses")),
            "organisation": Field(_("Organisation"), self.organisation, hint=_("For example, the NHS trust")),
            "date": day,
            "kind": Field(_("Kind of visit"), self.kind),
            "instrument": Field(_("Standards"), self.instrument, hint=MEASURED),
            "also": self.also,
        }
        self.earlier = EarlierPart(session)
        self.earlier.taken.connect(self._on_carried)
        self._carried: CarryOver | None = None
        self._build_round()
        self._instruments: dict[str, Instrument] = {}
        self.instrument.currentIndexChanged.connect(self._on_instrument)
        self.date.textChanged.connect(self._on_day)
        self.date.set_value(today().isoformat())
        self.broken = ErrorLine()
        self.bring = ImportStandards(session)
        self.team, self.error = ReviewTeam(), ErrorLine()
        self.paper, self._made = DeputyWords(session), ""
        self.make, back = Button(_("Create visit"), "check", "primary"), Button(_("Back"), "arrow_left")
        back.clicked.connect(self.left)
        self._lay_out(back)
        self.paper.passed_on.connect(self._on_passed_on)
        self.bring.imported.connect(self._on_imported)
        self.bring.grown.connect(self._on_grown)
        self.team.grown.connect(self._on_team_grown)
        self.make.clicked.connect(self._on_make)

    def _lay_out(self, back: Button) -> None:
        """Put everything in its place."""
        about = Card(_("The visit"))
        about.body.setSpacing(space(3))
        about.add(self.earlier, *self.fields.values(), self.broken, self.bring)
        self._buttons = buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.make, back):
            flow.addWidget(button)
        self.add(
            SectionHeading(_("New visit"), _("You will lead it."), kind="title"),
            about,
            self.team,
            self.error,
            buttons,
            self.paper,
            None,
        )

    def _build_round(self) -> None:
        """Create the field for the round of reviews."""
        self.round = QComboBox()
        self.round.setEditable(True)
        for value, words in ROUND_LABELS:
            self.round.addItem(words, value)
        typed = self.round.lineEdit()
        assert typed is not None
        typed.setAccessibleName(_("Which round of reviews"))
        self.fields["label"] = Field(
            _("Which round of reviews"), self.round, hint=_("For a team that is reviewed regularly. Optional")
        )

    def restore_form(self) -> None:
        """Focus the first field."""
        self.service.setFocus()

    def take_file(self, path: Path) -> None:
        """Start from a carry-over file that was opened with the program: its six words are asked for."""
        self.earlier.take_file(path)

    def reset(self) -> None:
        """Reset to an empty form with the usual team."""
        self.service.clear()
        self.organisation.clear()
        self.date.set_value(today().isoformat())
        self.kind.setCurrentIndex(0)
        self.round.setEditText("")
        self._carried = None
        self.earlier.reset()
        self.bring.fresh()
        self.also.clear()
        self._list_instruments()
        self.team.reset()
        self._show_errors({})
        self.service.setFocus()

    @Slot(object)
    def _on_carried(self, carried: CarryOver | None) -> None:
        """Show what the earlier visit hands on; what was typed before gives way to it."""
        self._carried = carried
        self._list_instruments()
        self._show_errors({})
        if carried is None:
            return
        before = carried.visit
        self.service.setText(before.service)
        self.organisation.setText(before.organisation)
        self.kind.setCurrentIndex(max(0, self.kind.findData(before.kind)))
        self.team.show_team([NewPerson(one.code, one.role, one.name) for one in before.people])
        self.date.setFocus()

    def _list_instruments(self) -> None:
        self.instrument.clear()
        laptop = self._session.laptop
        instruments = laptop.library.all() if laptop else ()
        problems = laptop.library.problems() if laptop else {}
        self.broken.set_text("\n".join(str(error) for error in problems.values()))
        self._instruments = {one.id: one for one in instruments}
        if self._carried is not None:
            self.instrument.addItem(_("Same as before: {title}", title=self._carried.instrument.title), AS_BEFORE)
        for instrument in instruments:
            self.instrument.addItem(in_words(instrument), instrument.id)

    @Slot()
    def _on_instrument(self) -> None:
        """Say below the chosen standards that they are superseded, and by what."""
        chosen = str(self.instrument.currentData() or "")
        before = self._carried.instrument if self._carried is not None and chosen == AS_BEFORE else None
        first = before or self._instruments.get(chosen)
        newer = first.superseded_by if first else None
        words = (
            _("Replaced by the {edition}. If you have that edition, you can import it below.", edition=newer)
            if newer
            else MEASURED
        )
        self.fields["instrument"].set_hint(words)
        self.also.offer(self._instruments.values(), first.id if first else "")

    @Slot()
    def _on_day(self) -> None:
        # The weekday makes a wrong date obvious.
        day = self.date.value() or ""
        name = weekday_of(day)
        words = _("{weekday}, today", weekday=name) if day == today().isoformat() else name
        self.fields["date"].set_hint(words)

    @Slot(str)
    def _on_imported(self, identity: str) -> None:
        self._list_instruments()
        self.instrument.setCurrentIndex(self.instrument.findData(identity))

    @Slot()
    def _on_grown(self) -> None:
        self.bring_into_view(self.bring.card)

    @Slot()
    def _on_team_grown(self) -> None:
        tab_through(self.bring, self.team, self.error, self._buttons, self.paper)

    @Slot()
    def _on_make(self) -> None:
        laptop = self._session.laptop
        if laptop is None:
            return
        missing = {
            name: _("Enter the name of the {name}.", name=name)
            for name, editor in (("service", self.service), ("organisation", self.organisation))
            if not editor.text().strip()
        }
        if not self.date.value():
            missing["date"] = self.date.advice() if self.date.text().strip() else _("Give the day of the visit.")
        self._show_errors(missing)
        if missing:
            field = self.fields[next(iter(missing))]
            field.editor.setFocus()
            self.bring_into_view(field)
            return
        make = self._call(laptop)
        deputy = self.team.deputy_code()
        if deputy is not None:
            self._make_with_deputy(make, deputy, new_deputy_words())
            return
        try:
            visit = make()
        except ReviewError as error:
            self._refuse(error)
        else:
            self.arrived.emit(visit)

    def _call(self, laptop: Laptop) -> Callable[..., str]:
        """What makes the visit as the form says it."""
        kind: VisitKind = self.kind.currentData()
        service, organisation = self.service.text().strip(), self.organisation.text().strip()
        date, people = self.date.value() or "", self.team.team()
        instrument, also = str(self.instrument.currentData() or ""), self.also.chosen()
        label = " ".join(self.round.currentText().split())
        label = next((value for value, words in ROUND_LABELS if words == label), label)
        if self._carried is not None:
            from reviewapp.plan.next_round import begin_next_round

            # Whoever was taken from the form is not on this visit, so only those in it are.
            before = msgspec.structs.replace(self._carried.visit, people=())
            return partial(
                begin_next_round, laptop, msgspec.structs.replace(self._carried, visit=before), date=date, label=label,
                instrument=instrument, kind=kind, service=service, organisation=organisation, people=people,
                also=also,
            )  # fmt: skip
        return partial(
            laptop.new_visit, instrument=instrument, kind=kind, service=service, organisation=organisation, date=date,
            people=people, also=also, begin=[Round(id=THIS, label=label)] if label else (),
        )  # fmt: skip

    def _make_with_deputy(self, make: Callable[..., str], code: str, words: str) -> None:
        """Make the visit in the worker, for sealing the deputy's key takes a while; then show the words."""
        usable(self.make, WAIT)
        job = partial(_make, make, code, words)
        self._session.worker.run(_("Creating the visit"), job, partial(self._show_words, code, words), self._refuse)

    def _show_words(self, code: str, words: str, visit: str) -> None:
        usable(self.make, "")
        self._made = visit
        self._buttons.hide()
        self.paper.show_words(code, words, self.service.text().strip(), self.date.value() or "")
        self.bring_into_view(self.paper)

    def _refuse(self, error: ReviewError) -> None:
        usable(self.make, "")
        if not isinstance(error, Invalid):
            self._show_errors({"": str(error)})
            return
        self._show_errors({error.field: f"{error.what}; {error.do}"})
        self.bring_into_view(self.team.error if self.team.error.isVisible() else self.error)

    @Slot()
    def _on_passed_on(self) -> None:
        made, self._made = self._made, ""
        self._buttons.show()
        self.arrived.emit(made)

    def _show_errors(self, errors: dict[str, str]) -> None:
        """Show each error at its field, and the rest below the form; no errors clear them."""
        for name, field in self.fields.items():
            field.set_error(errors.get(name, ""))
        self.team.error.set_text(errors.get("person", ""))
        rest = [text for name, text in errors.items() if name not in self.fields and name != "person"]
        self.error.set_text(rest[0] if rest else "")
