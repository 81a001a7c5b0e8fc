"""A cell of a workbook as it is shown: its text by its number format, and what kind of cell it is."""

from __future__ import annotations

import datetime
import re

import msgspec

from reviewapp.spreadsheets.number_formats import shown
from reviewapp.spreadsheets.sheet import CellKind

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class CellStyle(msgspec.Struct, frozen=True):
    """What matters of a cell's style: its number format and whether its text is crossed out."""

    number_format: str = "General"
    struck: bool = False


PLAIN = CellStyle()


def shown_cell(value: object, data_type: str, style: CellStyle = PLAIN) -> tuple[str, CellKind]:
    """The text of a cell as a person reads it in a spreadsheet program, and its kind.

    A date is `2026-09-30` whatever the order of day and month it is shown in, `March 2026` where no day is shown.
    """
    if value is None:
        return "", "text"
    text, kind = _shown(value, data_type, style.number_format)
    return text, "struck" if style.struck and text.strip() else kind


def _shown(value: object, data_type: str, code: str) -> tuple[str, CellKind]:
    if data_type == "f":
        return _lines(str(getattr(value, "text", None) or getattr(value, "ref", None) or value)), "formula"
    if data_type == "e":
        return str(value), "error"
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "boolean"
    if isinstance(value, int | float):
        return shown(value, code)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        return _date(value, code), "date"
    text = _lines(str(value))
    sections = code.split(";")
    return text, "unseen" if len(sections) == 4 and not sections[3] else "text"


def _lines(text: str) -> str:
    return text.replace("_x000D_\n", "\n").replace("\r\n", "\n").replace("\r", "\n")


def _date(value: datetime.datetime | datetime.date | datetime.time | datetime.timedelta, code: str) -> str:
    """A date or a time, with the parts that its format shows."""
    letters = _LITERAL.sub("", code.split(";")[0]).casefold()
    seconds = "s" in letters
    if isinstance(value, datetime.timedelta):
        return str(value)
    if isinstance(value, datetime.time):
        return value.isoformat("seconds" if seconds else "minutes")
    day = value.date() if isinstance(value, datetime.datetime) else value
    if "d" not in letters and "y" in letters and "m" in letters:
        return f"{MONTHS[day.month - 1]} {day.year}"
    if "h" not in letters or not isinstance(value, datetime.datetime) or value.time() == datetime.time():
        return day.isoformat()
    if not {"d", "y"} & set(letters):
        return value.time().isoformat("seconds" if seconds else "minutes")
    return f"{day.isoformat()} {value.time().isoformat('seconds' if seconds else 'minutes')}"
