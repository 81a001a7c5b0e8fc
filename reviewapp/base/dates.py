"""The day it is, for whatever is dated with it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """The present day by the laptop's clock, whatever that says; `date.today` raises where it is centuries ahead.

    A clock before 1970 has no local time on every system: there the day is that of UTC.
    """
    try:
        return datetime.now(UTC).astimezone().date()
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC).date()
