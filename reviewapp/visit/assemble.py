"""From the rows of the current tables to the records of `VisitState`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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

_RENAMED = {"with": "with_"}
_SUBJECT = {"local_context": "standard", "passage": "place"}


def build(rows: Callable[[str], Iterable[Row]]) -> s.VisitState:
    """The whole state; `rows(entity)` gives the current rows of one kind."""
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
    for row in rows:
        record = _record(entity, record_type, row)
        if record is None:
            records.pop(row["key"], None)
        else:
            records[row["key"]] = record
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


def _by_key(item: tuple[str, s.Rec]) -> tuple[tuple[tuple[int, int, str], ...], str]:
    return natural(item[0])


def _record(entity: str, record_type: type[s.Rec], row: Row) -> s.Rec | None:
    parts = ENTITIES[entity].split(row["key"])
    if row.get("deleted") or parts is None:
        return None
    ids, author = parts
    values: Row = {_RENAMED.get(name, name): value for name, value in row.items() if value is not None}
    values.update(ids)
    values["person"] = author
    if entity in _SUBJECT:
        values["subject"] = ids[_SUBJECT[entity]]
    if entity in ("answer", "quote"):
        values["interview"] = f"{values.get('interview', '')}/{author}"
    if entity == "decision":
        values["presentation"] = int(ids["presentation"])
    if entity == "interview" and "group" not in values:
        return None  # an edit that outlived everything it belonged to; it stays in the history
    if entity == "person" and "role" not in values:
        return None
    known = {name: values[name] for name in record_type.__struct_fields__ if name in values}
    return msgspec.convert(known, type=record_type)
