"""Dates as people write them where they are. Times are told by the 24-hour clock everywhere, as clinical notes are."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from PySide6.QtCore import QDate, QLocale

from reviewapp.base.i18n import CODE, LONG, SOURCE, _
from reviewapp.figures import formatting

_DAY_OF_WEEK = re.compile(r"^dddd\W*|\W*dddd$")


@cache
def locale() -> QLocale:
    """The system's, where that speaks the program's language; otherwise the language's own, and British for English."""
    system = QLocale.system()
    if CODE in (SOURCE, LONG):
        english = system.language() == QLocale.Language.English
        return system if english else QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    own = QLocale(CODE)
    return system if system.language() == own.language() else own


@cache
def long_pattern() -> str:
    """How a date is written with its month in words: `d MMMM yyyy`. For the inputs that show one."""
    return _DAY_OF_WEEK.sub("", locale().dateFormat(QLocale.FormatType.LongFormat))


def long_date(iso: str) -> str:
    """`2026-05-12` as `12 May 2026`; what is no date is shown as it is."""
    day = QDate.fromString(iso, "yyyy-MM-dd")
    return locale().toString(day, long_pattern()) if day.isValid() else iso


def short_day(day: date) -> str:
    """`12 May`, in the order of the long pattern."""
    pattern = re.sub(r"\W*y+\W*", "", long_pattern()).replace("MMMM", "MMM")
    return locale().toString(QDate(day.year, day.month, day.day), pattern)


def share(part: int, whole: int) -> str:
    """`7 of 9` below ten, else `78 %`; `none` of nobody."""
    if not whole:
        return _("none")
    return _("{n} of {of}", n=part, of=whole) if whole < formatting.SMALL else formatting.share(part, whole)


def percent_text(value: float | None, threshold: int | float | None = None) -> str:
    """As much of a percentage as it takes not to mislead; `none applicable` for None."""
    return _("none applicable") if value is None else formatting.percent_text(value, threshold)
