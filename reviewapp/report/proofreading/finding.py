"""A finding of the proof-reader, with an id that is the same on every laptop."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec

from reviewapp.visit.state import VisitState

Severity = Literal["stop", "warn", "note"]
"""`stop`: do not send the report like this. `warn`: check it. `note`: good to know."""

SEVERITIES: tuple[Severity, ...] = ("stop", "warn", "note")
"""Every severity, most severe first."""


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """An acceptance of a finding: the person who accepted it, and the reason."""

    person: str
    reason: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One finding: why it is reported and the one thing to do; it never repeats text that may identify somebody.

    `entity`, `key` and `field` name the record to open; `standard` is empty where none is concerned. `id` depends on
    the visit, the rule, the record and what the finding concerns, and on nothing else: it is the same on every laptop,
    and changes as soon as the text or the value is changed.
    """

    id: str
    rule: str
    severity: Severity
    entity: str
    key: str
    why: str
    action: str
    field: str = ""
    standard: str = ""
    accepted: Accepted | None = None

    @property
    def place(self) -> str:
        """The record as `entity/key`: `agreed/47`, `passage/summary`, `quote/Q1/R2`."""
        return f"{self.entity}/{self.key}"


def finding(
    state: VisitState,
    rule: str,
    severity: Severity,
    *,
    at: tuple[str, ...],
    why: str,
    action: str,
    concerning: Any,
    standard: str = "",
) -> Finding:
    """A finding at the address `at` (entity, key, optional field), with its id computed.

    `concerning` is the content that an acceptance accepts: if it changes, so does the id.
    """
    entity, key, field = (*at, "")[:3]
    content = msgspec.json.encode([state.info.id, rule, entity, key, field, concerning], order="sorted")
    return Finding(
        id=f"{rule}-{hashlib.sha256(content).hexdigest()[:16]}",
        rule=rule,
        severity=severity,
        entity=entity,
        key=key,
        field=field,
        standard=standard,
        why=why,
        action=action,
    )


def as_json(found: Finding) -> dict[str, Any]:
    """A finding as `report --check --json` prints it."""
    value: dict[str, Any] = msgspec.to_builtins(found)
    return value | {"place": found.place}
