"""Who was there: the fields that count people by role, on the scoping day, at meetings and at learning events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reviewapp.base.i18n import _, join_words, plural
from reviewapp.figures.presence import Presence, absent_of
from reviewapp.visit import labels
from ui.pages.shared.record_fields import FieldSpec

THERE = "present."
PRESENT = {role: _(words) for role, words in labels.PRESENT.items()}
FIELDS = tuple(FieldSpec(f"{THERE}{role}", _("{who} who came", who=words), "count") for role, words in PRESENT.items())


def value_of(record: Any, name: str) -> Any:
    """The value of a field of a record that counts people in `present`."""
    return record.present.get(name.removeprefix(THERE)) if name.startswith(THERE) else getattr(record, name)


def with_count(present: Mapping[str, int], name: str, value: int | None) -> dict[str, int] | None:
    """The counts once this field has this value; None where nobody is counted any more."""
    role = name.removeprefix(THERE)
    counted = {other: n for other, n in present.items() if other != role}
    return counted | ({role: value} if value is not None else {}) or None


def there_words(present: Mapping[str, int]) -> str:
    """`6 people, no patients and no carers`; empty while nobody was counted."""
    if not present:
        return ""
    told = plural("{n} person", "{n} people", sum(present.values()))
    absent = [_("no {who}", who=PRESENT[role].lower()) for role in absent_of(present)]
    return f"{told}, {join_words(absent, _(' and '))}" if absent else told


def presence_words(found: Presence) -> str:
    """On how many of the counted days patients and carers were there; empty while nobody was counted anywhere."""
    if not found.counted:
        return ""
    told = _(
        "Scoping day, meetings and learning events: people were counted at {n} of {of}. Patients were at {patients} of "
        "these, carers at {carers}.",
        n=found.counted, of=len(found.occasions), patients=found.with_patients, carers=found.with_carers,
    )  # fmt: skip
    return f"{told} {_('At {n} there were neither.', n=found.with_neither)}" if found.with_neither else told
