"""A home with every file that the program ever keeps in one, and the ways in which a disk can spoil a file."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from reviewapp.instruments.library import Library, builtin
from reviewapp.store.home import Home
from reviewapp.visit.statements import Passage, Rating
from reviewapp.workspace.laptop import Laptop, NewPerson
from tests.core.homes import PASSPHRASE

SETTINGS = "[General]\ntheme=dark\ntext=125\nvisit={visit}\n"


class FullHome(msgspec.Struct, frozen=True):
    """The folder of a laptop, and its two visits: the one whose files are spoilt, and another."""

    folder: Path
    key: bytes
    visit: str
    other: str

    def copy(self, folder: Path) -> FullHome:
        """The same in a folder of its own."""
        shutil.copytree(self.folder, folder)
        return msgspec.structs.replace(self, folder=folder)

    def laptop(self) -> Laptop:
        """This laptop, unlocked."""
        return Laptop(Home(self.folder, self.key))

    def files(self) -> list[str]:
        """Every file of the laptop but those of the other visit, by its path in the home."""
        found = [path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()]
        return sorted(name for name in found if self.other not in name)


def full_home(folder: Path) -> FullHome:
    """A laptop as a kill leaves it: the last rating is in the log only; backups, settings and standards are there."""
    working = folder / "working"
    home, __ = Home.create(working, PASSPHRASE)
    laptop = Laptop(home)
    visit, other = (_visit(laptop, service) for service in ("Example team", "Other team"))
    Library(working / "instruments").add(msgspec.structs.replace(builtin()[0], id="example-1", title="Example"))
    (working / "attempts.json").write_text('{"wrong":1,"last":0.0}')
    (working / "window.ini").write_text(SETTINGS.format(visit=visit))
    opened = laptop.open_visit(visit)
    try:
        opened.record(Passage(place="summary", text="long ago " * 2000))
        opened.back_up_now()
        opened.record(Rating(standard="14", note="just before"))
        shutil.copytree(working, folder / "killed")
    finally:
        opened.close()
    return FullHome(folder / "killed", home.key, visit, other)


def _visit(laptop: Laptop, service: str) -> str:
    return laptop.new_visit(
        instrument=builtin()[0].id, service=service, organisation="Example trust", date="2026-11-17",
        people=[NewPerson("L1", "lead"), NewPerson("R2", "clinician")],
    )  # fmt: skip


def _cut(length: Callable[[int], int]) -> Callable[[Path], None]:
    def cut(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: max(0, length(len(data)))])

    return cut


def _garbled(where: float) -> Callable[[Path], None]:
    def garble(path: Path) -> None:
        data = bytearray(path.read_bytes())
        start = int(len(data) * where)
        for place in range(start, min(len(data), start + 64)):
            data[place] ^= 0xA5
        path.write_bytes(data)

    return garble


def _noise(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(max(64, path.stat().st_size)))


def _zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, Callable[[Path], None]] = {
    "empty": _cut(lambda _: 0),
    "one-byte": _cut(lambda _: 1),
    "cut-at-a-page": _cut(lambda size: min(4096, size - 1)),
    "half": _cut(lambda size: size // 2),
    "without-its-end": _cut(lambda size: size - 5),
    "zeros": _zeros,
    "noise": _noise,
    "garbled-at-its-start": _garbled(0),
    "garbled-in-the-middle": _garbled(0.5),
    "gone": Path.unlink,
    "a-folder-instead": _folder,
}
