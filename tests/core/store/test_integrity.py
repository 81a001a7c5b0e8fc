"""Each check of a store finds what it is for, says how much, and what to do; a store that is well passes them all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base.errors import Damaged, ReviewError
from reviewapp.store import backup, change_log, driver, integrity, journal, rolling_backups, search_index
from reviewapp.store.integrity import RESTORE, Check, check_integrity
from reviewapp.store.search_index import SearchIndex
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.workspace.laptop import Laptop
from tests.core.broken_home import FullHome, full_home

NAMES = ["pages", "entries", "laptops", "tables", "words", "log", "backups"]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> FullHome:
    return full_home(tmp_path_factory.mktemp("full"))


@pytest.fixture
def laptop(full: FullHome, tmp_path: Path) -> Laptop:
    return full.copy(tmp_path / "home").laptop()


@pytest.fixture
def store(full: FullHome, laptop: Laptop) -> Iterator[VisitStore]:
    store = laptop.home.open_store(full.visit)
    with store.transaction() as db:
        store.sign(db)
    yield store
    store.close()


def checks_of(full: FullHome, laptop: Laptop, store: VisitStore) -> dict[str, Check]:
    found = check_integrity(laptop.home, full.visit, store)
    assert [one.name for one in found] == NAMES
    assert all(bool(one.do) is not one.ok for one in found), "what is well needs nothing, and all else says what to do"
    return {one.name: one for one in found}


def wrong(full: FullHome, laptop: Laptop, store: VisitStore) -> list[str]:
    return [name for name, one in checks_of(full, laptop, store).items() if not one.ok]


def test_a_store_that_is_well_passes_every_check_and_says_how_much_was_looked_at(
    full: FullHome, laptop: Laptop, store: VisitStore
) -> None:
    found = checks_of(full, laptop, store)
    assert all(one.ok for one in found.values())
    (entries,) = store.db.execute("SELECT count(*) FROM entry").fetchone()
    assert found["entries"].what == f"{entries} entries are what their ids say"
    assert [found[name].what for name in NAMES if name != "entries"] == [
        "every page of the store is authentic",
        "no laptop's entries have a gap, and each signature is valid",
        "the tables say what the journal says",
        "every word that was written is found",
        "no log of last changes was damaged",
        "1 backups open",
    ]


def test_the_number_of_entries_that_were_altered_is_told(full: FullHome, laptop: Laptop, store: VisitStore) -> None:
    (entries,) = store.db.execute("SELECT count(*) FROM entry").fetchone()
    store.db.execute("UPDATE entry SET at = '2026-11-17T09:00:00.000000Z' WHERE seq IN (2, 3)")
    found = checks_of(full, laptop, store)
    assert found["entries"].what == f"2 of {entries} entries were altered" and found["entries"].do == RESTORE


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM entry WHERE seq = 2",
        "UPDATE device SET chain = 'another'",
        "UPDATE device SET signature = '00'",
        "UPDATE device SET seq = seq - 1",
        "UPDATE entry SET id = 'another' WHERE seq = 2",
    ],
)
def test_a_laptop_whose_entries_are_not_as_it_signed_them_is_named(
    full: FullHome, laptop: Laptop, store: VisitStore, statement: str
) -> None:
    store.db.execute(statement)
    found = checks_of(full, laptop, store)["laptops"]
    assert not found.ok and found.what.endswith(f": L1 ({store.device[:8]})") and "new work file" in found.do


def test_every_laptop_whose_entries_are_not_as_it_signed_them_is_named(
    full: FullHome, laptop: Laptop, store: VisitStore
) -> None:
    store.db.execute(
        """INSERT INTO device SELECT 'zzzzzzzzz', 'R2', public_key, 0, chain, signature, first_seen FROM device"""
    )
    store.db.execute("DELETE FROM entry WHERE seq = 2")
    found = checks_of(full, laptop, store)["laptops"]
    assert found.what.endswith(f": L1 ({store.device[:8]}), R2 (zzzzzzzz)")


def test_a_gap_behind_what_a_laptop_has_signed_is_found_too(full: FullHome, laptop: Laptop, store: VisitStore) -> None:
    for number in range(3):
        store.write([FieldWrite("rating", f"{number}/L1", "note", "a note", ())], person="L1")
    assert wrong(full, laptop, store) == []
    (last,) = store.db.execute("SELECT max(seq) FROM entry").fetchone()
    store.db.execute("DELETE FROM entry WHERE seq = ?", (last - 1,))
    assert "laptops" in wrong(full, laptop, store)


def test_a_page_that_is_authentic_and_not_what_belongs_there_is_told(
    full: FullHome, laptop: Laptop, store: VisitStore
) -> None:
    """As after a fault of the memory: what was encrypted was wrong already."""
    (entries,) = store.db.execute("SELECT count(*) FROM entry").fetchone()
    store.db.execute("PRAGMA writable_schema = ON")
    store.db.execute("UPDATE sqlite_master SET sql = replace(sql, 'at TEXT', 'at TEXT CHECK (seq < 0)')"
                     " WHERE name = 'entry'")  # fmt: skip
    found = checks_of(full, laptop, store)["pages"]
    assert (found.ok, found.do) == (False, RESTORE)
    assert found.what == f"{entries} pages of the store are damaged"


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("entries", "UPDATE entry SET value = 'no JSON' WHERE seq = 2"),
        ("laptops", "DROP TABLE device"),
        ("tables", "DROP TABLE rating"),
    ],
)
def test_what_cannot_even_be_read_fails_its_check_and_no_other_is_left_out(
    full: FullHome, laptop: Laptop, store: VisitStore, name: str, statement: str
) -> None:
    store.db.execute(statement)
    found = checks_of(full, laptop, store)
    assert (found[name].ok, found[name].what, found[name].do) == (
        False, "the store is damaged and cannot be read here", RESTORE,
    )  # fmt: skip


def test_a_disk_that_fails_while_a_store_is_looked_at_is_not_called_damage(
    full: FullHome, laptop: Laptop, store: VisitStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        error = driver.OperationalError("disk I/O error")
        error.sqlite_errorcode = 10
        raise error

    for module, name in ((journal, "everything"), (search_index, "picture")):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, fail)
            with pytest.raises(ReviewError, match="cannot be checked"):
                check_integrity(laptop.home, full.visit, store)
    assert wrong(full, laptop, store) == []


def test_the_tables_that_differ_from_the_journal_are_named(full: FullHome, laptop: Laptop, store: VisitStore) -> None:
    store.db.execute("UPDATE rating SET note = '\"another\"'")
    store.db.execute("DELETE FROM passage")
    found = checks_of(full, laptop, store)["tables"]
    assert found.what == "these tables differ: passage, rating" and "open the visit once" in found.do


@pytest.mark.parametrize(
    "statement",
    ["UPDATE word_place SET key = key || ' x'", "DROP TABLE word_place", "DELETE FROM word WHERE rowid > 0"],
)
def test_an_index_that_is_not_what_was_written_is_told_and_nothing_has_to_be_done(
    full: FullHome, laptop: Laptop, store: VisitStore, statement: str
) -> None:
    with store.transaction() as db:
        SearchIndex(db).catch_up()
    assert wrong(full, laptop, store) == []
    store.db.execute(statement)
    found = checks_of(full, laptop, store)
    assert [name for name, one in found.items() if not one.ok] == ["words"]
    assert found["words"].what == "the search index does not match what was written"
    assert found["words"].do.startswith("nothing: ")
    integrity.make_anew(store, {"tables"})
    store.close()
    again = laptop.home.open_store(full.visit)  # where the tables are made anew, the index is emptied
    assert wrong(full, laptop, again) == []
    again.close()


def test_the_pages_that_are_damaged_are_counted_and_the_rest_is_read_as_far_as_it_goes(
    full: FullHome, laptop: Laptop
) -> None:
    path = laptop.home.visit_folder(full.visit) / "visit.db"
    store = laptop.home.open_store(full.visit)
    (rows,) = store.db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entry'").fetchone()
    (laptops,) = store.db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'device'").fetchone()
    store.close()
    whole = path.read_bytes()
    for page, unreadable in ((len(whole) // 4096 - 1, set()), (rows, {"entries"}), (laptops, {"laptops"})):
        data = bytearray(whole)
        data[(page - 1) * 4096 + 100] ^= 1
        path.write_bytes(data)
        store = laptop.home.open_store(full.visit)
        try:
            found = checks_of(full, laptop, store)
        finally:
            store.close()
        assert found["pages"].what == "1 pages of the store are damaged"
        for name in {"tables", "words"} | unreadable:
            assert not found[name].ok and found[name].do == RESTORE, (page, name)
        assert found["backups"].ok


def test_of_a_visit_that_does_not_open_the_reason_is_told_and_where_another_one_is(
    full: FullHome, laptop: Laptop
) -> None:
    home, error = laptop.home, Damaged("this is why", do="")
    with_backups = integrity.check_damaged(home, full.visit, error)
    assert [(one.name, one.ok) for one in with_backups] == [("pages", False), ("backups", True)]
    assert (with_backups[0].what, with_backups[0].do) == ("this is why", RESTORE)
    shutil.rmtree(home.visit_folder(full.visit) / "backups")
    without = integrity.check_damaged(home, full.visit, error)
    assert without[0].do == integrity.ELSEWHERE and without[1].what == "0 backups open"


# What is made anew -------------------------------------------------------------------------------------------


def check(name: str, *, ok: bool = False, do: str = "something else") -> Check:
    return Check(name, ok, "what", "" if ok else do)


def test_only_what_follows_from_a_journal_that_can_be_read_is_made_anew() -> None:
    assert integrity.differing([check(name) for name in NAMES]) == {"tables", "words"}
    assert integrity.differing([check(name, ok=True) for name in NAMES]) == set()
    assert integrity.differing([check("tables", do=RESTORE), check("words")]) == {"words"}


def test_while_another_program_has_the_visit_it_is_to_be_closed_there_first() -> None:
    before = [check("pages"), check("tables"), check("words", ok=True)]
    after = integrity.not_made_anew(before)
    assert [one.name for one in after] == ["pages", "tables", "words"]
    assert [one == was for one, was in zip(after, before, strict=True)] == [True, False, True]
    assert after[1].do == "close the visit in the other program, then check it again" and not after[1].ok


def test_what_is_well_is_not_made_anew(full: FullHome, laptop: Laptop, store: VisitStore) -> None:
    store.db.execute("UPDATE rating SET note = '\"another\"'")
    with store.transaction() as db:
        SearchIndex(db).catch_up()
    before = store.local("tables")
    integrity.make_anew(store, {"tables"})
    assert before and not store.local("tables") and store.db.table("word_mark").exists()
    with store.transaction() as db:
        store.set_local(db, "tables", before)
    integrity.make_anew(store, {"words"})
    assert store.local("tables") == before and not store.db.table("word_mark").exists()
    assert wrong(full, laptop, store) == ["tables"]
    integrity.make_anew(store, {"tables"})
    store.close()
    again = laptop.home.open_store(full.visit)
    assert wrong(full, laptop, again) == []
    again.close()


# Backups -----------------------------------------------------------------------------------------------------


def test_the_backups_that_do_not_open_are_named_and_all_others_counted(
    full: FullHome, laptop: Laptop, store: VisitStore
) -> None:
    visit_folder = laptop.home.visit_folder(full.visit) / "backups"
    (whole,) = visit_folder.iterdir()
    (visit_folder / f"spoilt{whole.suffix}").write_bytes(whole.read_bytes()[:-4096])
    found = checks_of(full, laptop, store)["backups"]
    assert not found.ok and found.what == f"these backups do not open: spoilt{whole.suffix}"
    assert "visit backup" in found.do


def test_of_backups_that_do_not_open_each_is_named(full: FullHome, laptop: Laptop, store: VisitStore) -> None:
    folder = laptop.home.visit_folder(full.visit) / "backups"
    (whole,) = folder.iterdir()
    for name in ("one", "two"):
        (folder / f"{name}{whole.suffix}").write_bytes(whole.read_bytes()[:-4096])
    found = checks_of(full, laptop, store)["backups"]
    assert set(found.what.removeprefix("these backups do not open: ").split(", ")) == {
        f"{name}{whole.suffix}" for name in ("one", "two")
    }


def test_a_backup_that_may_not_be_read_is_named_and_one_that_went_meanwhile_is_none(
    full: FullHome, laptop: Laptop, store: VisitStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the newest are kept, so one may go while they are looked at."""
    folder = laptop.home.visit_folder(full.visit) / "backups"
    (whole,) = folder.iterdir()
    refused, gone = (folder / f"{name}{whole.suffix}" for name in ("refused", "gone"))
    for path in (refused, gone):
        path.write_bytes(whole.read_bytes())
    opened = Path.open

    def open_(self: Path, *args: str, **kwargs: str) -> object:
        if self == refused:
            raise PermissionError(13, "Permission denied", str(self))
        if self == gone:
            self.unlink(missing_ok=True)  # while it is looked at
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", open_)
    paths = rolling_backups.oldest_first(folder.parent)
    gone.write_bytes(whole.read_bytes())
    monkeypatch.setattr(rolling_backups, "oldest_first", lambda _: [*paths, gone])
    assert checks_of(full, laptop, store)["backups"].what == f"these backups do not open: {refused.name}"
    assert not gone.exists()
    refused.unlink()
    monkeypatch.setattr(rolling_backups, "oldest_first", lambda _: [whole, gone, gone])
    found = checks_of(full, laptop, store)["backups"]
    assert found.ok and found.what == "1 backups open"


def test_backups_of_the_earlier_kind_are_counted_apart(full: FullHome, laptop: Laptop, store: VisitStore) -> None:
    earlier = laptop.home.visit_folder(full.visit) / "backups" / f"20200101T000000000000{backup.SUFFIX}"
    backup.write(laptop.home, full.visit, store, earlier)
    found = checks_of(full, laptop, store)["backups"]
    assert found.ok and found.what.startswith("2 backups open; 1 of them are older")


# The log -----------------------------------------------------------------------------------------------------


def test_logs_that_were_damaged_are_named_until_somebody_takes_them_away(
    full: FullHome, laptop: Laptop, store: VisitStore
) -> None:
    names = [change_log.KEPT.replace("*", f"2026111{day}") for day in (8, 7)]
    for name in names:
        (store.folder / name).write_bytes(b"what is left of it")
    found = checks_of(full, laptop, store)["log"]
    assert not found.ok and found.what.endswith(f"may be missing: {names[1]}, {names[0]}")
    assert found.do.endswith(f"then delete that file in {store.folder}")
    for name in names:
        (store.folder / name).unlink()
    assert checks_of(full, laptop, store)["log"].ok
