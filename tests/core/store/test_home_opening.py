"""What is opened through a home: its clock, its locks, and nothing left open or half made where it fails."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2

from reviewapp.base.errors import Damaged, Invalid, ReviewError, WrongPassphrase
from reviewapp.store import deletion, keys, unlock_throttle
from reviewapp.store.driver import OperationalError
from reviewapp.store.home import Home
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit.entities import HEADER

V1 = "0123456789abcdef"
PASSPHRASE = "long enough"
DAY = datetime(2031, 5, 6, 7, tzinfo=UTC)


def clock() -> datetime:
    return DAY


@pytest.fixture
def home(tmp_path: Path) -> Home:
    Home.create(tmp_path / "home", PASSPHRASE)
    return Home.unlock(tmp_path / "home", PASSPHRASE, clock=clock)


def fill(store: VisitStore) -> None:
    with store.transaction() as db:
        store.set_local(db, "visit", V1)
        store.become_new_device(db)
        store.write_in(db, [FieldWrite(HEADER, V1, "service", "Example team", ())], person="L1")


def test_the_clock_of_a_home_is_that_of_every_visit_opened_through_it(home: Home) -> None:
    seen = []

    def look(store: VisitStore) -> None:
        fill(store)
        seen.append(store.now())

    home.new_store(V1, look)
    store = home.open_store(V1)
    seen.append(store.now())
    store.close()
    code = home.renew_recovery_code(PASSPHRASE)
    again = Home.recover(home.folder, code, "another one", clock=clock)
    store = again.open_store(V1)
    seen.append(store.now())
    store.close()
    assert [moment.replace(microsecond=0) for moment in seen] == [DAY] * 3


def test_who_has_the_recovery_code_sets_a_new_passphrase(home: Home) -> None:
    code = home.renew_recovery_code(PASSPHRASE)
    again = Home.recover(home.folder, code, "another one")
    assert Home.unlock(home.folder, "another one").key == again.key != home.key
    with pytest.raises(WrongPassphrase):
        keys.unlock(keys.read(home.folder), PASSPHRASE)


def test_a_visit_can_be_made_again_where_the_rest_of_one_that_was_deleted_still_lies(home: Home) -> None:
    home.new_store(V1, fill)
    (home.visit_folder(V1) / deletion.MARK).write_bytes(b"")
    home.new_store(V1, fill)
    home.open_store(V1).close()


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_the_folder_of_the_visits_is_its_owners_alone_once_it_was_unlocked(home: Home) -> None:
    home.new_store(V1, fill)
    visits = home.folder / "visits"
    visits.chmod(0o755)
    Home.unlock(home.folder, PASSPHRASE)
    assert visits.stat().st_mode & 0o777 == 0o700


def test_a_store_that_was_just_made_is_closed_before_it_gets_its_name(home: Home) -> None:
    made = []

    def look(store: VisitStore) -> None:
        fill(store)
        made.append(store)

    home.new_store(V1, look)
    with pytest.raises(sqlcipher3.dbapi2.ProgrammingError):
        made[0].db.execute("SELECT 1")


def test_a_visit_that_is_not_what_it_says_is_not_left_open(home: Home) -> None:
    home.new_store(V1, lambda store: None)
    errors = []
    for _ in range(2):
        with pytest.raises(Damaged) as error:
            home.open_store(V1)
        errors.append(error)  # its traceback holds the store


def test_a_store_that_does_not_say_what_its_visit_is_is_damage(home: Home) -> None:
    def half(store: VisitStore) -> None:
        with store.transaction() as db:
            store.set_local(db, "visit", V1)
            store.become_new_device(db)

    home.new_store(V1, half)
    with pytest.raises(Damaged):
        home.open_store(V1)


def test_a_full_disk_is_told_while_a_visit_is_made_and_a_fault_of_ours_is_not_called_that(home: Home) -> None:
    def full(store: VisitStore) -> None:
        store.db.execute("PRAGMA max_page_count = 1")
        store.db.execute("CREATE TABLE large AS SELECT hex(randomblob(100000)) AS words")

    with pytest.raises(ReviewError, match="cannot be opened: there is no room left"):
        home.new_store(V1, full)
    with pytest.raises(OperationalError, match="syntax error"):
        home.new_store(V1, lambda store: store.db.execute("no SQL"))  # type: ignore[arg-type]
    assert list((home.folder / "visits").iterdir()) == []


def test_a_short_passphrase_is_refused_before_anything_is_tried(home: Home) -> None:
    for _ in range(8):  # as often as would cost a pause, were each a guess
        with pytest.raises(Invalid, match="at least"):
            Home.recover(home.folder, "no such code", "short")
        with pytest.raises(Invalid, match="at least"):
            home.change_passphrase("something else", "short")
    assert not unlock_throttle.path_of(home.folder).exists()


def test_a_new_recovery_code_is_for_who_knows_the_passphrase(home: Home) -> None:
    before = keys.read(home.folder)
    with pytest.raises(WrongPassphrase):
        home.renew_recovery_code("something else")
    assert keys.read(home.folder) == before


def test_what_was_left_of_a_deleted_visit_goes_when_the_home_is_unlocked(home: Home) -> None:
    left = home.folder / "visits" / "fedcba98"
    left.mkdir(parents=True)
    (left / deletion.KEY).write_bytes(b"x" * 100)
    deletion.mark(left)
    Home.unlock(home.folder, PASSPHRASE)
    assert not left.exists()


def test_with_its_key_file_an_installation_that_holds_nothing_loses_its_lock(home: Home) -> None:
    with home.lock():
        pass
    for folder in sorted((home.folder / "visits").rglob("*"), reverse=True):
        folder.rmdir() if folder.is_dir() else folder.unlink()
    if (home.folder / "visits").exists():
        (home.folder / "visits").rmdir()
    home.delete_key_file()
    assert not home.folder.exists()
