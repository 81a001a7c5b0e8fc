"""The laws of standing, on random histories: laptops with fresh keys and true ones, certificates, setting aside.

A small model says what each rule says of one entry or of two, in the plainest words; the store is given the entries in
any order, in any groups, some of them twice, and has to come to the same. (Files and their signatures: `exchange`.)
"""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.store import driver, entry, field_heads, journal, mark_values, marks, schema, signing, tables
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.visit.entities import ASIDE, AUTHORITY_FIELD, CERTIFY, CONTINUES, HEADER, PROOF

VISIT = "0123456789abcdef"
AUTHORITY, LIARS_KEY = ("11" * 32, "22" * 32)
CODES = ("L1", "R2", "R2", "R3", "L1", "R3")
"""Whose each laptop says it is; the first made the visit, the last but one lies."""
ADDRESSES = [
    ("rating", "47/R2", "value"), ("rating", "47/R3", "value"), ("agreed", "47", "value"),
    ("passage", "summary", "text"), ("concern", "IC1/R2", "text"), ("later", "x", "new"),
]  # fmt: skip
_laptop = st.integers(0, len(CODES) - 1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("say"), _laptop, st.sampled_from(ADDRESSES), st.sampled_from(["met", "na", None])),
        st.tuples(st.just("say"), _laptop, st.sampled_from(ADDRESSES), st.sampled_from(["met", "na", None])),
        st.tuples(st.just("certify"), _laptop, _laptop, st.sampled_from(["L1", "R2", "R3", ""])),
        st.tuples(st.just("aside"), _laptop, _laptop, st.sampled_from([None, 1, 2, 3])),
        st.tuples(st.just("hear"), _laptop, _laptop, st.none()),
        st.tuples(st.just("restore"), _laptop, st.none(), st.none()),
    ),
    max_size=30,
)


class Laptop:
    """A key, whose it says it is, and the entries it holds."""

    def __init__(self, code: str, number: int) -> None:
        self.code, self.number, self.restores = code, number, 0
        self._renew()
        self.holds: dict[str, Entry] = {}
        self.seq = 0

    def _renew(self) -> None:
        self.private = entry.chain(f"{self.number} ", f"{self.restores}")
        self.device = signing.device_id(signing.public_of(bytes.fromhex(self.private)))

    def restored(self) -> tuple[str, int]:
        """The old key and how far it came; from now on this is a new one."""
        old = self.private, self.seq
        self.restores, self.seq = self.restores + 1, 0
        self._renew()
        return old


class Known(NamedTuple):
    """An entry, and which laptop of those above wrote it: restored ones are one."""

    entry: Entry
    laptop: int


class World:
    """Laptops that say things and hear of each other, and all that was ever said."""

    def __init__(self) -> None:
        self.laptops = [Laptop(code, number) for number, code in enumerate(CODES)]
        self.said: dict[str, Known] = {}
        self.certified: dict[str, tuple[int, set[str]]] = {}
        self.aside: dict[str, tuple[int, list[int | None]]] = {}
        self.goes_on: dict[str, str] = {}
        lead = self.laptops[0]
        public = signing.public_of(bytes.fromhex(AUTHORITY)).hex()
        self.say(lead, (HEADER, VISIT, "content"), {})
        self.say(lead, (HEADER, VISIT, AUTHORITY_FIELD), public)
        self.certify(lead, lead.device, "L1")
        for one in self.laptops[1:]:
            one.holds.update(lead.holds)

    def say(self, laptop: Laptop, address: tuple[str, str, str], value: Any) -> None:
        here = [one for one in laptop.holds.values() if one.address == address]
        named = {parent for one in here for parent in one.parents}
        laptop.seq += 1
        made = entry.make(
            person=laptop.code, device=laptop.device, seq=laptop.seq, at="2026-11-17T10:00:00.000000Z", address=address,
            value=value, parents=[one.id for one in here if one.id not in named],
        )  # fmt: skip
        laptop.holds[made.id] = made
        self.said[made.id] = Known(made, laptop.number)

    def next_turn(self, device: str) -> int:
        return 1 + max(self.certified.get(device, (0, set()))[0], self.aside.get(device, (0, []))[0])

    def certify(self, laptop: Laptop, device: str, code: str) -> None:
        turn = self.next_turn(device)
        true = laptop.number == 0
        value = mark_values.certify(AUTHORITY if true else LIARS_KEY, VISIT, device, code, turn)
        self.say(laptop, (CERTIFY, device, PROOF), value)
        if true:
            self.certified[device] = (turn, {code} - {""})

    def set_aside(self, laptop: Laptop, device: str, from_: int | None) -> None:
        turn = self.next_turn(device)
        true = laptop.number == 0
        self.say(
            laptop, (ASIDE, device, PROOF),
            mark_values.set_aside(AUTHORITY if true else LIARS_KEY, VISIT, device, from_, "a reason", turn),
        )  # fmt: skip
        if true:
            self.aside[device] = (turn, [from_])

    def play(self, history: list[Any]) -> World:
        for what, number, which, how in history:
            laptop = self.laptops[number]
            if what == "say":
                self.say(laptop, which, how)
            elif what == "certify":
                self.certify(laptop, self.laptops[which].device, how)
            elif what == "aside":
                self.set_aside(laptop, self.laptops[which].device, how)
            elif what == "hear":
                laptop.holds.update(self.laptops[which].holds)
            elif laptop.seq:
                private, seq = laptop.restored()
                old = signing.device_id(signing.public_of(bytes.fromhex(private)))
                self.say(
                    laptop, (CONTINUES, laptop.device, PROOF), mark_values.go_on(private, VISIT, laptop.device, seq)
                )
                self.goes_on[laptop.device] = old
        return self

    # What the rules say, in the plainest words -------------------------------------------------------------------

    def codes_of(self, device: str) -> set[str]:
        """The lead's last word on a laptop, or on the one it goes on for."""
        while device not in self.certified and device in self.goes_on:
            device = self.goes_on[device]
        return self.certified.get(device, (0, set()))[1]

    def aside_from(self, device: str) -> int | None:
        if device in self.aside:
            return self.aside[device][1][0]
        while device not in self.certified and device in self.goes_on:
            device = self.goes_on[device]
            if device in self.aside:
                return None if self.aside[device][1][0] is None else 1
        return None

    def is_certified(self, device: str, code: str) -> bool:
        return code in self.codes_of(device)

    def has_certified(self, code: str) -> bool:
        devices = {known.entry.device: known.entry.person for known in self.said.values()}
        return any(
            person == code and self.is_certified(device, code) and self.aside_from(device) != 1
            for device, person in devices.items()
        ) or any(
            device not in devices and code in self.codes_of(device) and self.aside_from(device) != 1
            for device in self.certified
        )

    def has_lead(self, one: Entry) -> bool:
        return one.person == "L1" and self.is_certified(one.device, "L1") and self.in_force(one)

    def in_force(self, one: Entry) -> bool:
        from_ = self.aside_from(one.device)
        return from_ is None or one.seq < from_

    def counts(self, one: Entry) -> bool:
        if one.entity == "concern":
            return True
        if one.entity == HEADER:
            return (
                one.device == self.said[min(self.said, key=lambda i: self.said[i].entry.entity != HEADER)].entry.device
            )
        if one.entity in (CERTIFY, ASIDE):
            return self.has_lead(one)
        if one.entity == CONTINUES:
            return one.key == one.device
        codes = self.codes_of(one.device)
        speaks = one.person in codes if codes else not self.has_certified(one.person)
        if not speaks or not self.in_force(one):
            return False
        if one.entity == "agreed":
            return self.has_lead(one)
        return one.entity != "rating" or one.key.endswith(f"/{one.person}")

    def replaces(self, later: Entry, earlier: Entry) -> bool:
        """Whether one that knew of another takes its place."""
        if self.said[later.id].laptop == self.said[earlier.id].laptop or self.has_lead(later):
            return True
        both = self.is_certified(later.device, later.person) and self.is_certified(earlier.device, later.person)
        own = later.entity in ("rating", "concern") and later.person == earlier.person
        speaks = self.speaks(later) and self.speaks(earlier)
        return own and both and speaks

    def speaks(self, one: Entry) -> bool:
        return one.person in self.codes_of(one.device)

    def knew(self, one: Entry) -> set[str]:
        found: set[str] = set()
        todo = list(one.parents)
        while todo:
            identity = todo.pop()
            if identity not in found:
                found.add(identity)
                todo += self.said[identity].entry.parents
        return found

    def stands(self, address: tuple[str, str, str]) -> list[str]:
        counted = [k.entry for k in self.said.values() if k.entry.address == address and self.counts(k.entry)]
        gone = {
            earlier.id
            for later in counted
            for earlier in counted
            if earlier.id in self.knew(later) and self.replaces(later, earlier)
        }
        return sorted(one.id for one in counted if one.id not in gone)


def store_of(entries: list[Entry], seed: int) -> Database:
    """A store that was given these in some order, in some groups, some of them twice."""
    random = Random(seed)
    db = driver.in_memory()
    schema.migrate(db)
    given_ = entries + random.sample(entries, len(entries) // 2)
    random.shuffle(given_)
    while given_:
        many = random.randint(1, 8)
        journal.add(db, given_[:many])
        del given_[:many]
    return db


def picture(db: Database) -> Any:
    heads = sorted(map(str, db.execute("SELECT entity, key, field, id FROM head").fetchall()))
    known = marks.load(db)
    standing = sorted(map(str, (known.of(device) for device in known.devices())))
    rows = {entity: sorted(map(str, tables.read_rows(db, entity))) for entity in tables.COLUMNS}
    return journal.ids(db), standing, heads, journal.conflicts(db), rows


@settings(max_examples=40)
@given(steps, st.integers(0, 999), st.integers(0, 999))
def test_the_same_entries_in_any_order_give_the_same_standing_heads_and_conflicts(
    history: list[Any], seed: int, other: int
) -> None:
    entries = [known.entry for known in World().play(history).said.values()]
    one, another = store_of(entries, seed), store_of(entries, other)
    assert picture(one) == picture(another)
    tables.drop_and_rebuild(one)
    assert picture(one) == picture(another)


@settings(max_examples=60)
@given(steps, st.integers(0, 999))
def test_what_stands_is_what_the_model_of_the_rules_says(history: list[Any], seed: int) -> None:
    world = World().play(history)
    db = store_of([known.entry for known in world.said.values()], seed)
    standings = marks.load(db)
    for known in world.said.values():
        assert standings.counts(known.entry.address, field_heads.without_value(known.entry)) == world.counts(
            known.entry
        )
    for address in {known.entry.address for known in world.said.values()}:
        assert list(journal.head_ids(db, address)) == world.stands(address), address


@settings(max_examples=30)
@given(steps, _laptop)
def test_what_a_laptop_writes_stands_there_as_where_it_comes_in(history: list[Any], number: int) -> None:
    world = World().play(history)
    laptop = world.laptops[number]
    world.say(laptop, ADDRESSES[number], "last words")
    *before, last = laptop.holds.values()
    db = store_of(before, number)
    journal.append(db, [last])
    assert picture(db) == picture(store_of([*before, last], number))
