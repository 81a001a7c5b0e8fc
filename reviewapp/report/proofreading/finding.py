"""What the proof-reader says about one thing, and what makes it the same thing on every laptop."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec

from reviewapp.visit.state import VisitState

Severity = Literal["stop", "warn", "note"]
"""`stop`: do not send it like this. `warn`: look at it. `note`: good to know."""

SEVERITIES: tuple[Severity, ...] = ("stop", "warn", "note")
"""The gravest first."""


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """Who said that a finding may stand, and why."""

    person: str
    reason: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to look at: why, and the one thing to do. It never repeats what may identify somebody.

    `entity`, `key` and `field` name the record to open; `standard` is empty where none is meant. `id` depends on the
    visit, the rule, the record and what the finding concerns, and on nothing else: it is the same on every laptop,
    and another one as soon as the text or the value is changed.
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
    """A finding `at` (entity, key, perhaps field); `concerning` is what an acceptance of it accepts."""
    entity, key, field = (*at, "")[:3]
    said = msgspec.json.encode([state.info.id, rule, entity, key, field, concerning], order="sorted")
    return Finding(
        id=f"{rule}-{hashlib.sha256(said).hexdigest()[:16]}",
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
