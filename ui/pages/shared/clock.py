"""The one place where these pages ask for the time, so that a test can give another answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from ui.formats import short_day


def local_now() -> datetime:
    """Now, with the zone of this laptop."""
    return datetime.now().astimezone()


CLOCK: list[Callable[[], datetime]] = [local_now]
"""The last one is asked."""


def now() -> datetime:
    """What time it is here."""
    return CLOCK[-1]()


def clock(stamp: str) -> str:
    """A time of the journal as the person's own clock shows it: `14:05`, with the day when it is not today."""
    try:
        moment = datetime.fromisoformat(stamp).astimezone()
    except ValueError:
        return stamp
    today = datetime.now(UTC).astimezone().date()
    return f"{moment:%H:%M}" if moment.date() == today else f"{short_day(moment.date())} {moment:%H:%M}"
