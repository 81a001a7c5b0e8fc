"""One call for every kind of table that a team sends in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, any_of
from reviewapp.instruments.model import Instrument
from reviewapp.intake import audit, self_review, survey
from reviewapp.spreadsheets.reader import Sheet, read_sheets
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import AnyStatement

IntakeKind = Literal["self_review", "survey", "audit", "response"]
KINDS: tuple[IntakeKind, ...] = ("self_review", "survey", "audit", "response")


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says. `summary` is for a person; `people` counts who answered a survey, by group."""

    kind: str
    lines: tuple[AnyStatement, ...]
    summary: str
    people: dict[str, int] = {}


def read_intake(path: Path, kind: IntakeKind, instrument: Instrument, state: VisitState | None = None) -> Intake:
    """Everything a CSV or XLSX from the team says, as lines to record.

    All or nothing: anything that is not understood raises one `Invalid` naming file, sheet and cell, what is wrong
    and what to do. Reading the same file again gives the same lines. Answers to the draft need the visit's `state`.
    """
    if kind not in KINDS:
        raise Invalid(
            _("there is no intake of kind {kind}", kind=f"{kind!r}"),
            field="kind",
            do=_("use {listed}", listed=any_of(KINDS)),
        )
    sheets = read_sheets(Path(path))
    people: dict[str, int] = {}
    lines: Sequence[AnyStatement]
    if kind == "self_review":
        lines, summary = self_review.read(sheets, instrument)
    elif kind == "survey":
        lines, summary, people = survey.read(sheets, instrument)
    elif kind == "response":
        lines, summary = _answers(sheets, state)
    else:
        lines, summary = audit.read(sheets, instrument)
    notes = " ".join({f"{sheet.file}: {sheet.note}." for sheet in sheets if sheet.note})
    return Intake(kind=kind, lines=tuple(lines), summary=f"{summary} {notes}".strip(), people=people)


def _answers(sheets: Sequence[Sheet], state: VisitState | None) -> tuple[Sequence[AnyStatement], str]:
    from reviewapp.factcheck import read_answers  # it stands on this package

    if state is None:
        raise Invalid(_("answers to a draft belong to a visit"), field="kind", do=_("name the visit"))
    found = read_answers(sheets, state)
    return found.lines, found.summary
