"""The one entry point for reading any kind of table that a team sends in."""

from __future__ import annotations

from pathlib import Path

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, any_of
from reviewapp.instruments.model import Instrument
from reviewapp.intake import answers, audit, self_review, survey
from reviewapp.intake.sheet import SheetKind
from reviewapp.spreadsheets.reader import Limits, read_sheets
from reviewapp.visit.identifying import Place, places_in, told
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import AnyStatement
from reviewapp.visit.validators import HOST, LONGEST_TEXT

SHEETS: dict[str, SheetKind] = {
    made.kind: made for made in (self_review.SHEET, survey.SHEET, audit.SHEET, answers.SHEET)
}
"""Every kind of sheet from the team, by its name on the command line."""

_LIMITS = Limits(characters=LONGEST_TEXT)
"""A cell may hold as much as any text of the visit."""


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """The statements read from a file. `summary` is for a person; `people` counts who answered a survey, by group.

    `identifying`: the records in which something may identify a person; the summary ends with them.
    """

    kind: str
    lines: tuple[AnyStatement, ...]
    summary: str
    people: dict[str, int] = {}
    identifying: tuple[Place, ...] = ()


def read_intake(path: Path, kind: str, instrument: Instrument, state: VisitState | None = None) -> Intake:
    """Every entry of a CSV or XLSX from the team, as statements to record.

    All or nothing: a cell that is not understood raises one `Invalid` naming file, sheet and cell, what is wrong and
    what to do. Reading the same file again gives the same statements. Answers to the draft need the visit's `state`.
    """
    if kind not in SHEETS:
        raise Invalid(
            _("there is no intake of kind {kind}", kind=f"{kind!r}"),
            field="kind",
            do=_("use {listed}", listed=any_of(SHEETS)),
        )
    sheets = read_sheets(Path(path), _LIMITS)
    read = SHEETS[kind].read(sheets, instrument, state)
    notes = " ".join({f"{sheet.file}: {sheet.note}." for sheet in sheets if sheet.note})
    identifying = places_in(read.lines, state, HOST)
    said = (read.summary, notes, told(identifying))
    return Intake(
        kind=kind,
        lines=tuple(read.lines),
        summary=" ".join(part for part in said if part),
        people=read.people or {},
        identifying=identifying,
    )
