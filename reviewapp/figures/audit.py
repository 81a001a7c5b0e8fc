"""Counts of the case-note audit: per item, agreed cells first, and where reviewers differ."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from reviewapp.visit import sorting
from reviewapp.visit.figure_cache import AUDITED, cached_figure
from reviewapp.visit.state import AuditRecord, VisitState

HOST = "host"
"""The author of what the team itself entered."""

Cell = tuple[str, str]
"""Record number and audit item."""


class AuditCounts(msgspec.Struct, frozen=True, kw_only=True):
    """One audit item over all records read. `n` = yes + no + not recorded: what is not recorded counts against."""

    yes: int = 0
    no: int = 0
    na: int = 0
    not_recorded: int = 0
    n: int = 0
    percent: float | None = None


class AuditDifference(msgspec.Struct, frozen=True, kw_only=True):
    """A cell that reviewers filled differently: not counted until agreed."""

    case_note: str
    item: str
    values: dict[str, str]
    agreed: str | None = None


@cached_figure(*AUDITED)
def audit_figures(state: VisitState) -> dict[str, AuditCounts]:
    """Counts for every audit item of the instrument.

    A cell counts once: as agreed, else as all who read that record say. Cells that differ are not counted. The
    team's own audit counts only while no reviewer has recorded anything.
    """
    tally: dict[str, dict[str, int]] = {a.item: defaultdict(int) for a in state.instrument.audit}
    for (_, item), value in audit_cells(state).items():
        if item in tally:
            tally[item][value] += 1
    return {item: _audit_counts(found) for item, found in tally.items()}


@cached_figure(*AUDITED)
def audit_cells(state: VisitState) -> dict[Cell, str]:
    """The value that counts of every cell that has one."""
    agreed, unsettled = _agreed_cells(state)
    alike, differing = _reviewed(state)
    cells = dict(alike if alike or differing else _recorded(state, {HOST})[0])
    cells.update(agreed)
    for cell in unsettled:
        cells.pop(cell, None)
    return cells


@cached_figure(*AUDITED)
def audit_differences(state: VisitState) -> list[AuditDifference]:
    """Cells that reviewers filled differently, settled or not, in the order of the grid."""
    agreed, _ = _agreed_cells(state)
    items = {a.item: i for i, a in enumerate(state.instrument.audit)}
    found = [
        AuditDifference(
            case_note=case_note,
            item=item,
            values={code: by[code] for code in sorting.in_order(by)},
            agreed=agreed.get((case_note, item)),
        )
        for (case_note, item), by in _reviewed(state)[1].items()
    ]
    return sorted(found, key=lambda d: (sorting.natural(d.case_note), items.get(d.item, len(items)), d.item))


def reviewed_cells(state: VisitState) -> list[Cell]:
    """The cells that reviewers have answered."""
    alike, differing = _reviewed(state)
    return [*alike, *differing]


@cached_figure(*AUDITED)
def _reviewed(state: VisitState) -> tuple[dict[Cell, str], dict[Cell, dict[str, str]]]:
    """What reviewers recorded; observers and unsettled conflicts are not part of it."""
    return _recorded(state, {code for code, person in state.people.items() if person.rates})


def _recorded(state: VisitState, authors: set[str]) -> tuple[dict[Cell, str], dict[Cell, dict[str, str]]]:
    """Cells of which all who read them say the same, and what; and those of which they do not, and who says what."""
    unsettled = {c.key for c in state.conflicts if c.entity == "audit" and c.field == "value"}
    alike: dict[Cell, str] = {}
    differing: dict[Cell, dict[str, str]] = {}
    for key, rec in state.audit.items():  # thousands: nothing is made that is not kept
        if rec.value is not None and rec.person in authors and key not in unsettled:
            cell = rec.case_note, rec.item
            if alike.setdefault(cell, rec.value) != rec.value:
                differing[cell] = {}
    if differing:
        for key, rec in state.audit.items():
            by = differing.get((rec.case_note, rec.item))
            if by is not None and rec.value is not None and rec.person in authors and key not in unsettled:
                by[rec.person] = rec.value
        for cell in differing:
            del alike[cell]
    return alike, differing


def _agreed_cells(state: VisitState) -> tuple[dict[Cell, str], set[Cell]]:
    """Agreed cells that stand, and those two laptops agreed differently (nobody's word replaces them)."""
    keys = {c.key for c in state.conflicts if c.entity == "agreed_audit" and c.field == "value"}

    def cell(rec: AuditRecord) -> Cell:
        return rec.case_note, rec.item

    unsettled = {cell(rec) for key, rec in state.agreed_audit.items() if key in keys}
    agreed = {cell(r): r.value for r in state.agreed_audit.values() if r.value is not None and cell(r) not in unsettled}
    return agreed, unsettled


def _audit_counts(found: dict[str, int]) -> AuditCounts:
    n = found["yes"] + found["no"] + found["not_recorded"]
    return AuditCounts(
        yes=found["yes"],
        no=found["no"],
        na=found["na"],
        not_recorded=found["not_recorded"],
        n=n,
        percent=100 * found["yes"] / n if n else None,
    )
