"""What can be carved from the blocks of a disk once a visit was purged, or somebody took back what they said.

A home lives on a disk of its own (ext4 in a file, mounted through a loop device, which needs the rights of root and is
left out elsewhere). Then the raw image is searched as a finder would who has everything: the home's key, every wrapped
key that still stands anywhere on the disk, and the passphrase.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from reviewapp.base.errors import ReviewError
from reviewapp.store import backup, backup_cover, key_wrapping, keys
from reviewapp.store.home import Home
from reviewapp.store.visit_key import VisitKey
from reviewapp.visit import statements
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.purge import purge
from reviewapp.workspace.withdrawal import withdraw
from tests.core.every_byte import pages_of
from tests.core.homes import PASSPHRASE, Team

SIZE = 96 * 2**20
SECTOR = 4096
SEALED = re.compile(rb"[A-Za-z0-9+/]{60,160}={0,2}")
COVER = re.compile(rb'\{"reviewapp_backup":[^\n]{50,8000}\}\n')


class Disk:
    """A file with a file system in it, mounted or not."""

    def __init__(self, image: Path, folder: Path) -> None:
        self.image, self.folder = image, folder

    def mount(self) -> None:
        self.folder.mkdir(exist_ok=True)
        subprocess.run(["mount", "-o", "loop", self.image, self.folder], check=True, capture_output=True)

    def unmount(self) -> None:
        subprocess.run(["umount", self.folder], check=True, capture_output=True)

    def blocks(self) -> bytes:
        """Everything on the disk, used or free, as it would be found without power."""
        self.unmount()
        try:
            return self.image.read_bytes()
        finally:
            self.mount()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    if not hasattr(os, "geteuid") or os.geteuid() or not all(map(shutil.which, ("mkfs.ext4", "mount", "umount"))):
        pytest.skip("a disk in a file needs the rights of root and the tools of ext4")
    image = tmp_path / "disk"
    with image.open("wb") as stream:
        stream.truncate(SIZE)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True, capture_output=True)
    found = Disk(image, tmp_path / "mounted")
    try:
        found.mount()
    except subprocess.CalledProcessError:
        pytest.skip("nothing can be mounted here")
    yield found
    with contextlib.suppress(subprocess.CalledProcessError):
        found.unmount()


class Carved(NamedTuple):
    """What a finder has: keys that open something, backups that open, and how often planted words can be read."""

    keys: int
    backups: int
    words: int


def carve(raw: bytes, home: Home, visit: str) -> Carved:
    """Search a raw disk with all that the home's owner has."""
    found, backup_keys = set[bytes](), set[bytes]()
    visit_key = VisitKey(1, "", visit, home.generation).purpose()
    for match in set(SEALED.findall(raw)):
        for purpose, where in ((visit_key, found), (f"backup key of {visit}", backup_keys)):
            with contextlib.suppress(ValueError):
                key = key_wrapping.unwrap(home.key, match.decode(), purpose)
                if key is not None and len(key) == 32:
                    where.add(key)
    opened = {key for line in set(COVER.findall(raw)) if (key := _key_of(line, backup_keys))}
    words = raw.count(b"plantedword")
    every = found | opened
    for at in range(0, len(raw), SECTOR) if every else ():
        block = raw[at : at + SECTOR]
        if any(block):
            words += sum(page.count(b"plantedword") for page in pages_of(block, every))
    return Carved(len(found), len(opened), words)


def _key_of(line: bytes, backup_keys: set[bytes]) -> bytes | None:
    path = Path("carved")
    with contextlib.suppress(msgspec.DecodeError, ReviewError):
        if b'"number"' not in line:
            cover = msgspec.json.decode(line, type=backup_cover.BackupCover)
            return backup_cover.key_with_secret(path, cover, PASSPHRASE)
    for key in backup_keys:
        with contextlib.suppress(msgspec.DecodeError, ReviewError):
            return backup_cover.key_with_backup_key(
                path, msgspec.json.decode(line, type=backup_cover.RollingCover), key
            )
    return None


@pytest.fixture
def team(tmp_path: Path, disk: Disk) -> Iterator[Team]:
    """A team of which R2's laptop lives on the disk."""
    (disk.folder / "R2").mkdir()
    (tmp_path / "R2").symlink_to(disk.folder / "R2")
    team = Team(tmp_path)
    yield team
    team.close()


def play(team: Team) -> OpenVisit:
    """A day on R2's laptop: rolling backups of both kinds, a restore, a copy to look at, a search."""
    visit = team.visit("R2")
    visit.record(
        statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
        statements.Answer(interview="P1", prompt="P01", text="plantedword in an answer"),
    )
    visit.back_up_now()
    earlier = visit._store.folder / "backups" / f"20261117T090000000000{backup.SUFFIX}"
    backup.write(team.laptops["R2"].home, team.visit_id, visit._store, earlier)
    visit.find("planted")
    visit.check_integrity()
    visit.merge(team.return_of("L1"), preview=True)
    for _ in range(3):
        visit.record(statements.Quote(id=visit.next_id("quote", "Q"), interview="P1", text="plantedword said"))
        visit.merge(team.return_of("L1"))
    away = team.folder / "away"
    visit.backup(away)
    visit.close()
    team.laptops["R2"].restore(away, PASSPHRASE)
    team.visits["R2"] = visit = team.laptops["R2"].open_visit(team.visit_id)
    visit.back_up_now()
    return visit


@pytest.mark.slow
def test_after_a_purge_nothing_on_the_raw_disk_opens(team: Team, disk: Disk) -> None:
    play(team).close()
    del team.visits["R2"]
    home = team.laptops["R2"].home
    before = carve(disk.blocks(), home, team.visit_id)
    assert before.keys >= 2 and before.backups >= 6 and before.words > 10, "the search finds what is there"
    purge(team.laptops["R2"], team.visit_id, certificate=team.folder / "certificate", force=True)
    after = carve(disk.blocks(), home, team.visit_id)
    assert after == Carved(0, 0, 0)
    assert keys.read(home.folder), "the home itself is as it was"


@pytest.mark.slow
def test_after_a_withdrawal_the_words_are_nowhere_on_the_raw_disk(team: Team, disk: Disk) -> None:
    visit = play(team)
    withdraw(visit, "interview", "P1/R2", reason="the person asked")
    visit.close()
    del team.visits["R2"]
    home = team.laptops["R2"].home
    after = carve(disk.blocks(), home, team.visit_id)
    assert after.backups == 1, "the one that was written after it"
    assert after.keys >= 2 and after.words == 0, "the visit opens; with its keys no old block does"
