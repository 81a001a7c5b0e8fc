"""The timetable of the day on one page: when, what, in which room, who; and who is who by code and role.

It holds codes and roles, and no name.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from reviewapp.figures.rounds import this_round
from reviewapp.report.content.service import who_is_who, who_of_slot
from reviewapp.report.paper.flowables import ruled_table
from reviewapp.report.paper.typesetter import PaperTypesetter, fewest_pages, paper_pdf, paper_width
from reviewapp.visit import labels
from reviewapp.visit.state import SlotRecord, VisitState
from reviewapp.visit.usual_day import in_order

SIZES = (10.5, 10.0, 9.5, 9.0)
"""Sizes of the text in points, the largest first; the first in which the day fits one page is taken."""
_HEADINGS = ("Time", "What", "Where", "Who", "Notes")
_WEIGHTS = (1.15, 2.6, 1.6, 1.1, 1.0)


def timetable_pdf(state: VisitState, today: date) -> bytes:
    """The timetable as PDF, on one page unless even the smallest size of text has no room for it."""
    return fewest_pages(_pdf(state, today, size) for size in SIZES)


def _pdf(state: VisitState, today: date, size: float) -> bytes:
    setter = PaperTypesetter()
    title = f"Timetable, {labels.day(this_round(state).held)}"
    text: dict[str, Any] = {"fontSize": size, "leading": size * 1.25}
    rows = [_row(setter, slot, state, text) for slot in in_order(state)]
    width = paper_width()
    story: list[Any] = [
        setter.text(title, "h2", spaceBefore=0, spaceAfter=2),
        setter.text(state.info.service, "small", spaceAfter=4),
        setter.text(who_is_who(state), "small", **(text | {"spaceAfter": 6})),
    ]
    if rows:
        head = [setter.text(name, "cell_head", **text) for name in _HEADINGS]
        story.append(ruled_table([head, *rows], [width * weight / sum(_WEIGHTS) for weight in _WEIGHTS], padding=3))
    else:
        story.append(setter.text("No appointments yet.", "body"))
    return paper_pdf(story, title, foot="Codes and roles only: no names on this sheet", today=today)


def _row(setter: PaperTypesetter, slot: SlotRecord, state: VisitState, text: dict[str, Any]) -> list[Any]:
    times = f"{slot.start}–{slot.end}".strip("–")
    said = (times, slot.title, slot.room, who_of_slot(state, slot), "")
    return [setter.text(one, "cell", **text) for one in said]
