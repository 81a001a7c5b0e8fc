"""What stands for each field follows from the entries alone: kept up to date or worked out anew it is the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.store import field_heads, journal, mark_values, marks, signing
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.visit.entities import ASIDE, AUTHORITY_FIELD, CERTIFY, CONTINUES, HEADER, PROOF, FieldAddress
from reviewapp.visit.heads import heads
from tests.core.store.journals import Author, empty, holding, values

RATING, AGREED, SHARED = ("rating", "47/R2", "value"), ("agreed", "47", "value"), ("passage", "summary", "text")
THEIRS = ("rating", "47/R3", "value")
ADDRESSES = [RATING, AGREED, SHARED, THEIRS]


class People:
    """A visit without a key of authority: the lead's laptop certifies and sets aside by its own word."""

    def __init__(self) -> None:
        self.lead, self.mine, self.second, self.other = (
            Author("L1"), Author("R2"), Author("R2", device="second"), Author("R3"),
        )  # fmt: skip
        self.made = self.lead.says(HEADER, "v", "content", None)

    def certifies(self, who: Author, code: str = "", turn: int = 1) -> Entry:
        return self.lead.says(
            CERTIFY, who.device, PROOF, mark_values.certify("", "v", who.device, code or who.person, turn)
        )

    def sets_aside(self, who: Author, from_: int | None = 1, turn: int = 1) -> Entry:
        return self.lead.says(ASIDE, who.device, PROOF, mark_values.set_aside("", "v", who.device, from_, "lost", turn))


@pytest.fixture
def people() -> People:
    return People()


def picture(db: Database) -> list[list[tuple[Any, ...]]]:
    """All that is kept beside the entries."""
    return [
        sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=str) for table in ("head", "limited", "standing")
    ]


def check(db: Database) -> None:
    """What is kept is what follows from the entries, by the law of who may speak."""
    entries = list(journal.everything(db))
    standings = marks.load(db)
    limited = {tuple(row) for row in db.execute("SELECT entity, key, field FROM limited").fetchall()}
    for address in {one.address for one in entries}:
        said = [field_heads.without_value(one) for one in entries if one.address == address]
        expected = heads(address, said, standings)
        assert {one.id for one in journal.heads(db, address)} == set(expected.ids), address
        assert expected.plain or address in limited, address
    kept = picture(db)
    db.execute("SAVEPOINT anew")
    field_heads.rebuild(db)
    anew = picture(db)
    db.execute("ROLLBACK TO anew")
    db.execute("RELEASE anew")
    assert kept[0] == anew[0], ("heads", set(kept[0]) ^ set(anew[0]))
    assert kept[2] == anew[2], ("standing", set(kept[2]) ^ set(anew[2]))
    assert set(anew[1]) == {address for address in limited if not plain(db, address, entries)}


def plain(db: Database, address: Iterable[Any], entries: Sequence[Entry]) -> bool:
    wanted = tuple(address)
    said = [field_heads.without_value(one) for one in entries if one.address == wanted]
    return heads((str(wanted[0]), str(wanted[1]), str(wanted[2])), said, marks.load(db)).plain


def test_an_entry_takes_the_place_of_what_it_names_and_others_stand_beside_it(people: People) -> None:
    first = people.mine.says(*RATING, "met")
    db = holding(people.made, first, people.mine.says(*RATING, "not_met", first))
    assert values(db, RATING) == ["not_met"]
    journal.add(db, [people.second.says(*RATING, "na", first)])
    assert values(db, RATING) == ["na", "not_met"], "nobody says that the second laptop is theirs too"
    check(db)


def test_what_stands_follows_the_lead_who_says_whose_a_laptop_is(people: People) -> None:
    first = people.mine.says(*RATING, "met")
    second = people.second.says(*RATING, "not_met", first)
    db = holding(people.made, first, second)
    assert values(db, RATING) == ["met", "not_met"]
    journal.add(db, [people.certifies(people.mine)])
    assert values(db, RATING) == ["met"], "the second laptop stands apart"
    check(db)
    journal.add(db, [people.certifies(people.second)])
    assert values(db, RATING) == ["not_met"], "and speaks for the same person once it is certified"
    check(db)
    journal.add(db, [people.sets_aside(people.second)])
    assert values(db, RATING) == ["met"]
    check(db)
    journal.add(db, [people.sets_aside(people.second, None, turn=2)])
    assert values(db, RATING) == ["not_met"]
    check(db)


@pytest.mark.parametrize("which", [0, 1])
def test_what_stands_follows_the_lead_also_for_a_laptop_that_goes_on_for_another(people: People, which: int) -> None:
    old, new, private = Author("R2"), Author("R2", device="restored"), bytes(32)
    old.device = signing.device_id(signing.public_of(private))
    first = old.says(*RATING, "met")
    goes_on = new.says(CONTINUES, new.device, PROOF, mark_values.go_on(private.hex(), "v", new.device, 1))
    shared = [one.says("passage", f"place {number}", "text", "words") for number, one in enumerate((old, new))]
    db = holding(people.made, first, goes_on, new.says(*RATING, "not_met", first), *shared)
    assert values(db, RATING) == ["not_met"]
    aside = (old, new)[which]
    journal.add(db, [people.sets_aside(aside)])
    assert values(db, ("passage", f"place {which}", "text")) == []
    check(db)


def test_what_another_than_the_lead_says_of_the_visit_itself_stands_apart_also_when_worked_out_anew(
    people: People,
) -> None:
    db = holding(people.made, people.mine.says(HEADER, "v", "service", "Example team"))
    check(db)
    assert values(db, (HEADER, "v", "service")) == []


def test_what_a_laptop_first_says_changes_how_others_of_whom_it_was_taken_for_stand(people: People) -> None:
    """The lead certified it as R3's before it had said anything; it is R2's, so R3's own laptop counts again."""
    rating = people.other.says(*THEIRS, "met")
    db = holding(people.made, rating, people.certifies(people.second, "R3"))
    assert values(db, THEIRS) == []
    journal.add(db, [people.second.says(*RATING, "met")])
    assert values(db, THEIRS) == ["met"]
    check(db)


def test_what_came_before_anything_was_known_of_the_visit_is_looked_at_again(people: People) -> None:
    agreed = people.mine.says(*AGREED, "met")
    db = holding(agreed)
    assert values(db, AGREED) == ["met"], "entries of no visit"
    check(db)
    journal.add(db, [people.made])
    assert values(db, AGREED) == [], "only the lead agrees"
    check(db)


def test_records_that_change_by_what_came_are_named(people: People) -> None:
    first = people.mine.says(*RATING, "met")
    db = holding(people.made, first, people.second.says(*RATING, "not_met", first))
    assert field_heads.append(db, []) == set()
    certificate = people.certifies(people.mine)
    journal.add(db, [certificate])
    assert values(db, RATING) == ["met"] and db.execute("SELECT count(*) FROM standing").fetchone() == (4,)
    again = holding(people.made, first, people.second.said[0])
    journal.append(again, [certificate])
    assert values(again, RATING) == ["met"]
    check(again)


def test_two_laptops_that_began_without_knowing_of_each_other_are_told_from_one_that_went_on(people: People) -> None:
    first = people.mine.says(*SHARED, "one")
    db = holding(people.made, first, people.other.says(*SHARED, "other"))
    assert field_heads.begun_twice(db, SHARED)
    later = holding(people.made, first, people.other.says(*SHARED, "other", first))
    assert values(later, SHARED) == ["one", "other"] and not field_heads.begun_twice(later, SHARED)
    own = holding(people.made, first, people.mine.says(*SHARED, "again"))
    assert not field_heads.begun_twice(own, SHARED), "one laptop, once from before a restore"
    assert not field_heads.begun_twice(empty(), SHARED)


def test_of_what_arrives_only_what_is_said_of_that_field_counts_as_begun_there(people: People) -> None:
    first = people.mine.says(*SHARED, "one")
    db = holding(people.made, first)
    elsewhere, beside = people.other.says(*THEIRS, "met"), people.other.says(*SHARED, "other")
    assert not field_heads.begun_twice(db, SHARED, [elsewhere])
    assert field_heads.begun_twice(db, SHARED, [elsewhere, beside])
    assert not field_heads.begun_twice(db, SHARED, [people.other.says(*SHARED, "knowing of it", first)])
    without = marks.load(holding(people.made, first, beside, people.sets_aside(people.other)))
    assert not field_heads.begun_twice(db, SHARED, [beside], without), "who is set aside by what arrives too"
    assert field_heads.begun_twice(holding(people.made), SHARED, [first, beside])
    between = people.second.says(*SHARED, "between", first)
    last = people.other.says(*SHARED, "knowing of both", between)
    assert not field_heads.begun_twice(holding(people.made, between), SHARED, [first, last])


def test_what_is_derived_can_be_dropped_and_worked_out_anew(people: People) -> None:
    first = people.mine.says(*SHARED, "one")
    db = holding(people.made, first, people.other.says(*SHARED, "other", first))
    before = picture(db)
    field_heads.drop_tables(db)
    assert not {"limited", "standing"} & set(db.table_names())
    field_heads.drop_tables(db)
    field_heads.create_tables(db)
    field_heads.rebuild(db)
    assert picture(db) == before


def test_an_entry_of_ones_own_is_put_in_place_with_two_statements(people: People) -> None:
    first = people.mine.says(*RATING, "met")
    db = holding(people.made, first)
    for value in ("not_met", "na"):
        (head,) = journal.heads(db, RATING)
        assert field_heads.append(db, []) == set()
        journal.append(db, [people.mine.says(*RATING, value, head)])
        assert values(db, RATING) == [value]
        check(db)
    journal.append(db, [people.mine.says(*SHARED, "begun")])
    journal.append(db, [people.mine.says(*AGREED, "met"), people.mine.says(*THEIRS, "met")])
    assert values(db, SHARED) == ["begun"] and values(db, AGREED) == values(db, THEIRS) == []
    check(db)
    (shared,) = journal.heads(db, SHARED)
    journal.append(db, [people.lead.says(*SHARED, "as the lead says", shared)])
    assert values(db, SHARED) == ["as the lead says"]
    (shared,) = journal.heads(db, SHARED)
    journal.append(db, [people.mine.says(*SHARED, "on", shared)])
    assert values(db, SHARED) == ["as the lead says", "on"]
    check(db)
    journal.append(db, [people.sets_aside(people.mine, 3)])
    check(db)
    journal.append(db, [people.mine.says(*RATING, "met", *journal.heads(db, RATING))])
    assert values(db, RATING) == ["not_met"]
    check(db)


@pytest.mark.parametrize("epoch", [-1, -2, -(2**60)])
def test_a_mark_of_an_epoch_before_the_first_proves_nothing(people: People, epoch: int) -> None:
    db = holding(people.made, people.mine.says(*RATING, "met"))
    value = mark_values.certify("", "v", people.mine.device, "R3", 1, epoch)
    journal.add(db, [people.other.says(CERTIFY, people.mine.device, PROOF, value)])
    assert values(db, RATING) == ["met"]
    check(db)


def test_what_was_replaced_by_whom_it_may_not_be_stands_also_where_it_comes_last(people: People) -> None:
    first = people.lead.says(*SHARED, "as the lead says")
    second = people.mine.says(*SHARED, "on", first)
    db = holding(people.made, second)
    assert values(db, SHARED) == ["on"]
    journal.add(db, [first])
    assert values(db, SHARED) == ["as the lead says", "on"]
    check(db)


def test_who_goes_on_from_what_stands_beside_knows_of_all_that_it_went_on_from(people: People) -> None:
    first = people.lead.says(*SHARED, "as the lead says")
    beside = people.mine.says(*SHARED, "on", first)
    later = people.lead.says(*SHARED, "both", beside)
    db = holding(people.made, first, beside)
    assert values(db, SHARED) == ["as the lead says", "on"] and field_heads.any_limited(db)
    journal.add(db, [later])
    assert values(db, SHARED) == ["both"]
    check(db)


def test_who_may_speak_is_looked_at_again_when_the_leads_laptop_says_what_the_visit_is(people: People) -> None:
    db = holding(people.made, people.mine.says(*RATING, "met"), people.certifies(people.mine))
    journal.append(db, [people.lead.says(HEADER, "v", AUTHORITY_FIELD, "0" * 64)])
    check(db)
    assert marks.load(db).of(people.mine.device).certified == "", "that was said without the key"


def test_what_another_version_noted_of_who_replaced_whom_is_forgotten_when_all_is_worked_out_anew(
    people: People,
) -> None:
    first = people.mine.says(*RATING, "met")
    db = holding(people.made, first)
    db.execute("INSERT INTO parent (parent, child) VALUES (?, ?)", (first.id, people.made.id))
    field_heads.rebuild(db)
    assert values(db, RATING) == ["met"]


def test_of_several_entries_of_ones_own_each_takes_its_place(people: People) -> None:
    first = people.lead.says(*SHARED, "as the lead says")
    begun = people.mine.says(*RATING, "met")
    db = holding(people.made, first, begun)
    made = [people.mine.says(*RATING, "not_met", begun), people.mine.says(*SHARED, "on", first)]
    journal.append(db, made)
    assert values(db, RATING) == ["not_met"] and values(db, SHARED) == ["as the lead says", "on"]
    check(db)


def history(random: Random, people: People | None = None) -> tuple[People, list[Entry]]:
    """What four laptops said and the lead said of them, each knowing of some of what there was."""
    people = people or People()
    said = [people.made]
    for turn in range(1, random.randrange(4, 16)):
        who = random.choice([people.lead, people.mine, people.second, people.other])
        if random.random() < 0.3:
            about = random.choice([people.mine, people.second, people.other])
            aside = random.random() < 0.4
            said.append(
                people.sets_aside(about, random.choice([1, 2, None]), turn)
                if aside
                else people.certifies(about, random.choice(["R2", "R3"]), turn)
            )
            continue
        address: FieldAddress = random.choice(ADDRESSES)
        there = [one for one in said if one.address == address]
        parents = random.sample(there, k=min(len(there), random.randrange(3)))
        said.append(who.says(*address, f"value {turn}", *parents))
    return people, said


@given(st.randoms(use_true_random=False))
def test_in_whatever_order_and_parts_entries_come_the_same_stands(random: Random) -> None:
    _, said = history(random)
    pictures = []
    for _ in range(2):
        order = random.sample(said, k=len(said))
        db = empty()
        while order:
            many = random.randrange(1, 5)
            journal.add(db, order[:many])
            del order[:many]
        check(db)
        pictures.append([picture(db)[0], picture(db)[2]])
    assert pictures[0] == pictures[1]


@given(st.randoms(use_true_random=False))
def test_what_a_laptop_says_itself_stands_as_if_it_had_come(random: Random) -> None:
    people, said = history(random)
    db = empty()
    for one in said:
        if one.device == people.mine.device:
            journal.append(db, [one])
        else:
            journal.add(db, [one])
    check(db)
