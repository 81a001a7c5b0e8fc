"""A laptop with two visits and backups, to change the keys of, and what must hold afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from reviewapp.store import (
    backup_key,
    rolling_backups,
    visit_key,
)
from reviewapp.visit.statements import Rating
from reviewapp.workspace.laptop import Laptop, NewPerson
from tests.core.homes import PASSPHRASE

NEW = "another passphrase"


class Prepared(msgspec.Struct, frozen=True):
    """A laptop with two visits, backups of one of them, and a copy of it all."""

    folder: Path
    code: str
    visit: str
    other: str
    away: Path

    def copy(self, folder: Path) -> Prepared:
        shutil.copytree(self.folder, folder)
        return msgspec.structs.replace(self, folder=folder)

    def laptop(self, passphrase: str = PASSPHRASE) -> Laptop:
        return Laptop.open(self.folder, passphrase)

    def backups(self) -> list[Path]:
        return rolling_backups.oldest_first(self.folder / "visits" / self.visit)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("rotation") / "home"
    laptop, code = Laptop.create(folder, PASSPHRASE)
    visit, other = (
        laptop.new_visit(
            instrument="qn-crhtt-4-pc", service=service, organisation="O", date="2026-11-17",
            people=[NewPerson("L1", "lead")],
        )
        for service in ("Example team", "Other team")
    )  # fmt: skip
    away = folder.with_name("away.reviewbackup")
    with closing(laptop.open_visit(visit)) as opened:
        opened.record(Rating(standard="47", note="said before"))
        opened.back_up_now()
        opened.back_up_now()
        opened.backup(away)
    return Prepared(folder, code, visit, other, away)


@pytest.fixture
def mine(prepared: Prepared, tmp_path: Path) -> Prepared:
    return prepared.copy(tmp_path / "home")


def raw_keys(laptop: Laptop) -> dict[str, bytes]:
    return {visit: laptop.home.visit_key(visit) for visit in laptop.home.visit_ids()}


def opened_with(home_key: bytes, mine: Prepared) -> list[str]:
    """What of this home a home key opens."""
    found = [visit_key.read(path.parent) for path in mine.folder.glob("visits/*/key.json")]
    names = ["key.json" for one in found if one is not None and one.opened(home_key) is not None]
    hung_on = backup_key.read(home_key, mine.folder / "visits" / mine.visit, mine.visit)
    return [*names, "the backup key"] if hung_on is not None else names


def check_well(laptop: Laptop, mine: Prepared) -> None:
    """Both visits open with all that was said, every backup opens, and nothing is left beside."""
    for visit in (mine.visit, mine.other):
        assert [one.what for one in laptop.check_integrity(visit) if not one.ok] == []
    with closing(laptop.open_visit(mine.visit)) as opened:
        assert "said before" in {item.value for item in opened.history("rating", "47/L1")}
    assert len(mine.backups()) == 2
    assert [path.name for path in mine.folder.rglob(".*")] == []


def changed(mine: Prepared) -> tuple[str, str]:
    mine.laptop().change_passphrase(PASSPHRASE, NEW)
    return NEW, mine.code


def recovered(mine: Prepared) -> tuple[str, str]:
    Laptop.recover(mine.folder, mine.code, NEW)
    return NEW, mine.code


CHANGES: dict[str, Callable[[Prepared], tuple[str, str]]] = {
    "passphrase": changed,
    "code": lambda mine: (PASSPHRASE, mine.laptop().renew_recovery_code(PASSPHRASE)),
    "recover": recovered,
}
