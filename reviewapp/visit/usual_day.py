"""The usual course of a peer-review day, as appointments that a lead may begin a timetable with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reviewapp.base.i18n import _
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import PersonRecord, SlotRecord, VisitState
from reviewapp.visit.statements import Slot

START = "09:00"
"""When the day begins unless somebody says otherwise."""
_LAST = 24 * 60 - 1
_NUMBERED = re.compile(r"T(\d+)")


class _Part(NamedTuple):
    """One part of the day. `seat`: everybody together (-1), or the place among those who interview at that time."""

    after: int
    lasts: int
    title: str
    room: str
    seat: int = -1


_ALL = -1
_BASE, _LARGE = _("Base room"), _("Large room")
_FIRST, _SECOND, _THIRD = _("Interview room 1"), _("Interview room 2"), _("Interview room 3")
_COURSE = (
    _Part(0, 30, _("Review team meets: the plan of the day, who asks what"), _BASE),
    _Part(30, 45, _("Welcome; the team presents itself and its self-review"), _LARGE),
    _Part(75, 45, _("Team manager"), _FIRST, 0),
    _Part(75, 45, _("Staff"), _SECOND, 1),
    _Part(75, 45, _("Patient"), _THIRD, 2),
    _Part(75, 45, _("Carer"), _BASE, 3),
    _Part(120, 15, _("Break: what has been heard, what is still to be asked"), _BASE),
    _Part(135, 45, _("Staff"), _FIRST, 0),
    _Part(135, 45, _("Patient, by telephone"), _SECOND, 1),
    _Part(135, 45, _("Carer, by telephone"), _THIRD, 2),
    _Part(135, 45, _("Patient"), _BASE, 3),
    _Part(180, 45, _("Lunch"), _BASE),
    _Part(225, 75, _("Case notes"), _FIRST, 0),
    _Part(225, 75, _("Policies, leaflets and other documents"), _BASE, 1),
    _Part(225, 75, _("Walk round the premises; another interview where one is missing"), _SECOND, 2),
    _Part(225, 75, _("Case notes"), _FIRST, 3),
    _Part(300, 30, _("Interviews that are still missing; each finishes the ratings"), _BASE),
    _Part(330, 75, _("Combine the laptops; the review team agrees"), _BASE),
    _Part(405, 30, _("First feedback to the team"), _LARGE),
)


def usual_day(state: VisitState, start: str = START) -> list[Slot]:
    """The appointments of a usual day that begins at `start` (HH:MM), with new numbers, for who is on the visit.

    What is in the timetable stays. Left out is what would run over an appointment that is there, or past midnight.
    """
    begin = _minutes(start)
    there = [(_minutes(one.start), _minutes(one.end or one.start)) for one in state.slots.values() if one.start]
    made = []
    numbers = _free_numbers(state.slots)
    for part in _COURSE:
        first, last = begin + part.after, begin + part.after + part.lasts
        who = _who(state, part.seat)
        if not who or last > _LAST or any(first < end and one < last for one, end in there):
            continue
        made.append(
            Slot(id=next(numbers), start=_clock(first), end=_clock(last), title=part.title, room=part.room, who=who)
        )
    return made


def _who(state: VisitState, seat: int) -> list[str]:
    """Everybody; or whoever sits there, one after the other: whoever there is more of shares the first places."""
    people = sorted(state.people.values(), key=_seat)
    if seat == _ALL:
        return [one.key for one in people]
    raters = [one.key for one in people if one.rates]
    beside = [one.key for one in people if not one.rates] if seat == 0 else []
    places = min(len(raters), 4)
    return [*(raters[place] for place in range(seat, len(raters), places or 1)), *beside] if seat < places else []


def _seat(person: PersonRecord) -> tuple[int, tuple[tuple[str | int, ...], str]]:
    """The lead first, then clinicians, then who speaks for patients and carers, then observers."""
    order = ("lead", "clinician", "patient_rep", "carer_rep", "observer")
    return order.index(person.role), natural(person.key)


def _free_numbers(there: dict[str, SlotRecord]) -> Iterator[str]:
    used = [int(found[1]) for key in there if (found := _NUMBERED.fullmatch(key))]
    number = max(used, default=0)
    while True:
        number += 1
        yield f"T{number}"


def _minutes(clock: str) -> int:
    hours, _colon, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes or 0)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def in_order(state: VisitState) -> Sequence[SlotRecord]:
    """All appointments, by start, end and key."""
    return sorted(state.slots.values(), key=lambda one: (one.start, one.end, natural(one.key)))
