"""What a store promises: durable settings, one writer, refusals that leave it untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import Busy, Damaged, NewerVersion
from reviewapp.store import driver, journal, meeting_opening, schema
from reviewapp.store.home import Home
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit.entities import SEEN

KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = VisitStore.create(tmp_path / "v", KEY)
    with store.transaction() as db:
        store.become_new_device(db)
    store.write([FieldWrite("rating", "47/R2", "note", "planted words", ())], person="R2")
    store.close()
    return tmp_path / "v"


def pragma(store: VisitStore, name: str) -> object:
    return store.db.execute(f"PRAGMA {name}").fetchone()[0]


def test_every_connection_keeps_what_was_acknowledged(folder: Path) -> None:
    store = VisitStore(folder, KEY)
    second = store.second()
    for one in (store, second):
        assert (pragma(one, "journal_mode"), pragma(one, "synchronous")) == ("wal", 2)
        assert (pragma(one, "temp_store"), pragma(one, "secure_delete")) == (2, 1)
    second.close()
    store.close()


def test_a_closed_store_is_one_file_without_a_log(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir() if path.stat().st_size) == ["visit.db"]


def test_nothing_said_is_readable_in_any_file_of_an_open_store(folder: Path) -> None:
    store = VisitStore(folder, KEY)
    store.write([FieldWrite("rating", "4/R2", "note", "planted words again", ())], person="R2")
    assert not [path for path in folder.rglob("*") if path.is_file() and b"planted" in path.read_bytes()]
    store.close()


def test_a_second_writer_is_told_and_a_reader_is_welcome(folder: Path) -> None:
    store = VisitStore(folder, KEY)
    with pytest.raises(Busy, match="another window"):
        VisitStore(folder, KEY)
    reader = VisitStore(folder, KEY, read_only=True)
    assert reader.rows("rating")[0]["note"] == "planted words"
    with pytest.raises(Busy), reader.transaction():
        pass
    reader.close()
    store.close()


def test_the_wrong_key_and_a_damaged_file_are_refused_and_left_alone(folder: Path) -> None:
    before = (folder / "visit.db").read_bytes()
    with pytest.raises(Damaged):
        VisitStore(folder, bytes(32))
    assert (folder / "visit.db").read_bytes() == before
    (folder / "visit.db").write_bytes(b"SQLite format 3\0" + bytes(5000))
    with pytest.raises(Damaged):
        VisitStore(folder, KEY)


def test_a_store_of_a_newer_version_is_refused_untouched(folder: Path) -> None:
    db = driver.connect(folder / "visit.db", KEY)
    db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()
    before = (folder / "visit.db").read_bytes()
    with pytest.raises(NewerVersion, match="later version"):
        VisitStore(folder, KEY)
    assert (folder / "visit.db").read_bytes() == before
    assert not (folder / "visit.db-wal").exists()


def test_a_failed_transaction_leaves_nothing(folder: Path) -> None:
    store = VisitStore(folder, KEY)
    before = store.digest()
    with pytest.raises(ZeroDivisionError), store.transaction() as db:
        store.write_in(db, [FieldWrite("rating", "1/R2", "value", "met", ())], person="R2")
        raise ZeroDivisionError
    assert store.digest() == before
    store.close()


def test_a_visit_exists_only_once_it_is_whole(tmp_path: Path) -> None:
    home, _ = Home.create(tmp_path, "long enough")

    def fail(store: VisitStore) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        home.new_store("abc", fail)
    assert home.visit_ids() == [] and not home.visit_folder("abc").exists()


def test_what_an_earlier_version_could_only_keep_is_read_by_a_later_one(folder: Path) -> None:
    store = VisitStore(folder, KEY)
    store.write([FieldWrite("settled", "agreed 47 value", "reason", "kept unread", ())], person="L1")
    store.db.execute("DROP TABLE settled")
    store.db.execute("UPDATE local SET value = 'of an earlier version' WHERE name = 'tables'")
    reader = VisitStore(folder, KEY, read_only=True)
    assert reader.rows("settled") == []
    reader.close()
    store.close()
    store = VisitStore(folder, KEY)
    assert store.rows("settled")[0]["reason"] == "kept unread"
    assert store.rows("rating")[0]["note"] == "planted words"
    store.close()


def test_a_store_whose_tables_lack_a_field_is_read_without_it(folder: Path) -> None:
    store = VisitStore(folder, KEY)
    before = store.records("rating")
    (note,) = [row["note"] for row in store.rows("rating") if row["note"]]
    store.db.execute("ALTER TABLE rating DROP COLUMN value")
    store.db.execute("ALTER TABLE rating DROP COLUMN own")
    store.db.execute("UPDATE local SET value = 'of an earlier version' WHERE name = 'tables'")
    reader = VisitStore(folder, KEY, read_only=True)
    assert [(row["note"], row["value"]) for row in reader.rows("rating")] == [(note, None)]
    assert note in reader.records("rating")
    assert reader.deleted("quote") == set()
    reader.close()
    store.close()
    store = VisitStore(folder, KEY)
    assert store.records("rating") == before
    store.close()


def test_that_the_opening_was_seen_is_recorded_once_by_each_laptop_that_did_not_open(folder: Path) -> None:
    store = VisitStore(folder, KEY)
    store.write([FieldWrite(*meeting_opening.PLACE, {"R2": 1}, ())], person="L1")
    laptops: list[str] = []
    for _ in range(2):
        with store.transaction() as db:
            store.remember_opening_seen(db, person="L1")
        assert [one.device for one in journal.of_entity(store.db, SEEN)] == laptops, "it wrote what is known already"
        with store.transaction() as db:
            store.become_new_device(db)
            store.remember_opening_seen(db, person="R2")
        laptops.append(store.device)
    found = journal.of_entity(store.db, SEEN)
    assert [(one.key, one.field, one.person, one.device) for one in found] == [
        ("meeting/R2", "opening", "R2", device) for device in laptops
    ]
    assert {one.value for one in found} == {meeting_opening.mark(store.db)}
    store.close()
