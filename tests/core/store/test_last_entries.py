"""What is remembered between writes is what is in the store: no number is used twice or left out, no time goes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reviewapp.base.errors import ReviewError
from reviewapp.store import journal
from reviewapp.store.clock import stamp
from reviewapp.store.entry import Entry
from reviewapp.store.visit_store import FieldWrite, VisitStore
from tests.core.store.journals import Author

KEY = bytes(range(32))
NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VisitStore]:
    store = VisitStore.create(tmp_path / "v", KEY, clock=lambda: NOON)
    with store.transaction() as db:
        store.become_new_device(db)
    yield store
    store.close()


def write(store: VisitStore, number: int) -> Entry:
    (made,) = store.write([FieldWrite("rating", f"{number}/R2", "note", "a note", ())], person="R2")
    return made


def check_unbroken(store: VisitStore, entries: int) -> None:
    numbers = [seq for seq, _ in journal.of_device(store.db, store.device)]
    assert numbers == list(range(1, entries + 1))
    times = [one.at for one in journal.everything(store.db) if one.device == store.device]
    assert times == sorted(set(times))


def test_one_write_after_another_counts_on(store: VisitStore) -> None:
    assert [write(store, number).seq for number in range(1, 5)] == [1, 2, 3, 4]
    check_unbroken(store, 4)


def test_several_writes_of_one_transaction_count_on(store: VisitStore) -> None:
    write(store, 1)
    with store.transaction() as db:
        for number in (2, 3):
            store.write_in(db, [FieldWrite("rating", f"{number}/R2", "note", "a note", ())], person="R2")
    write(store, 4)
    check_unbroken(store, 4)


def test_a_write_that_was_rolled_back_leaves_no_number_out(store: VisitStore) -> None:
    write(store, 1)
    with pytest.raises(ZeroDivisionError), store.transaction() as db:
        store.write_in(db, [FieldWrite("rating", "2/R2", "note", "a note", ())], person="R2")
        raise ZeroDivisionError
    write(store, 3)
    check_unbroken(store, 2)


def test_a_write_that_the_database_refused_leaves_no_number_out(store: VisitStore) -> None:
    write(store, 1)
    with pytest.raises(ReviewError, match="cannot save"), store.transaction() as db:
        store.write_in(db, [FieldWrite("rating", "2/R2", "note", "a note", ())], person="R2")
        db.execute("INSERT INTO absent VALUES (1)")
    write(store, 3)
    check_unbroken(store, 2)


def test_nothing_to_write_is_no_entry(store: VisitStore) -> None:
    assert store.write([], person="R2") == []
    write(store, 1)
    check_unbroken(store, 1)


def test_the_last_entries_are_read_once_while_nobody_else_writes(store: VisitStore) -> None:
    write(store, 1)
    said: list[str] = []
    store.db.conn.set_trace_callback(said.append)
    write(store, 2)
    store.db.conn.set_trace_callback(None)
    assert said and not [one for one in said if one.startswith("WITH RECURSIVE")]


def test_typing_between_two_writes_costs_no_reading_and_hides_nothing(store: VisitStore) -> None:
    write(store, 1)
    said: list[str] = []
    store.db.conn.set_trace_callback(said.append)
    store.drafts.save("slot", b"typed", ("rating", "2/R2", "note"))
    with store.transaction() as db:
        store.drafts.forget(db, ["slot"])
    write(store, 2)
    store.db.conn.set_trace_callback(None)
    assert said and not [one for one in said if one.startswith("WITH RECURSIVE")]
    second = store.second()
    for number in (3, 5):
        store.drafts.save("slot", b"typed", ("rating", "2/R2", "note"))
        write(second, number)
        store.drafts.save("slot", b"typed on", ("rating", "2/R2", "note"))
        write(store, number + 1)
    second.close()
    check_unbroken(store, 6)


def test_what_came_in_before_a_draft_was_saved_is_counted_on(store: VisitStore) -> None:
    write(store, 1)
    theirs = Author("R3", device="later", day=18).says("rating", "4/R3", "note", "theirs")
    with store.transaction() as db:
        journal.add(db, [theirs])
    store.drafts.save("slot", b"typed", ("rating", "2/R2", "note"))
    assert write(store, 2).at > theirs.at
    check_unbroken(store, 2)


def test_a_time_that_this_laptop_gave_out_by_a_wrong_clock_counts_once(tmp_path: Path) -> None:
    """With a clock that cannot be right, what another laptop says tells the time."""
    now = [datetime(2040, 1, 1, tzinfo=UTC)]
    store = VisitStore.create(tmp_path / "w", KEY, clock=lambda: now[0])
    with store.transaction() as db:
        store.become_new_device(db)
    write(store, 1)
    theirs = Author("R3", day=17).says("rating", "4/R3", "note", "theirs")
    with store.transaction() as db:
        journal.add(db, [theirs])
    now[0] = datetime(1970, 1, 1, tzinfo=UTC)
    assert write(store, 2).at[:16] == theirs.at[:16]
    store.close()


def test_a_write_that_the_disk_refused_leaves_no_number_out(store: VisitStore) -> None:
    write(store, 1)
    store.db.execute("PRAGMA max_page_count = 1")  # as on a full disk
    with pytest.raises(ReviewError):
        store.write([FieldWrite("rating", "2/R2", "note", "a note " * 5000, ())], person="R2")
    store.db.execute("PRAGMA max_page_count = 100000")
    write(store, 3)
    check_unbroken(store, 2)


def test_what_another_connection_wrote_is_counted_on(store: VisitStore) -> None:
    second = store.second()
    for number in (1, 3, 5):
        write(store, number)
        write(second, number + 1)
    second.close()
    check_unbroken(store, 6)


def test_an_entry_is_later_than_what_came_in_through_the_same_connection(store: VisitStore) -> None:
    write(store, 1)
    later = NOON + timedelta(hours=3)
    other = Author("R3", day=17).says("rating", "4/R3", "note", "theirs")
    other = Entry(**{name: getattr(other, name) for name in other.__struct_fields__} | {"at": stamp(later)})
    with store.transaction() as db:
        journal.add(db, [other])
        (made,) = store.write_in(db, [FieldWrite("rating", "2/R2", "note", "a note", ())], person="R2")
    assert made.at > other.at and write(store, 3).at > made.at
    check_unbroken(store, 3)


def test_the_numbers_of_a_new_device_begin_with_one(store: VisitStore) -> None:
    write(store, 1)
    with store.transaction() as db:
        store.become_new_device(db)
    assert [write(store, number).seq for number in (2, 3)] == [1, 2]


def test_versions_of_others_are_asked_for_anew_outside_a_write(store: VisitStore) -> None:
    second, before = store.second(), store.version_of_others()
    write(second, 1)
    with store.transaction():
        seen = store.version_of_others()
    assert seen != before
    write(second, 2)
    assert store.version_of_others() != seen
    second.close()
