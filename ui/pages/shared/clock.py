"""The only source of the current time for these pages, so that a test can replace it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from ui.formats import short_day


def local_now() -> datetime:
    """The current time in this laptop's time zone."""
    return datetime.now().astimezone()


CLOCK: list[Callable[[], datetime]] = [local_now]
"""Stack of clocks; the last one is used."""


def now() -> datetime:
    """The current local time, from the last clock in `CLOCK`."""
    return CLOCK[-1]()


def clock(stamp: str) -> str:
    """A timestamp of the journal in local time: `14:05`, with the day if it is not today; an invalid one unchanged."""
    try:
        moment = datetime.fromisoformat(stamp).astimezone()
    except ValueError:
        return stamp
    today = datetime.now(UTC).astimezone().date()
    return f"{moment:%H:%M}" if moment.date() == today else f"{short_day(moment.date())} {moment:%H:%M}"
