"""What is particular to the exports of Microsoft Forms and Google Forms, in which every heading is typed by somebody.

Microsoft Forms writes `ID, Start time, Completion time, Email, Name` first, in the language of whoever made the form,
then the questions, whose headings may hold line breaks and end in a non-breaking space; answers that are ticked end in
a semicolon each, and a quiz has points and feedback beside each question. Google Forms writes `Timestamp` first, also
in that language; a question of a grid is `Question [row]`, and a quiz has a score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewapp.intake.form_columns import FormColumn, Treatment, plain
from reviewapp.spreadsheets.cells import stripped
from reviewapp.spreadsheets.sheet import Sheet

_TIMES, _PERSON = (1, 2), (3, 4)
"""Where Microsoft Forms puts when a form was begun and sent, and by whom, whatever the language."""
TIMESTAMPS = frozenset({"timestamp", "horodateur"})
"""How Google Forms calls the time of a submission: its first column."""

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_SCORE = re.compile(r"\d+(\.\d+)? / \d+(\.\d+)?")
_OF_A_QUIZ = ("points - ", "feedback - ")


def is_microsoft(sheet: Sheet) -> bool:
    """Whether Microsoft Forms wrote a sheet: by two headings, or, in another language, by two columns of times."""
    headings = [plain(text) for text in sheet.rows[0].cells]
    if {"start time", "completion time"} <= set(headings):
        return True
    rows = [row for row in sheet.rows[1:] if any(map(stripped, row.cells))]
    return headings[:1] == ["id"] and bool(rows) and all(row.kind(n) == "date" for row in rows for n in _TIMES)


def not_asked(column: FormColumn, sheet: Sheet, source: str) -> Treatment | None:
    """What a column is that is no question for certain: about the sending, or about who sent it; None for others."""
    heading, texts = plain(column.heading), list(_texts(sheet, column.index))
    if texts and all(map(_EMAIL.fullmatch, texts)):
        return "personal"
    if source == "google_forms":
        is_time = column.index == 0 and heading in TIMESTAMPS
        return "meta" if is_time or (heading == "score" and all(map(_SCORE.fullmatch, texts))) else None
    if heading in ("id", "language") or heading.startswith(_OF_A_QUIZ):
        return "meta"
    if not _is_in_english(sheet):
        return "meta" if column.index in _TIMES else "personal" if column.index in _PERSON else None
    return None


def _is_in_english(sheet: Sheet) -> bool:
    return "start time" in {plain(text) for text in sheet.rows[0].cells}


def _texts(sheet: Sheet, index: int) -> Iterator[str]:
    """What stands in a column."""
    return (text for row in sheet.rows[1:] if (text := stripped(row.cell(index))))
