"""What a store promises: durable settings, one writer, refusals that leave it untouched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base.errors import Busy, Damaged, NewerVersion
from reviewapp.store import driver, journal, marks, meeting_opening, schema, signing
from reviewapp.store.home import Home
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit.entities import AUTHORITY_FIELD, CERTIFY, CONTINUES, HEADER, SEEN
from tests.core.store.journals import Author
from tests.disk_waits import waits_of_the_program

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
    with waits_of_the_program():
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


# A new device after a restore --------------------------------------------------------------------------------------

AUTHORITY = signing.new_private_key().hex()


@pytest.fixture(params=["L1", "R2"])
def restored(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[VisitStore]:
    """A laptop of the lead with the key of authority, or of a reviewer; what a restore does to it is up to the test."""
    lead = Author("L1", device="which made the visit")
    public = signing.public_of(bytes.fromhex(AUTHORITY)).hex()
    store = VisitStore.create(tmp_path / "r", KEY)
    with store.transaction() as db:
        store.become_new_device(db)
        private = AUTHORITY if request.param == "L1" else ""
        for name, value in (("visit", "v"), ("me", request.param), (marks.AUTHORITY_KEY, private)):
            store.set_local(db, name, value)
        journal.add(db, [lead.says(HEADER, "v", "content", None), lead.says(HEADER, "v", AUTHORITY_FIELD, public)])
    yield store
    store.close()


def goes_on(store: VisitStore) -> str:
    """A restore: the store goes on as a new device; returns the old one."""
    old = store.device
    with store.transaction() as db:
        store.own_marks.go_on_as_new_device(db)
    assert store.device != old
    return old


@pytest.mark.parametrize("wrote", [0, 1, 2])
def test_a_restored_laptop_says_for_whom_it_goes_on_before_anything_else_and_only_then(
    restored: VisitStore, wrote: int
) -> None:
    me, leads = restored.local("me"), bool(restored.local(marks.AUTHORITY_KEY))
    for _ in range(wrote):
        restored.write([FieldWrite("rating", f"4/{me}", "value", "met", ())], person=me)
    before = journal.count(restored.db)
    old = goes_on(restored)
    new = restored.device
    assert restored.devices()[old].seq == wrote and restored.devices()[old].verifies("v")
    assert journal.count(restored.db) == before, "nothing is said yet"
    for _ in range(2):
        standings = restored.standings()
        assert standings.line(new) == standings.line(old)
        assert (standings.of(new).lead, standings.of(new).certified) == ((True, "L1") if leads else (False, ""))
        restored.write([FieldWrite("rating", f"47/{me}", "value", "met", ())], person=me)
    said = [one for one in journal.everything(restored.db) if one.device == new]
    ratings = [("rating", f"47/{me}")] * 2
    assert [(one.entity, one.key) for one in sorted(said, key=lambda one: one.seq)] == [
        (CONTINUES, new), *([(CERTIFY, new)] if leads else []), *ratings,
    ]  # fmt: skip
    assert {one.person for one in said} == {me} and restored.own_marks.pending() == []
    (value,) = [one.value for one in said if one.entity == CONTINUES]
    assert value["seq"] == wrote and marks.load(restored.db).marks.continues == ((new, old),)


def test_a_laptop_restored_twice_before_it_said_a_word_goes_on_for_the_first(restored: VisitStore) -> None:
    first = goes_on(restored)
    second = goes_on(restored)
    assert [one.device for one in journal.of_entity(restored.db, CONTINUES)] == [second]
    me = restored.local("me")
    restored.write([FieldWrite("rating", f"47/{me}", "value", "met", ())], person=me)
    standings = restored.standings()
    assert standings.line(restored.device) == standings.line(second) == standings.line(first)
    assert set(marks.load(restored.db).marks.continues) == {(second, first), (restored.device, second)}
