"""Meetings on the plan: how many were planned, held and cancelled, and the hours they took."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reviewapp.visit.programme_records import FollowUpRecord


class MeetingCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Meetings on the plan, or visits of the facilitator.

    `planned` are all that there were to be: held, cancelled, still to come, and those `unknown` whose day has passed
    without a word. Hours are sums of what was given; those done are of meetings that were held.
    """

    planned: int
    held: int
    cancelled: int
    to_come: int
    unknown: int
    hours_planned: float
    hours: float
    last_held: str
    next_planned: str


def meeting_counts(meetings: Iterable[FollowUpRecord], today: str) -> MeetingCounts:
    """The counts and hours of these meetings as of a day."""
    every = list(meetings)
    held = [one for one in every if was_held(one)]
    cancelled = [one for one in every if one.status == "cancelled"]
    waiting = [one for one in every if not was_held(one) and one.status != "cancelled"]
    to_come = sorted(one.planned for one in waiting if one.planned >= today)
    return MeetingCounts(
        planned=len(every),
        held=len(held),
        cancelled=len(cancelled),
        to_come=len(to_come),
        unknown=len(waiting) - len(to_come),
        hours_planned=sum(one.hours_planned or 0 for one in every),
        hours=sum(one.hours or 0 for one in held),
        last_held=max((one.held or one.planned for one in held), default=""),
        next_planned=to_come[0] if to_come else "",
    )


def was_held(one: FollowUpRecord) -> bool:
    """Whether a meeting took place: it is recorded so, or has a day on which it was held and was not cancelled."""
    return one.status == "held" or (not one.status and bool(one.held))
