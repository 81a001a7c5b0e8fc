"""The committee: the standards in the way, the presentations so far, and the decision on the next one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from reviewapp.base.dates import today
from reviewapp.base.i18n import _, join_words
from reviewapp.figures.forecast import ToMeet, forecast
from reviewapp.figures.presentations import Presentation, next_presentation, presentations
from reviewapp.figures.ratings import effective_ratings, is_reviewed
from reviewapp.report.content.committee import ordinal
from reviewapp.visit.state import has_committee
from reviewapp.visit.statements import Decision, Statement
from ui.formats import long_date
from ui.widgets import (
    Button,
    Card,
    DescribingText,
    ErrorLine,
    FlowLayout,
    Text,
    Toggle,
    clear,
    column,
    row,
    value_label,
)
from ui.widgets.one_stop import OneStop
from ui.widgets.typed_edit import DayField

if TYPE_CHECKING:
    from ui.pages.base import Page

NO_COMMITTEE = _("A developmental review is not presented to a committee.")
HOW = _(
    "Which thresholds were not met at that moment is kept with the decision, and the report becomes the final one. "
    "You can undo this."
)
NONE_LEFT = _("The service has been presented as often as is allowed.")


def note_line(presentation: int, text: str) -> Statement:
    """The statement of the committee's note on a presentation."""
    return Decision(presentation=presentation, note=text)


def way_words(ways: list[ToMeet]) -> str:
    """The standards in the way of a threshold: `Type 1: 119, 136 (both must become met)`."""
    if not ways:
        return _("No standard needs to change for the thresholds to be met.")
    told = []
    for way in ways:
        count = len(way.from_)
        need = (
            _("must become met")
            if way.need == count
            else _("{need} of these {count} must become met", need=way.need, count=count)
        )
        told.append(_("Type {type}: {list} ({need})", type=way.type, list=", ".join(way.from_), need=need))
    return _("Standards that must be met first: ") + "; ".join(told) + "."


class CommitteePanel(QWidget):
    """Panel for the part `decisions`, in place of the text box."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._number = 0
        self.now = Text("", "strong", select=True)
        self._past = column(gap=2)
        self.none = Text("", "muted")
        self.setLayout(column(Text(HOW, "muted"), self.now, self._past, self._build_form(), self.none, gap=2.5))
        self._shown: object = None

    def _build_form(self) -> Card:
        self.form = Card(_("Decision"), kind="inset", margin=3)
        self.date = DayField(_("Day of the meeting"))
        self.date.editor.set_value(today().isoformat())
        self.labels: list[Toggle] = []
        self._group = QButtonGroup(self)
        choice = QWidget()
        flow = FlowLayout(choice)
        for words in self._page.state.instrument.rule.labels:
            toggle = Toggle(words[:1].upper() + words[1:], name=_("The committee's decision: {words}", words=words))
            toggle.setProperty("label", words)
            toggle.clicked.connect(self._on_chosen)
            self._group.addButton(toggle)
            self.labels.append(toggle)
            flow.addWidget(toggle)
        OneStop(choice)
        self.own = QLineEdit()
        self.own.setAccessibleName(_("The committee's decision, in its own words"))
        self.own.setVisible(not self.labels)
        self.own.textEdited.connect(self._on_chosen)
        self.note = self._page.draft(
            _("Note (printed for the team and the committee)"),
            placeholder=_("Conditions, thanks, what to bring"),
            rows=2,
        )
        note = Text(_("Note (printed for the team and the committee)"), "strong")
        note.setBuddy(self.note)
        self.error = ErrorLine()
        self.save = Button(_("Record the decision"), "check")
        self.save.clicked.connect(self._on_save)
        label = DescribingText(_("What the committee decided"), "strong")  # each of the choices says it
        self.form.add(
            self.date,
            column(label, choice, self.own, gap=1),
            column(note, self.note, gap=1),
            self.error,
            row(self.save, None),
        )
        return self.form

    # Showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the current presentations; a decision being entered is kept."""
        state = self._page.state
        found = presentations(state)
        number = next_presentation(state)
        may = self._page.writable and self._page.visit.is_lead
        self.now.setText(
            _("With the ratings as they are now: {in_the_way}", in_the_way=way_words(forecast(state).to_meet))
            if is_reviewed(effective_ratings(state))
            else _("No reviewer has rated anything yet, so there is no outcome.")
        )
        self.now.setAccessibleName(self.now.text())
        self.now.setVisible(has_committee(state) and bool(state.instrument.rule.thresholds))
        if found != self._shown:
            self._shown = found
            clear(self._past)
            for one in found:
                self._past.addWidget(self._card(one, last=one is found[-1], may=may))
        self.form.setVisible(number is not None and may)
        if number is not None and number != self._number:
            self._number = number
            self.form.set_title(_("{ordinal} presentation", ordinal=_(ordinal(number))))
            held = state.decisions.get(str(number))
            self.note.bind(partial(note_line, number) if may else None, held.note if held else "")
            self._group.setExclusive(False)
            for toggle in self.labels:
                toggle.setChecked(False)
            self._group.setExclusive(True)
            self.own.clear()
            self.date.editor.set_value(today().isoformat())
            self.error.set_text()
        self.none.setText(self._why_none(number, may=may))
        self.none.setVisible(bool(self.none.text()))

    def _why_none(self, number: int | None, *, may: bool) -> str:
        if not has_committee(self._page.state):
            return NO_COMMITTEE
        if number is None:
            return NONE_LEFT
        return "" if may else _("Only the lead reviewer records a decision.")

    def _card(self, one: Presentation, *, last: bool, may: bool) -> Card:
        """A card for one presentation: the decision, what was in the way, and what changed since."""
        on = f", {long_date(one.date)}" if one.date else ""
        card = Card(
            _("{ordinal} presentation{on}: {label}", ordinal=_(ordinal(one.presentation)), on=on, label=one.label),
            kind="inset",
            margin=3,
        )
        scale = self._page.state.instrument.scale
        told = [
            way_words(one.in_the_way) if one.known else _("The standards in the way at that time were not recorded.")
        ]
        changes = [
            _(
                "{standard} ({rating}, now {rating_now})",
                standard=change.standard,
                rating=value_label(scale, change.before),
                rating_now=value_label(scale, change.now),
            )
            for change in one.since.ratings
        ]
        if changes:
            told.append(_("Changed since then: {list}.", list=", ".join(changes)))
        if one.since.answers:
            told.append(_("Since then the team has answered on {list}.", list=", ".join(one.since.answers)))
        card.add(*(Text(words, select=True) for words in told))
        if one.note:
            card.add(Text(one.note, "muted", select=True))
        if last and may:
            back = Button(_("Remove this decision"), "undo", "quiet")
            back.setProperty("presentation", one.presentation)
            back.clicked.connect(self._on_back)
            card.add(row(back, None))
        return card

    # Actions -------------------------------------------------------------------------------------------------

    def _label(self) -> str:
        if not self.labels:
            return self.own.text().strip()
        chosen = self._group.checkedButton()
        return str(chosen.property("label")) if chosen is not None else ""

    @Slot()
    def _on_chosen(self) -> None:
        self.error.set_text()

    @Slot()
    def _on_save(self) -> None:
        label = self._label()
        if not label:
            choices = join_words(self._page.state.instrument.rule.labels, _(" or ")) if self.labels else ""
            self.error.set_text(
                _("Choose what was decided: {choices}.", choices=choices) if choices else _("Enter what was decided.")
            )
            (self.labels[0] if self.labels else self.own).setFocus()
            return
        self.error.set_text()
        self.note.commit()
        day_, number = self.date.day(), self._number
        if not day_:
            self.date.editor.setFocus()
            return
        if self._page.record(Decision(presentation=number, date=day_, label=label)) is not None:
            self._page.notify(
                _(
                    "{ordinal} presentation recorded: {label}. The report is the final one now",
                    ordinal=_(ordinal(number)),
                    label=label,
                ),
                "met",
            )

    @Slot()
    def _on_back(self) -> None:
        number = int(self.sender().property("presentation"))
        if self._page.record(Decision(presentation=number, label=None, date=None)) is not None:
            self._page.notify(
                _("The decision of the {ordinal} presentation is removed", ordinal=_(ordinal(number)).lower()), "met"
            )
