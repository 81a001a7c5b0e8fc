"""What was read from a team's file: the statements, and an account of everything else that was in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from reviewapp.base.i18n import _, plural
from reviewapp.intake.earlier import Earlier
from reviewapp.intake.sheet import Heading, OpenColumn, SkippedRow
from reviewapp.spreadsheets.account import SheetAccount
from reviewapp.spreadsheets.outside import OutsideWords
from reviewapp.spreadsheets.problems import OddCell
from reviewapp.visit.identifying import Place
from reviewapp.visit.statements import AnyStatement


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """The statements read from a file. `summary` is for a person; `people` counts who answered a survey, by group.

    `identifying`: the records in which something may identify a person; the summary ends with them. The rest accounts
    for the whole file: every sheet, every heading and what it went to, cells that were not understood and are left out,
    rows that are no records, words outside the expected cells, and what becomes of an earlier sheet of this kind.
    `doubtful`: a person should look at that before it is taken in. `columns`: those of a survey of which somebody may
    say what they are.
    """

    kind: str
    lines: tuple[AnyStatement, ...]
    summary: str
    people: dict[str, int] = {}
    identifying: tuple[Place, ...] = ()
    sheets: tuple[SheetAccount, ...] = ()
    headings: tuple[Heading, ...] = ()
    not_taken: tuple[OddCell, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    words: tuple[OutsideWords, ...] = ()
    earlier: Earlier = Earlier()
    doubtful: bool = False
    columns: tuple[OpenColumn, ...] = ()

    def details(self) -> Iterator[tuple[str, list[str]]]:
        """What a person should know beside the summary, as headings with lines; nothing for what does not occur."""
        sections = (
            (_("Sheets"), [one.sentence() for one in self.sheets]),
            (_("Headings"), [one.sentence() for one in self.headings]),
            (_("Cells that are not imported"), [one.sentence() for one in self.not_taken]),
            (_("Rows that are not records and are not counted"), [row_in_words(one) for one in self.skipped]),
            (_("Text outside the expected cells"), [words_in_words(one) for one in self.words]),
            (_("Overwritten"), list(self.earlier.overwritten)),
            (_("Kept from an earlier sheet"), list(self.earlier.left)),
            (_("Removed, because the sheet replaces everything of its kind"), list(self.earlier.removed)),
        )
        return ((title, lines) for title, lines in sections if lines)

    def full_summary(self) -> str:
        """The summary and all details, a line each."""
        parts = [self.summary]
        for title, lines in self.details():
            parts += [f"{title}:", *(f"  {line}" for line in lines)]
        return "\n".join(parts)

    def as_json(self) -> dict[str, Any]:
        """The account as plain values for JSON."""
        return {
            "summary": self.full_summary(),
            "sheets": msgspec.to_builtins(self.sheets),
            "headings": msgspec.to_builtins(self.headings),
            "columns": msgspec.to_builtins(self.columns),
            "not_taken": msgspec.to_builtins(self.not_taken),
            "skipped": msgspec.to_builtins(self.skipped),
            "notes": [one.as_json() for one in self.words],
            "overwritten": self.earlier.overwritten,
            "left": self.earlier.left,
            "removed": self.earlier.removed,
        }


def row_in_words(row: SkippedRow) -> str:
    """A row that is no record, `row 12 (“Total”)`."""
    where = _("row {row} (“{label}”)", row=row.row, label=row.label)
    return f'"{row.sheet}", {where}' if row.sheet else where


def words_in_words(words: OutsideWords) -> str:
    """Words outside the expected cells, with where they stand and what their row is about."""
    about = _(", standard {number}", number=words.standard) if words.standard else ""
    return " ".join(f"{words.place()}{about}: {words.text}".split())


def message_to_team(file: str, cells: tuple[OddCell, ...]) -> str:
    """A message to copy for the team: which cells of the file are to be corrected, one a line."""
    first = plural(
        "In {file} there is {n} cell we could not read. Could you correct it and send the file again?",
        "In {file} there are {n} cells we could not read. Could you correct them and send the file again?",
        len(cells),
        file=file,
    )
    return "\n".join([first, *(f"- {cell.sentence()}" for cell in cells)])
