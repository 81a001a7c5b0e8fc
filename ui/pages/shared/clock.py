"""The only source of the current time for these pages, so that a test can replace it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from reviewapp.base.i18n import _
from reviewapp.workspace.clocks import is_wrong
from ui.formats import long_date, short_day


def local_now() -> datetime:
    """The current time in this laptop's time zone."""
    return datetime.now().astimezone()


CLOCK: list[Callable[[], datetime]] = [local_now]
"""Stack of clocks; the last one is used."""


def now() -> datetime:
    """The current local time, from the last clock in `CLOCK`."""
    return CLOCK[-1]()


def clock(stamp: str) -> str:
    """A timestamp of the journal in local time: `14:05`, with the day if it is not today; an invalid one unchanged.

    That of a clock that was wrong is marked as such, with its year.
    """
    try:
        moment = datetime.fromisoformat(stamp).astimezone()
    except (ValueError, OverflowError):
        return stamp
    if is_wrong(stamp):
        when = f"{long_date(moment.date().isoformat())} {moment:%H:%M}"
        return _("{when} (the clock of that laptop was wrong)", when=when)
    today = datetime.now(UTC).astimezone().date()
    return f"{moment:%H:%M}" if moment.date() == today else f"{short_day(moment.date())} {moment:%H:%M}"
