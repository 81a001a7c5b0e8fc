"""People with laptops, for the laws of joining: each laptop is a bare store, and what travels are entries."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st

from reviewapp.store import deletions, driver, journal
from reviewapp.store.entry import Entry
from reviewapp.store.visit_store import FieldWrite, VisitStore
from tests.core.store.model import FieldAddress, Model, WrittenEntry

KEY = bytes(32)

ADDRESSES = [
    ("rating", "47", "value"),
    ("rating", "47", "sureness"),  # a field of a newer version
    ("quote", "Q1", "text"),
    ("quote", "Q1", "tone"),
    ("interview", "P1", "mode"),
    ("answer", "P1/notes", "text"),
    ("agreed", "47", "value"),
    ("action", "AP1", "owner"),
    ("action", "AP1", "progress"),
    ("later", "x", "new"),  # a kind of record of a newer version
]
DELETABLE = [("quote", "Q1"), ("interview", "P1"), ("action", "AP1")]
PERSONAL = ("rating", "quote", "interview", "answer")

# One step of a history: what happens, on which laptop, and what it needs to know; numbers are taken modulo.
_laptop, _number = st.integers(0, 23), st.integers(0, 999)
writing = st.tuples(st.just("write"), _laptop, st.sampled_from(ADDRESSES), st.sampled_from(["met", "na", "text", None]))
deleting = st.tuples(st.just("delete"), _laptop, st.sampled_from(DELETABLE), st.booleans())
joining = st.tuples(st.sampled_from(["join", "join", "join prefix", "join some"]), _laptop, _laptop, _number)
backing_up = st.tuples(st.sampled_from(["back up", "restore"]), _laptop, st.none(), st.none())
withdrawing = st.tuples(st.just("withdraw"), _laptop, st.sampled_from(["quote/Q1", "interview/P1"]), st.none())

_anything = st.one_of(
    writing, writing, writing, deleting, deleting, joining, joining, backing_up, backing_up, withdrawing
)  # fmt: skip
histories = st.lists(_anything, min_size=15, max_size=50)
people = st.lists(st.integers(1, 3), min_size=2, max_size=8)
"""How many laptops each person has."""
clocks = st.lists(st.integers(-86400, 86400), min_size=24, max_size=24)


class Clock:
    """Moves a second at every look, wrong by `skew` seconds."""

    def __init__(self, skew: int) -> None:
        self.now = datetime(2026, 11, 17, 9, 0, tzinfo=UTC) + timedelta(seconds=skew)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Laptop:
    """A bare store, and what the model knows of it."""

    def __init__(self, folder: Path, person: str, skew: int) -> None:
        self.folder, self.person, self.clock = folder, person, Clock(skew)
        self.holds: set[str] = set()
        self._copy: tuple[Path, set[str]] | None = None
        self._open(new_device=True)

    def entries(self) -> list[Entry]:
        return list(journal.everything(self.store.db))

    def join(self, joined: list[Entry]) -> None:
        """Join these entries; what is new and what was here is counted right."""
        ids = {entry.id for entry in joined}
        with self.store.transaction() as db:
            fresh = journal.add(db, joined)
        assert {entry.id for entry in fresh} == ids - self.holds
        self.holds |= ids

    def back_up(self) -> None:
        path = self.folder / "copy"
        path.unlink(missing_ok=True)
        driver.copy_database(self.store.db, path)
        self._copy = (path, set(self.holds))

    def restore(self) -> None:
        """Bring the copy back, as a new device; what was written since is only where it was joined."""
        if self._copy is None:
            return
        path, holds = self._copy
        self.store.close()
        shutil.copy(path, self.folder / "visit.db")
        self.holds = set(holds)
        self._open(new_device=True)

    def _open(self, *, new_device: bool) -> None:
        self.store = VisitStore(self.folder, KEY, clock=self.clock)
        with self.store.transaction() as db:
            self.store.become_new_device(db)


class World(Model):
    """Everybody's laptops, and every entry ever written."""

    def __init__(self, folder: Path, devices: list[int], skews: list[int]) -> None:
        super().__init__()
        owners = [f"R{number}" for number, count in enumerate(devices, start=1) for _ in range(count)]
        self.laptops = []
        for number, person in enumerate(owners):
            home = folder / str(number)
            home.mkdir()
            shutil.copy(_empty_store(), home / "visit.db")
            self.laptops.append(Laptop(home, person, skews[number]))
        self._order: dict[str, int] = {}

    def holdings(self) -> Iterable[set[str]]:
        return (laptop.holds for laptop in self.laptops)

    def play(self, history: list[Any]) -> World:
        """Do what the history says, step by step."""
        for what, number, which, how in history:
            laptop = self.laptops[number % len(self.laptops)]
            if what == "write":
                self.write(laptop, _address(laptop, *which), how)
            elif what == "delete":
                entity, key, _ = _address(laptop, which[0], which[1], deletions.DELETED)
                self.delete(laptop, entity, key, gone=how)
            elif what == "withdraw":
                self.write(laptop, ("withdraw", f"{which}/{laptop.person}", "records"), [])
            elif what == "back up":
                laptop.back_up()
            elif what == "restore":
                laptop.restore()
            else:
                other = self.laptops[which % len(self.laptops)]
                laptop.join(self._part(what, other.entries(), how))
        return self

    def write(self, laptop: Laptop, address: FieldAddress, value: Any) -> None:
        """One entry, written on this laptop and known to the model."""
        parents = journal.head_ids(laptop.store.db, address)
        (entry,) = laptop.store.write([FieldWrite(*address, value, parents)], person=laptop.person)
        self.written[entry.id] = WrittenEntry(entry.id, address, laptop.person, value, frozenset(laptop.holds))
        self._order[entry.id] = len(self._order)
        laptop.holds.add(entry.id)

    def delete(self, laptop: Laptop, entity: str, key: str, *, gone: bool) -> None:
        """Take a record away, saying what was seen, or bring it back."""
        self.write(laptop, (entity, key, deletions.DELETED), gone)
        if gone:
            self.write(
                laptop, (entity, key, deletions.SEEING), deletions.current_entry_ids(laptop.store.db, entity, key)
            )

    def _part(self, what: str, entries: list[Entry], number: int) -> list[Entry]:
        """All, or of each device the first few, or any."""
        in_order = sorted(entries, key=lambda entry: self._order[entry.id])
        devices = list(dict.fromkeys(entry.device for entry in in_order))
        if what == "join prefix":
            return [entry for entry in in_order if entry.seq <= number // (1 + devices.index(entry.device)) % 7]
        if what == "join some":
            return [entry for address, entry in enumerate(in_order) if (number >> (address % 10)) & 1]
        return entries

    def join_everything_everywhere(self, seed: int) -> None:
        """Whole shares and repeated ones, in any order, in any grouping."""
        random = Random(seed)
        shares = [laptop.entries() for laptop in self.laptops]
        for laptop in self.laptops:
            order = [share for share in shares for _ in range(random.randint(1, 2))]
            random.shuffle(order)
            while order:
                some = [entry for share in order[: random.randint(2, 5)] for entry in share]
                random.shuffle(some)
                laptop.join(some)
                del order[: max(1, len(order) - random.randint(0, len(order)))]
        for laptop in self.laptops:
            laptop.join([entry for share in shares for entry in share])


@contextmanager
def world(devices: list[int], skews: list[int]) -> Iterator[World]:
    """Laptops without anything in them, whose clocks are wrong by the given seconds."""
    folder = Path(tempfile.mkdtemp())
    made = World(folder, devices, skews)
    try:
        yield made
    finally:
        for laptop in made.laptops:
            laptop.store.close()
        shutil.rmtree(folder)


@cache
def _empty_store() -> Path:
    folder = Path(tempfile.mkdtemp()) / "empty"
    VisitStore.create(folder, KEY).close()
    return folder / "visit.db"


def _address(laptop: Laptop, entity: str, key: str, field: str) -> FieldAddress:
    return (entity, f"{key}/{laptop.person}" if entity in PERSONAL else key, field)
