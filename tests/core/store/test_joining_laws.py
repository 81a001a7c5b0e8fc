"""The laws of joining, on random histories: order, grouping and repetition do not matter; nothing is lost.

Two to eight people with one to three laptops each, whose clocks are wrong by up to a day, write, delete, withdraw,
join one another's entries wholly or in part, and lose a laptop to an old backup. (Signatures and files: `exchange`.)
"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reviewapp.store import deletions, journal, tables
from tests.core.store.world import Laptop, World, clocks, histories, people, world
from tests.examples import few


def derived(laptop: Laptop) -> Any:
    """Everything that a store works out from its entries and a person would see."""
    store = laptop.store
    heads = store.db.execute("SELECT entity, key, field, id FROM head ORDER BY 1, 2, 3, 4").fetchall()
    rows = {entity: sorted(map(str, store.rows(entity))) for entity in tables.COLUMNS}
    return store.digest(), heads, journal.conflicts(store.db), rows


@few(15, slow=500)
@given(people, histories, clocks, st.integers(0, 999))
def test_laptops_that_heard_everything_agree_whatever_the_order_and_nothing_is_lost(
    devices: list[int], history: Any, skews: list[int], seed: int
) -> None:
    with world(devices, skews) as w:
        w.play(history)
        for laptop in w.laptops:
            assert {entry.id for entry in laptop.entries()} == laptop.holds
        everything, gone = w.held_by_anybody(), w.withdrawn()
        w.join_everything_everywhere(seed)
        results = [derived(laptop) for laptop in w.laptops]
        assert all(one == results[0] for one in results)
        for laptop in w.laptops:
            found = {entry.id: entry for entry in laptop.entries()}
            assert found.keys() == everything.keys()
            for identity in everything.keys() - gone:
                told = everything[identity]
                assert (found[identity].value, found[identity].person) == (told.value, told.person)


@few(15, slow=500)
@given(people, histories, clocks)
def test_every_pair_that_did_not_know_of_each_other_and_differs_is_a_conflict_with_both_authors(
    devices: list[int], history: Any, skews: list[int]
) -> None:
    with world(devices, skews) as w:
        w.play(history)
        first = join_all_into_first(w)
        expected, changed = w.conflicts(), w.unseen_changes()
        assert set(journal.conflicts(first.store.db)) == expected.keys()
        for place, told in expected.items():
            shown = {(head.id, head.person) for head in journal.heads(first.store.db, place)}
            if place[2] == deletions.DELETED:
                unseen = deletions.unseen_entry_ids(first.store.db, *place[:2])
                assert unseen == sorted(one.entry for one in changed.get(place, ()))
                shown |= {(one.id, one.person) for one in journal.of_ids(first.store.db, unseen)}
            assert shown == told


@few(15, slow=500)
@given(people, histories, clocks)
def test_the_current_tables_are_what_a_rebuild_makes(devices: list[int], history: Any, skews: list[int]) -> None:
    with world(devices, skews) as w:
        w.play(history)
        for laptop in w.laptops:
            before = derived(laptop)
            with laptop.store.transaction() as db:
                tables.drop_and_rebuild(db)
            assert derived(laptop) == before


@few(15, slow=500)
@given(people, histories, clocks)
def test_what_a_laptop_says_later_is_shown_later(devices: list[int], history: Any, skews: list[int]) -> None:
    with world(devices, skews) as w:
        w.play(history)
        for laptop in w.laptops:
            own = [entry for entry in laptop.entries() if entry.device == laptop.store.device]
            assert [entry.at for entry in own] == sorted(entry.at for entry in own)
            assert [entry.seq for entry in own] == list(range(1, len(own) + 1))


@few(15, slow=500)
@given(people, histories, clocks, st.integers(0, 999))
def test_what_is_withdrawn_is_blank_everywhere_and_stays_so(
    devices: list[int], history: Any, skews: list[int], seed: int
) -> None:
    with world(devices, skews) as w:
        w.play(history)
        w.write(w.laptops[0], ("quote", "Q1/R1", "text"), "taken back")
        before = [laptop.entries() for laptop in w.laptops]
        w.write(w.laptops[-1], ("withdraw", "quote/Q1/R1", "records"), [])
        w.join_everything_everywhere(seed)
        for share in before:
            w.laptops[0].join(share)
        assert len({laptop.store.digest() for laptop in w.laptops}) == 1
        gone = w.withdrawn()
        for laptop in w.laptops:
            for entry in laptop.entries():
                assert entry.withdrawn == (entry.id in gone)
                assert entry.value == (None if entry.id in gone else w.written[entry.id].value)
            assert not [row for row in laptop.store.rows("quote") if row["key"] == "Q1/R1"]


def join_all_into_first(w: World) -> Laptop:
    """The first laptop, once it has joined the entries of all others."""
    first = w.laptops[0]
    for other in w.laptops[1:]:
        first.join(other.entries())
    return first
