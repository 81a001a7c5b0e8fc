"""From the current tables to the records of `VisitState`.

A visit may hold tens of thousands of records, so each kind arrives as one JSON text and is decoded and checked whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, Protocol

import msgspec

from reviewapp.crosswalk.model import Crosswalk
from reviewapp.instruments.model import Instrument
from reviewapp.visit import state as s
from reviewapp.visit.entities import ENTITIES, HEADER
from reviewapp.visit.figure_cache import invalidate
from reviewapp.visit.hiding import in_words
from reviewapp.visit.sorting import natural


class TableSource(Protocol):
    """Where the current tables are."""

    def rows(self, entity: str) -> list[dict[str, Any]]:
        """Rows of one kind, values decoded."""

    def records(self, entity: str, keys: Sequence[str] | None = None) -> str:
        """The records of one kind that are there, as one JSON array in the order of their keys."""

    def deleted(self, entity: str) -> set[str]:
        """The keys of those that were deleted."""


_TABLES: dict[str, tuple[str, type[s.Record]]] = {
    name: (info.statement.TABLE, info.statement.RECORD) for name, info in ENTITIES.items()
}
"""The table of `VisitState` for each kind, and what is in it."""

PARENTS = ("interview", "case_note")
"""Kinds whose deletion hides what belongs to them: notes and quotes, cells of the grid."""


def build(source: TableSource) -> s.VisitState:
    """The whole state."""
    header = source.rows(HEADER)[0]
    instrument = msgspec.convert(header["content"], type=Instrument)
    info = s.VisitInfo(
        id=header["key"], service=header["service"] or "", organisation=header["organisation"] or "",
        date=header["date"] or "", instrument=header["instrument"] or instrument.id,
        kind=header["kind"] or "accreditation",
    )  # fmt: skip
    state = s.VisitState(info=info, instrument=instrument)
    if header.get("also") is not None:
        state.also = msgspec.convert(header["also"], type=Instrument)
        state.crosswalk = msgspec.convert(header["crosswalk"], type=Crosswalk | None)
    for entity, (name, _) in _TABLES.items():
        setattr(state, name, {record.key: record for record in _records(entity, source.records(entity))})
    _take_out_what_belonged(state, *(source.deleted(entity) for entity in PARENTS))
    return state


def refresh_records(
    state: s.VisitState, entity: str, source: TableSource, keys: Sequence[str], *, sort: bool = True
) -> None:
    """Bring these records up to date in place: changed, new, or taken out when they are no longer there."""
    if entity not in _TABLES:
        invalidate(state)
        return
    name = _TABLES[entity][0]
    records: dict[str, s.Record] = getattr(state, name)
    known = len(records)
    made = {record.key: record for record in _records(entity, source.records(entity, keys))}
    for key in set(keys) - made.keys():
        records.pop(key, None)
    records.update(made)
    if entity == "person":
        say_who_leads(state)
    if len(records) > known and sort:
        setattr(state, name, dict(sorted(records.items(), key=_by_key)))
    invalidate(state, name)


def hide(state: s.VisitState, hidden: Mapping[str, s.Hidden]) -> None:
    """Take out what is hidden until somebody decides: no screen, figure or document reads it.

    That there is an immediate concern, and whose, stays in sight.
    """
    state.hidden = dict(hidden)
    for name, one in hidden.items():
        entity, _, key = name.partition("/")
        if entity not in _TABLES:
            continue
        table: dict[str, s.Record] = getattr(state, _TABLES[entity][0])
        record = table.get(key)
        if isinstance(record, s.ConcernRecord):
            said = in_words(one.asker, one.person, state.people)
            words = {name: said for name in ("told", "action") if getattr(record, name)}
            table[key] = msgspec.structs.replace(record, text=said, **words)
        else:
            table.pop(key, None)
        invalidate(state, _TABLES[entity][0])


def say_who_leads(state: s.VisitState) -> None:
    """Give the role of the lead to the one who leads (`lead_code`); whoever led before is a reviewer like others."""
    for code, one in state.people.items() if state.lead_code else ():
        role: s.Role = "lead" if code == state.lead_code else "clinician" if one.role == "lead" else one.role
        if role != one.role:
            state.people[code] = msgspec.structs.replace(one, role=role)


def sort_records(state: s.VisitState, entities: Iterable[str]) -> None:
    """Put the records of these kinds back in their order, after a number of `put` without sorting."""
    for entity in set(entities) & set(_TABLES):
        name = _TABLES[entity][0]
        setattr(state, name, dict(sorted(getattr(state, name).items(), key=_by_key)))
        invalidate(state, name)


def records(state: s.VisitState, entity: str) -> dict[str, s.Record]:
    """All of one kind that are there, by key."""
    found: dict[str, s.Record] = getattr(state, _TABLES[entity][0])
    return found


def record(state: s.VisitState, entity: str, key: str) -> s.Record | None:
    """A record, or None when it is not there (or deleted)."""
    if entity not in _TABLES:
        return None
    found: s.Record | None = getattr(state, _TABLES[entity][0]).get(key)
    return found


def has_record(state: s.VisitState, entity: str, key: str) -> bool:
    """Whether a record is there (and not deleted)."""
    return entity in _TABLES and key in getattr(state, _TABLES[entity][0])


def _take_out_what_belonged(state: s.VisitState, interviews: set[str], case_notes: set[str]) -> None:
    """Hide what belongs to deleted interviews and case notes; it is all still in the journal."""
    if interviews:
        state.answers = {key: one for key, one in state.answers.items() if one.interview not in interviews}
        state.quotes = {key: one for key, one in state.quotes.items() if one.interview not in interviews}
    if case_notes:
        state.audit = {k: one for k, one in state.audit.items() if f"{one.case_note}/{one.person}" not in case_notes}


def _by_key(item: tuple[str, s.Record]) -> tuple[tuple[str | int, ...], str]:
    return natural(item[0])


def _records(entity: str, said: str) -> list[s.Record]:
    """What was never said, or was taken back, is what the record has when nothing is said."""
    found: list[s.Record] = _decoder(_TABLES[entity][1]).decode(said)
    return found


def preparations() -> Iterator[Callable[[], object]]:
    """What reading the first state makes once, in short pieces, for whoever has time before."""
    for _, record_type in _TABLES.values():
        yield partial(_decoder, record_type)


@cache
def _decoder(record_type: type[s.Record]) -> msgspec.json.Decoder[Any]:
    """Remembered, because making one takes longer than saving a rating should."""
    return msgspec.json.Decoder(list[record_type])  # type: ignore[valid-type]
