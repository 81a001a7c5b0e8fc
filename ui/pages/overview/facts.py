"""Facts about the service, as given by the team: shown to everybody, edited by the lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.previous import NOT_ABOUT_THE_SERVICE
from reviewapp.visit.labels import CONTEXT, label
from reviewapp.visit.state import ContextRecord
from reviewapp.visit.statements import Context
from ui.theme import space, theme
from ui.widgets import Card, Field, SectionHeading, Text, clear, column

if TYPE_CHECKING:
    from ui.pages.base import Page

OFFERED = ("caseload", "days_under_team", "open_24_7", "referrals_per_month", "staff_in_post", "vacancies", "area")
WIDE = ("area", "commissioner", "opening_hours", "population")
"""Facts answered in sentences, which get the full width."""

YES_NO = {"yes": True, "y": True, "no": False, "n": False}
Value = str | int | float | bool | None


def context_text(rec: ContextRecord | None) -> str:
    """A fact as text; empty if there is none."""
    if rec is None or rec.value is None:
        return ""
    if isinstance(rec.value, bool):
        return _("Yes") if rec.value else _("No")
    return str(rec.value)


def parse_value(text: str) -> Value:
    """The value of a typed fact: int or float for a number, bool for yes or no, None if empty, else the text."""
    plain = text.strip()
    if not plain:
        return None
    if plain.casefold() in YES_NO:
        return YES_NO[plain.casefold()]
    try:
        return int(plain)
    except ValueError:
        pass
    try:
        number = float(plain.replace(",", "."))
    except ValueError:
        return plain
    return number if plain[-1].isdigit() and "e" not in plain.casefold() else plain


class FactsCard(Card):
    """Facts about the service: input fields for the lead, text lines for everybody else."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._edits: dict[str, QLineEdit] = {}
        self._lines: dict[str, tuple[Text, Text]] = {}
        self._widgets: dict[str, QWidget] = {}
        self._order: list[str] = []
        self._columns = 0
        self.head = SectionHeading(_("About the service"), _("From the team. Printed in the report."))
        self.none = Text(_("Nothing about the service yet. The lead reviewer enters it here."), "muted")
        self.none.hide()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(space(5))
        self._grid.setVerticalSpacing(space(3))
        self.add(self.head, self.none, self._grid)

    @property
    def made(self) -> bool:
        """Whether any fact has a widget yet."""
        return bool(self._widgets)

    def refresh(self) -> None:
        """Show the current facts; a field being edited keeps its text."""
        state = self._page.state
        lead = self._page.visit.is_lead
        if self.made and lead != bool(self._edits):
            self.commit()  # nothing typed is lost
            self._forget()
        said = [field for field, rec in state.context.items() if rec.value is not None]
        given = [field for field in said if not field.startswith(NOT_ABOUT_THE_SERVICE)]
        known = list(CONTEXT)
        fields = sorted(
            {*given, *(OFFERED if lead else ())}, key=lambda f: (known.index(f) if f in known else len(known), f)
        )
        for field in fields:
            if field not in self._edits and field not in self._lines:
                self._make(field, lead=lead)
        self._order = [*self._order, *(f for f in fields if f not in self._order)]
        self.none.setVisible(not fields)
        for field, edit in self._edits.items():
            edit.setReadOnly(not self._page.writable)
            if not edit.isModified():
                edit.setText(context_text(state.context.get(field)))
                edit.setCursorPosition(0)
        for field, (__, value) in self._lines.items():
            value.setText(context_text(state.context.get(field)) or "–")
        self.apply_width()

    def _forget(self) -> None:
        """Take all of it off: who leads has changed, and facts are shown in another way."""
        clear(self._grid)
        for known in (self._edits, self._lines, self._widgets, self._order):
            known.clear()
        self._columns = 0

    def _make(self, field: str, *, lead: bool) -> None:
        if lead:
            edit = QLineEdit()
            edit.setProperty("fact", field)
            edit.editingFinished.connect(self._on_edited)
            self._edits[field] = edit
            self._widgets[field] = Field(_(label(field)), edit)
        else:
            self._lines[field] = (Text(_(label(field)), "small"), Text("", "strong", select=True))
            holder = QWidget()
            holder.setLayout(column(*self._lines[field], gap=0.5))
            self._widgets[field] = holder

    def apply_width(self) -> None:
        """Arrange the facts in one to three columns, as the width allows."""
        columns = max(1, min(3, self.width() // theme().px(250)))
        if columns == self._columns and self._grid.count() == len(self._order):
            return
        self._columns = columns
        short = [field for field in self._order if field not in WIDE]
        for place, field in enumerate(short):
            self._grid.addWidget(self._widgets[field], place // columns, place % columns)
        for place, field in enumerate(f for f in self._order if f in WIDE):
            self._grid.addWidget(self._widgets[field], -(-len(short) // columns) + place, 0, 1, columns)
        for column_ in range(3):
            self._grid.setColumnStretch(column_, 1 if column_ < columns else 0)

    def commit(self) -> None:
        """Record the facts that were edited and not committed yet."""
        for edit in self._edits.values():
            self._record_edit(edit)

    def _record_edit(self, edit: QLineEdit) -> None:
        if not edit.isModified() or not self._page.writable:
            return
        edit.setModified(False)
        field = str(edit.property("fact"))
        self._page.record(Context(field=field, value=parse_value(edit.text())), name=f"“{_(label(field))}”")

    @Slot()
    def _on_edited(self) -> None:
        edit = self.sender()
        if isinstance(edit, QLineEdit):
            self._record_edit(edit)
