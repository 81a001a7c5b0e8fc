"""Dates, shares and percentages as text. Dates follow the system's locale; times are 24-hour, as in clinical notes."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from PySide6.QtCore import QDate, QLocale

from reviewapp.base.dates import today
from reviewapp.base.i18n import CODE, LONG, SOURCE, _
from reviewapp.base.typed_dates import typed_day
from reviewapp.figures import formatting

_DAY_OF_WEEK = re.compile(r"^dddd\W*|\W*dddd$")


@cache
def locale() -> QLocale:
    """The system's locale if it has the program's language, else the language's own; British for English."""
    system = QLocale.system()
    if CODE in (SOURCE, LONG):
        english = system.language() == QLocale.Language.English
        return system if english else QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    own = QLocale(CODE)
    return system if system.language() == own.language() else own


@cache
def long_pattern() -> str:
    """Qt pattern of a date with its month in words, without the weekday: `d MMMM yyyy`; for date inputs."""
    return _DAY_OF_WEEK.sub("", locale().dateFormat(QLocale.FormatType.LongFormat))


def long_date(iso: str) -> str:
    """`2026-05-12` as `12 May 2026`; text that is no date is returned unchanged."""
    day = QDate.fromString(iso, "yyyy-MM-dd")
    return locale().toString(day, long_pattern()) if day.isValid() else iso


@cache
def _names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the months (in both of their forms) and of the weekdays, as dates are written here."""
    used, months, days = locale(), range(1, 13), range(1, 8)
    return (
        (*(used.monthName(n) for n in months), *(used.standaloneMonthName(n) for n in months)),
        tuple(used.dayName(n) for n in days),
    )


def read_day(text: str) -> str | None:
    """A typed day as `2026-05-12`; None for what is not understood, which is never guessed. Reads `long_date` too."""
    months, weekdays = _names()
    return typed_day(text, today(), months=months, weekdays=weekdays)


def weekday_of(iso: str) -> str:
    """The name of the weekday of a day, which makes a wrong one obvious; empty for no day."""
    day = QDate.fromString(iso, "yyyy-MM-dd")
    return locale().standaloneDayName(day.dayOfWeek()) if day.isValid() else ""


def short_day(day: date) -> str:
    """A date without its year, in the order of the long pattern: `12 May`."""
    pattern = re.sub(r"\W*y+\W*", "", long_pattern()).replace("MMMM", "MMM")
    return locale().toString(QDate(day.year, day.month, day.day), pattern)


def before_colon(text: str) -> str:
    """A sentence as it stands before a colon or a comma: without its full stop."""
    return text.strip().rstrip(".")


def share(part: int, whole: int) -> str:
    """`7 of 9` where the whole is too small for a percentage, else `78%`; `none` for a whole of 0."""
    if not whole:
        return _("none")
    return formatting.share(part, whole) if formatting.prints_percent(whole) else _("{n} of {of}", n=part, of=whole)


def percent_text(value: float | None, threshold: int | float | None = None) -> str:
    """A percentage with enough digits not to mislead next to `threshold`; `none applicable` for None."""
    return _("none applicable") if value is None else formatting.percent_text(value, threshold)
