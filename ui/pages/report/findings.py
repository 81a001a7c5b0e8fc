"""The list of the proof-reader's findings, and where each of them leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.pages.shared.finding_words import finding_row
from ui.widgets import Button, SectionHeading, Text, Toggle, column, row
from ui.widgets.status_list import StatusList

if TYPE_CHECKING:
    from reviewapp.report.proofreading import Finding
    from reviewapp.visit.labels import TeamMember
    from reviewapp.visit.state import VisitState


def anchor_of(found: Finding, state: VisitState) -> str:
    """The heading of the report under which the finding can be read; empty if there is none.

    `state`: what the report is made of.
    """
    if found.entity == "quote":
        from reviewapp.report.content.quote_places import heading_of_quote

        return heading_of_quote(state, found.key)
    if found.standard:
        return f"standard-{found.standard}"
    return {
        "concern": "concerns", "context": "service", "slot": "service", "survey": "voices",
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
        self._people: Mapping[str, TeamMember] = {}
        self.waiting = 0
        self.heading = SectionHeading(_("Check before you send it"))
        self.accepted = Toggle(_("Accepted"), name=_("Show accepted warnings too"))
        self.accepted.toggled.connect(self._on_filter)
        self.listed = FindingList(_("Check before you send it"))
        self.listed.selectionModel().currentChanged.connect(self._on_current)
        self.listed.clicked.connect(self._on_clicked)
        self.listed.activated.connect(self._on_activated)
        self.nothing = Text(_("No warnings. The program only finds what can be found by rule."), "muted")
        self.names_button = Button(_("Names to look for…"), "people", "quiet")
        self.names_button.clicked.connect(self.names)
        layout = column(
            self.heading, self.listed, self.nothing, row(self.accepted, self.names_button, None), gap=1.5
        )  # fmt: skip
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def reading(self) -> None:
        """Show that the proof-reader is at work, because the visit has changed."""
        self.heading.title.setText(_("Check before you send it (reading…)"))
        if not self._read:
            self.listed.hide()
            self.nothing.setText(_("Reading what is written…"))
            self.nothing.show()

    def show_findings(self, found: Sequence[Finding], people: Mapping[str, TeamMember]) -> None:
        """Show the findings; the chosen one stays chosen while it is listed."""
        self._found, self._read, self._people = list(found), True, people
        accepted = sum(one.accepted is not None for one in found)
        waiting = self.waiting = len(found) - accepted
        self.heading.title.setText(
            _("Check before you send it ({waiting})", waiting=waiting) if waiting else _("Check before you send it")
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
        self.listed.show_rows([finding_row(one, self._people) for one in shown])
        self.listed.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.nothing.setText(
            _("All warnings have been accepted.") if self._found else
            _("No warnings. The program only finds what can be found by rule.")
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
