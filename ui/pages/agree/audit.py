"""Case notes that two reviewers answered differently: a list, and one agreed value for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.ratings import AuditDifference, audit_differences
from reviewapp.visit.labels import TeamMember, person
from reviewapp.visit.statements import AgreedAudit
from ui.pages.shared.audit_answers import ANSWERS, WORDS
from ui.widgets import Card, Field, RatingButtons, Text, column
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.usable import ONLY_LEAD, only_read, usable

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session


def key_of(found: AuditDifference) -> str:
    """The cell's key: case note and item, `5/A2`."""
    return f"{found.case_note}/{found.item}"


class AuditCard(Card):
    """The cells that differ, and for the chosen one the buttons that record the agreed value."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Case notes read differently"))
        self._session = session
        self._found: dict[str, AuditDifference] = {}
        self._shown = ""
        why = _("Two reviewers read the same case note and saw different things. It does not count until you agree.")
        self.list = StatusList(_("Case notes read differently"), most=220)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.title = Text("", "strong")
        self.buttons = RatingButtons(ANSWERS, _("Agreed value"))
        self.buttons.chosen.connect(self._on_value)
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason.editingFinished.connect(self._on_reason)
        self.field = Field(_("Reason"), self.reason)
        self.only_lead = Text(_("Only the lead reviewer records what is agreed."), "muted")
        self.decision = QWidget()
        self.decision.setLayout(column(self.title, self.buttons, self.field, self.only_lead, gap=2))
        self.add(Text(why, "muted"), self.list, self.decision, None)

    def show_differences(self, visit: OpenVisit) -> None:
        """Show the current differences."""
        items = {item.item: item.text for item in visit.state.instrument.audit}
        self._found = {key_of(one): one for one in audit_differences(visit.state)}
        self.list.show_rows(
            [_row(one, items.get(one.item, one.item), visit.state.people) for one in self._found.values()]
        )
        if self._found and self.list.chosen_key() not in self._found:
            self.list.choose(next((k for k, one in self._found.items() if one.agreed is None), next(iter(self._found))))
        self._show_chosen()

    def _show_chosen(self) -> None:
        visit, key = self._session.visit, self.list.chosen_key()
        found = self._found.get(key)
        self.decision.setVisible(found is not None)
        if visit is None or found is None:
            return
        may = visit.is_lead and not visit.read_only
        rec = visit.state.agreed_audit.get(key)
        self.title.setText(_("Case note {case_note}, {item}", case_note=found.case_note, item=found.item))
        self.buttons.set_value(rec.value if rec else None)
        usable(self.buttons, only_read(not visit.read_only) or ("" if may else ONLY_LEAD))
        if key != self._shown or not self.reason.isModified():
            self.reason.setText(rec.reason if rec else "")
        self._shown = key
        self.reason.setReadOnly(not may)
        self.field.setVisible(may or bool(self.reason.text()))
        self.only_lead.setVisible(not visit.is_lead)

    def _record(self, **values: Any) -> bool:
        found = self._found.get(self._shown)
        if found is None:
            return False
        line = AgreedAudit(case_note=found.case_note, item=found.item, **values)
        return self._session.bridge.record(line) is not None

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_chosen()

    @Slot(object)
    def _on_value(self, value: str | None) -> None:
        if not self._record(value=value):
            self._show_chosen()

    @Slot()
    def _on_reason(self) -> None:
        self.commit()

    def commit(self) -> None:
        """Record the reason if it was edited and not left yet."""
        if self.reason.isModified():
            self.reason.setModified(False)
            self._record(reason=self.reason.text().strip() or None)


def _row(found: AuditDifference, text: str, people: Mapping[str, TeamMember]) -> StatusRow:
    values = " · ".join(f"{person(people, code)}: {WORDS.get(value, value)}" for code, value in found.values.items())
    agreed = WORDS.get(found.agreed, found.agreed) if found.agreed is not None else ""
    return StatusRow(
        key=key_of(found),
        title=_("Case note {case_note}, {item}: {text}", case_note=found.case_note, item=found.item, text=text),
        detail=values,
        pill=_("Agreed: {agreed}", agreed=agreed) if agreed else _("Not agreed yet"),
        tone="met" if agreed else "warn",
        icon="agree" if agreed else "differ",
    )
