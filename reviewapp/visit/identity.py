"""What a record is known by: the part of it that follows from its key, and whether it is there at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reviewapp.visit.catalogue import ENTITIES

_NEEDS = {"interview": "group", "person": "role"}
"""Without it there is only an edit that outlived what it belonged to; it stays in the history."""
_SUBJECT = {"local_context": "standard", "passage": "place"}
_OF_AN_INTERVIEW = ("answer", "quote")

DERIVED = {"quote": frozenset({"interview"})}
"""Fields that a record does not hold as they were said, because `identity` says them."""


def identity(entity: str, key: str, said: Mapping[str, Any]) -> dict[str, Any] | None:
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
