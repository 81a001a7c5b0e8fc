"""While one program has a visit open, no other one replaces it, deletes it or writes into it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from reviewapp.base.errors import Busy, Invalid, ReviewError
from reviewapp.store import deletion
from reviewapp.store.home import Home
from reviewapp.store.visit_lock import VisitLock
from reviewapp.visit import statements
from reviewapp.workspace import purge
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE, Team


@pytest.fixture
def other(team: Team) -> Laptop:
    """Another program on the lead's laptop."""
    home = team.laptops["L1"].home
    return Laptop(Home(home.folder, home.key))


def after(function: Callable[..., Any], also: Callable[[], None]) -> Callable[..., Any]:
    """The function, and something that happens right after it."""

    def both(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        also()
        return result

    return both


def test_a_visit_that_is_open_is_not_replaced_by_a_restore(team: Team, other: Laptop, tmp_path: Path) -> None:
    visit, path = team.visit("L1"), tmp_path / "one.rvbackup"
    visit.backup(path)
    visit.record(statements.Rating(standard="47", value="met"))
    with pytest.raises(Busy, match="another window or program"):
        other.restore(path, PASSPHRASE)
    visit.record(statements.Rating(standard="4", value="met"))
    assert other.moved_aside() == [] and not list((other.home.folder / "visits").glob(".restoring-*"))
    team.visits.pop("L1").close()
    again = team.visits["L1"] = other.open_visit(team.visit_id)
    assert {"4/L1", "47/L1"} <= set(again.state.ratings)
    team.visits.pop("L1").close()
    assert other.restore(path, PASSPHRASE) == team.visit_id and len(other.moved_aside()) == 1
    again = team.visits["L1"] = other.open_visit(team.visit_id)
    assert again.state.ratings == {}


def test_who_only_reads_a_visit_does_not_stand_in_the_way_of_a_restore(
    team: Team, other: Laptop, tmp_path: Path
) -> None:
    visit, path = team.visit("L1"), tmp_path / "one.rvbackup"
    visit.backup(path)
    team.visits.pop("L1").close()
    reader = other.open_visit(team.visit_id, read_only=True)
    assert team.laptops["L1"].restore(path, PASSPHRASE) == team.visit_id
    reader.reload()
    assert reader.state.info.service == "Example team"
    reader.close()


def test_nobody_can_open_a_visit_while_it_is_replaced(
    team: Team, other: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.rvbackup"
    team.visit("L1").backup(path)
    team.visits.pop("L1").close()
    refused: list[str] = []

    def try_to_open() -> None:
        try:
            other.open_visit(team.visit_id).close()
            refused.append("")
        except ReviewError as error:
            refused.append(error.what)

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfileobj", after(shutil.copyfileobj, try_to_open))
        patched.setattr(Path, "rename", after(Path.rename, try_to_open))
        team.laptops["L1"].restore(path, PASSPHRASE)
    assert len(refused) == 3 and all(refused[:2]), "the last time it was in its place again"
    team.visits["L1"] = other.open_visit(team.visit_id)


def test_a_program_that_found_the_lock_of_a_folder_put_aside_takes_that_of_the_new_one(
    team: Team, other: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had opened the lock's file when the folder was moved, and got the lock when that was done."""
    team.visits.pop("L1").close()
    folder = other.home.visit_folder(team.visit_id)
    moved: list[Path] = []

    def move() -> None:
        if not moved:
            moved.append(folder.rename(folder.with_name(".before-restore-x")))
            shutil.copytree(moved[0], folder)

    with monkeypatch.context() as patched:
        patched.setattr(FileLock, "acquire", after(FileLock.acquire, move))
        lock = VisitLock(folder)
    with lock, pytest.raises(Busy):
        other.open_visit(team.visit_id)
    VisitLock(moved[0]).release()


def test_a_visit_that_is_open_is_not_deleted(team: Team, other: Laptop) -> None:
    visit = team.visit("L1")
    visit.record(statements.Rating(standard="47", value="met"))
    with pytest.raises(Busy):
        purge.purge(other, team.visit_id, certificate=team.folder / "c", force=True)
    assert not (team.folder / "c.json").exists()
    visit.record(statements.Rating(standard="4", value="met"))
    assert team.laptops["L1"].visits()[0].id == team.visit_id


def test_nobody_can_write_into_a_visit_once_its_certificate_is_written(
    team: Team, other: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.visits.pop("L1").close()
    opened: list[bool] = []

    def try_to_open() -> None:
        with pytest.raises(ReviewError):
            other.open_visit(team.visit_id)
        opened.append(False)

    monkeypatch.setattr(purge, "_write", after(purge._write, try_to_open))
    monkeypatch.setattr(deletion, "destroy_key", after(deletion.destroy_key, try_to_open))
    purge.purge(team.laptops["L1"], team.visit_id, certificate=team.folder / "c", force=True)
    assert len(opened) == 2 and other.visits() == []


def test_a_visit_that_is_not_here_has_no_lock(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="there is no visit"):
        VisitLock(tmp_path / "abc")
    assert list(tmp_path.iterdir()) == []
