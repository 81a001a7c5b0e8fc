"""Which kinds of record there are, and how a record's address in the journal reads.

Derived from the statements, so that a kind and its fields are declared once. The store makes its current tables from
it, joining checks what comes from other laptops against it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_
from typing import Any, get_args

import msgspec
from msgspec import UnsetType

from reviewapp.visit import labels
from reviewapp.visit.statements import AnyStatement, Statement
from reviewapp.visit.validators import Check

RecordId = tuple[str, str]
"""Entity and key: one record of the visit."""
FieldAddress = tuple[str, str, str]
"""Entity, key and field: what one entry of the journal speaks of."""


class EntityInfo(msgspec.Struct, frozen=True):
    """What is asked of a kind for every entry, worked out once.

    `ids` name the parts of the key, without the author; `fields` maps journal field to attribute of the statement,
    `types` to the type of its values.
    """

    name: str
    statement: type[Statement]
    ids: tuple[str, ...]
    shared: bool
    key_in_words: bool
    key_is_record: bool
    fields: dict[str, str]
    checks: Mapping[str, Check]
    checked_ids: tuple[str, ...]
    types: Mapping[str, Any]

    def split(self, key: str) -> tuple[dict[str, str], str] | None:
        """The id parts of a key and its author ("" for shared), or None when the key has another shape."""
        ids = self.ids
        parts = [key] if self.key_in_words else key.rsplit("/", 1) if self.key_is_record else key.split("/")
        author = "" if self.shared else parts.pop()
        if len(parts) != len(ids) or "" in parts:
            return None
        return dict(zip(ids, parts)), author  # noqa: B905  (the lengths were compared; this is asked for every entry)


def _describe(kind: type[Statement]) -> EntityInfo:
    fields = zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True)
    return EntityInfo(
        name=kind.kind(),
        statement=kind,
        ids=kind.IDS,
        shared=kind.SHARED,
        key_in_words=kind.KEY_IN_WORDS,
        key_is_record=kind.KEY_IS_RECORD,
        fields={written: name for written, name in fields if name not in kind.IDS},
        checks=kind.CHECKS,
        checked_ids=tuple(name for name in kind.IDS if name in kind.CHECKS),
        types={one.encode_name: _without_unset(one.type) for one in msgspec.structs.fields(kind)},
    )


def _without_unset(declared: Any) -> Any:
    """The type of a field that was said: what is left of `... | UnsetType`."""
    parts = [one for one in get_args(declared) if one is not UnsetType]
    is_union = UnsetType in get_args(declared)
    return reduce(or_, parts) if is_union else declared


ENTITIES: dict[str, EntityInfo] = {kind.kind(): _describe(kind) for kind in get_args(AnyStatement)}
_KINDS = {name: info.statement for name, info in ENTITIES.items()}

HEADER = "visit"
"""The entity that says what the visit is; its one record has the key `visit`. Written once, by the lead."""
HEADER_FIELDS = ("service", "organisation", "date", "kind", "instrument", "content")
"""`content` is the whole instrument, so that every laptop judges by exactly the same one."""

HEADER_SECOND = ("also", "crosswalk")
"""Fields of the header of a visit with two instruments: the second one, whole, and the crosswalk from the first to it.

Written with the others when the visit is made, or never.
"""

WITHDRAW = "withdraw"
"""An entry of this entity, with the key of what is taken back (`interview/P1/R2`), has it blanked everywhere."""
WITHDRAW_FIELD = "records"
"""Its value is the list of records the author of the notice knew to belong to it; `reason` is another field."""
CONCERNS_FIELD = "concerns"
"""The immediate concerns that are taken back with an interview, as the author of the notice chose each of them."""
ASK_WITHDRAW = "ask_withdraw"
"""As `WITHDRAW`, by somebody who may not withdraw it: it is hidden everywhere until the author or the lead decides."""
SHOW_AGAIN = "show_again"
"""An entry of this entity, with the key of what was asked to be taken back, says that it hides no more."""
ANSWERED_FIELD = "requests"
"""Its value is the list of the ids of the entries that it answers; `reason` is the other field."""

WITHDRAWABLE = tuple(name for name, kind in _KINDS.items() if kind.WITHDRAWABLE)
"""What can be taken back: what a person said, and a name that was put on the list of names."""

CODINGS = ("coding", "agreed_coding")
"""What coders said of a quote or an answer. It goes with those words, whoever said it: a memo may repeat them."""

CERTIFY, ASIDE, CONTINUES = "certify", "aside", "continues"
"""Marks: whose a laptop is (key: its id), from which entry on it is set aside, and which laptop it goes on for."""
DEPUTY, TAKE_OVER, HEARD, YIELDS = "deputy", "take_over", "heard_take_over", "yields"
"""Marks: who may take over from the lead, that a laptop does (key: its id), that it knows of it, that it gives way."""
CONFIRMS = "confirms"
"""Mark: what a laptop typed for somebody else is theirs, up to one of its entries (key: the laptop and their code)."""
LEADS_ON = "leads_on"
"""Mark: of the copies of the lead's laptop this one leads (key: its id)."""
MARKS = frozenset({CERTIFY, ASIDE, CONTINUES, DEPUTY, TAKE_OVER, HEARD, YIELDS, CONFIRMS, LEADS_ON})
PROOF = "proof"
"""The field of a mark; its value is signed with the key that has the right to say it."""
AUTHORITY_FIELD = "authority"
"""A field of the header: the public half, in hex, of the key that certifies laptops. Visits from before have none."""

BEGUN = {"interview": "group", "case_note": "opened"}
"""The field with which a record of somebody in particular begins: begun on two laptops that did not know of each other
it is two people's, whatever the field says."""

SEEN = "seen"
"""A reviewer's laptop says that it knew of the meeting's opening before it went on rating (key `meeting/R2`)."""

VALUE_FIELDS = frozenset({"deleted"}.union(*(kind.VALUE_FIELDS for kind in _KINDS.values())))
"""While two laptops differ about one of these, none of their values stands."""

FIRST_STANDS = frozenset[str]().union(*(kind.FIRST_STANDS for kind in _KINDS.values()))
"""What a record cannot be without: until somebody settles it the same one of the values stands on every laptop."""

DERIVED = {name: kind.DERIVED for name, kind in _KINDS.items() if kind.DERIVED}
"""Fields that a record does not hold as they were said, because `record_identity` says them."""

IDENTIFYING = frozenset({"deleted"}.union(*({kind.NEEDS} - {""} | kind.DERIVED for kind in _KINDS.values())))
"""The fields that `record_identity` reads."""


def statement_for(entity: str, key: str, values: dict[str, Any]) -> Statement | None:
    """The statement that would set these fields of this record, or None for a kind this version does not know.

    Raises msgspec.ValidationError when a value is not of the field's type.
    """
    info = ENTITIES.get(entity)
    if info is None or (parts := info.split(key)) is None:
        return None
    ids: dict[str, Any] = dict(parts[0])
    for name in info.statement.NUMBERS:
        ids[name] = int(ids[name]) if ids[name].isdigit() else ids[name]
    return msgspec.convert({"kind": entity, **ids, **values}, type=info.statement)


def coded_unit(entity: str, key: str) -> RecordId:
    """The quote or answer that a coding of this key is about; of another kind of record the record itself."""
    if entity not in CODINGS:
        return entity, key
    kind, _, rest = (key if ENTITIES[entity].shared else key.rpartition("/")[0]).partition("/")
    return kind, rest


def record_identity(entity: str, key: str, said: Mapping[str, Any]) -> dict[str, Any] | None:
    """Key, author, the parts of the key by name, and what follows from them; `said` is what each field says.

    None for what is no record: deleted, a key of another shape, without what it cannot be without.
    """
    info = ENTITIES.get(entity)
    if info is None or (parts := info.split(key)) is None or said.get("deleted"):
        return None
    kind = info.statement
    if kind.NEEDS and said.get(kind.NEEDS) is None:
        return None
    ids, person = parts
    own: dict[str, Any] = {"key": key, "person": person, **ids}
    for name in kind.NUMBERS:
        own[name] = int(own[name])
    kind.identify(own, said)
    return own


def author_of(name: str) -> str:
    """Whose words a record is (`quote/Q1/R2`): the code in which its key ends; empty where they are nobody's own."""
    entity, _slash, key = name.partition("/")
    info = ENTITIES.get(entity)
    return "" if info is not None and info.shared else key.rpartition("/")[2]


def can_be_withdrawn(name: str) -> bool:
    """Whether a record can be taken back at all (`quote/Q1/R2`): by its kind, and by a key that is one's own or not."""
    kind, _slash, key = name.partition("/")
    return kind in WITHDRAWABLE and bool(author_of(name) or (key and ENTITIES[kind].shared))


def belongs_to(name: str, withdrawn: str) -> bool:
    """Whether a notice about one record (`interview/P1/R2`) may name another: its author's, or just itself."""
    author = author_of(withdrawn)
    return author_of(name) == author if author else name == withdrawn


def record_in_words(
    entity: str,
    key: str,
    translated: Callable[[str], str] = str,
    people: Mapping[str, labels.TeamMember] | None = None,
) -> str:
    """A record of the visit in plain words, in English unless they are `translated`; with `people` whose it is too."""
    info = ENTITIES.get(entity)
    phrase = info.statement.PHRASE if info else ""
    return translated(phrase or f"{entity} {{key}}").replace("{key}", labels.record_number(key, people))
