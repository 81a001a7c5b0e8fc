"""The one place where these pages ask for the time, so that a test can give another answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime


def local_now() -> datetime:
    """Now, with the zone of this laptop."""
    return datetime.now().astimezone()


CLOCK: list[Callable[[], datetime]] = [local_now]
"""The last one is asked."""


def now() -> datetime:
    """What time it is here."""
    return CLOCK[-1]()
