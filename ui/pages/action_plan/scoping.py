"""The scoping day: when it was to be and when it was, who was there, and how many days went by."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.dates import today
from reviewapp.base.i18n import _, plural
from reviewapp.figures.goals import ScopingView, scoping_view
from reviewapp.visit.programme_records import ScopingRecord
from reviewapp.visit.statements import Scoping
from ui.formats import long_date
from ui.pages.action_plan import presence
from ui.pages.shared.record_fields import FieldSpec
from ui.pages.shared.record_form import RecordForm
from ui.widgets import Button, Text, column, row

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.statements import Statement
    from ui.pages.base import Page

ABOUT = _(
    "The day when the team hears what was found and chooses its goals. Count patients and carers too: enter 0 if "
    "none came."
)
FIELDS = (
    FieldSpec("planned", _("Planned for"), "day"),
    FieldSpec("held", _("Held on"), "day"),
    *presence.FIELDS,
    FieldSpec("note", _("Notes of the day")),
)


def _line(page: Page, _key: str, field: str, value: Any) -> Statement:
    if not field.startswith(presence.THERE):
        return Scoping(**{field: value})
    held = page.state.scoping.get("scoping")
    return Scoping(present=presence.with_count(held.present if held is not None else {}, field, value))


def scoping_note(state: VisitState) -> str:
    """One line on the scoping day, for the heading that folds it away."""
    return _told(scoping_view(state, today().isoformat()))


def _told(day: ScopingView | None) -> str:
    if day is None or not (day.planned or day.held):
        return _("Not planned yet")
    if not day.held:
        waits = plural("{n} day ago", "{n} days ago", day.lost) if day.lost is not None and day.lost > 0 else ""
        told = _("Planned for {day}", day=long_date(day.planned))
        return _("{told}, {waits}. Not held yet", told=told, waits=waits) if waits else told
    parts = [_("Held on {day}", day=long_date(day.held))]
    if day.days_late is not None and day.days_late > 0:
        parts.append(plural("{n} day late", "{n} days late", day.days_late))
    if day.uncounted:
        return " · ".join([*parts, _("nobody counted yet")])
    return " · ".join([*parts, presence.there_words(day.present)])


class ScopingSection(QWidget):
    """The form of the day, with what it comes to above it; emits `print_wanted(page)` for the pack of the day."""

    print_wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.form = RecordForm(page, FIELDS, partial(_line, page), presence.value_of)
        self.print = Button(_("Save the pack for the day, as PDF…"), "save", "quiet")
        self.print.clicked.connect(self._on_print)
        self.setLayout(column(Text(ABOUT, "muted"), row(self.print, None), self.form, gap=3, margin=2))

    def refresh(self) -> None:
        """Show the day as it is known now."""
        state = self._page.state
        self.form.show_record("scoping", state.scoping.get("scoping") or ScopingRecord(key="scoping"))

    def choose(self, key: str) -> None:
        """There is one scoping day only."""

    def first_stop(self) -> QWidget:
        """Where the keyboard begins."""
        return self.form.fields["planned"].editor

    def commit(self) -> None:
        """Record what stands in a field that was not left yet."""
        self.form.commit()

    @Slot()
    def _on_print(self) -> None:
        self.print_wanted.emit("scoping")
