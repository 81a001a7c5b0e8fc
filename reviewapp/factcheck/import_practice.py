"""Reads from a returned response sheet whether good practice may be published: a yes is never guessed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reviewapp.base.i18n import _
from reviewapp.factcheck.practice_rows import (
    NO,
    TYPED,
    YES,
    in_word,
    mark_is_valid,
    number_of,
    practice_table,
)
from reviewapp.spreadsheets.outside import OutsideWords, comments_of, words_above, words_beside
from reviewapp.spreadsheets.problems import NOT_IN_WORDS
from reviewapp.spreadsheets.row_marks import digest_of_field, is_mark_heading
from reviewapp.spreadsheets.sheet import Sheet, SheetRow
from reviewapp.spreadsheets.table import Problems, Table
from reviewapp.visit.labels import all_of
from reviewapp.visit.practice import practice_at
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import PracticeConsent

_WORDS = {YES: True, "y": True, "true": True, NO: False, "n": False, "false": False}
_YES_OR_NO = _("enter yes or no, or leave it empty")
_MOVED = _("its hidden mark does not match: the row was moved, copied or changed")
_MOVED_DO = _("answer in the row as it was sent")


class PracticeAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """What was answered about good practice. `sheets` maps the sheets it is asked on to their rows; `summary` is for a
    person.
    """

    sheets: dict[str, int] = {}
    lines: tuple[PracticeConsent, ...] = ()
    words: tuple[OutsideWords, ...] = ()
    summary: str = ""


def read_practice(sheets: Sequence[Sheet], state: VisitState, problems: Problems) -> PracticeAnswers:
    """The answers on every sheet of a file that asks about good practice, of the rows that were changed.

    A row whose mark does not fit, or whose words were changed, is a problem: then nobody knows what the answer is to.
    """
    found: dict[str, PracticeConsent] = {}
    words: list[OutsideWords] = []
    tables = [table for sheet in sheets if (table := practice_table(sheet)) is not None]
    for table in tables:
        words += words_above(table)
        for row in table.rows():
            line = _read_row(table, row, state, problems)
            words += words_beside(table, row, ours=is_mark_heading)
            if line is not None and found.setdefault(line.standard, line) != line:
                problems.add(
                    table.sheet, row.number, table.columns["published"],
                    _("standard {number} already has a different answer", number=line.standard),
                    _("keep one row for each passage"),
                )  # fmt: skip
        words += comments_of(table.sheet)
    return PracticeAnswers(
        sheets={table.sheet.name: len(list(table.rows())) for table in tables},
        lines=tuple(found.values()),
        words=tuple(words),
        summary=_summary(list(found.values()), state),
    )


def _read_row(table: Table, row: SheetRow, state: VisitState, problems: Problems) -> PracticeConsent | None:
    if not any(table.get(row, name) for name in table.columns):
        return None
    id_, check, sent = (table.get(row, name) for name in ("id", "check", "sent"))
    number, column = number_of(id_), table.columns["published"]
    about, shown, *before = sent.split(".") + [""] * 4
    if not mark_is_valid(state, id_, check, sent) or table.get(row, "standard") != number:
        problems.add(table.sheet, row.number, column, _MOVED, _MOVED_DO)
        return None
    if digest_of_field("text", table.get(row, "text")) != shown:
        what = _("the words beside it are not the words that were sent")
        do = _("put them back: a yes is about exactly these words")
        problems.add(table.sheet, row.number, table.columns.get("text", column), what, do)
        return None
    try:
        published, named = (_answer(table, row, name) for name in TYPED)
    except _UnclearError as odd:
        if not problems.value(table.sheet, row, odd.column, choices=(YES, NO)):
            what = _("{text} is neither yes nor no", text=f"{odd.text[:40]!r}")
            problems.add(table.sheet, row.number, odd.column, what, _YES_OR_NO, choices=(YES, NO))
        return None
    if [in_word(published), in_word(named)] == before[:2]:
        return None
    return PracticeConsent(standard=number, published=published, named=named, about=about)


class _UnclearError(Exception):
    """A cell that is neither yes nor no."""

    def __init__(self, column: int, text: str) -> None:
        super().__init__(text)
        self.column, self.text = column, text


def _answer(table: Table, row: SheetRow, name: str) -> bool | None:
    """What a cell says: yes, no, or None where it is empty. Raises _UnclearError."""
    if name not in table.columns or not table.seen(row, name):
        return None
    column, text = table.columns[name], table.seen(row, name)
    if text.casefold() not in _WORDS or row.kind(column) in NOT_IN_WORDS:
        raise _UnclearError(column, text)
    return _WORDS[text.casefold()]


def _summary(lines: Sequence[PracticeConsent], state: VisitState) -> str:
    """Which practice may be published, which may not, and of which the words have changed since."""
    yes = [line.standard for line in lines if line.published is True]
    no = [line.standard for line in lines if line.published in (False, None)]
    changed = [line.standard for line in lines if _has_changed(line, state)]
    parts = []
    if yes:
        parts.append(f"Good practice may be published: {all_of(yes)}.")
    if no:
        parts.append(f"Good practice is not to be published: {all_of(no)}.")
    if changed:
        parts.append(f"At {all_of(changed)} the words have changed since the sheet was sent: ask again.")
    return " ".join(parts)


def _has_changed(line: PracticeConsent, state: VisitState) -> bool:
    now = practice_at(state, line.standard)
    return line.published is True and (now is None or now.digest != line.about)
