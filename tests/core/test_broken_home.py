"""Any file of a home spoilt in any way: nothing broken is called well, and one bad file never hides the rest."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reviewapp.base.errors import Damaged, ReviewError
from reviewapp.base.paths import is_set_up, spare_key_files
from reviewapp.cli.app import main
from reviewapp.instruments.library import Library, builtin
from reviewapp.store import change_log, key_copies, keys
from reviewapp.visit.statements import Rating
from reviewapp.workspace.purge import purge
from tests.core.broken_home import DAMAGES, FullHome, full_home
from tests.core.homes import PASSPHRASE

FILES = {
    "home.json": "repaired",
    "home.spare.json": "harmless",
    "spare/home.json": "harmless",
    "lock": "harmless",
    "attempts.json": "harmless",
    "window.ini": "harmless",
    "instruments/example-1.json": "an instrument",
    "visits/{visit}/lock": "harmless",
    "visits/{visit}/key.json": "the visit",
    "visits/{visit}/backup-key.json": "harmless",  # the other one holds the same
    "visits/{visit}/backup-key-spare.json": "harmless",
    "visits/{visit}/visit.db": "the visit",
    "visits/{visit}/visit.db-wal": "the last changes",
    "visits/{visit}/visit.db-shm": "harmless",
    "visits/{visit}/backups/{backup}": "a backup",
}
"""Every file of a home, and what is broken when it is."""

MAY_BE_MENDED = {("visit.db", "garbled-at-its-start"), ("visit.db", "garbled-in-the-middle")}
"""Where the page is still in the log, SQLite writes it anew from there."""
IN_THE_WAY = {("lock", "a-folder-instead"), ("visit.db-wal", "a-folder-instead"), ("visit.db-shm", "a-folder-instead")}
"""No file was spoilt: something stands where the program has to write one."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> FullHome:
    return full_home(tmp_path_factory.mktemp("full"))


class Run:
    """Runs commands on a home; none may ever call trouble with a file a fault in the program."""

    def __init__(self, home: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._words = ["--home", str(home), "--passphrase-file", str(folder / "pass")]
        self._capsys = capsys
        (folder / "pass").write_text(PASSPHRASE)

    def __call__(self, *words: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = main([*self._words, *words])
        printed = self._capsys.readouterr()
        assert "fault in the program" not in printed.err and "Traceback" not in printed.err, (words, printed.err)
        assert code != 1 or (printed.err.startswith("error: ") and len(printed.err.splitlines()) == 1), printed.err
        return code, printed.out, printed.err

    def json(self, *words: str) -> Any:
        code, out, err = self(*words, "--json")
        assert code == 0, err
        return json.loads(out)


def named(full: FullHome, name: str) -> str:
    """The file of this home that FILES means."""
    (backup,) = (full.folder / "visits" / full.visit / "backups").iterdir()
    return name.format(visit=full.visit, backup=backup.name)


def test_every_file_of_a_home_is_spoilt_here(full: FullHome) -> None:
    assert full.files() == sorted(named(full, name) for name in FILES)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_is_told_and_hides_nothing_else(
    full: FullHome, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, damage: str
) -> None:
    home = full.copy(tmp_path / "home")
    spoilt = home.folder / named(full, name)
    DAMAGES[damage](spoilt)
    run = Run(home.folder, tmp_path, capsys)
    what = FILES[name]
    instruments = run.json("instruments", "list")
    assert {one.id for one in builtin()} <= {one["id"] for one in instruments["instruments"]}
    told = what == "an instrument" and damage != "gone"
    assert bool(instruments.get("problems")) == told
    if what == "repaired":
        code, _, err = run("visits")
        assert code == 0 and err.startswith("note: ") and "home.json" in err and "copy" in err
        assert keys.read(home.folder) == key_copies.find(home.folder).keys and "note" not in run("visits")[2]
        what = "harmless"
    listed = {one["id"]: one for one in run.json("visits")["visits"]}
    assert set(listed) == {home.visit, home.other} and "problem" not in listed[home.other]
    assert run.json("visit", "verify", home.other)["ok"]
    code, out, _ = run("visit", "verify", home.visit, "--json")
    broken = what not in ("harmless", "an instrument") and not (what == "a backup" and damage == "gone")
    mended = (spoilt.name, damage) in MAY_BE_MENDED and json.loads(out)["ok"]
    if mended:
        assert run("visit", "status", home.visit)[0] == 0 and run.json("visit", "verify", home.visit)["ok"]
    elif (spoilt.name, damage) not in IN_THE_WAY:
        assert code == 0
        checks = {one["name"]: one for one in json.loads(out)["checks"]}
        assert json.loads(out)["ok"] is not broken
        assert all(one["do"] for one in checks.values() if not one["ok"])
        if what == "a backup" and broken:
            assert [one for one in checks if not checks[one]["ok"]] == ["backups"] and spoilt.name in checks["backups"][
                "what"
            ]
    if what == "the visit" and not mended:
        assert run("visit", "status", home.visit)[0] == 1
    run("visits")


def every_copy(home: FullHome) -> list[Path]:
    """The key file of a home and all copies of it but those in backups."""
    return [keys.path_of(home.folder), *spare_key_files(home.folder)]


@pytest.mark.parametrize("damage", ["gone", "half", "a-folder-instead"])
def test_a_key_file_whose_copies_are_spoilt_too_is_put_right_from_a_backup(
    full: FullHome, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    """By itself from one that lies among the rolling ones, as those from before there were backup keys do."""
    home = full.copy(tmp_path / "home")
    whole = keys.read(home.folder)
    visit = home.laptop().open_visit(home.visit)
    visit.backup(home.folder / "visits" / home.visit / "backups" / "taken away.reviewbackup")
    visit.close()
    for path in every_copy(home):
        DAMAGES[damage](path)
    run = Run(home.folder, tmp_path, capsys)
    code, _, err = run("visits")
    assert code == 0 and err.startswith("note: ") and "home.json" in err
    assert [keys.read_file(path) for path in every_copy(home)] == [whole] * 3


def test_a_key_file_of_which_there_is_no_copy_is_told_and_never_looks_like_a_first_start(
    full: FullHome, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = full.copy(tmp_path / "home")
    for path in (*every_copy(home), *home.folder.glob("visits/*/backups/*"), *home.folder.glob("visits/*/key.json")):
        path.unlink()
    before = sorted(home.folder.rglob("*"))
    run = Run(home.folder, tmp_path, capsys)
    for words in (
        ("visits",), ("visit", "verify", home.visit), ("visit", "status", home.visit), ("passphrase", "new-code"),
        ("visit", "new", "--instrument", "qn-crhtt-4-pc", "--service", "S", "--organisation", "O", "--date",
         "2026-11-17", "--person", "L1:lead"),
    ):  # fmt: skip
        code, _, err = run(*words)
        assert code == 1 and "home.json" in err and "is missing" in err and "copy" in err
    assert sorted(home.folder.rglob("*")) == before and is_set_up(home.folder)


def test_a_rating_that_went_with_the_log_is_told_until_the_copy_of_the_log_is_taken_away(
    full: FullHome, tmp_path: Path
) -> None:
    home = full.copy(tmp_path / "home")
    folder = home.folder / "visits" / home.visit
    (folder / change_log.LOG).write_bytes(b"")
    laptop = home.laptop()
    assert [one.problem for one in laptop.visits()] == ["", ""]
    for _ in range(2):
        (told,) = (one for one in laptop.check_integrity(home.visit) if not one.ok)
        assert told.name == "log" and str(folder) in told.do
    change_log.kept(folder)[0].unlink()
    assert all(one.ok for one in laptop.check_integrity(home.visit))


def test_what_a_kill_leaves_is_whole_and_nothing_is_said_of_it(full: FullHome, tmp_path: Path) -> None:
    home = full.copy(tmp_path / "home")
    folder = home.folder / "visits" / home.visit
    assert (folder / change_log.LOG).stat().st_size and not change_log.has_lost_changes(folder)
    visit = home.laptop().open_visit(home.visit)
    try:
        assert visit.state.ratings["14/L1"].note == "just before"
        assert all(one.ok for one in visit.check_integrity())
    finally:
        visit.close()
    assert change_log.kept(folder) == []


def test_a_log_whose_last_transaction_was_interrupted_is_no_damage(full: FullHome, tmp_path: Path) -> None:
    home = full.copy(tmp_path / "home")
    folder = home.folder / "visits" / home.visit
    (folder / change_log.INDEX).unlink()  # after a power cut it says nothing
    log = folder / change_log.LOG
    log.write_bytes(log.read_bytes()[:-5])
    assert not change_log.has_lost_changes(folder)


def test_a_damaged_log_is_kept_without_what_was_withdrawn(full: FullHome, tmp_path: Path) -> None:
    home = full.copy(tmp_path / "home")
    folder = home.folder / "visits" / home.visit
    data = bytearray((folder / change_log.LOG).read_bytes())
    data[40:60] = bytes(20)
    (folder / change_log.LOG).write_bytes(data)
    visit = home.laptop().open_visit(home.visit)
    try:
        (kept,) = change_log.kept(folder)
        assert kept.read_bytes() == data
        visit.forget_withdrawn()
        assert kept.read_bytes() == b""
    finally:
        visit.close()


def test_a_store_that_an_older_program_made_anew_of_an_empty_file_is_not_well(full: FullHome, tmp_path: Path) -> None:
    """It opens with the visit's own key, and says nothing."""
    from reviewapp.store.visit_store import VisitStore

    home = full.copy(tmp_path / "home")
    laptop = home.laptop()
    folder, key = home.folder / "visits" / home.visit, laptop.home.visit_key(home.visit)
    for path in folder.glob("visit.db*"):
        path.unlink()
    VisitStore.create(tmp_path / "fresh", key).close()
    (tmp_path / "fresh" / "visit.db").rename(folder / "visit.db")
    assert {one.id: bool(one.problem) for one in laptop.visits()} == {home.visit: True, home.other: False}
    with pytest.raises(Damaged):
        laptop.open_visit(home.visit)
    checks = {one.name: one.ok for one in laptop.check_integrity(home.visit)}
    assert checks == {"pages": False, "backups": True}
    assert "newest backup" in laptop.check_integrity(home.visit)[0].do
    for path in (folder / "backups").iterdir():
        path.unlink()
    assert "there is no backup on this laptop" in laptop.check_integrity(home.visit)[0].do


@pytest.mark.parametrize("name", ["key.json", "visit.db"])
def test_a_visit_without_one_of_its_files_can_be_restored_and_can_be_deleted(
    full: FullHome, tmp_path: Path, name: str
) -> None:
    for number, ending in enumerate(("restore", "purge")):
        home = full.copy(tmp_path / f"home{number}")
        folder = home.folder / "visits" / home.visit
        (folder / name).unlink()
        laptop = home.laptop()
        if ending == "restore":
            (backup,) = (folder / "backups").iterdir()
            assert laptop.restore(backup, PASSPHRASE) == home.visit
            assert [one.problem for one in laptop.visits()] == ["", ""]
        else:
            purge(laptop, home.visit, certificate=tmp_path / f"certificate{number}", force=True)
            assert [one.id for one in laptop.visits()] == [home.other]


def test_a_damaged_instrument_is_imported_again_and_put_aside(full: FullHome, tmp_path: Path) -> None:
    home = full.copy(tmp_path / "home")
    library = Library(home.folder / "instruments")
    sound = library.get("example-1")
    path = home.folder / "instruments" / "example-1.json"
    path.write_bytes(b"half of")
    with pytest.raises(ReviewError, match="import it again"):
        library.get("example-1")
    assert library.add(sound) == "replaced"
    assert library.get("example-1") == sound and library.problems() == {}
    assert (path.parent / "example-1.damaged").read_bytes() == b"half of"


def test_a_folder_of_visits_that_is_a_file_is_not_called_empty(
    full: FullHome, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = full.copy(tmp_path / "home")
    (home.folder / "visits").rename(tmp_path / "away")
    (home.folder / "visits").write_text("")
    code, _, err = Run(home.folder, tmp_path, capsys)("visits")
    assert code == 1 and "visits" in err and "cannot be listed" in err


@contextmanager
def without_rights(*denied: Path) -> Iterator[None]:
    """Inside, nothing may be read of these: they are denied to their owner, and whoever is root is somebody else."""
    root = os.geteuid() == 0
    modes = {path: path.stat().st_mode for path in denied}
    for path in denied:
        path.chmod(0)
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


@pytest.fixture
def owned(full: FullHome) -> Iterator[FullHome]:
    """The home in a folder that another user than root may reach and owns."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        home = full.copy(Path(folder) / "home")
        if os.geteuid() == 0:
            for path in [home.folder, *home.folder.rglob("*")]:
                os.chown(path, 65534, 65534)
        yield home


@pytest.mark.skipif(os.name == "nt", reason="rights are others there")
def test_what_may_not_be_read_hides_nothing_else(
    owned: FullHome, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library, laptop = Library(owned.folder / "instruments"), owned.laptop()
    folder = owned.folder / "visits" / owned.visit
    (backup,) = (folder / "backups").iterdir()
    Run(owned.folder, tmp_path, capsys)("visits")  # what is needed is loaded while it may be read
    with without_rights(folder):
        assert {one.id: bool(one.problem) for one in laptop.visits()} == {owned.visit: True, owned.other: False}
    with without_rights(library.folder):
        (told,) = library.problems().values()
        assert library.all() == builtin() and "cannot be listed: permission is denied" in told.what
    with without_rights(backup):
        checks = {one.name: one for one in laptop.check_integrity(owned.visit)}
    assert [name for name, one in checks.items() if not one.ok] == ["backups"]
    assert backup.name in checks["backups"].what


def test_a_visit_that_a_kill_left_half_made_does_not_bar_the_pack(full: FullHome, tmp_path: Path) -> None:
    """The folder of a visit appears once it holds everything."""
    home = full.copy(tmp_path / "home")

    class Killed(BaseException):
        pass

    seen: list[str] = []

    def fill(store: object) -> None:
        seen.extend(one.id for one in home.laptop().visits())
        raise Killed

    with pytest.raises(Killed):
        home.laptop().home.new_store("a" * 16, fill)
    assert set(seen) == {home.visit, home.other} == set(home.laptop().home.visit_ids())
    visit = home.laptop().open_visit(home.other)
    visit.record(Rating(standard="14", note="work goes on"))
    visit.close()
