"""From the current tables, column by column, to the records of `VisitState`.

A visit may hold tens of thousands of records, so each kind is taken apart, put together and checked as a whole.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import compress
from typing import Any

import msgspec

from reviewapp.instruments.model import Instrument
from reviewapp.visit import state as s
from reviewapp.visit.catalogue import ENTITIES, HEADER
from reviewapp.visit.order import natural

Columns = dict[str, list[Any]]
"""The fields of all records of one kind, `key` first; lists of equal length."""

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


def build(columns: Callable[[str], Columns]) -> s.VisitState:
    """The whole state; `columns(entity)` gives the current table of one kind."""
    with _without_collecting():
        return _build(columns)


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


def _build(columns: Callable[[str], Columns]) -> s.VisitState:
    header = {name: values[0] for name, values in columns(HEADER).items()}
    instrument = msgspec.convert(header["content"], type=Instrument)
    info = s.Info(
        id=header["key"], service=header["service"] or "", organisation=header["organisation"] or "",
        date=header["date"] or "", instrument=header["instrument"] or instrument.id,
        kind=header["kind"] or "accreditation",
    )  # fmt: skip
    state = s.VisitState(info=info, instrument=instrument)
    gone: set[str] = set()
    for entity in _SLOTS:
        found = columns(entity)
        if entity in PARENTS:
            gone |= set(compress(found["key"], found["deleted"]))
        put(state, entity, found)
    if gone:
        _take_out_what_belonged(state, gone)
    return state


def put(state: s.VisitState, entity: str, columns: Columns, keys: Iterable[str] = (), *, sort: bool = True) -> None:
    """Bring the records of one kind up to date in place: changed, new, or taken out.

    `keys` were looked up: one without a row no longer exists.
    """
    if entity not in _SLOTS:
        return
    name, record_type = _SLOTS[entity]
    records: dict[str, s.Rec] = getattr(state, name)
    known = len(records)
    made = {record.key: record for record in _records(entity, record_type, columns)}
    for key in {*keys, *columns["key"]} - made.keys():
        records.pop(key, None)
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


def _records(entity: str, record_type: type[s.Rec], columns: Columns) -> list[s.Rec]:
    """The records that are there: not deleted, with the key and the fields that they cannot be without."""
    columns = _with_ids(entity, columns)
    names, cells = [], []
    for field in _fields(record_type):
        if field.name in columns:
            names.append(field.name)
            cells.append(_or_default(field, columns[field.name]))
    said = [dict(zip(names, row)) for row in zip(*cells)]  # noqa: B905  (all are of one length)
    return msgspec.convert(said, type=list[record_type])  # type: ignore[valid-type]


@lru_cache
def _fields(record_type: type[s.Rec]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Remembered, because looking them up takes longer than saving a rating should."""
    return msgspec.structs.fields(record_type)


def _with_ids(entity: str, columns: Columns) -> Columns:
    """The columns of what is there, with those that follow from the key."""
    info = ENTITIES[entity]
    found = [info.split(key) for key in columns["key"]]
    needed = columns.get(_NEEDS.get(entity, "key"), [])
    deleted = columns.get("deleted") or [None] * len(found)
    there = [
        parts is not None and not gone and need is not None
        for parts, gone, need in zip(found, deleted, needed, strict=True)
    ]
    if not all(there):
        columns = {name: list(compress(values, there)) for name, values in columns.items()}
    parts = [one for one, is_there in zip(found, there, strict=True) if one is not None and is_there]
    authors = [author for _, author in parts]
    columns = columns | {name: [ids[name] for ids, _ in parts] for name in info.ids} | {"person": authors}
    if entity in _SUBJECT:
        columns["subject"] = columns[_SUBJECT[entity]]
    elif entity in ("answer", "quote"):
        pairs = zip(columns["interview"], authors, strict=True)
        columns["interview"] = [f"{interview or ''}/{author}" for interview, author in pairs]
    elif entity == "decision":
        columns["presentation"] = [int(number) for number in columns["presentation"]]
    elif entity == "interview":
        columns["with_"] = columns["with"]
    return columns


def _or_default(field: msgspec.structs.FieldInfo, values: list[Any]) -> list[Any]:
    """What was never said, or was taken back, is what the record has when nothing is said."""
    if None not in values or field.required:
        return values
    default = field.default_factory() if field.default is msgspec.NODEFAULT else field.default
    return [default if value is None else value for value in values]
