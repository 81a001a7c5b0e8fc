"""The scoping day: when it was to be and when it was, who was there, and how many days went by."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from reviewapp.base.dates import today
from reviewapp.base.i18n import _, join_words, plural
from reviewapp.figures.goals import ScopingView, scoping_view
from reviewapp.visit import labels
from reviewapp.visit.programme_records import ScopingRecord
from reviewapp.visit.statements import Scoping
from ui.formats import long_date
from ui.pages.shared.record_fields import FieldSpec
from ui.pages.shared.record_form import RecordForm
from ui.widgets import Text, column

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.statements import Statement
    from ui.pages.base import Page

ABOUT = _(
    "The day on which the team hears what was found and chooses its goals. Count patients and carers too: write 0 "
    "where none came."
)
THERE = "present."
PRESENT = {role: _(words) for role, words in labels.PRESENT.items()}
FIELDS = (
    FieldSpec("planned", _("Planned for"), "day"),
    FieldSpec("held", _("Held on"), "day"),
    *(FieldSpec(f"{THERE}{role}", _("{who} who came", who=words), "count") for role, words in PRESENT.items()),
    FieldSpec("note", _("Notes of the day")),
)


def _line(page: Page, _key: str, field: str, value: Any) -> Statement:
    if not field.startswith(THERE):
        return Scoping(**{field: value})
    held = page.state.scoping.get("scoping")
    present = dict(held.present) if held is not None else {}
    present.pop(field.removeprefix(THERE), None)
    if value is not None:
        present[field.removeprefix(THERE)] = value
    return Scoping(present=present)


def _value(day: ScopingRecord, name: str) -> Any:
    return day.present.get(name.removeprefix(THERE)) if name.startswith(THERE) else getattr(day, name)


def scoping_note(state: VisitState) -> str:
    """One line on the scoping day, for the heading that folds it away."""
    return _told(scoping_view(state, today().isoformat()))


def _told(day: ScopingView | None) -> str:
    if day is None or not (day.planned or day.held):
        return _("Not planned yet")
    if not day.held:
        waits = plural("{n} day ago", "{n} days ago", day.lost) if day.lost is not None and day.lost > 0 else ""
        told = _("Planned for {day}", day=long_date(day.planned))
        return _("{told}, {waits}; not held yet", told=told, waits=waits) if waits else told
    parts = [_("Held on {day}", day=long_date(day.held))]
    if day.days_late is not None and day.days_late > 0:
        parts.append(plural("{n} day late", "{n} days late", day.days_late))
    if day.uncounted:
        return " · ".join([*parts, _("nobody counted yet")])
    parts.append(plural("{n} person", "{n} people", day.people))
    if day.absent:
        parts.append(_("no {list}", list=join_words([PRESENT[one].lower() for one in day.absent], _(" and no "))))
    return " · ".join(parts)


class ScopingSection(QWidget):
    """The form of the day, with what it comes to above it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.form = RecordForm(page, FIELDS, partial(_line, page), _value)
        self.setLayout(column(Text(ABOUT, "muted"), self.form, gap=3, margin=2))

    def refresh(self) -> None:
        """Show the day as it is known now."""
        state = self._page.state
        self.form.show_record("scoping", state.scoping.get("scoping") or ScopingRecord(key="scoping"))

    def choose(self, key: str) -> None:
        """There is one scoping day only."""

    def commit(self) -> None:
        """Record what stands in a field that was not left yet."""
        self.form.commit()
