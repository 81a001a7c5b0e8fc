"""A store with a damaged page is never called well: not by `verify`, not by a backup, not by a restore."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base.errors import Damaged
from reviewapp.store import backup, driver
from reviewapp.visit import statements
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE, Team

PAGE = 4096


@pytest.fixture
def laptop(team: Team) -> Laptop:
    """A laptop on which the visit is closed; a long text stands in it, on pages of its own."""
    lead = team.visit("L1")
    lead.record(statements.Passage(place="summary", text="long words " * 1500))
    lead.record(*(statements.Rating(standard=s.number, note="n" * 300) for s in lead.state.instrument.standards))
    team.visits.pop("L1").close()
    return team.laptops["L1"]


def with_one_page_damaged(store: Path) -> Iterator[int]:
    """Damage one page after the other: the first, the last and some between; the file is well again at the end."""
    well = store.read_bytes()
    pages = len(well) // PAGE
    for page in sorted({0, 1, pages // 3, pages // 2, pages - 2, pages - 1, *range(5, pages, 11)}):
        damaged = bytearray(well)
        damaged[page * PAGE + 100] ^= 1
        store.write_bytes(damaged)
        yield page
    store.write_bytes(well)


def test_verify_finds_every_damaged_page(team: Team, laptop: Laptop) -> None:
    store = laptop.home.visit_folder(team.visit_id) / "visit.db"
    for page in with_one_page_damaged(store):
        checks = {one.name: one for one in laptop.check_integrity(team.visit_id)}
        assert not checks["pages"].ok, page
        assert "restore" in checks["pages"].do
    assert [one for one in laptop.check_integrity(team.visit_id) if not one.ok] == []


def test_a_visit_with_a_damaged_page_is_never_said_to_be_backed_up(team: Team, laptop: Laptop, tmp_path: Path) -> None:
    database, target = laptop.home.visit_folder(team.visit_id) / "visit.db", tmp_path / "one.rvbackup"
    for page in with_one_page_damaged(database):
        with pytest.raises(Damaged):
            store = laptop.home.open_store(team.visit_id)
            try:
                backup.write(laptop.home, team.visit_id, store, target)
            finally:
                store.close()
        assert not target.exists(), page


def test_a_backup_made_of_a_damaged_store_page_by_page_is_found_out(team: Team, laptop: Laptop, tmp_path: Path) -> None:
    """As earlier versions made them: the pages after the damage are empty, and each is authentic."""
    folder = laptop.home.visit_folder(team.visit_id)
    visit = laptop.open_visit(team.visit_id)
    made = visit.back_up_now()
    visit.close()
    key, plain = laptop.home.visit_key(team.visit_id), tmp_path / "plain.db"
    damaged = bytearray((folder / "visit.db").read_bytes())
    damaged[len(damaged) // PAGE // 2 * PAGE + 100] ^= 1
    (tmp_path / "damaged.db").write_bytes(damaged)
    source, target = (driver.connect(tmp_path / name, key) for name in ("damaged.db", plain.name))
    source.conn.backup(target.conn)
    for db in (source, target):
        db.close()
    cover = made.read_bytes().partition(b"\n")[0]
    made.write_bytes(cover + b"\n" + plain.read_bytes())
    checks = {one.name: one.ok for one in laptop.check_integrity(team.visit_id)}
    assert checks["pages"] and not checks["backups"]
    with pytest.raises(Damaged):
        laptop.restore(made, PASSPHRASE)
    assert laptop.visits()[0].service == "Example team", "what is here now stays"


def test_what_differs_from_the_journal_is_made_anew_once_nobody_else_has_the_visit(team: Team) -> None:
    visit, laptop = team.visit("L1"), team.laptops["L1"]
    visit.record(statements.Rating(standard="47", value="met", note="true"))
    assert visit.find("true")
    visit._store.db.execute("UPDATE rating SET note = '\"false\"'")
    visit._store.db.execute("UPDATE word_place SET key = '4/L1' WHERE entity = 'rating'")
    told = [one for one in laptop.check_integrity(team.visit_id) if not one.ok]
    assert [one.name for one in told] == ["tables", "words"]
    assert all("close the visit in the other program" in one.do for one in told)
    team.visits.pop("L1").close()
    told = [one for one in laptop.check_integrity(team.visit_id) if not one.ok]
    assert [(one.name, one.do.split()[0]) for one in told] == [("tables", "open"), ("words", "nothing:")]
    visit = team.visits["L1"] = laptop.open_visit(team.visit_id)
    assert visit.state.ratings["47/L1"].note == "true" and "47/L1" in [hit.key for hit in visit.find("true")]
    assert [one for one in laptop.check_integrity(team.visit_id) if not one.ok] == []
