"""The laws of joining, on random histories: order, grouping and repetition do not matter; nothing is lost.

Laptops here are bare stores; what travels between them are entries. (Signatures and files are tested apart.)
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reviewapp.store import journal, tables
from reviewapp.store.entry import Entry
from reviewapp.store.visit_store import Said, VisitStore

KEY = bytes(32)
PEOPLE = ("R1", "R2", "R3")
FIELDS = [
    ("rating", "47", "value"),
    ("quote", "Q1", "text"),
    ("agreed", "47", "value"),
    ("passage", "summary", "text"),
    ("later", "x", "new"),
]

# One step of a history: who acts, on which laptop, on what; or a laptop hears another one.
saying = st.tuples(
    st.just("say"), st.integers(0, 3), st.sampled_from(FIELDS), st.sampled_from(["met", "na", "text", None])
)
hearing = st.tuples(st.just("hear"), st.integers(0, 3), st.integers(0, 3), st.none())
histories = st.lists(saying | hearing, max_size=25)
clocks = st.lists(st.integers(-86400, 86400), min_size=4, max_size=4)


@contextmanager
def laptops(skews: list[int]) -> Iterator[list[VisitStore]]:
    """Four empty stores whose clocks are wrong by the given seconds."""
    folder = Path(tempfile.mkdtemp())
    stores = []
    try:
        for number, skew in enumerate(skews):
            store = VisitStore.create(folder / str(number), KEY, clock=Clock(skew))
            with store.transaction() as db:
                store.become_new_device(db)
            stores.append(store)
        yield stores
    finally:
        for store in stores:
            store.close()
        shutil.rmtree(folder)


class Clock:
    """Moves a second at every look, wrong by `skew` seconds."""

    def __init__(self, skew: int) -> None:
        self.now = datetime(2026, 11, 17, 9, 0, tzinfo=UTC) + timedelta(seconds=skew)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def live(stores: list[VisitStore], history: list[Any]) -> dict[str, Any]:
    """Let the laptops live through a history; returns every value ever said, by entry id."""
    said: dict[str, Any] = {}
    for what, first, second, value in history:
        if what == "hear":
            hear(stores[first], entries(stores[second]))
            continue
        entity, key, field = second
        person = PEOPLE[first % 3]  # two laptops belong to the same person
        place = (entity, f"{key}/{person}" if entity in ("rating", "quote") else key, field)
        parents = journal.head_ids(stores[first].db, place)
        for entry in stores[first].write([Said(*place, value, parents)], person=person):
            said[entry.id] = value
    return said


def entries(store: VisitStore) -> list[Entry]:
    return list(journal.everything(store.db))


def hear(store: VisitStore, heard: list[Entry]) -> None:
    with store.transaction() as db:
        journal.add(db, heard)


def picture(store: VisitStore) -> Any:
    """Everything derived that a person would see."""
    heads = store.db.execute("SELECT entity, key, field, id FROM head ORDER BY 1, 2, 3, 4").fetchall()
    rows = {entity: sorted(map(str, store.rows(entity))) for entity in tables.COLUMNS}
    return store.digest(), heads, journal.conflicts(store.db), rows


@given(histories, clocks, st.randoms())
def test_laptops_that_heard_everything_agree_whatever_the_order(history: Any, skews: list[int], random: Any) -> None:
    with laptops(skews) as stores:
        said = live(stores, history)
        shares = [entries(store) for store in stores]
        for store in stores:
            order = [share for share in shares for _ in range(random.randint(1, 2))] + shares
            random.shuffle(order)
            for share in order:
                some = list(share)
                random.shuffle(some)
                hear(store, some)
        pictures = [picture(store) for store in stores]
        assert all(one == pictures[0] for one in pictures)
        assert {e.id: e.value for e in entries(stores[0])} == said


@given(histories, clocks)
def test_every_pair_that_did_not_know_of_each_other_and_differs_is_a_conflict(history: Any, skews: list[int]) -> None:
    with laptops(skews) as stores:
        live(stores, history)
        for other in stores[1:]:
            hear(stores[0], entries(other))
        everything = entries(stores[0])
        named = {parent for entry in everything for parent in entry.parents}
        open_values: dict[tuple[str, str, str], set[str]] = {}
        for entry in everything:
            if entry.id not in named:
                open_values.setdefault(entry.place, set()).add(repr(entry.value))
        expected = sorted(place for place, found in open_values.items() if len(found) > 1)
        assert journal.conflicts(stores[0].db) == expected


@given(histories, clocks)
def test_the_current_tables_are_what_a_rebuild_makes(history: Any, skews: list[int]) -> None:
    with laptops(skews) as stores:
        live(stores, history)
        for store in stores:
            before = picture(store)
            with store.transaction() as db:
                tables.drop_and_rebuild(db)
            assert picture(store) == before


@given(histories, clocks)
def test_a_later_entry_of_a_laptop_is_shown_after_what_it_had_heard(history: Any, skews: list[int]) -> None:
    with laptops(skews) as stores:
        live(stores, history)
        for store in stores:
            own = [entry.at for entry in entries(store) if entry.device == store.device]
            assert own == sorted(own)


@given(histories, clocks)
def test_what_is_withdrawn_is_blank_everywhere_and_the_digest_stays(history: Any, skews: list[int]) -> None:
    with laptops(skews) as stores:
        said = live(stores, history)
        if not any(entry.entity == "quote" for store in stores for entry in entries(store)):
            return
        before = entries(stores[0])
        (notice,) = stores[1].write([Said("withdraw", "quote/Q1/R1", "records", [], ())], person="R1")
        shares = [entries(store) for store in stores]
        for store in stores:
            for share in shares:
                hear(store, share)
            for entry in entries(store):
                if entry.id == notice.id:
                    continue
                gone = (entry.entity, entry.key) == ("quote", "Q1/R1")
                assert entry.withdrawn == gone
                assert entry.value == (None if gone else said[entry.id])
        hear(stores[0], before)
        assert len({store.digest() for store in stores}) == 1
