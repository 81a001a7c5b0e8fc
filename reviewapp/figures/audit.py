"""Counts of the case-note audit per item, the value that counts in each cell, and cells on which reviewers differ."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from reviewapp.visit import sorting
from reviewapp.visit.figure_cache import AUDITED, cached_figure
from reviewapp.visit.state import AuditRecord, VisitState

HOST = "host"
"""The author code of audit answers that the team under review entered itself."""

Cell = tuple[str, str]
"""The address of one audit answer: record number and audit item."""


class AuditCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one audit item over all records read; `percent` is 100 * yes / n, None if `n` is 0.

    `n` = yes + no + not recorded: an answer that the record does not hold counts against the item.
    """

    yes: int = 0
    no: int = 0
    na: int = 0
    not_recorded: int = 0
    n: int = 0
    percent: float | None = None


class AuditDifference(msgspec.Struct, frozen=True, kw_only=True):
    """An audit cell that reviewers answered differently; it is not counted until `agreed` has a value.

    `values` holds each reviewer's answer by reviewer code.
    """

    case_note: str
    item: str
    values: dict[str, str]
    agreed: str | None = None


@cached_figure(*AUDITED)
def audit_figures(state: VisitState) -> dict[str, AuditCounts]:
    """Counts for every audit item of the instrument, by item.

    A cell counts once: with its agreed value, else with the value that all reviewers who answered it gave. Cells that
    differ are not counted. The team's own audit counts only while no reviewer has recorded anything.
    """
    tally: dict[str, dict[str, int]] = {a.item: defaultdict(int) for a in state.instrument.audit}
    for (_, item), value in audit_cells(state).items():
        if item in tally:
            tally[item][value] += 1
    return {item: _audit_counts(found) for item, found in tally.items()}


@cached_figure(*AUDITED)
def audit_cells(state: VisitState) -> dict[Cell, str]:
    """The value that counts, by cell: agreed, else unanimous reviewers, else the team's own.

    Cells that differ or are in conflict are absent; the team's own count only while no reviewer has answered any.
    """
    agreed, unsettled = _agreed_cells(state)
    alike, differing = _reviewer_cells(state)
    cells = dict(alike if alike or differing else _cells_of(state, {HOST})[0])
    cells.update(agreed)
    for cell in unsettled:
        cells.pop(cell, None)
    return cells


@cached_figure(*AUDITED)
def audit_differences(state: VisitState) -> list[AuditDifference]:
    """Cells that reviewers answered differently, agreed since or not, by record number, then item."""
    agreed, _ = _agreed_cells(state)
    items = {a.item: i for i, a in enumerate(state.instrument.audit)}
    found = [
        AuditDifference(
            case_note=case_note,
            item=item,
            values={code: by[code] for code in sorting.in_order(by)},
            agreed=agreed.get((case_note, item)),
        )
        for (case_note, item), by in _reviewer_cells(state)[1].items()
    ]
    return sorted(found, key=lambda d: (sorting.natural(d.case_note), items.get(d.item, len(items)), d.item))


def reviewed_cells(state: VisitState) -> list[Cell]:
    """Cells with an answer of at least one reviewer, those that differ last."""
    alike, differing = _reviewer_cells(state)
    return [*alike, *differing]


@cached_figure(*AUDITED)
def _reviewer_cells(state: VisitState) -> tuple[dict[Cell, str], dict[Cell, dict[str, str]]]:
    """Unanimous and differing cells of everyone whose ratings count; without observers and unsettled conflicts."""
    return _cells_of(state, {code for code, person in state.people.items() if person.rates})


def _cells_of(state: VisitState, authors: set[str]) -> tuple[dict[Cell, str], dict[Cell, dict[str, str]]]:
    """Answers of these authors: unanimous cells with their value, and differing cells with each author's value."""
    unsettled = {c.key for c in state.conflicts if c.entity == "audit" and c.field == "value"}
    alike: dict[Cell, str] = {}
    differing: dict[Cell, dict[str, str]] = {}
    for key, rec in state.audit.items():  # thousands of records: only differing cells get a dictionary
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
    """Agreed values by cell, and the cells whose agreed values conflict: no reviewer's answer replaces those."""
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
