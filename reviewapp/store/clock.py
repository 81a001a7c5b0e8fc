"""The clocks of laptops: what time an entry gets where its own clock is wrong, and which clocks were wrong.

Nobody is kept from recording by a clock: a flat battery must not stop a reviewer. No rule compares times; they are for
display, and order what nothing else orders. A time that cannot be is never given to an entry of ours, and a clock that
runs ahead moves no other laptop's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import msgspec

Clock = Callable[[], datetime]

EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
"""Before it there was no such program: an earlier time is one of a clock that had stopped."""
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""The first time that is too late; earlier versions of the program refuse it too."""
AHEAD = timedelta(hours=24)
"""A time further ahead of this laptop's clock than this is taken for that of a wrong clock."""
LONGEST_GAP = timedelta(days=3 * 366)
"""An accreditation lasts three years; a clock further ahead of all that a visit says is probably wrong."""

Fault = Literal["impossible", "went back", "behind", "far ahead"]


class ClockFault(msgspec.Struct, frozen=True):
    """This laptop's clock is, or may be, wrong; `other` is the time beside which it is."""

    fault: Fault
    now: datetime
    other: datetime


def utc_now() -> datetime:
    """The present time by the laptop's clock, in UTC; of a clock beyond the calendar its first or last moment."""
    try:
        return datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        import time

        return (datetime.max if time.time() > 0 else datetime.min).replace(tzinfo=UTC)


def stamp(moment: datetime) -> str:
    """A moment as entries have it: UTC, ISO 8601, with microseconds and `Z`; these compare as texts."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def is_possible(moment: datetime) -> bool:
    """False for a time that only a clock that was never set can have."""
    return EARLIEST <= moment < LATEST


def believable(now: datetime, own: datetime | None, others: Iterable[datetime]) -> datetime:
    """The present time as far as one can tell: not before what is held, up to a day ahead of the clock.

    `own` is the time given out last on this laptop, which may have been that of another, up to a day ahead then. Where
    the clock cannot be right it is the newest time held, though not that of one laptop years ahead of all others;
    EARLIEST where nothing tells it.
    """
    theirs = [moment for moment in others if is_possible(moment)]
    mine = [own] if own is not None and is_possible(own) else []
    if not is_possible(now):
        known = sorted([*theirs, *mine])
        while len(known) > 1 and known[-1] - known[-2] > LONGEST_GAP:
            known.pop()
        return known[-1] if known else EARLIEST
    near = [moment for moment in theirs if moment <= now + AHEAD]
    return max([now, *near, *(moment for moment in mine if moment <= now + 2 * AHEAD)])


def newest(stamps: Iterable[str]) -> str:
    """The newest of these stamps, to the second; empty where none can be right.

    One that is years ahead of all others is that of a wrong clock, and so is one that is impossible.
    """
    known = sorted(moment for moment in map(datetime.fromisoformat, stamps) if EARLIEST + AHEAD <= moment < LATEST)
    while len(known) > 1 and known[-1] - known[-2] > LONGEST_GAP:
        known.pop()
    return f"{known[-1]:%Y-%m-%dT%H:%M:%SZ}" if known else ""


def latest_right(now: datetime) -> str:
    """The stamp after which a time is that of a wrong clock, as far as this laptop's own can tell."""
    return stamp(min(now + AHEAD, LATEST) if is_possible(now) else LATEST)


def was_wrong(at: str, latest: str) -> bool:
    """True for the stamp of a clock that was wrong; `latest` is `latest_right` now.

    The first day that can be is what entries get where nothing tells the time.
    """
    return at > latest or at < stamp(EARLIEST + AHEAD)


def fault_of(now: datetime, own: datetime | None, others: Iterable[datetime], day: str) -> ClockFault | None:
    """What is wrong with this laptop's clock, or None; `own` and `others` are the last times of each laptop.

    `day` is the visit's date. One of several other laptops that is ahead has a fault of its own; if all are, it may be
    this one that is behind, unless the visit's date says that it is they.
    """
    theirs = [moment for moment in others if is_possible(moment)]
    mine = [own] if own is not None and is_possible(own) else []
    if not is_possible(now):
        return ClockFault("impossible", now, believable(now, own, theirs))
    if mine and mine[0] > now + 2 * AHEAD:
        return ClockFault("went back", now, mine[0])
    planned = _day(day)
    if theirs and min(theirs) > now + AHEAD and not (planned and min(theirs) > planned[0] + LONGEST_GAP):
        return ClockFault("behind", now, min(theirs))
    known = [*theirs, *planned]
    if known and max(known) + LONGEST_GAP < now:
        return ClockFault("far ahead", now, max(known))
    return None


def _day(text: str) -> list[datetime]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return []
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return [moment] if is_possible(moment) else []
