"""What the review team agrees by the second set: the page Agree holds the first one."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.labels import person
from reviewapp.visit.second import second_key
from reviewapp.visit.statements import AlsoAgreed, Statement
from ui.labels import SOURCES
from ui.pages.shared.accept_late import accept, late_of
from ui.pages.shared.agreed_criteria import AgreedCriteria, derived_words
from ui.pages.shared.criteria_words import verdict_words
from ui.pages.standards.sets import SeenSet
from ui.widgets import Button, Card, DraftText, FlowLayout, RatingButtons, Text, clear, column, value_label
from ui.widgets.taborder import put_in_place
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.instruments.model import Scale, Score
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session


def reason_line(instrument: str, number: str, text: str) -> Statement:
    """The statement of the reason for the agreed rating by the second set."""
    return AlsoAgreed(instrument=instrument, standard=number, reason=text)


class AgreedPart(Card):
    """The agreed rating of one standard of the second set, once the meeting was opened; only the lead decides it."""

    def __init__(self, session: Session, scale: Scale) -> None:
        super().__init__(_("Agreed rating"))
        self._session = session
        self._instrument, self._number = "", ""
        self.buttons = RatingButtons(scale, _("Agreed rating"))
        self.buttons.chosen.connect(self._on_chosen)
        self.told = Text("", select=True, fills=True)
        self.label = Text(_("Reason · printed in every report"), "strong")
        self.reason = DraftText(
            session.bridge, _("Reason, printed in every report"), placeholder=_("What decided it?"), rows=2
        )
        self.label.setBuddy(self.reason)
        self.derived = Text("", "muted")
        self._criteria_place = column(gap=0)
        self.late = QWidget()
        self._late = FlowLayout(self.late, gap=2)
        self._waiting: list[tuple[str, str]] = []
        self.add(self.late, self.buttons, self.derived, self.told, self._criteria_place, self.label, self.reason)
        self.hide()

    @cached_property
    def criteria(self) -> AgreedCriteria:
        """The criteria to agree, made for the first standard that has any."""
        made = AgreedCriteria(self._session)
        put_in_place(made, self._criteria_place, self.buttons, before=self.label)
        return made

    def show_agreed(self, visit: OpenVisit, seen: SeenSet, number: str) -> None:
        """Show what is agreed on a standard of the second set; hidden for the first, and before the meeting."""
        state = seen.judged
        found = state.agreed.get(number)
        leads = visit.is_lead and state.meeting_opened
        self.setVisible(seen.is_second and (leads or (found is not None and state.meeting_opened)))
        if not seen.is_second:
            return
        about = state.instrument.id, number
        derived = derived_words(state, number)
        self.derived.setText(derived)
        self.derived.setVisible(bool(derived))
        standard = state.instrument.standard(number)
        if standard.criteria or "criteria" in vars(self):
            self.criteria.show_standard(visit, state, standard, state.instrument.id)
        self._show_late(visit, state, number)
        value, reason = (found.value, found.reason) if found is not None else (None, "")
        self.buttons.show_scale(state.instrument.scale)
        self.buttons.set_value(value)
        usable(self.buttons, only_read(not visit.read_only))
        self.told.setText(" · ".join(part for part in (value_label(state.instrument.scale, value), reason) if part))
        for widget in (self.buttons, self.label, self.reason):
            widget.setVisible(leads)
        self.told.setVisible(not leads)
        if about != (self._instrument, self._number):
            self._instrument, self._number = about
            self.reason.bind(partial(reason_line, *about) if leads else None, reason)
        elif leads and not self.reason.bound:
            self.reason.bind(partial(reason_line, *about), reason)
        else:
            self.reason.refresh(reason)

    def commit(self) -> None:
        """Commit the reasons that are being typed."""
        self.reason.commit()
        if "criteria" in vars(self):
            self.criteria.reason.commit()

    def _show_late(self, visit: OpenVisit, state: VisitState, number: str) -> None:
        """A button for every rating and finding on this standard that came in too late to count by itself."""
        keys = [key for key in late_of(state) if key.split("/")[0] == number] if visit.is_lead else []
        waiting = [(key, _late_words(state, key)) for key in keys]
        self.late.setVisible(bool(waiting))
        if waiting == self._waiting:
            return
        self._waiting = waiting
        clear(self._late)
        for key, words in waiting:
            button = Button(words, "clock")
            button.setProperty("late", second_key(state.instrument.id, key))
            usable(button, only_read(not visit.read_only))
            button.clicked.connect(self._on_accept)
            self._late.addWidget(button)
            button.show()

    @Slot()
    def _on_accept(self) -> None:
        accept(self._session, [str(self.sender().property("late"))])

    @Slot(object)
    def _on_chosen(self, value: Score | None) -> None:
        self._session.bridge.record(AlsoAgreed(instrument=self._instrument, standard=self._number, value=value))


def _late_words(state: VisitState, key: str) -> str:
    """What a press on the button lets count."""
    rating, found = state.ratings.get(key), state.criteria.get(key)
    if rating is not None:
        value = value_label(state.instrument.scale, rating.value)
        return _(
            "Count the late rating of {person}: {rating}", person=person(state.people, rating.person), rating=value
        )
    __, letter, source, code = key.split("/")
    said = verdict_words(found.value if found is not None else None).lower()
    return _(
        "Count what {person} found late: {letter} {verdict} ({source})",
        person=person(state.people, code), letter=letter, verdict=said, source=SOURCES.get(source, source).lower(),
    )  # fmt: skip
