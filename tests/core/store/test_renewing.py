"""After a withdrawal the store gets a new key once nobody has it open, and a kill leaves all old or all new."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from reviewapp.base.errors import Busy
from reviewapp.store import deletion, driver, key_copies, leftovers, renewing, rotation, written_files
from reviewapp.store.home import Home
from reviewapp.store.visit_lock import VisitLock
from reviewapp.visit import statements
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.withdrawal import withdraw
from tests.core.every_byte import pages_of
from tests.core.homes import PASSPHRASE, Team
from tests.core.store.on_disk import OnDisk
from tests.core.store.test_home import V1, V2, content
from tests.core.store.test_new_keys import OLD, key_file


class KilledError(BaseException):
    """Nothing of the program comes after it."""


def talk(team: Team) -> None:
    team.visit("R2").record(
        statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
        statements.Answer(interview="P1", prompt="P01", text="plantedword"),
        statements.Rating(standard="47", value="met"),
    )


def due(team: Team) -> tuple[Home, Path, bytes]:
    """R2's visit, closed while something kept the key from being made anew; with the key it still has."""
    talk(team)
    home = team.laptops["R2"].home
    folder = home.visit_folder(team.visit_id)
    reader = team.laptops["R2"].open_visit(team.visit_id, read_only=True)
    withdraw(team.visit("R2"), "interview", "P1/R2", reason="the person asked")
    team.visits.pop("R2").close()
    assert renewing.is_due(folder), "somebody still read it"
    reader.close()
    return home, folder, home.visit_key(team.visit_id)


def well(team: Team) -> None:
    visit = team.laptops["R2"].open_visit(team.visit_id)
    team.visits["R2"] = visit
    assert visit.state.ratings["47/R2"].value == "met" and "interview/P1/R2" in visit.state.withdrawn
    assert [one.name for one in visit.check_integrity() if not one.ok] == []


def test_what_is_left_of_the_old_files_opens_with_no_key_of_the_home(team: Team) -> None:
    talk(team)
    home = team.laptops["R2"].home
    folder, before = home.visit_folder(team.visit_id), home.visit_key(team.visit_id)
    link = team.folder / "the blocks of its key"
    link.hardlink_to(folder / deletion.KEY)
    old_key = link.read_bytes()
    log = (folder / "visit.db-wal").read_bytes()
    assert b"plantedword" in b"".join(pages_of(log, {before}))
    withdraw(team.visit("R2"), "interview", "P1/R2", reason="the person asked")
    assert home.visit_key(team.visit_id) == before, "the visit is still open"
    team.visits.pop("R2").close()
    now = home.visit_key(team.visit_id)
    assert now != before and not renewing.is_due(folder)
    assert b"plantedword" not in b"".join(pages_of(log, {now})) and old_key not in link.read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["backups", "backup-key.json", "backup-key-spare.json", "key.json", "lock", "visit.db"]
    )
    well(team)


def test_while_somebody_reads_the_key_stays_and_is_made_anew_at_the_next_opening(team: Team) -> None:
    home, folder, before = due(team)
    well(team)
    assert home.visit_key(team.visit_id) != before and not renewing.is_due(folder)


@pytest.mark.parametrize("moment", ["copy", "check", "key", "rename", "database", "keys", "end"])
def test_killed_anywhere_it_leaves_the_old_key_or_the_new_one_and_goes_on(
    team: Team, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    home, folder, before = due(team)

    def kill(*_: object, **__: object) -> None:
        raise KilledError

    real = rotation._replace
    places = {
        "copy": (driver, "copy_database"), "check": (driver, "check_copy"), "key": (deletion, "replace_key_file"),
        "rename": (renewing, "sync_folder"), "database": (rotation, "_replace"), "end": (leftovers, "sync_folder"),
    }  # fmt: skip

    def kill_at_keys(new: Path, old: Path, *, spoil: bool = False) -> None:
        if spoil:
            raise KilledError
        real(new, old, spoil=spoil)

    with monkeypatch.context() as patched:
        if moment == "keys":
            patched.setattr(rotation, "_replace", kill_at_keys)
        else:
            patched.setattr(*places[moment], kill)
        with pytest.raises(KilledError):
            renewing.renew(home, team.visit_id)
    team.laptops["R2"] = Laptop.open(home.folder, PASSPHRASE)
    assert [one.problem for one in team.laptops["R2"].visits()] == [""]
    well(team)
    assert home.visit_key(team.visit_id) != before and not renewing.is_due(folder)
    assert not (folder / leftovers.RENEWED).exists() and not (folder / ".renewing").exists()


def test_a_full_disk_leaves_the_visit_as_it_is_and_it_opens(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    home, folder, before = due(team)

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched:
        patched.setattr(driver, "copy_database", full)
        team.visits["R2"] = team.laptops["R2"].open_visit(team.visit_id)
        assert team.visits["R2"].state.ratings["47/R2"].value == "met"
        assert home.visit_key(team.visit_id) == before and renewing.is_due(folder)
        team.visits.pop("R2").close()
    well(team)
    assert home.visit_key(team.visit_id) != before


def test_a_purge_destroys_a_key_that_was_being_made_anew(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewapp.workspace.purge import purge

    home, folder, _before = due(team)
    shutil.copytree(folder, team.folder / "copy")
    assert not (folder / ".renewing").exists(), "it was taken back"
    (folder / ".renewing").mkdir()
    shutil.copy(folder / deletion.KEY, folder / ".renewing" / deletion.KEY)
    link = team.folder / "its blocks"
    link.hardlink_to(folder / ".renewing" / deletion.KEY)
    old = link.read_bytes()
    monkeypatch.setattr(renewing, "renew", lambda *_: False)
    purge(team.laptops["R2"], team.visit_id, certificate=team.folder / "c", force=True)
    assert not folder.exists() and old not in link.read_bytes()
    assert home.visit_ids() == []


# On a bare store ---------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a visit of which the key is due to be made anew."""
    key_copies.write(tmp_path, key_file(1))
    made = Home(tmp_path, OLD)
    made.new_store(V1, content(V1))
    renewing.mark(made.visit_folder(V1))
    return made


def test_a_key_is_made_anew_once_and_only_where_that_is_due(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, before = home.visit_folder(V1), home.visit_key(V1)
    disk = OnDisk(monkeypatch, by_sqlite=["visit.db"])
    disk.take_as_it_is(folder)
    assert renewing.renew(home, V1) is True and not renewing.is_due(folder)
    disk.check()
    now = home.visit_key(V1)
    assert now != before and (folder / "visit.db").stat().st_mode & 0o077 == 0
    assert renewing.renew(home, V1) is True and home.visit_key(V1) == now
    home.open_store(V1).close()


def test_only_who_holds_the_visit_makes_its_key_anew_and_goes_on_holding_it(home: Home) -> None:
    folder, before = home.visit_folder(V1), home.visit_key(V1)
    with VisitLock(folder) as lock:
        assert renewing.renew(home, V1) is False and renewing.is_due(folder)
        assert home.visit_key(V1) == before
        assert renewing.renew(home, V1, lock) is True and home.visit_key(V1) != before
        with pytest.raises(Busy):
            VisitLock(folder)


def test_a_new_key_that_counts_is_put_in_place_and_no_other_is_made(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = home.visit_folder(V1)

    def kill(_: Path) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        disk = OnDisk(patch, by_sqlite=["visit.db"])
        patch.setattr(leftovers, "finish_renewal", kill)
        with pytest.raises(KilledError):
            renewing.renew(home, V1)
        disk.check()
    (folder / leftovers.DUE).unlink()
    made = home.key_in(folder / leftovers.RENEWED)
    with VisitLock(folder):
        assert renewing.renew(home, V1) is False and (folder / leftovers.RENEWED).exists()
    assert renewing.is_due(folder) and renewing.renew(home, V1) is True
    assert home.visit_key(V1) == made and not renewing.is_due(folder)
    home.open_store(V1).close()


def test_a_new_key_that_does_not_count_yet_is_destroyed_also_where_its_file_is_held(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, link = home.visit_folder(V1), home.folder / "its blocks"
    staged = folder / ".renewing"
    unlink, seen = os.unlink, list[bytes]()

    def full(path: Path) -> None:
        link.hardlink_to(path / deletion.KEY)
        seen.append(link.read_bytes())
        raise OSError(28, os.strerror(28))

    def unlink_(path: str | Path, *, dir_fd: int | None = None) -> None:
        if Path(path).name == "visit.db":
            raise PermissionError(13, "the file is in use", str(path))
        unlink(path, dir_fd=dir_fd)

    before = home.visit_key(V1)
    with monkeypatch.context() as patch:
        patch.setattr(renewing, "sync_folder", full)
        patch.setattr(os, "unlink", unlink_)
        assert renewing.renew(home, V1) is False
    assert seen and link.read_bytes() != seen[0] and (staged / "visit.db").exists()
    assert home.visit_key(V1) == before and renewing.is_due(folder)
    assert renewing.renew(home, V1) is True and not staged.exists()
    home.open_store(V1).close()


def test_the_store_of_another_visit_is_not_sealed_for_this_one(home: Home) -> None:
    home.new_store(V2, content(V2))
    for name in (deletion.KEY, "visit.db"):
        shutil.copy(home.visit_folder(V2) / name, home.visit_folder(V1) / name)
    before = (home.visit_folder(V1) / deletion.KEY).read_bytes()
    assert renewing.renew(home, V1) is False
    assert (home.visit_folder(V1) / deletion.KEY).read_bytes() == before


def test_what_was_noted_beside_a_store_is_known_under_its_new_key(home: Home) -> None:
    written_files.add_beside(home.visit_folder(V1), home.visit_key(V1), "/elsewhere/one.pdf")
    assert renewing.renew(home, V1) is True
    store = home.open_store(V1)
    assert store.written.elsewhere() == ["/elsewhere/one.pdf"]
    store.close()


def test_a_new_key_that_counts_is_in_place_before_all_keys_of_the_home_are_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would be put in place later, sealed by a home key that nobody has any more."""
    home = Home.create(tmp_path / "home", "long enough")[0]
    home.new_store(V1, content(V1))
    folder = home.visit_folder(V1)
    renewing.mark(folder)

    def kill(_: Path) -> None:
        raise KilledError

    with monkeypatch.context() as patch, pytest.raises(KilledError):
        patch.setattr(leftovers, "finish_renewal", kill)
        renewing.renew(home, V1)
    home.change_passphrase("long enough", "another one")
    assert not renewing.is_due(folder)
    Home.unlock(home.folder, "another one").open_store(V1).close()
