"""Parses cells of a returned plan: dates, priorities, statuses, levels, standards; unclear text is never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reviewapp.base.i18n import _, any_of
from reviewapp.instruments.lookup import standard_of
from reviewapp.instruments.model import Instrument
from reviewapp.plan.priority import LEVELS
from reviewapp.plan.rows import STATUSES
from reviewapp.spreadsheets.cells import normalised, visible
from reviewapp.visit.validators import is_due_day

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})([ T]\d{2}:.*)?")
_UK = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[ -](\d{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

FREE_TEXT = ("action", "owner", "measure", "progress", "deputy")
"""The fields that accept any text and are not parsed."""


def parse_goal(text: str, goals: Iterable[str]) -> tuple[str | None, str]:
    """(id, advice) of a cell that names one of these goals, as `G1` or as `G1: its words`."""
    named, known = normalised(visible(text).partition(":")[0]), list(goals)
    found = next((goal for goal in known if normalised(goal) == named), None)
    return found, _("use {listed}", listed=any_of(known)) if known else _("leave it empty until there are goals")


def parse_cell(name: str, text: str, instrument: Instrument) -> tuple[str | None, str]:
    """(value, advice) of a cell: the value as `values_of` writes it, None if unclear, and what to type instead."""
    text = visible(text).strip()
    if name == "due":
        return day_of(text), _("write the date day first, such as 30/09/2027")
    if name == "priority":
        return (text if text in "12345" and len(text) == 1 else None), _("use 1, 2 or 3")
    if name == "status":
        words = {normalised(word): value for value, word in STATUSES.items()}
        return words.get(normalised(text)), _("use {listed}", listed=any_of(STATUSES.values()))
    if name in ("impact", "effort"):
        return (normalised(text) if normalised(text) in LEVELS else None), _("use {listed}", listed=any_of(LEVELS))
    return standard_of(text, instrument), _("enter the number of a standard")


def day_of(text: str) -> str | None:
    """A date as 2026-09-30 from 2026-09-30, 30/09/2026 (day first) or 30 September 2026; None for anything else.

    Every day that an action may be due on (`is_due_day`), however wide, unbreakable or invisible the blanks are.
    """
    text = " ".join(visible(text).split())
    if found := _ISO.fullmatch(text):
        parts: Sequence[str] = found.groups()[:3]
    elif found := _UK.fullmatch(text):
        parts = found.groups()[::-1]
    elif (found := _WORDS.fullmatch(text)) and found[2][:3].lower() in _MONTHS:
        parts = (found[3], str(_MONTHS.index(found[2][:3].lower()) + 1), found[1])
    else:
        return None
    year, month, day = (int(part) for part in parts)
    written = f"{year:04}-{month:02}-{day:02}"
    return written if is_due_day(written) else None


def value_of(name: str, text: str) -> str | int | None:
    """The value to record of a field from its text in `values_of`: an int for `priority`, None for an empty text."""
    if not text:
        return None
    return int(text) if name == "priority" else text
