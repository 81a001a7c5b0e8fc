"""The laws of forks, on random histories: laptops that are copied and record on in several places, copies of copies.

A small model says in the plainest words which story each entry is of and what that means; a store is given the stories
that laptops signed in any order and any groups, some of them twice or only their beginning, and comes to the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.store import (
    driver,
    entry,
    field_heads,
    forks,
    joining,
    journal,
    mark_values,
    marks,
    schema,
    signing,
    tables,
)
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.forks import Story
from reviewapp.store.signing import Device
from reviewapp.visit.entities import ASIDE, AUTHORITY_FIELD, CERTIFY, HEADER, LEADS_ON, PROOF

VISIT, AT = "0123456789abcdef", "2026-11-17T10:00:00.000000Z"
AUTHORITY = "11" * 32
CODES = ("L1", "R2", "R3")
ADDRESSES = [("rating", "47/R2", "value"), ("agreed", "47", "value"), ("passage", "summary", "text"),
             ("concern", "IC1/R2", "text"), ("later", "x", "new")]  # fmt: skip
_copy, _any = st.integers(0, 6), st.integers(0, 99)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("say"), _copy, st.sampled_from(ADDRESSES), st.sampled_from(["met", "na", None])),
        st.tuples(st.just("say"), _copy, st.sampled_from(ADDRESSES), st.sampled_from(["met", "na", None])),
        st.tuples(st.just("say"), st.sampled_from([1, 3, 4, 5]), st.just(ADDRESSES[0]), st.sampled_from(["met", "na"])),
        st.tuples(st.just("say"), _copy, st.sampled_from(ADDRESSES[1:3]), st.sampled_from(["met", "na"])),
        st.tuples(st.just("hear"), _copy, _copy, st.none()),
        st.tuples(st.just("hear"), _copy, _copy, st.none()),
        st.tuples(st.just("copy"), _copy, st.none(), st.none()),
        st.tuples(st.just("copy"), _copy, st.none(), st.none()),
        st.tuples(st.just("certify"), _copy, _any, st.sampled_from(["L1", "R2", ""])),
        st.tuples(st.just("aside"), _copy, _any, st.sampled_from([None, 1, 3])),
        st.tuples(st.just("lead"), _copy, st.none(), st.none()),
    ),
    min_size=12,
    max_size=36,
)


class Copy:
    """One copy of a laptop: its key, what it wrote (with what was there when it was copied), and what it holds."""

    def __init__(self, code: str, private: str, wrote: Sequence[Entry] = (), holds: Sequence[Entry] = ()) -> None:
        self.code, self.private, self.wrote = code, private, list(wrote)
        self.public = signing.public_of(bytes.fromhex(private))
        self.laptop = signing.device_id(self.public)
        self.holds = {one.id: one for one in holds}

    def story(self, many: int) -> Story:
        """What it signs after so many of its entries."""
        head = entry.GENESIS
        for one in self.wrote[:many]:
            head = entry.chain(head, one.id)
        return Story(Device(self.laptop, self.code, self.public.hex(), many, head, "x"), self.wrote[:many])


class World:
    """Laptops that say things, hear of each other and are copied."""

    def __init__(self) -> None:
        self.copies = [Copy(code, entry.chain(code, "")) for code in CODES]
        self.turn = 0
        lead = self.copies[0]
        self.say(lead, (HEADER, VISIT, "content"), {})
        self.say(lead, (HEADER, VISIT, AUTHORITY_FIELD), signing.public_of(bytes.fromhex(AUTHORITY)).hex())
        self.mark(lead, CERTIFY, lead.laptop, "L1")
        for one in self.copies[1:]:
            one.holds.update(lead.holds)

    def say(self, copy: Copy, address: tuple[str, str, str], value: Any) -> None:
        here = [one for one in copy.holds.values() if one.address == address]
        named = {parent for one in here for parent in one.parents}
        made = entry.make(
            person=copy.code, device=copy.laptop, seq=len(copy.wrote) + 1, at=AT, address=address, value=value,
            parents=[one.id for one in here if one.id not in named],
        )  # fmt: skip
        copy.wrote.append(made)
        copy.holds[made.id] = made

    def mark(self, copy: Copy, kind: str, device: str, what: Any) -> None:
        self.turn += 1
        key = AUTHORITY if copy.code == "L1" else "22" * 32
        if kind == CERTIFY:
            value = mark_values.certify(key, VISIT, device, what, self.turn)
        else:
            value = mark_values.set_aside(key, VISIT, device, what, "a reason", self.turn)
        self.say(copy, (kind, device, PROOF), value)

    def play(self, history: list[Any]) -> World:
        for what, number, which, how in history:
            copy = self.copies[number % len(self.copies)]
            if what == "say":
                self.say(copy, which, how)
            elif what == "hear":
                copy.holds.update(self.copies[which % len(self.copies)].holds)
            elif what == "copy" and len(self.copies) < 7:
                self.copies.append(Copy(copy.code, copy.private, copy.wrote, list(copy.holds.values())))
            elif what == "lead":
                self.turn += 1
                self.say(copy, (LEADS_ON, copy.laptop, PROOF), mark_values.leads_on(self.turn))
            elif what in ("certify", "aside"):
                every = sorted({name for one in self.entries() for name in self.names(one)} | {self.copies[1].laptop})
                self.mark(copy, CERTIFY if what == "certify" else ASIDE, every[which % len(every)], how)
        self.first_of_all = self._first_of_all()
        self.said = {kind: self._last_words(kind) for kind in (CERTIFY, ASIDE)}
        return self

    def entries(self) -> list[Entry]:
        return list({one.id: one for copy in self.copies for one in copy.wrote}.values())

    # Which story an entry is of, in the plainest words -----------------------------------------------------------

    def names(self, one: Entry) -> list[str]:
        """The branch of an entry and what that grew from, the nearest first, ending with the laptop itself."""
        copy = next(copy for copy in self.copies if one in copy.wrote)
        found, head = [copy.laptop], entry.GENESIS
        for place in range(one.seq):
            head = entry.chain(head, copy.wrote[place].id)
            if any(
                other.laptop == copy.laptop and other.wrote[:place] == copy.wrote[:place]
                and len(other.wrote) > place and other.wrote[place] != copy.wrote[place]
                for other in self.copies
            ):  # fmt: skip
                found.append(f"{head[:32]}~{copy.laptop}")
        return found[::-1]

    def of_one_story(self, one: Entry, other: Entry) -> bool:
        return any(one in copy.wrote and other in copy.wrote for copy in self.copies)

    def _first_of_all(self) -> set[str]:
        """Of the branches that grow from one place that one of which was said last that it leads, or the lowest."""
        turns: dict[str, int] = {}
        siblings: dict[str, set[str]] = {}
        for one in self.entries():
            for name, trunk in zip(self.names(one), self.names(one)[1:], strict=False):
                siblings.setdefault(trunk, set()).add(name)
                if one.entity == LEADS_ON:
                    turns[name] = max(turns.get(name, 0), one.value["turn"])
        return {min(names, key=lambda name: (-turns.get(name, 0), name)) for names in siblings.values()}

    def is_second(self, one: Entry) -> bool:
        return not set(self.names(one)[:-1]) <= self.first_of_all

    # What the rules say ------------------------------------------------------------------------------------------

    def _last_words(self, kind: str) -> dict[str, Any]:
        """What the lead said last of each laptop or branch; a second copy of the lead's says nothing of them."""
        said = [one for one in self.entries() if one.entity == kind and one.person == "L1" and not self.is_second(one)]
        said.sort(key=lambda one: one.value["turn"])
        return {one.key: one.value["code" if kind == CERTIFY else "from"] for one in said}

    def codes(self, names: Sequence[str]) -> set[str]:
        """What was said of a branch or the nearest that it grew from; else of those that grew from it."""
        said = self.said[CERTIFY]
        own = next((said[name] for name in names if name in said), None)
        if own is not None:
            return {own} - {""}
        grown = {name for one in self.entries() for name in self.names(one) if names[0] in self.names_from(one, name)}
        return {said[name] for name in grown if name in said} - {""}

    def names_from(self, one: Entry, name: str) -> list[str]:
        every = self.names(one)
        return every[every.index(name) :]

    def aside_from(self, names: Sequence[str]) -> int | None:
        found: int | None = None
        for name in names:
            if name in self.said[ASIDE]:
                found = self.said[ASIDE][name]
                break
            if name in self.said[CERTIFY]:
                break
        return found

    def speaks(self, one: Entry) -> bool:
        return one.person in self.codes(self.names(one))

    def in_force(self, one: Entry) -> bool:
        from_ = self.aside_from(self.names(one))
        return from_ is None or one.seq < from_

    def has_lead(self, one: Entry) -> bool:
        return one.person == "L1" and self.speaks(one) and self.in_force(one) and not self.is_second(one)

    def others_certified(self, code: str) -> bool:
        return any(
            one.person == code and code in self.codes(names) and self.aside_from(names) != 1
            for one in self.entries()
            for names in [self.names(one)[place:] for place in range(len(self.names(one)))]
        )

    def counts(self, one: Entry) -> bool:
        if one.entity == "concern" or one.entity in (HEADER, LEADS_ON):
            return True
        if one.entity in (CERTIFY, ASIDE):
            return self.has_lead(one)
        codes = self.codes(self.names(one))
        if not (one.person in codes if codes else not self.others_certified(one.person)) or not self.in_force(one):
            return False
        if one.entity == "agreed":
            return one.person == "L1" and self.speaks(one)  # of a second copy it stays, and replaces nothing
        return one.entity != "rating" or one.key.endswith(f"/{one.person}")

    def replaces(self, later: Entry, earlier: Entry) -> bool:
        if self.of_one_story(later, earlier) or self.has_lead(later):
            return True
        own = later.entity in ("rating", "concern") and later.person == earlier.person
        return own and self.speaks(later) and self.speaks(earlier)

    def stands(self, address: tuple[str, str, str]) -> list[str]:
        every = {one.id: one for one in self.entries()}
        counted = [one for one in every.values() if one.address == address and self.counts(one)]
        gone = {e.id for later in counted for e in counted if e.id in knew(later, every) and self.replaces(later, e)}
        return sorted(one.id for one in counted if one.id not in gone)


def knew(one: Entry, every: dict[str, Entry]) -> set[str]:
    found: set[str] = set()
    todo = list(one.parents)
    while todo:
        identity = todo.pop()
        if identity not in found:
            found.add(identity)
            todo += every[identity].parents
    return found


def store_of(world: World, seed: int) -> Database:
    """A store that was given these stories in some order, in some groups, some of them twice, some in two pieces."""
    random = Random(seed)
    db = driver.in_memory()
    schema.migrate(db)
    told = [copy.story(len(copy.wrote)) for copy in world.copies]
    told += [copy.story(random.randint(0, len(copy.wrote))) for copy in random.choices(world.copies, k=4)]
    random.shuffle(told)
    while told:
        many = random.randint(1, 4)
        joining.insert(db, told[:many], AT)
        del told[:many]
    return db


def picture(db: Database) -> Any:
    known = marks.load(db)
    standing = sorted(map(str, (known.of(device) for device in known.devices())))
    rows = {entity: sorted(map(str, tables.read_rows(db, entity))) for entity in tables.COLUMNS}
    what = [
        sorted(map(str, db.execute(query).fetchall()))
        for query in ("SELECT entity, key, field, id FROM head", "SELECT id, device FROM entry", "SELECT * FROM fork",
                      "SELECT * FROM fork_entry", "SELECT device, person, seq, chain FROM device",
                      "SELECT * FROM limited")
    ]  # fmt: skip
    return journal.ids(db), standing, journal.conflicts(db), rows, what


@settings(max_examples=25)
@given(steps, st.integers(0, 999), st.integers(0, 999))
def test_forks_are_the_same_in_whatever_order_and_groups_their_stories_come(
    history: list[Any], seed: int, other: int
) -> None:
    world = World().play(history)
    one, another = store_of(world, seed), store_of(world, other)
    assert picture(one) == picture(another)
    assert journal.ids(one) == "\n".join(sorted(each.id for each in world.entries()))
    tables.drop_and_rebuild(one)
    assert picture(one) == picture(another)


@settings(max_examples=35)
@given(steps, st.integers(0, 999))
def test_what_stands_of_forks_is_what_the_model_says(history: list[Any], seed: int) -> None:
    world = World().play(history)
    db = store_of(world, seed)
    standings = marks.load(db)
    for one in journal.everything(db):
        plain = next(each for each in world.entries() if each.id == one.id)
        assert one.device == world.names(plain)[0]
        assert standings.counts(one.address, field_heads.without_value(one)) == world.counts(plain), (one, one.device)
        assert standings.has_lead(field_heads.without_value(one)) == world.has_lead(plain)
    for address in {one.address for one in world.entries()}:
        assert list(journal.head_ids(db, address)) == world.stands(address), address


@settings(max_examples=15)
@given(steps, st.integers(0, 999))
def test_every_branch_is_handed_on_as_it_was_signed(history: list[Any], seed: int) -> None:
    world = World().play(history)
    tree = forks.held(store_of(world, seed))
    told = {copy.laptop: [[one.id for one in other.wrote] for other in world.copies if other.laptop == copy.laptop]
            for copy in world.copies}  # fmt: skip
    for laptop, chains in told.items():
        ends = [one for one in chains if not any(one == other[: len(one)] != other for other in chains)]
        if len({tuple(one) for one in ends}) > 1:
            assert sorted(map(tree.chain, tree.leaves(laptop))) == sorted(map(list, {tuple(one) for one in ends}))
        else:
            assert laptop not in tree.segments
