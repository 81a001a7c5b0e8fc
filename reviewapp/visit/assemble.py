"""From the rows of the current tables to the records of `VisitState`."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from reviewapp.instruments.model import Instrument
from reviewapp.visit import state as s
from reviewapp.visit.catalogue import ENTITIES, HEADER
from reviewapp.visit.order import natural

Row = dict[str, Any]

_SLOTS: dict[str, tuple[str, type[s.Rec]]] = {
    "rating": ("ratings", s.RatingRec),
    "interview": ("interviews", s.InterviewRec),
    "answer": ("answers", s.AnswerRec),
    "quote": ("quotes", s.QuoteRec),
    "case_note": ("case_notes", s.CaseNoteRec),
    "audit": ("audit", s.AuditRec),
    "agreed_audit": ("agreed_audit", s.AuditRec),
    "self_review": ("self_review", s.SelfReviewRec),
    "survey": ("survey", s.SurveyRec),
    "context": ("context", s.ContextRec),
    "concern": ("concerns", s.ConcernRec),
    "agreed": ("agreed", s.AgreedRec),
    "local_context": ("local_context", s.TextRec),
    "response": ("responses", s.ResponseRec),
    "response_decision": ("response_decisions", s.ResponseDecisionRec),
    "passage": ("passages", s.TextRec),
    "action": ("actions", s.ActionRec),
    "decision": ("decisions", s.DecisionRec),
    "slot": ("slots", s.SlotRec),
    "person": ("people", s.PersonRec),
    "asks": ("asks", s.AsksRec),
    "meeting": ("meetings", s.MeetingRec),
    "accept_late": ("accepted_late", s.AcceptedLateRec),
    "settled": ("settled", s.SettledRec),
}

PARENTS = ("interview", "case_note")
"""Kinds whose deletion hides what belongs to them: notes and quotes, cells of the grid."""

_NEEDS = {"interview": "group", "person": "role"}
"""Without it there is only an edit that outlived what it belonged to; it stays in the history."""
_SUBJECT = {"local_context": "standard", "passage": "place"}


def build(rows: Callable[[str], Iterable[Row]]) -> s.VisitState:
    """The whole state; `rows(entity)` gives the current rows of one kind."""
    with _without_collecting():
        return _build(rows)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Tens of thousands of records that all stay: looking for garbage among them meanwhile takes half the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _build(rows: Callable[[str], Iterable[Row]]) -> s.VisitState:
    header = next(iter(rows(HEADER)))
    instrument = msgspec.convert(header["content"], type=Instrument)
    info = s.Info(
        id=header["key"], service=header["service"] or "", organisation=header["organisation"] or "",
        date=header["date"] or "", instrument=header["instrument"] or instrument.id,
        kind=header["kind"] or "accreditation",
    )  # fmt: skip
    state = s.VisitState(info=info, instrument=instrument)
    gone: set[str] = set()
    for entity in _SLOTS:
        found = list(rows(entity))
        if entity in PARENTS:
            gone |= {row["key"] for row in found if row.get("deleted")}
        put(state, entity, found)
    if gone:
        _take_out_what_belonged(state, gone)
    return state


def put(state: s.VisitState, entity: str, rows: Iterable[Row], keys: Iterable[str] = (), *, sort: bool = True) -> None:
    """Bring the records of one kind up to date in place: changed, new, or taken out.

    `keys` were looked up: one without a row no longer exists.
    """
    if entity not in _SLOTS:
        return
    name, record_type = _SLOTS[entity]
    records: dict[str, s.Rec] = getattr(state, name)
    known = len(records)
    rows = list(rows)
    for key in set(keys) - {row["key"] for row in rows}:
        records.pop(key, None)
    made = {record.key: record for record in _records(entity, record_type, rows)}
    for row in rows:
        if row["key"] not in made:
            records.pop(row["key"], None)
    records.update(made)
    if len(records) > known and sort:
        setattr(state, name, dict(sorted(records.items(), key=_by_key)))


def in_order(state: s.VisitState, entities: Iterable[str]) -> None:
    """Put the records of these kinds back in their order, after a number of `put` without sorting."""
    for entity in set(entities) & set(_SLOTS):
        name = _SLOTS[entity][0]
        setattr(state, name, dict(sorted(getattr(state, name).items(), key=_by_key)))


def holds(state: s.VisitState, entity: str, key: str) -> bool:
    """Whether a record is there (and not deleted)."""
    return entity in _SLOTS and key in getattr(state, _SLOTS[entity][0])


def _take_out_what_belonged(state: s.VisitState, gone: set[str]) -> None:
    """Hide what belongs to deleted interviews and case notes; it is all still in the journal."""
    state.answers = {key: one for key, one in state.answers.items() if one.interview not in gone}
    state.quotes = {key: one for key, one in state.quotes.items() if one.interview not in gone}
    state.audit = {key: one for key, one in state.audit.items() if f"{one.case_note}/{one.person}" not in gone}


def _by_key(item: tuple[str, s.Rec]) -> tuple[tuple[str | int, ...], str]:
    return natural(item[0])


def _records(entity: str, record_type: type[s.Rec], rows: list[Row]) -> list[s.Rec]:
    """The records of these rows; made and checked all in one go, because there may be tens of thousands."""
    said = [one for row in rows if (one := _said(entity, row)) is not None]
    return msgspec.convert(said, type=list[record_type])  # type: ignore[valid-type]


def _said(entity: str, row: Row) -> Row | None:
    """What a row says by the names of the record's fields; None when there is no such record."""
    if row.get("deleted"):
        return None
    info = ENTITIES[entity]
    parts = info.split(row["key"])
    if parts is None or (entity in _NEEDS and row.get(_NEEDS[entity]) is None):
        return None
    ids, author = parts
    values: Row = {name: value for name, value in row.items() if value is not None} if None in row.values() else row
    values |= ids
    values["person"] = author
    if entity in _SUBJECT:
        values["subject"] = ids[_SUBJECT[entity]]
    elif entity in ("answer", "quote"):
        values["interview"] = f"{values.get('interview', '')}/{author}"
    elif entity == "decision":
        values["presentation"] = int(ids["presentation"])
    elif entity == "interview" and "with" in values:
        values["with_"] = values["with"]
    return values
