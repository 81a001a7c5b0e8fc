"""What a rule allows whom to say, whatever laptop it comes from but for whether that one speaks as the lead's."""

from __future__ import annotations

from reviewapp.base.i18n import _
from reviewapp.visit.entities import ENTITIES, FieldAddress
from reviewapp.visit.validators import COMMITTEE, HOST

_LEAD_ONLY = frozenset(
    name for name, info in ENTITIES.items() if info.statement.RECORDED_BY == "lead" or info.statement.COUNTS_FROM_LEAD
)
_EVERYONES = frozenset(name for name, info in ENTITIES.items() if info.statement.RECORDED_BY == "everyone")
PERSONAL = frozenset(name for name, info in ENTITIES.items() if not info.shared)
"""The kinds of record that carry their author in the key."""


def is_allowed(entity: str, key: str, person: str, *, lead: bool) -> bool:
    """Whether `person` may say something of this record, on a laptop that speaks as the lead's or does not.

    A kind of record that this version does not know is nobody's in particular.
    """
    if person in (HOST, COMMITTEE) and not (lead and (entity in _EVERYONES or entity not in ENTITIES)):
        return False
    if entity in _LEAD_ONLY:
        return lead
    return entity not in PERSONAL or key.endswith(f"/{person}")


def typed_for(entity: str, key: str, person: str) -> str:
    """For whom `person` typed in this record; empty where it is their own, or nobody's in particular."""
    if entity not in PERSONAL or needs_lead(entity, person):
        return ""
    author = key.rpartition("/")[2]
    return "" if author == person else author


def refusal_in_words(address: FieldAddress, person: str) -> str:
    """Why `person`, who may not say something of this field, may not: to be read after a colon."""
    entity = address[0]
    info = ENTITIES.get(entity)
    if needs_lead(entity, person):
        what = (info.statement.LEAD_RECORDS if info else "") or entity.replace("_", " ")
        return _("only the lead's laptop can say {what}", what=what)
    code = typed_for(*address[:2], person)
    return _("it is in someone else's record: typed for {code}, until {code} or the lead confirms it", code=code)


def needs_lead(entity: str, person: str) -> bool:
    """Whether only a laptop with the lead's authority may say this."""
    return entity in _LEAD_ONLY or person in (HOST, COMMITTEE)
