"""The index of words says what the records say, after any history; what is withdrawn is in no byte of it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reviewapp.store import search_index, tables
from tests.core.store.test_joining_laws import join_all_into_first
from tests.core.store.world import Laptop, clocks, histories, people, world
from tests.examples import few


def read(laptop: Laptop) -> list[tuple[Any, ...]]:
    with laptop.store.transaction() as db:
        search_index.SearchIndex(db).catch_up()
        return search_index.picture(db)


def read_anew(laptop: Laptop) -> list[tuple[Any, ...]]:
    with laptop.store.transaction() as db:
        search_index.drop(db)
        search_index.SearchIndex(db).catch_up()
        return search_index.picture(db)


def blocks(laptop: Laptop) -> bytes:
    rows = laptop.store.db.execute("SELECT block FROM word_data").fetchall()
    return b"".join(bytes(row[0]) for row in rows)


_WITHDRAWN = "SELECT count(*) FROM entry WHERE entity = 'withdraw'"


@few(15, slow=500)
@given(people, st.lists(histories, min_size=1, max_size=3), clocks)
def test_the_index_is_what_a_rebuild_makes_after_any_history(
    devices: list[int], lives: list[Any], skews: list[int]
) -> None:
    with world(devices, skews) as w:
        for history in lives:
            w.play(history)
            for laptop in w.laptops[::2]:
                read(laptop)
        join_all_into_first(w)
        for laptop in w.laptops:
            assert read(laptop) == read_anew(laptop)


@few(15, slow=500)
@given(people, histories, clocks)
def test_what_is_withdrawn_is_in_the_index_of_nobody_who_heard_of_it(
    devices: list[int], history: Any, skews: list[int]
) -> None:
    with world(devices, skews) as w:
        w.play(history)
        w.write(w.laptops[0], ("quote", "Q1/R1", "text"), "plantedword")
        for laptop in w.laptops:
            laptop.join(w.laptops[0].entries())
            read(laptop)
            assert b"lantedword" in blocks(laptop) or laptop.store.db.execute(_WITHDRAWN).fetchone()[0]
        w.write(w.laptops[-1], ("withdraw", "quote/Q1/R1", "records"), [])
        for laptop in w.laptops:
            laptop.join(w.laptops[-1].entries())
            assert b"lantedword" not in blocks(laptop)
            assert not [row for row in read(laptop) if row[0] == "plantedword"]


def test_rebuilding_the_tables_makes_the_index_anew() -> None:
    with world([1], [0] * 24) as w:
        (laptop,) = w.laptops
        w.write(laptop, ("action", "AP1", "owner"), "somebody")
        before = read(laptop)
        assert {row[0] for row in before} == {"ap1", "somebody"}
        with laptop.store.transaction() as db:
            tables.drop_and_rebuild(db)
        assert search_index.SearchIndex(laptop.store.db).unread_entries() == 1
        assert read(laptop) == before
