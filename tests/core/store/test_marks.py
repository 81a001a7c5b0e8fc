"""Marks about laptops hold by the key that signed them, and not by who hands them on or where they come in order."""

from __future__ import annotations

import itertools
from typing import Any

import msgspec
import pytest

from reviewapp.store import journal, mark_values, marks, signing
from reviewapp.store.entry import canonical
from reviewapp.store.marks import MarkEntry
from reviewapp.visit.entities import ASIDE, AUTHORITY_FIELD, CERTIFY, CONTINUES, HEADER, PROOF
from reviewapp.visit.laptop_marks import Certificate, Marks, SetAside
from tests.core.store.journals import Author, empty, holding

VISIT = "v"
LEADS, OTHERS, OLD = (bytes([number]) * 32 for number in (1, 2, 3))
AUTHORITY = signing.public_of(LEADS).hex()
OLD_DEVICE = signing.device_id(signing.public_of(OLD))
CLAIMS = {"f": "L1", "a": "R2"}


def mark(entity: str, key: str, value: Any, *, field: str = PROOF, device: str = "f", id_: str = "") -> MarkEntry:
    return MarkEntry(entity, key, field, value, CLAIMS.get(device, ""), device, 1, id_ or f"{entity} {key} {value}")


def header(device: str = "f", id_: str = "m") -> MarkEntry:
    return mark(HEADER, VISIT, None, field="content", device=device, id_=id_)


def authority(value: Any = AUTHORITY, device: str = "f") -> MarkEntry:
    return mark(HEADER, VISIT, value, field=AUTHORITY_FIELD, device=device)


def of(*found: MarkEntry, key: bool = True) -> Marks:
    """What these say in a visit whose lead has a key of authority, or has none."""
    return marks.standings([header(), *([authority()] if key else []), *found], CLAIMS).marks


def certified(by: bytes = LEADS, *, device: str = "a", code: str = "R2", turn: int = 1) -> dict[str, Any]:
    return mark_values.certify(by.hex(), VISIT, device, code, turn)


def aside(by: bytes = LEADS, *, from_: int | None = 5, reason: str = "it is lost", turn: int = 1) -> dict[str, Any]:
    return mark_values.set_aside(by.hex(), VISIT, "a", from_, reason, turn)


def test_what_made_the_visit_is_its_founder_and_the_author_of_it_the_lead() -> None:
    assert of() == Marks(founder="f", lead="L1", authority=AUTHORITY, claims=CLAIMS)
    assert of(key=False) == Marks(founder="f", lead="L1", claims=CLAIMS)
    assert marks.standings([authority()], CLAIMS).marks == Marks(claims=CLAIMS), "entries of no visit"


def test_of_two_that_say_they_made_it_the_lowest_entry_holds_whatever_came_first() -> None:
    for order in itertools.permutations([header(), header("a", id_="n"), authority("00", device="a"), authority()]):
        found = marks.standings(order, CLAIMS).marks
        assert (found.founder, found.lead, found.authority) == ("f", "L1", AUTHORITY)
    other = marks.standings([header(), header("a", id_="b"), authority()], CLAIMS).marks
    assert (other.founder, other.lead, other.authority) == ("a", "R2", ""), "a key that another laptop names is none"


def test_of_two_keys_of_authority_the_lower_holds_whatever_came_first() -> None:
    for order in itertools.permutations([header(), authority("ff"), authority(AUTHORITY)]):
        assert marks.standings(order, CLAIMS).marks.authority == min("ff", AUTHORITY)


def test_a_mark_holds_that_the_leads_key_signed_whoever_hands_it_on() -> None:
    found = of(mark(CERTIFY, "a", certified(turn=3), device="somebody"), mark(ASIDE, "a", aside(turn=2), device="a"))
    assert found.certificates == (Certificate("a", "R2", 3, 0, AUTHORITY, "somebody", 1),)
    assert found.asides == (SetAside("a", 5, 2, 0, AUTHORITY, "a", 1),)
    taken_back = of(mark(CERTIFY, "a", certified(code="")), mark(ASIDE, "a", aside(from_=None)))
    assert taken_back.certificates == (Certificate("a", "", 1, 0, AUTHORITY, "f", 1),)
    assert taken_back.asides == (SetAside("a", None, 1, 0, AUTHORITY, "f", 1),)


@pytest.mark.parametrize("entity", [CERTIFY, ASIDE, CONTINUES])
def test_of_what_was_signed_nothing_can_be_changed_and_it_serves_no_other_laptop_or_visit(entity: str) -> None:
    good, key, device = {
        CERTIFY: (certified(), "a", "f"),
        ASIDE: (aside(), "a", "f"),
        CONTINUES: (mark_values.go_on(OLD.hex(), VISIT, "a", 7), "a", "a"),
    }[entity]

    def holds(value: Any, key: str = key, *, field: str = PROOF, visit: str = VISIT) -> bool:
        head = msgspec.structs.replace(header(), key=visit)
        found = marks.standings([head, authority(), mark(entity, key, value, field=field, device=device)], CLAIMS).marks
        return bool(found.certificates or found.asides or found.continues)

    assert holds(good)
    changes: dict[str, Any] = {
        "code": "R3", "turn": 9, "epoch": 1, "from": "another" if entity == CONTINUES else 4, "reason": "none",
        "seq": 8, "by": signing.public_of(OTHERS).hex(), "key": signing.public_of(OTHERS).hex(), "signature": "00" * 64,
    }  # fmt: skip
    for name in good.keys() & changes.keys():
        assert not holds(good | {name: changes[name]}), name
    assert not holds(good, "b") and not holds(good, field="another") and not holds(good, visit="another")
    for value in (None, "text", {}, [good], good | {"turn": "one", "seq": "one"}):
        assert not holds(value), value


def test_a_mark_that_another_key_signed_is_none() -> None:
    assert of(mark(CERTIFY, "a", certified(OTHERS)), mark(ASIDE, "a", aside(OTHERS))) == of()
    named = certified(OTHERS) | {"by": AUTHORITY}
    assert of(mark(CERTIFY, "a", named)) == of()
    assert of(mark(CERTIFY, "a", mark_values.certify("", VISIT, "a", "R2", 1))) == of(), (
        "and so is one that nobody signed"
    )


@pytest.mark.parametrize("from_", [0, -1])
def test_a_laptop_cannot_be_set_aside_from_before_its_first_entry(from_: int) -> None:
    assert of(mark(ASIDE, "a", aside(from_=from_))) == of()
    assert of(mark(ASIDE, "a", aside(from_=1))).asides == (SetAside("a", 1, 1, 0, AUTHORITY, "f", 1),)


def test_in_a_visit_without_a_key_of_authority_it_is_said_who_wrote_the_mark() -> None:
    found = of(
        mark(CERTIFY, "a", mark_values.certify("", VISIT, "a", "R2", 1)),
        mark(ASIDE, "a", mark_values.set_aside("", VISIT, "a", 3, "it is lost", 2), device="a"),
        key=False,
    )
    assert found.certificates == (Certificate("a", "R2", 1, writer="f", seq=1),)
    assert found.asides == (SetAside("a", 3, 2, writer="a", seq=1),)


def test_only_the_key_of_the_old_laptop_says_which_new_one_goes_on_for_it_and_the_new_one_hands_it_in() -> None:
    value = mark_values.go_on(OLD.hex(), VISIT, "a", 7)
    assert of(mark(CONTINUES, "a", value, device="a")).continues == (("a", OLD_DEVICE),)
    assert of(mark(CONTINUES, "a", value, device="f")) == of(), "it speaks of itself only"
    assert of(mark(CONTINUES, "a", value | {"from": "f"}, device="a")) == of()
    assert of(mark(CONTINUES, "a", value | {"key": "no key"}, device="a")) == of()
    assert of(mark(CONTINUES, "a", value, device="a"), key=False).continues == (("a", OLD_DEVICE),)


def test_who_signs_that_a_laptop_goes_on_for_somebody_elses_says_nothing() -> None:
    said = mark_values.Continues("f", 7, signing.public_of(OLD).hex())
    signature = signing.sign(OLD, said.statement(VISIT, "a"))
    value = msgspec.to_builtins(msgspec.structs.replace(said, signature=signature))
    assert of(mark(CONTINUES, "a", value, device="a")) == of()


def test_what_is_signed_holds_what_was_asked_for() -> None:
    assert certified(turn=4) | {"signature": ""} == {
        "code": "R2", "turn": 4, "epoch": 0, "by": AUTHORITY, "signature": "",
    }  # fmt: skip
    assert aside(turn=4) | {"signature": ""} == {
        "from": 5, "reason": "it is lost", "turn": 4, "epoch": 0, "by": AUTHORITY, "signature": "",
    }  # fmt: skip
    assert mark_values.go_on(OLD.hex(), VISIT, "a", 7) | {"signature": ""} == {
        "from": OLD_DEVICE, "seq": 7, "key": signing.public_of(OLD).hex(), "signature": "",
    }  # fmt: skip


# In the journal ----------------------------------------------------------------------------------------------


def test_what_decides_standing_is_found_in_the_journal_as_in_the_entries(lead: Author, reviewer: Author) -> None:
    said = [
        lead.says(HEADER, VISIT, "content", {"large": "x" * 1000}),
        lead.says(HEADER, VISIT, "service", "Example team"),
        lead.says(HEADER, VISIT, AUTHORITY_FIELD, AUTHORITY),
        lead.says(CERTIFY, "a", PROOF, certified()),
        lead.says(CERTIFY, "a", "another", "field"),
        lead.says(ASIDE, "a", PROOF, aside()),
        reviewer.says(CONTINUES, reviewer.device, PROOF, mark_values.go_on(OLD.hex(), VISIT, reviewer.device, 7)),
        reviewer.says("rating", "47/R2", "value", "met"),
    ]
    db = holding(*said)
    held = {one.id: one for one in marks.held(db)}
    entries = {one.id: one for one in marks.of_entries(said)}
    assert [said.index(one) for one in said if one.id in held] == [0, 2, 3, 5, 6]
    assert [said.index(one) for one in said if one.id in entries] == [0, 2, 3, 4, 5, 6]
    for identity, one in held.items():
        expected = entries[identity]
        if one.field == "content":
            assert one.value is None
            expected = msgspec.structs.replace(expected, value=None)
        assert one == expected
    claims = {lead.device: "L1", reviewer.device: "R2"}
    assert marks.held_claims(db) == marks.claims_of(said) == claims
    found = marks.load(db)
    assert found.marks.claims == claims == marks.standings(entries.values(), claims).marks.claims
    assert found.marks.continues == ((reviewer.device, OLD_DEVICE),) and len(found.marks.certificates) == 1


def test_a_laptop_is_whose_its_first_entry_says_whatever_came_first(lead: Author) -> None:
    liar = Author("R2")
    first, second = liar.says("rating", "1/R2", "note", "x"), Author("R3")
    second.device, second.said = liar.device, list(liar.said)
    third = second.says("rating", "1/R3", "note", "x")
    other = lead.says("rating", "1/L1", "note", "x")
    for order in itertools.permutations([first, third, other]):
        assert marks.claims_of(order) == {liar.device: "R2", lead.device: "L1"}
        db = empty()
        journal.add(db, list(order))
        assert marks.held_claims(db) == {liar.device: "R2", lead.device: "L1"}
    assert marks.held_claims(empty()) == {} == marks.claims_of([])


def test_of_laptops_that_wrote_nothing_yet_it_can_be_said_whose_they_are(lead: Author) -> None:
    db = holding(lead.says(HEADER, VISIT, "content", None))
    pending = mark(CERTIFY, "new", mark_values.certify("", VISIT, "new", "R2", 1), device=lead.device)
    found = marks.load(db, {"new": "R2", lead.device: "R9"}, [pending])
    assert found.marks.claims == {"new": "R2", lead.device: "L1"} and found.of("new").state == "certified"
    assert marks.load(db).marks.claims == {lead.device: "L1"}


def test_what_is_signed_is_the_same_in_every_version() -> None:
    other = signing.public_of(OLD).hex()
    gone_on = mark_values.go_on(OLD.hex(), VISIT, "a", 7)
    for value, public, statement in [
        (certified(turn=4), AUTHORITY, ["reviewapp certify 1", VISIT, "a", "R2", 4, 0]),
        (aside(turn=4), AUTHORITY, ["reviewapp aside 1", VISIT, "a", 5, "it is lost", 4, 0]),
        (gone_on, other, ["reviewapp continues 1", VISIT, "a", OLD_DEVICE, 7]),
    ]:
        assert signing.verified(public, value["signature"], canonical(statement))
