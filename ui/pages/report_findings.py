"""What the proof-reader finds: the list of it, and where each finding leads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.report.proofreading import Finding
from ui.pages.told_list import Told, ToldList
from ui.widgets import Button, SectionHeading, Text, Toggle, column, row

LOOKS = {"stop": ("not_met", "alert", "Stop"), "warn": ("warn", "eye", "Look"), "note": ("info", "info", "Note")}
"""Colour, sign and word of a gravity."""
EXPLAINED = {
    "stop": "Do not send it like this.",
    "warn": "Look at this before you send it.",
    "note": "Good to know before you send it.",
}


TITLES = {
    "concern_not_passed_on": "Nobody told of a concern",
    "conflict": "Two laptops differ",
    "disagreement": "Reviewers differ",
    "no_recommendation": "Nothing recommended",
    "quote_without_consent": "Quote without consent",
    "quote_outside_set": "Unknown standard",
    "standard_outside_set": "Unknown standard",
    "nhs_number": "Perhaps an NHS number",
    "nhs_number_bare": "Perhaps an NHS number",
    "nhs_number_wrong": "Perhaps an NHS number",
    "phone": "Perhaps a telephone number",
    "email": "Perhaps an e-mail address",
    "postcode": "Perhaps a postcode",
    "date_of_birth": "Perhaps a date of birth",
    "old_date": "Perhaps a date of birth",
    "name": "A name from the list",
    "reviewer_named": "A reviewer is named",
    "contradicts_figures": "Against the figures",
    "contradicts_rating": "Against a rating",
    "agreed_against_all": "Against all sources",
    "met_only_contrary": "Only contrary evidence",
    "not_met_only_praise": "Not met, only praise",
    "met_no_evidence": "No evidence",
    "late_rating": "Late ratings",
    "case_notes_differ": "Case notes read differently",
    "missing_glyph": "Cannot be printed",
    "unrated": "Not rated",
    "not_agreed": "Not agreed yet",
    "recommendation_not_printed": "Not printed",
    "hard_to_read": "Hard to read",
    "percentage_of_few": "Percentage of few people",
    "small_number": "Small number of people",
    "only_one_heard": "Only one person heard",
    "small_survey": "Small survey",
}
"""A few words for each rule; the sentence beneath says the rest."""


def told_of_finding(found: Finding) -> Told:
    """A row of the list."""
    title = TITLES.get(found.rule, "To look at")
    if found.accepted is not None:
        note = f"Accepted by {found.accepted.person}: {found.accepted.reason}"
        return Told(found.id, title, found.why, tone="met", icon="check", state="Accepted", note=note)
    tone, icon, word = LOOKS[found.severity]
    return Told(found.id, title, found.why, tone=tone, icon=icon, state=word)


def cause_of(found: Finding) -> tuple[str, dict[str, str]]:
    """The page, and the place on it, where something can be done about a finding."""
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
        "agreed": ("agree", {"standard": found.standard}),
        "response": ("agree", {"standard": found.standard}),
        "response_decision": ("agree", {"standard": found.standard}),
        "decision": ("agree", {}),
    }.get(found.entity, ("standards", {"standard": found.standard}))


def anchor_of(found: Finding) -> str:
    """The heading of the report under which the finding can be read."""
    if found.standard:
        return f"standard-{found.standard}"
    return {
        "concern": "concerns", "context": "service", "slot": "service", "survey": "voices", "quote": "voices",
        "agreed_audit": "case-notes", "decision": "decisions", "conflict": "conflicts",
    }.get(found.entity, "")  # fmt: skip


class FindingsPane(QWidget):
    """`chosen(id)` when a finding is chosen, `asked(id)` when its cause is asked for, `names` for the list of names."""

    chosen = Signal(str)
    asked = Signal(str)
    names = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Finding] = []
        self.heading = SectionHeading("Before you send it")
        self.accepted = Toggle("Accepted", name="Show accepted findings too")
        self.accepted.toggled.connect(self._on_filter)
        self.listed = ToldList("Before you send it")
        self.listed.selectionModel().currentChanged.connect(self._on_current)
        self.listed.clicked.connect(self._on_clicked)
        self.listed.activated.connect(self._on_activated)
        self.nothing = Text("The program has found nothing. It finds what can be found by rule, and no more.", "muted")
        self.names_button = Button("Names to look for…", "people", "quiet")
        self.names_button.clicked.connect(self.names)
        layout = column(
            self.heading, self.listed, self.nothing, row(self.accepted, self.names_button, None), gap=1.5
        )  # fmt: skip
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_findings(self, found: Sequence[Finding], names: int) -> None:
        """The findings as they are now; the chosen one stays chosen while it is there."""
        self._found = list(found)
        accepted = sum(one.accepted is not None for one in found)
        waiting = len(found) - accepted
        self.heading.title.setText(f"Before you send it ({waiting})" if waiting else "Before you send it")
        self.accepted.setText(f"Accepted ({accepted})")
        self.accepted.setVisible(bool(accepted))
        self.names_button.setText(f"Names to look for ({names})…" if names else "Names to look for…")
        self.names_button.setAccessibleName(self.names_button.text())
        self._show()

    def finding(self, key: str) -> Finding | None:
        """The finding with this id, if there still is one."""
        return next((one for one in self._found if one.id == key), None)

    def let_go(self) -> None:
        """Nothing is chosen any more."""
        self.listed.setCurrentIndex(QModelIndex())

    def _show(self) -> None:
        shown = [one for one in self._found if one.accepted is None or self.accepted.isChecked()]
        self.listed.show_rows([told_of_finding(one) for one in shown])
        self.listed.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.nothing.setText(
            "Everything that was found has been accepted." if self._found else
            "The program has found nothing. It finds what can be found by rule, and no more."
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
        """Clicked again it is shown again, though it was chosen all along."""
        self.chosen.emit(self.listed.told.rows[index.row()].key)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.asked.emit(self.listed.told.rows[index.row()].key)
