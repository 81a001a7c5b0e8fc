"""Who was there: patients and carers on the scoping day, at meetings on the plan and at learning events.

A count of people by role, as it was recorded. That nobody came is said; that nobody was counted is something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from reviewapp.figures.meetings import was_held
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import VisitState

HEARD = ("patients", "carers")
"""The roles whose presence is asked after."""


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """One occasion that took place. `id` is empty for the scoping day; `day` is empty where nobody gave it.

    `absent` names those of patients and carers of whom none came, and is empty while `uncounted`: nobody was counted.
    """

    kind: Literal["scoping", "meeting", "learning_event"]
    id: str
    day: str
    present: dict[str, int]
    people: int
    absent: tuple[str, ...]
    uncounted: bool


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """The occasions in the order of their days: on how many people were counted, and on how many each came.

    `with_patients` and `with_carers` are of the `counted` ones; `with_neither` of them heard neither.
    """

    occasions: tuple[Occasion, ...]
    counted: int
    with_patients: int
    with_carers: int
    with_neither: int


def presence(state: VisitState, today: str) -> Presence:
    """Every occasion up to a day on which something of the programme took place, `today` as 2026-11-17."""
    found = sorted(_occasions(state, today), key=lambda one: (one.day, natural(one.id)))
    counted = [one for one in found if not one.uncounted]
    return Presence(
        occasions=tuple(found), counted=len(counted),
        with_patients=sum("patients" not in one.absent for one in counted),
        with_carers=sum("carers" not in one.absent for one in counted),
        with_neither=sum(len(one.absent) == len(HEARD) for one in counted),
    )  # fmt: skip


def _occasions(state: VisitState, today: str) -> Iterator[Occasion]:
    for day in state.scoping.values():
        if day.held or day.present:
            yield _occasion("scoping", "", day.held, day.present)
    for meeting in state.follow_ups.values():
        if was_held(meeting):
            yield _occasion("meeting", meeting.id, meeting.held or meeting.planned, meeting.present)
    for event in state.learning_events.values():
        if event.date <= today or event.present:
            yield _occasion("learning_event", event.id, event.date, event.present)


def _occasion(
    kind: Literal["scoping", "meeting", "learning_event"], name: str, day: str, present: Mapping[str, int]
) -> Occasion:
    return Occasion(
        kind=kind, id=name, day=day, present=dict(present), people=sum(present.values()),
        absent=absent_of(present), uncounted=not present,
    )  # fmt: skip


def absent_of(present: Mapping[str, int]) -> tuple[str, ...]:
    """Those of patients and carers of whom none was there; empty where nobody was counted at all."""
    return tuple(role for role in HEARD if not present.get(role)) if present else ()
