"""Facts about the service, as told by the team: read by all, written by the lead."""

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
from ui.widgets import Card, Field, SectionHeading, Text, column

if TYPE_CHECKING:
    from ui.pages.base import Page

OFFERED = ("caseload", "days_under_team", "open_24_7", "referrals_per_month", "staff_in_post", "vacancies", "area")
WIDE = ("area", "commissioner", "opening_hours", "population")
"""Facts told in sentences."""

YES_NO = {"yes": True, "y": True, "no": False, "n": False}
Value = str | int | float | bool | None


def context_text(rec: ContextRecord | None) -> str:
    """A fact as words."""
    if rec is None or rec.value is None:
        return ""
    if isinstance(rec.value, bool):
        return _("Yes") if rec.value else _("No")
    return str(rec.value)


def meant(text: str) -> Value:
    """Words as a fact: a number where it is one, yes and no as such, nothing when empty."""
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
    """Fields for the lead, lines for everybody else."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._edits: dict[str, QLineEdit] = {}
        self._lines: dict[str, tuple[Text, Text]] = {}
        self._widgets: dict[str, QWidget] = {}
        self._order: list[str] = []
        self._columns = 0
        self.head = SectionHeading(_("About the service"), _("As told by the team; printed in the report."))
        self.none = Text(_("Nothing has been told about the service yet. The lead reviewer writes it here."), "muted")
        self.none.hide()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(space(5))
        self._grid.setVerticalSpacing(space(3))
        self.add(self.head, self.none, self._grid)

    @property
    def made(self) -> bool:
        """Whether there is anything to write in or to read yet."""
        return bool(self._widgets)

    def refresh(self) -> None:
        """As it is now; a field that is being typed in is left alone."""
        state = self._page.state
        lead = self._page.visit.is_lead
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
        """As many columns as there is room for."""
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
        """Take what was typed and not left yet."""
        for edit in self._edits.values():
            self._take(edit)

    def _take(self, edit: QLineEdit) -> None:
        if not edit.isModified() or not self._page.writable:
            return
        edit.setModified(False)
        field = str(edit.property("fact"))
        self._page.record(Context(field=field, value=meant(edit.text())), name=f"“{_(label(field))}”")

    @Slot()
    def _on_edited(self) -> None:
        edit = self.sender()
        if isinstance(edit, QLineEdit):
            self._take(edit)
