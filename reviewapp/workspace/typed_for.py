"""What was typed on one laptop for somebody who has none: kept apart until that person or the lead confirms it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.store import entry, field_heads, journal, mark_values, tables
from reviewapp.store.clock import stamp
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit.entities import CONFIRMS, PROOF, record_in_words
from reviewapp.visit.labels import TeamMember, person
from reviewapp.visit.rights import typed_for
from reviewapp.visit.statements import Statement
from reviewapp.workspace.laptops import Marking

_FIRST = ("first", "entry", "of")


class TypedFor(msgspec.Struct, frozen=True):
    """Entries that `typist` typed on a laptop for the person with this code, and that wait; `to` is the last one."""

    device: str
    typist: str
    code: str
    entries: int
    to: int


def waiting(store: VisitStore) -> list[TypedFor]:
    """What was typed for somebody and is not confirmed, by person and laptop."""
    standings = store.standings()
    found: dict[tuple[str, str, str], tuple[int, int]] = {}
    for one in journal.limited(store.db):
        code = typed_for(one.entity, one.key, one.person)
        counts_else = standings.of(one.device).counts_at(one.seq)
        if code and counts_else and not standings.counts(one.address, field_heads.without_value(one)):
            many, last = found.get((code, one.device, one.person), (0, 0))
            found[code, one.device, one.person] = (many + 1, max(last, one.seq))
    return [TypedFor(device, person, code, *told) for (code, device, person), told in sorted(found.items())]


def check_lines(lines: Sequence[Statement], people: Container[str], code: str, me: str) -> None:
    """Raise Invalid for what cannot be typed for somebody: what is nobody's own, or for oneself."""
    if code not in people:
        raise Invalid(_("{code} is not on this visit", code=f"{code!r}"), field="for", do=_("use a code of the visit"))
    if code == me:
        raise Invalid(_("this laptop is {code}'s own", code=code), field="for", do=_("record it without --for"))
    for line in lines:
        if line.SHARED:
            raise Invalid(
                _("{record} is nobody's own", record=record_in_words(line.kind(), line.key(code), _)),
                field="kind",
                do=_("type for {code} only what is {code}'s own: ratings, interviews, quotes, case notes", code=code),
            )


def take_as_theirs(copy: VisitStore, code: str) -> None:
    """In a copy of the store, on which anything can be tried: what was typed here for a person is as if theirs."""
    with copy.transaction() as db:
        typed = [one for one in journal.limited(db) if one.device == copy.device]
        typed = [one for one in typed if typed_for(one.entity, one.key, one.person) == code]
        journal.write_as_if_by(db, typed, code)
        mine = entry.make(  # whose a laptop is, its first entry says
            person=copy.local("me"),
            device=copy.device,
            seq=0,
            at=stamp(copy.now()),
            address=_FIRST,
            value=None,
            parents=(),
        )
        journal.append(db, [mine])
        tables.drop_and_rebuild(db)


def confirming(store: VisitStore, people: Mapping[str, TeamMember], code: str, me: str) -> Marking:
    """To say that all that was typed for this person is theirs; for them and the lead. Raises Invalid."""
    store.check_writable()
    if me != code and not store.standings().of(store.device).lead:
        raise Invalid(
            _("only {person} or the lead confirms this", person=person(people, code)),
            field="code",
            do=_("ask one of them"),
        )
    found = [one for one in waiting(store) if one.code == code]
    if not found:
        raise Invalid(
            _("nothing that was typed for {person} is waiting", person=person(people, code)),
            field="code",
            do=_("see: visit laptops"),
        )
    said = []
    for one in found:
        address = (CONFIRMS, f"{one.device}/{code}", PROOF)
        chain = journal.chain_at(store.db, one.device, one.to) or ""
        said.append(FieldWrite(*address, mark_values.confirms(one.to, chain), journal.head_ids(store.db, address)))
    return Marking(said, _("confirming what was typed for {person}", person=person(people, code)))
