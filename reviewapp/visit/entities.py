"""Which kinds of record there are, and how a record's place in the journal reads.

Derived from the lines, so that a field exists in exactly one list. The store makes its current tables from it,
joining checks what comes from other laptops against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from reviewapp.visit.statements import AnyStatement, Statement

NAMED = (("field",), ("place",))
"""Kinds whose key is a name in words, which may hold anything printable."""


class EntityInfo(msgspec.Struct, frozen=True):
    """`ids` name the parts of the key, without the author; `fields` maps journal field to attribute of the line."""

    name: str
    line: type[Statement]
    ids: tuple[str, ...]
    shared: bool
    fields: dict[str, str]

    def split(self, key: str) -> tuple[dict[str, str], str] | None:
        """The id parts of a key and its author ("" for shared), or None when the key has another shape."""
        ids = self.ids
        parts = key.split("/") if ids not in NAMED else [key]
        author = "" if self.shared else parts.pop()
        if len(parts) != len(ids) or "" in parts:
            return None
        return dict(zip(ids, parts)), author  # noqa: B905  (the lengths were compared; this is asked for every entry)


def _describe(line: type[Statement]) -> EntityInfo:
    fields = {f.encode_name: f.name for f in msgspec.structs.fields(line) if f.name not in line.IDS}
    return EntityInfo(line.kind(), line, line.IDS, line.SHARED, fields)


ENTITIES: dict[str, EntityInfo] = {line.kind(): _describe(line) for line in get_args(AnyStatement)}

HEADER = "visit"
"""The entity that says what the visit is; its one record has the key `visit`. Written once, by the lead."""
HEADER_FIELDS = ("service", "organisation", "date", "kind", "instrument", "content")
"""`content` is the whole instrument, so that every laptop judges by exactly the same one."""

WITHDRAW = "withdraw"
"""An entry of this entity, with the key of what is taken back (`interview/P1/R2`), has it blanked everywhere."""
WITHDRAW_FIELD = "records"
"""Its value is the list of records the author of the notice knew to belong to it; `reason` is the other field."""

WITHDRAWABLE = ("interview", "quote", "known_name")
"""What can be taken back: what a person said, and a name that was put on the list of names."""

SEEN = "seen"
"""A reviewer's laptop says that it knew of the meeting's opening before it went on rating (key `meeting/R2`)."""

VALUE_FIELDS = frozenset({
    "value", "consent_notes", "consent_quotes", "consent_circulation", "accepted", "deleted", "mode", "tone", "status",
    "due", "date", "label", "at", "start", "end", "entry", "impact", "effort", "rating",
})  # fmt: skip
"""While two laptops differ about one of these, none of their values stands."""

FIRST_STANDS = frozenset({"group", "role", "interview", "standard"})
"""What a record cannot be without: until somebody settles it the same one of the values stands on every laptop."""


def statement_for(entity: str, key: str, values: dict[str, Any]) -> Statement | None:
    """The line that would set these fields of this record, or None for a kind this version does not know.

    Raises msgspec.ValidationError when a value is not of the field's type.
    """
    info = ENTITIES.get(entity)
    parts = info.split(key) if info else None
    if info is None or parts is None:
        return None
    ids: dict[str, Any] = dict(parts[0])
    if entity == "decision":
        ids["presentation"] = int(ids["presentation"]) if ids["presentation"].isdigit() else ids["presentation"]
    return msgspec.convert({"kind": entity, **ids, **values}, type=info.line)


_NEEDS = {"interview": "group", "person": "role"}
"""Without it there is only an edit that outlived what it belonged to; it stays in the history."""

_SUBJECT = {"local_context": "standard", "passage": "place"}

_OF_AN_INTERVIEW = ("answer", "quote")

DERIVED = {"quote": frozenset({"interview"})}
"""Fields that a record does not hold as they were said, because `identity` says them."""


def record_identity(entity: str, key: str, said: Mapping[str, Any]) -> dict[str, Any] | None:
    """Key, author, the parts of the key by name, and what follows from them; `said` is what each field says.

    None for what is no record: deleted, a key of another shape, without what it cannot be without.
    """
    info = ENTITIES.get(entity)
    parts = info.split(key) if info else None
    if parts is None or said.get("deleted") or (entity in _NEEDS and said.get(_NEEDS[entity]) is None):
        return None
    ids, person = parts
    own: dict[str, Any] = {"key": key, "person": person, **ids}
    if entity in _SUBJECT:
        own["subject"] = own[_SUBJECT[entity]]
    elif entity in _OF_AN_INTERVIEW:
        own["interview"] = f"{said.get('interview') or own.get('interview', '')}/{person}"
    elif entity == "decision":
        own["presentation"] = int(own["presentation"])
    return own
