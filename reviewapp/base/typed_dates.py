"""Days and times as people type them in a field, day first; what is unclear is never guessed.

A cell of a sheet that comes back is read more strictly, by `reviewapp.plan.parse_cells.day_of`: nobody is there to see
what was made of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

from reviewapp.base.i18n import _

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORTEST = 3
"""Letters of a month or weekday that are enough to tell it."""
CENTURIES = ("19", "20", "21")
"""How a year begins where eight digits stand without anything between them."""
CENTURY = 2000
"""What a year of two digits is added to: 27 is 2027."""

_PARTS = re.compile(r"\d+|[^\W\d_]+")
_APART = re.compile(r"[\s/.,\-]*")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*h?")
_HALF = re.compile(r"\s*([ap])\.?\s*m\.?$", re.IGNORECASE)
NOON = 12


def typed_day(
    text: str, today: date, *, months: Sequence[str] = MONTHS, weekdays: Sequence[str] = WEEKDAYS
) -> str | None:
    """A day as `2027-11-29` from what was typed: 29112027, 29.11.27, 29/11/2027, 2027-11-29, 29 Nov 2027, tomorrow.

    Day first, except where the year is; a year of two digits is of this century. None for anything else: a day that
    does not exist, one without its year, a weekday that does not fit. `months`, `weekdays`: other names that are known.
    """
    plain = " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split()).casefold()
    for name, days in ((_("today"), 0), (_("tomorrow"), 1), (_("yesterday"), -1)):
        if plain == name.casefold():
            return (today + timedelta(days)).isoformat()
    plain = _ORDINAL.sub("", plain)
    if _APART.sub("", _PARTS.sub("", plain)):
        return None
    parts, weekday = _without_weekday(_PARTS.findall(plain), (*weekdays, *WEEKDAYS))
    found = _day_of(parts, (*months, *MONTHS))
    if found is None or (weekday is not None and found.weekday() != weekday):
        return None
    return found.isoformat()


def typed_time(text: str) -> str | None:
    """A time as `09:30` from what was typed: 930, 9.30, 9:30 am, 9h30; `9` is 09:00, `noon` 12:00. None if unclear."""
    plain = " ".join(text.split()).casefold()
    if plain in (_("noon").casefold(), _("midday").casefold()):
        return "12:00"
    half = _HALF.search(plain)
    found = _TIME.fullmatch(plain[: half.start()] if half else plain)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if half:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if half[1] == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 2 * NOON and minute < 60 else None


def _without_weekday(parts: list[str], names: Sequence[str]) -> tuple[list[str], int | None]:
    """The parts without a leading weekday, and which it is (Monday is 0)."""
    place = _place(parts[0], names, len(WEEKDAYS)) if parts else None
    return (parts, None) if place is None else (parts[1:], place)


def _place(part: str, names: Sequence[str], of: int) -> int | None:
    """Which name, of so many in each language, begins with this part; None for none and for more than one."""
    found = {i % of for i, name in enumerate(names) if len(part) >= SHORTEST and name.casefold().startswith(part)}
    return found.pop() if len(found) == 1 else None


def _day_of(parts: list[str], months: Sequence[str]) -> date | None:
    """The day that three parts, or one run of six or eight digits, say."""
    if len(parts) == 1 and parts[0].isdecimal():
        parts = _of_digits(parts[0])
    elif len(parts) == 3 and not parts[0].isdecimal():  # November 29 2027
        parts = [parts[1], parts[0], parts[2]]
    if len(parts) != 3 or not parts[0].isdecimal() or not parts[2].isdecimal():
        return None
    year_first = len(parts[0]) == 4
    year, month, day = parts if year_first else parts[::-1]
    if month.isdecimal():
        number = int(month) if len(month) <= 2 else 0
    else:
        place = _place(month, months, len(MONTHS))
        number = 0 if place is None else place + 1
    if len(year) not in (2, 4) or len(day) > 2:
        return None
    try:
        return date(_year(year), number, int(day)) if _year(year) >= 1000 else None
    except ValueError:
        return None


def _year(text: str) -> int:
    return int(text) + (CENTURY if len(text) == 2 else 0)


def _of_digits(digits: str) -> list[str]:
    """The parts of 29112027, 291127 or 20271129: never both, as no month is 19, 20 or 21."""
    if len(digits) == 8 and digits[:2] in CENTURIES and digits[4:6] not in CENTURIES:
        return [digits[:4], digits[4:6], digits[6:]]
    if len(digits) in (6, 8):
        return [digits[:2], digits[2:4], digits[4:]]
    return []
