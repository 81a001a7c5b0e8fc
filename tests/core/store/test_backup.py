"""A backup is believed once it has been read back: what is on the disk is opened and counted, not what was meant."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reviewapp.base import private_files
from reviewapp.base.errors import Damaged, NewerVersion, ReviewError, WrongPassphrase
from reviewapp.base.files import save_pieces
from reviewapp.store import backup, backup_cover, backup_key, driver, journal, keys, leftovers, rolling_backups, scratch
from reviewapp.store import restore as restore_module
from reviewapp.store.home import Home
from reviewapp.store.restore import restore
from reviewapp.visit import statements
from tests.core.homes import PASSPHRASE, Team
from tests.disks import mounted, needs_mounting


def on_a_disk_that_keeps(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """From now on the disk takes every backup without a word, and has this afterwards."""

    def save(path: Path, pieces: Iterable[bytes]) -> None:
        for _ in pieces:
            pass
        save_pieces(path, [content])

    monkeypatch.setattr(backup, "save_pieces", save)


def test_a_backup_that_holds_less_than_the_visit_is_no_backup(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    visit, path, home = team.visit("L1"), team.folder / "b.reviewbackup", team.laptops["L1"].home
    key = bytes(range(32))
    cover = backup_cover.to_take_away(home.key, keys.read(home.folder), team.visit_id, key)
    backup.write_under(cover, key, visit._store, path)
    visit.record(statements.Rating(standard="47", value="met"))
    on_a_disk_that_keeps(monkeypatch, path.read_bytes())
    with pytest.raises(ReviewError, match="is not complete"):
        backup.write_under(cover, key, visit._store, path)


@pytest.mark.parametrize("where", [0.3, 0.6, 0.99])
def test_a_backup_with_one_byte_changed_is_no_backup(team: Team, monkeypatch: pytest.MonkeyPatch, where: float) -> None:
    visit, path = team.visit("L1"), team.folder / "b.reviewbackup"
    visit.backup(path)
    raw = bytearray(path.read_bytes())
    raw[int(len(raw) * where)] ^= 1
    on_a_disk_that_keeps(monkeypatch, bytes(raw))
    with pytest.raises(Damaged, match="is damaged"):
        visit.backup(path)


def test_a_backup_that_was_cut_short_is_no_backup(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    visit, path = team.visit("L1"), team.folder / "b.reviewbackup"
    visit.backup(path)
    whole = path.read_bytes()
    for length in (0, 100, len(whole) // 2, len(whole) - 4096):
        with monkeypatch.context() as patch:
            on_a_disk_that_keeps(patch, whole[:length])
            with pytest.raises(ReviewError):
                visit.backup(path)


def test_no_copy_of_the_visit_is_left_beside_it_whether_the_backup_went_well_or_not(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, path = team.visit("L1"), team.folder / "b.reviewbackup"
    folder = team.laptops["L1"].home.visit_folder(team.visit_id)
    visit.backup(path)
    on_a_disk_that_keeps(monkeypatch, b"nothing of it")
    with pytest.raises(ReviewError):
        visit.backup(path)
    assert [found.name for found in folder.iterdir() if found.name.startswith(".")] == []


@needs_mounting
def test_a_backup_to_another_disk_is_written_where_that_of_the_visit_has_no_room(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, stick = team.visit("L1"), team.folder / "stick"
    folder, make_file = visit._store.folder, private_files.make_file
    stick.mkdir()
    refused = []

    def full(path: Path) -> None:
        if path.parent == folder:
            refused.append(path.name)
            raise OSError(28, "No space left on device")
        make_file(path)

    with mounted(stick, "-t", "tmpfs", "-o", "size=64m", "none"):
        monkeypatch.setattr(private_files, "make_file", full)
        visit.backup(stick / "b.reviewbackup")
        assert backup_cover.read(stick / "b.reviewbackup").visit == team.visit_id
        with pytest.raises(ReviewError, match="no room"):
            visit.backup(team.folder / "b.reviewbackup")
    assert refused and not (team.folder / "b.reviewbackup").exists()


def test_what_a_crash_leaves_of_a_backup_is_known_by_its_name(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    visit, make_file = team.visit("L1"), private_files.make_file
    made = []

    def make(path: Path) -> None:
        made.append(path.name)
        make_file(path)

    monkeypatch.setattr(private_files, "make_file", make)
    visit.backup(team.folder / "b.reviewbackup")
    scratch_files = [name for name in made if not name.endswith(".part")]
    assert len(scratch_files) > 1 and all(name.startswith(scratch._KINDS) for name in scratch_files), made


# Restoring --------------------------------------------------------------------------------------------------------


def state_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, but for the count of wrong passphrases."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in ("attempts.json", "lock")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_backup_comes_back_with_its_backups_as_a_new_laptop_beside_what_was_there(team: Team) -> None:
    visit, home = team.visit("L1"), team.laptops["L1"].home
    path = team.folder / "b.reviewbackup"
    visit.record(statements.Rating(standard="47", value="met"))
    older = visit.back_up_now()
    visit.backup(path)
    digest, device = visit._store.digest(), visit._store.device
    visit.record(statements.Rating(standard="47", value="na"))
    visit.close()
    assert restore(home, path, PASSPHRASE, moved_aside="aside") == team.visit_id
    store = home.open_store(team.visit_id)
    assert store.digest() == digest and store.device != device
    assert store.devices()[device].verifies(team.visit_id)
    assert [one.name for one in rolling_backups.oldest_first(store.folder)] == [older.name]
    store.close()
    aside = home.folder / "visits" / "aside"
    assert (aside / "visit.db").exists() and [one.name for one in rolling_backups.oldest_first(aside)] == [older.name]
    assert not [one for one in (home.folder / "visits").iterdir() if one.name.startswith(".")]


def test_a_backup_opens_in_an_empty_installation_with_either_secret_of_the_one_that_made_it(team: Team) -> None:
    path, lead = team.folder / "b.reviewbackup", team.laptops["L1"].home
    team.visit("L1").close()
    code = lead.renew_recovery_code(PASSPHRASE)
    team.visits["L1"] = team.laptops["L1"].open_visit(team.visit_id)
    team.visit("L1").backup(path)
    for name, secret in (("one", PASSPHRASE), ("two", code.lower())):
        home = Home.create(team.folder / name, "another passphrase")[0]
        assert restore(home, path, secret, moved_aside="aside") == team.visit_id
        home.open_store(team.visit_id).close()
    team.visit("L1").close()
    later = lead.renew_recovery_code(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        restore(Home.create(team.folder / "three", PASSPHRASE)[0], path, later, moved_aside="aside")


def test_a_backup_that_is_not_restored_changes_nothing(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    visit, home = team.visit("L1"), team.laptops["L1"].home
    path = team.folder / "b.reviewbackup"
    visit.backup(path)
    visit.close()
    before, whole = state_of(home.folder), path.read_bytes()
    line, _, rest = whole.partition(b"\n")
    page = bytearray(rest)
    page[len(page) // 2] ^= 1
    cover = json.loads(line)
    spoilt = [
        line + b"\n" + bytes(page), line + b"\n" + rest[:4096], line + b"\n",
        json.dumps(cover | {"sealed": cover["keys"]["passphrase"]["sealed"]}).encode() + b"\n" + rest,
        json.dumps(cover | {"sealed": "no base64!"}).encode() + b"\n" + rest,
    ]  # fmt: skip
    for content in spoilt:
        path.write_bytes(content)
        with pytest.raises(Damaged):
            restore(home, path, PASSPHRASE, moved_aside="aside")
        assert state_of(home.folder) == before
    path.write_bytes(whole)
    with pytest.raises(WrongPassphrase):
        restore(home, path, "something else", moved_aside="aside")
    monkeypatch.setattr(backup, "LARGEST", len(whole) - 1)
    with pytest.raises(Damaged, match="larger than any backup"):
        restore(home, path, PASSPHRASE, moved_aside="aside")
    assert state_of(home.folder) == before
    monkeypatch.setattr(backup, "LARGEST", len(whole))
    restore(home, path, PASSPHRASE, moved_aside="aside")


def test_a_restored_visit_that_does_not_get_its_name_leaves_nothing_where_there_was_none(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = team.folder / "b.reviewbackup"
    team.visit("L1").backup(path)
    other = Home.create(team.folder / "other", PASSPHRASE)[0]
    rename = Path.rename

    def held(self: Path, target: Path) -> Path:
        if self.name.startswith(leftovers.RESTORING):
            raise PermissionError(13, "the file is in use", str(self))
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", held)
        patch.setattr(restore_module, "when_free", lambda work: work())
        with pytest.raises(ReviewError, match="cannot be replaced"):
            restore(other, path, PASSPHRASE, moved_aside="aside")
    assert other.visit_ids() == [] and list((other.folder / "visits").iterdir()) == []
    assert restore(other, path, PASSPHRASE, moved_aside="aside") == team.visit_id


def test_the_first_line_of_a_backup_is_ours_and_of_this_version(team: Team) -> None:
    path = team.folder / "b.reviewbackup"
    team.visit("L1").backup(path)
    line, _, rest = path.read_bytes().partition(b"\n")
    cover = json.loads(line)
    assert backup_cover.read(path).visit == team.visit_id and cover["reviewapp_backup"] == backup_cover.FORMAT
    for later in ({"reviewapp_backup": backup_cover.FORMAT + 1}, {"store": cover["store"] + 1}):
        path.write_bytes(json.dumps(cover | later | {"of later": 1}).encode() + b"\n" + rest)
        with pytest.raises(NewerVersion):
            backup_cover.read(path)
    for foreign in (b"", b"\n", b"{}\n", b"\xff\n", json.dumps(cover | {"more": 1}).encode() + b"\n", b"[" * 9000):
        path.write_bytes(foreign)
        with pytest.raises(Damaged, match="not a backup of this program"):
            backup_cover.read(path)
    for place in (team.folder / "absent", team.folder):
        with pytest.raises(Damaged, match="not a backup of this program"):
            backup_cover.read(place)


def test_the_last_twenty_are_kept_and_two_of_one_moment_are_two(team: Team) -> None:
    visit, home = team.visit("L1"), team.laptops["L1"].home
    store = visit._store
    folder = store.folder / "backups"
    folder.mkdir(exist_ok=True)
    names = [f"20261117T0900{number:02}000000" for number in range(25)]
    for name in names:
        (folder / f"{name}{backup.SUFFIX}").write_bytes(b"")
    (folder / "notes.txt").write_bytes(b"")
    made = rolling_backups.write(home, team.visit_id, store, "20261117T100000000000")
    kept = rolling_backups.oldest_first(store.folder)
    assert backup_cover.number_of(made) == 1, "the others have none"
    assert [one.stem for one in kept] == [*names[-19:], made.stem] and rolling_backups.KEPT == 20
    assert (folder / "notes.txt").exists()
    moment = datetime(2026, 11, 17, 10, tzinfo=UTC)
    assert rolling_backups.name_for(store.folder, moment) == "20261117T100000000001"
    assert rolling_backups.name_for(store.folder, moment + timedelta(seconds=1)) == "20261117T100001000000"


def test_a_backup_that_could_not_be_looked_at_is_not_called_damaged(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, home = team.visit("L1"), team.laptops["L1"].home
    path = team.folder / "b.reviewbackup"
    visit.backup(path)
    key, folder = backup.key_here(home, path), home.visit_folder(team.visit_id)
    assert backup.count_entries(path, key, folder) == len(list(journal.everything(visit._store.db)))

    def trouble(path: Path) -> ReviewError:
        with pytest.raises(ReviewError) as told:
            backup.count_entries(path, key, folder)
        return told.value

    assert not isinstance(trouble(team.folder / "absent"), Damaged)
    assert isinstance(trouble(team.folder), Damaged), "a folder"
    refused, garbled = driver.OperationalError("full"), driver.DatabaseError("malformed")
    refused.sqlite_errorcode, garbled.sqlite_errorcode = 13, 11
    for error, damaged in ((refused, False), (garbled, True), (PermissionError(13, "not allowed"), False)):

        def fail(*args: object, error: Exception = error, **kwargs: object) -> None:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(driver, "connect", fail)
            assert isinstance(trouble(path), Damaged) is damaged, error


@pytest.mark.parametrize("blanked", [0, 1, 2])
def test_a_rolling_backup_is_written_whatever_was_withdrawn_before(team: Team, blanked: int) -> None:
    store = team.visit("L1")._store
    store.db.execute("UPDATE entry SET value = 'null', salt = '', withdrawn = 1 WHERE seq <= ?", (blanked,))
    made = rolling_backups.write(team.laptops["L1"].home, team.visit_id, store, "20261117T100000000000")
    assert backup_cover.read(made).visit == team.visit_id


def test_backups_without_a_number_named_by_a_clock_that_ran_ahead_are_taken_for_the_oldest(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()

    def order(*moments: datetime, now: datetime) -> list[datetime]:
        names = {moment.strftime("%Y%m%dT%H%M%S%f"): moment for moment in moments}
        for name in names:
            (tmp_path / "backups" / f"{name}{backup.SUFFIX}").write_bytes(b"")
        found = [names[path.stem] for path in rolling_backups.oldest_first(tmp_path, now)]
        for path in rolling_backups.oldest_first(tmp_path):
            path.unlink()
        return found

    now = datetime(2031, 5, 6, 7, tzinfo=UTC)
    day, instant = timedelta(days=1), timedelta(microseconds=1)
    ahead, years = now + day + instant, now.replace(year=2060)
    assert order(now - day, now, now + day, ahead, years, now=now) == [ahead, years, now - day, now, now + day]
    beyond = datetime(2105, 1, 1, tzinfo=UTC)
    last = datetime(2100, 1, 1, tzinfo=UTC)
    assert order(now, last, last + instant, beyond, now=beyond) == [last + instant, beyond, now, last]


# The key on which rolling backups hang ----------------------------------------------------------------------------


def rolling_of(team: Team) -> tuple[Home, Path]:
    """A rolling backup of the lead's laptop, whose visit is closed."""
    path = team.visit("L1").back_up_now()
    team.visits.pop("L1").close()
    return team.laptops["L1"].home, path


def test_a_rolling_backup_carries_no_key_of_its_own_and_needs_no_secret_where_it_was_made(team: Team) -> None:
    home, path = rolling_of(team)
    line = path.read_bytes().partition(b"\n")[0]
    assert set(json.loads(line)) == {"reviewapp_backup", "store", "visit", "number", "sealed"}
    assert not backup_cover.carries_own_key(path)
    assert restore(home, path, "no secret at all", moved_aside="aside") == team.visit_id
    assert [one.name for one in rolling_backups.oldest_first(home.visit_folder(team.visit_id))] == [path.name]
    again = rolling_backups.oldest_first(home.visit_folder(team.visit_id))[0]
    assert restore(home, again, "", moved_aside="again") == team.visit_id


def test_a_rolling_backup_opens_nowhere_without_the_backup_key_of_its_visit(team: Team) -> None:
    home, path = rolling_of(team)
    other = Home.create(team.folder / "other", PASSPHRASE)[0]
    with pytest.raises(Damaged, match="the key for it is not on this laptop"):
        restore(other, path, PASSPHRASE, moved_aside="aside")
    taken = team.folder / path.name
    taken.write_bytes(path.read_bytes())
    for name in backup_key.NAMES:
        (home.visit_folder(team.visit_id) / name).unlink()
    with pytest.raises(Damaged, match="the key for it is not on this laptop"):
        restore(home, taken, PASSPHRASE, moved_aside="aside")


@pytest.mark.parametrize("spoilt", backup_key.NAMES)
@pytest.mark.parametrize("content", [None, b"", b"{}", b"no json", b'{"backup_key":1,"sealed":"no base64!"}'])
def test_one_damaged_file_of_the_backup_key_costs_nothing_and_is_written_anew(
    team: Team, spoilt: str, content: bytes | None
) -> None:
    visit, home = team.visit("L1"), team.laptops["L1"].home
    path = visit.back_up_now()
    folder = home.visit_folder(team.visit_id)
    (folder / spoilt).unlink() if content is None else (folder / spoilt).write_bytes(content)
    assert len(backup.key_here(home, path)) == 32
    visit.back_up_now()
    assert (folder / backup_key.NAMES[0]).read_bytes() == (folder / backup_key.NAMES[1]).read_bytes()
    assert len(backup.key_here(home, path)) == 32


def test_a_damaged_key_of_the_visit_does_not_cost_its_rolling_backups(team: Team) -> None:
    home, path = rolling_of(team)
    (home.visit_folder(team.visit_id) / "key.json").write_bytes(b"damaged")
    assert restore(home, path, PASSPHRASE, moved_aside="aside") == team.visit_id
    home.open_store(team.visit_id).close()


def test_no_two_files_of_a_visit_have_the_same_key(team: Team) -> None:
    visit, home = team.visit("L1"), team.laptops["L1"].home
    visit.backup(team.folder / "away.reviewbackup")
    paths = [visit.back_up_now(), visit.back_up_now(), team.folder / "away.reviewbackup"]
    keys_now = {home.visit_key(team.visit_id), *(backup.key_here(home, path) for path in paths)}
    assert len(keys_now) == 4
    team.visits.pop("L1").close()
    restore(home, paths[2], PASSPHRASE, moved_aside="aside")
    assert home.visit_key(team.visit_id) not in keys_now


def test_a_rolling_backup_under_the_name_or_number_of_another_is_told_as_damaged(team: Team) -> None:
    visit, home = team.visit("L1"), team.laptops["L1"].home
    path = visit.back_up_now()
    line, _, rest = path.read_bytes().partition(b"\n")
    for changed in ({"number": 7}, {"sealed": "no base64!"}):
        path.write_bytes(json.dumps(json.loads(line) | changed).encode() + b"\n" + rest)
        with pytest.raises(Damaged):
            backup.key_here(home, path)


def test_a_backup_is_of_the_visit_that_its_first_line_names(team: Team) -> None:
    path, home = team.folder / "b.reviewbackup", team.laptops["L1"].home
    team.visit("L1").backup(path)
    line, _, rest = path.read_bytes().partition(b"\n")
    path.write_bytes(json.dumps(json.loads(line) | {"visit": "0123456789abcdef"}).encode() + b"\n" + rest)
    with pytest.raises(Damaged):
        restore(home, path, PASSPHRASE, moved_aside="aside")
    assert home.visit_ids() == [team.visit_id]


def test_a_backup_that_was_deleted_has_no_key_left_on_the_disk(team: Team) -> None:
    path, home = team.visit("L1").back_up_now(), team.laptops["L1"].home
    line, _, rest = path.read_bytes().partition(b"\n")
    left = team.folder / "what the disk still holds"
    left.hardlink_to(path)
    assert rolling_backups.delete([path]) == [] and not path.exists()
    now = left.read_bytes()
    assert len(now) == len(line) + 1 + len(rest) and line not in now and json.loads(line)["sealed"].encode() not in now
    with pytest.raises(Damaged, match="not a backup"):
        restore(home, left, PASSPHRASE, moved_aside="aside")


# Order -------------------------------------------------------------------------------------------------------------


def test_a_clock_put_back_a_year_deletes_no_backup_but_the_oldest(tmp_path: Path) -> None:
    now = [datetime(2026, 11, 17, 9, tzinfo=UTC)]
    team = Team(tmp_path, clock=lambda: now[0])
    visit = team.visit("L1")
    made = []
    for hour in range(rolling_backups.KEPT):
        now[0] += timedelta(hours=hour)
        made.append(visit.back_up_now())
    folder = visit._store.folder
    for back in (365, 4000):
        now[0] -= timedelta(days=back)
        made.append(rolling_backups.write(team.laptops["L1"].home, team.visit_id, visit._store, made_name(now[0])))
        assert made[-1].exists()
        assert rolling_backups.oldest_first(folder) == made[-rolling_backups.KEPT :]
    team.close()


def made_name(moment: datetime) -> str:
    """What a backup is called by a laptop that believes this clock."""
    return moment.strftime("%Y%m%dT%H%M%S%f")


def test_the_numbers_and_not_the_names_say_which_backup_is_older(team: Team) -> None:
    visit = team.visit("L1")
    first, second = visit.back_up_now(), visit.back_up_now()
    renamed = first.rename(first.with_name(f"zz-renamed{backup.SUFFIX}"))
    damaged = first.with_name(f"zzz-damaged{backup.SUFFIX}")
    damaged.write_bytes(b"nothing")
    third = visit.back_up_now()
    assert rolling_backups.oldest_first(visit._store.folder) == [damaged, renamed, second, third]
    assert [backup_cover.number_of(path) for path in (damaged, renamed, second, third)] == [None, 1, 2, 3]


def test_backups_from_before_there_were_numbers_are_older_than_all_with_one(team: Team) -> None:
    visit = team.visit("L1")
    earlier = visit._store.folder / "backups" / f"29990101T000000000000{backup.SUFFIX}"
    earlier.parent.mkdir(exist_ok=True)
    backup.write(team.laptops["L1"].home, team.visit_id, visit._store, earlier)
    numbered = visit.back_up_now()
    assert rolling_backups.oldest_first(visit._store.folder) == [earlier, numbered]
    assert rolling_backups.of_earlier_kind(visit._store.folder) == [earlier]
