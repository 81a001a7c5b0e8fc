"""Learning events: teams meet to learn from each other, and who of this one was there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from reviewapp.base.i18n import _, plural
from reviewapp.visit.programme_records import LearningEventRecord
from reviewapp.visit.statements import LearningEvent
from ui.formats import long_date
from ui.pages.action_plan import presence
from ui.pages.shared.record_fields import FieldSpec
from ui.pages.shared.record_section import SectionSpec
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.statements import Statement
    from ui.pages.base import Page


def _line(page: Page, key: str, field: str, value: Any) -> Statement:
    if not field.startswith(presence.THERE):
        return LearningEvent(id=key, **{field: value})
    held = page.state.learning_events.get(key)
    return LearningEvent(id=key, present=presence.with_count(held.present if held is not None else {}, field, value))


def _records(state: VisitState, _me: str) -> list[LearningEventRecord]:
    return sorted(state.learning_events.values(), key=lambda one: one.date, reverse=True)


def _row(_state: VisitState, one: LearningEventRecord, _on: str) -> StatusRow:
    told = [one.take and _("We take: {words}", words=one.take), one.offer and _("We offer: {words}", words=one.offer)]
    day = long_date(one.date) if one.date else _("No day yet")
    note = " · ".join(filter(None, (one.teams, presence.there_words(one.present))))
    return StatusRow(one.id, day, "\n".join(filter(None, told)), tone="info", icon="people", note=note)


def _begin(page: Page, day: str) -> Statement:
    # The author's code is part of the id, so that two laptops cannot give the same id to different events.
    return LearningEvent(id=page.visit.next_id("learning_event", f"E-{page.visit.me}-"), date=day)


def learning_note(state: VisitState) -> str:
    """One line for the heading that folds them away."""
    many = len(state.learning_events)
    return plural("{n} event", "{n} events", many) if many else _("None")


def learning(page: Page) -> SectionSpec:
    """The section on this page."""
    return SectionSpec(
        kind="learning_event", title=_("Learning events"),
        about=_("Teams meet to learn from each other: what this team offers, what it takes home, and who was there. "
            "Enter 0 if no patients or carers came."),
        empty=_("None yet. Write the day of the next event in the line above."),
        fields=(
            FieldSpec("date", _("Day"), "day"),
            *presence.FIELDS,
            FieldSpec("teams", _("Which teams")),
            FieldSpec("offer", _("What we offer")),
            FieldSpec("take", _("What we take home")),
        ),
        line=partial(_line, page), records=_records, row=_row, value=presence.value_of,
        first=FieldSpec("date", _("Day of the event"), "day"), add=_("Add an event"), begin=_begin,
        remove=_("Delete this event"), removed=_("Event deleted. You can undo this."),
    )  # fmt: skip
