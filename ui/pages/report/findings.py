"""The list of the proof-reader's findings, and where each of them leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.widgets import Button, SectionHeading, Text, Toggle, column, row
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.report.proofreading import Finding

LOOKS = {
    "stop": ("not_met", "alert", _("Stop")),
    "warn": ("warn", "eye", _("Look")),
    "note": ("info", "info", _("Note")),
}
"""Tone, icon and label of a severity."""
EXPLAINED = {
    "stop": _("Do not send it like this."),
    "warn": _("Look at this before you send it."),
    "note": _("Good to know before you send it."),
}

TITLES = {
    "concern_not_passed_on": _("Nobody told of a concern"),
    "conflict": _("Two laptops differ"),
    "disagreement": _("Reviewers differ"),
    "no_recommendation": _("Nothing recommended"),
    "quote_without_consent": _("Quote without consent"),
    "quote_outside_set": _("Unknown standard"),
    "standard_outside_set": _("Unknown standard"),
    "nhs_number": _("Perhaps an NHS number"),
    "nhs_number_bare": _("Perhaps an NHS number"),
    "nhs_number_wrong": _("Perhaps an NHS number"),
    "ni_number": _("Perhaps a National Insurance number"),
    "hospital_number": _("Perhaps a hospital number"),
    "phone": _("Perhaps a telephone number"),
    "email": _("Perhaps an e-mail address"),
    "postcode": _("Perhaps a postcode"),
    "date_of_birth": _("Perhaps a date of birth"),
    "old_date": _("Perhaps a date of birth"),
    "name": _("A name from the list"),
    "reviewer_named": _("A reviewer is named"),
    "contradicts_figures": _("Against the figures"),
    "contradicts_rating": _("Against a rating"),
    "agreed_against_all": _("Against all sources"),
    "met_only_contrary": _("Only contrary evidence"),
    "not_met_only_praise": _("Not met, only praise"),
    "met_no_evidence": _("No evidence"),
    "late_rating": _("Late ratings"),
    "not_counted": _("Not counted"),
    "case_notes_differ": _("Case notes read differently"),
    "missing_glyph": _("Cannot be printed"),
    "unrated": _("Not rated"),
    "not_agreed": _("Not agreed yet"),
    "recommendation_not_printed": _("Not printed"),
    "hard_to_read": _("Hard to read"),
    "percentage_of_few": _("Percentage of few people"),
    "small_number": _("Small number of people"),
    "only_one_heard": _("Only one person heard"),
    "small_survey": _("Small survey"),
}
"""A short title for each rule; the sentence below it has the details."""


def finding_row(found: Finding) -> StatusRow:
    """The row of the list for one finding."""
    title = TITLES.get(found.rule, _("To look at"))
    if found.accepted is not None:
        note = _("Accepted by {person}: {reason}", person=found.accepted.person, reason=found.accepted.reason)
        return StatusRow(found.id, title, found.why, tone="met", icon="check", state=_("Accepted"), note=note)
    tone, icon, word = LOOKS[found.severity]
    return StatusRow(found.id, title, found.why, tone=tone, icon=icon, state=word)


def cause_of(found: Finding) -> tuple[str, dict[str, str]]:
    """The page and the place on it where a finding's cause can be corrected."""
    first = found.key.split("/", maxsplit=1)[0]
    author = found.key.rpartition("/")[2]
    if found.rule == "conflict":
        return "bring_together", {"conflict": f"{found.entity}|{found.key}|"}
    if found.rule == "late_rating":
        return "agree", {"standard": found.standard}
    return {
        "passage": ("report", {"passage": found.key}),
        "concern": ("interviews", {"concern": found.key}),
        "quote": ("interviews", {"quote": found.key}),
        "answer": ("interviews", {"interview": f"{first}/{author}"}),
        "agreed_audit": ("agree", {"case_notes": found.key}),
        "audit": ("case_notes", {"record": first, "item": found.key.split("/")[1] if "/" in found.key else ""}),
        "case_note": ("case_notes", {"record": first}),
        "action": ("action_plan", {"action": found.key}),
        "survey": ("overview", {}),
        "context": ("overview", {}),
        "slot": ("overview", {}),
        "person": ("overview", {"card": "people"}),
        "agreed": ("agree", {"standard": found.standard}),
        "response": ("agree", {"standard": found.standard}),
        "response_decision": ("agree", {"standard": found.standard}),
        "decision": ("agree", {}),
    }.get(found.entity, ("standards", {"standard": found.standard}))


def anchor_of(found: Finding) -> str:
    """The heading of the report under which the finding can be read; empty if there is none."""
    if found.standard:
        return f"standard-{found.standard}"
    return {
        "concern": "concerns", "context": "service", "slot": "service", "survey": "voices", "quote": "voices",
        "agreed_audit": "case-notes", "decision": "decisions", "conflict": "conflicts",
    }.get(found.entity, "")  # fmt: skip


class FindingList(StatusList):
    """List that does not select a row when Tab enters it, so that pages and text stay where they are."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt would make the first row current; Down still does.
        selection = self.selectionModel()
        before = selection.blockSignals(not selection.hasSelection())
        super().focusInEvent(event)
        if not selection.hasSelection():
            selection.clearCurrentIndex()
        selection.blockSignals(before)


class FindingsPane(QWidget):
    """The findings; emits `chosen(id)`, `asked(id)` to go to the cause, and `names` for the list of names."""

    chosen = Signal(str)
    asked = Signal(str)
    names = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Finding] = []
        self._read = False
        self.heading = SectionHeading(_("Before you send it"))
        self.accepted = Toggle(_("Accepted"), name=_("Show accepted findings too"))
        self.accepted.toggled.connect(self._on_filter)
        self.listed = FindingList(_("Before you send it"))
        self.listed.selectionModel().currentChanged.connect(self._on_current)
        self.listed.clicked.connect(self._on_clicked)
        self.listed.activated.connect(self._on_activated)
        self.nothing = Text(
            _("The program has found nothing. It finds what can be found by rule, and no more."), "muted"
        )
        self.names_button = Button(_("Names to look for…"), "people", "quiet")
        self.names_button.clicked.connect(self.names)
        layout = column(
            self.heading, self.listed, self.nothing, row(self.accepted, self.names_button, None), gap=1.5
        )  # fmt: skip
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def reading(self) -> None:
        """Show that the proof-reader is at work, because the visit has changed."""
        self.heading.title.setText(_("Before you send it (reading…)"))
        if not self._read:
            self.listed.hide()
            self.nothing.setText(_("Reading what is written…"))
            self.nothing.show()

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Show the findings; the chosen one stays chosen while it is listed."""
        self._found, self._read = list(found), True
        accepted = sum(one.accepted is not None for one in found)
        waiting = len(found) - accepted
        self.heading.title.setText(
            _("Before you send it ({waiting})", waiting=waiting) if waiting else _("Before you send it")
        )
        self.accepted.setText(_("Accepted ({accepted})", accepted=accepted))
        self.accepted.setVisible(bool(accepted))
        self._show()

    def show_names(self, names: int) -> None:
        """Show the number of names on the list of names."""
        self.names_button.setText(_("Names to look for ({names})…", names=names) if names else _("Names to look for…"))
        self.names_button.setAccessibleName(self.names_button.text())

    def finding(self, key: str) -> Finding | None:
        """The finding with this id; None if it is gone."""
        return next((one for one in self._found if one.id == key), None)

    def release(self) -> None:
        """Clear the selection."""
        self.listed.setCurrentIndex(QModelIndex())

    def _show(self) -> None:
        shown = [one for one in self._found if one.accepted is None or self.accepted.isChecked()]
        self.listed.show_rows([finding_row(one) for one in shown])
        self.listed.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.nothing.setText(
            _("Everything that was found has been accepted.") if self._found else
            _("The program has found nothing. It finds what can be found by rule, and no more.")
        )  # fmt: skip

    @Slot(bool)
    def _on_filter(self, _on: bool) -> None:
        self._show()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.listed.told.rows[current.row()].key)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        # A click on the chosen finding shows it again.
        self.chosen.emit(self.listed.told.rows[index.row()].key)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.asked.emit(self.listed.told.rows[index.row()].key)
