"""The laws of joining, on random histories: order, grouping and repetition do not matter; nothing is lost.

Two to eight people with one to three laptops each, whose clocks are wrong by up to a day, say, delete, withdraw,
hear one another wholly or in part, and lose a laptop to an old backup. (Signatures and files: `exchange`.)
"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reviewapp.store import deletions, journal, tables
from tests.core.store.world import Laptop, Place, Told, World, clocks, histories, people, world


def picture(laptop: Laptop) -> Any:
    """Everything derived that a person would see."""
    store = laptop.store
    heads = store.db.execute("SELECT entity, key, field, id FROM head ORDER BY 1, 2, 3, 4").fetchall()
    rows = {entity: sorted(map(str, store.rows(entity))) for entity in tables.COLUMNS}
    return store.digest(), heads, journal.conflicts(store.db), rows


@given(people, histories, clocks, st.integers(0, 999))
def test_laptops_that_heard_everything_agree_whatever_the_order_and_nothing_is_lost(
    devices: list[int], history: Any, skews: list[int], seed: int
) -> None:
    with world(devices, skews) as w:
        w.live(history)
        for laptop in w.laptops:
            assert {entry.id for entry in laptop.entries()} == laptop.holds
        everything = w.held_by_anybody()
        w.everybody_hears_everything(seed)
        pictures = [picture(laptop) for laptop in w.laptops]
        assert all(one == pictures[0] for one in pictures)
        for laptop in w.laptops:
            found = {entry.id: entry for entry in laptop.entries()}
            assert found.keys() == everything.keys()
            for identity, told in everything.items():
                if not w.is_withdrawn(told):
                    assert (found[identity].value, found[identity].person) == (told.value, told.person)


@given(people, histories, clocks)
def test_every_pair_that_did_not_know_of_each_other_and_differs_is_a_conflict_with_both_authors(
    devices: list[int], history: Any, skews: list[int]
) -> None:
    with world(devices, skews) as w:
        w.live(history)
        first = hear_all(w)
        open_at = w.open_at()
        expected = {
            place for place, told in open_at.items() if place[2] != deletions.SEEING and len(values(told)) > 1
        } | set(deleted_unseen(w, open_at))
        assert set(journal.conflicts(first.store.db)) == expected
        for place in expected:
            shown = {(head.id, head.person) for head in journal.heads(first.store.db, place)}
            assert shown == {(told.entry, told.person) for told in open_at[place]}
        for place, changes in deleted_unseen(w, open_at).items():
            assert deletions.unseen(first.store.db, *place[:2]) == sorted(changes)


@given(people, histories, clocks)
def test_the_current_tables_are_what_a_rebuild_makes(devices: list[int], history: Any, skews: list[int]) -> None:
    with world(devices, skews) as w:
        w.live(history)
        for laptop in w.laptops:
            before = picture(laptop)
            with laptop.store.transaction() as db:
                tables.drop_and_rebuild(db)
            assert picture(laptop) == before


@given(people, histories, clocks)
def test_what_a_laptop_says_later_is_shown_later(devices: list[int], history: Any, skews: list[int]) -> None:
    with world(devices, skews) as w:
        w.live(history)
        for laptop in w.laptops:
            own = [entry for entry in laptop.entries() if entry.device == laptop.store.device]
            assert [entry.at for entry in own] == sorted(entry.at for entry in own)
            assert [entry.seq for entry in own] == list(range(1, len(own) + 1))


@given(people, histories, clocks, st.integers(0, 999))
def test_what_is_withdrawn_is_blank_everywhere_and_stays_so(
    devices: list[int], history: Any, skews: list[int], seed: int
) -> None:
    with world(devices, skews) as w:
        w.live(history)
        w.say(w.laptops[0], ("quote", "Q1/R1", "text"), "taken back")
        before = [laptop.entries() for laptop in w.laptops]
        w.say(w.laptops[-1], ("withdraw", "quote/Q1/R1", "records"), [])
        w.everybody_hears_everything(seed)
        for share in before:
            w.laptops[0].hear(share)
        assert len({laptop.store.digest() for laptop in w.laptops}) == 1
        for laptop in w.laptops:
            for entry in laptop.entries():
                gone = w.is_withdrawn(w.said[entry.id])
                assert entry.withdrawn == gone
                assert entry.value == (None if gone else w.said[entry.id].value)
            assert not [row for row in laptop.store.rows("quote") if row["key"] == "Q1/R1"]


def hear_all(w: World) -> Laptop:
    """The first laptop, once it has heard all others."""
    first = w.laptops[0]
    for other in w.laptops[1:]:
        first.hear(other.entries())
    return first


def values(told: list[Told]) -> set[str]:
    return {repr(one.value) for one in told}


def deleted_unseen(w: World, open_at: dict[Place, list[Told]]) -> dict[Place, list[str]]:
    """Where a deletion stands, the changes to what it took away that no author of such a deletion had looked at."""
    found = {}
    for place, told in open_at.items():
        seeing = [one for one in open_at.get((*place[:2], deletions.SEEING), ()) if one.value is not None]
        if place[2] != deletions.DELETED or not any(one.value for one in told) or not seeing:
            continue
        seen: dict[Place, set[str]] = {}
        for one in seeing:
            for there, looked_at in current(w, one.knew).items():
                seen.setdefault(there, set()).update(values(looked_at))
        changes = [
            one.entry
            for there, now in open_at.items()
            if goes_with(there, place)
            for one in now
            if not w.is_withdrawn(one) and repr(one.value) not in seen.get(there, {"None"})
        ]
        if changes:
            found[place] = changes
    return found


def current(w: World, held: frozenset[str]) -> dict[Place, list[Told]]:
    """What stood, place by place, on a laptop that held just this."""
    told = [w.said[identity] for identity in held]
    replaced = {i for one in told for i in one.knew if w.said[i].place == one.place}
    found: dict[Place, list[Told]] = {}
    for one in told:
        if one.entry not in replaced:
            found.setdefault(one.place, []).append(one)
    return found


def goes_with(there: Place, deleted: Place) -> bool:
    """Whether a place belongs to a deleted record: a field of it, or a note of an interview."""
    if there[2] in (deletions.DELETED, deletions.SEEING):
        return False
    whose = deleted[1].replace("/", "/notes/")
    return there[:2] == deleted[:2] or (deleted[0] == "interview" and there[:2] == ("answer", whose))
