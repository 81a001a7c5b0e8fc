"""Real laptops on which a day can be played: real keys, real files, and a model of who knew what.

Each example starts from copies of the same installations, so that no home has to be made for it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from reviewapp.base.files import save_file
from reviewapp.exchange import pack, returns, visit_pack
from reviewapp.exchange.returns import Receipt
from reviewapp.store import entry as entries
from reviewapp.store import journal, signing
from reviewapp.store.home import Home
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import PASSPHRASE, TEAM
from tests.core.store.model import Model, WrittenEntry

OWNERS = {"L1": "L1", "R2": "R2", "R2b": "R2", "R3": "R3", "R4": "R4"}
"""Whose each laptop is; R2 works on two."""


class File(NamedTuple):
    """A return on a stick, and what is in it; `forged` of it is not what its laptop may say."""

    path: Path
    holds: frozenset[str]
    forged: frozenset[str] = frozenset()


class Machine(Model):
    """The laptops of one visit, and every entry written on them."""

    def __init__(self, skews: Iterable[int]) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        original, keys, self.visit = _prepared()
        self.laptops: dict[str, Laptop] = {}
        self.visits: dict[str, OpenVisit] = {}
        self.holds: dict[str, set[str]] = {}
        self.devices: dict[str, str] = {}
        self._backups: dict[str, tuple[Path, set[str]]] = {}
        self._files = 0
        for (name, key), skew in zip(keys.items(), skews, strict=True):
            shutil.copytree(original / name, self.folder / name)
            self.laptops[name] = Laptop(Home(self.folder / name, key, clock=_clock(skew)))
            self._open(name)
            self.holds[name] = set()
            self.remember_new_entries(name)

    def holdings(self) -> Iterable[set[str]]:
        return self.holds.values()

    def close(self) -> None:
        for visit in self.visits.values():
            visit.close()
        shutil.rmtree(self.folder)

    def remember_new_entries(self, name: str) -> None:
        """Tell the model of the entries that a laptop has and the model does not know yet."""
        knew = set(self.holds[name])
        query = "SELECT id, entity, key, field, person, value, device FROM entry ORDER BY device, seq"
        for identity, entity, key, field, person, value, device in self.visits[name]._store.db.execute(query):
            self.devices[identity] = device
            if identity in self.holds[name]:
                continue
            if identity not in self.written:
                said = msgspec.json.decode(value)
                self.written[identity] = WrittenEntry(
                    identity, (entity, key, field), person, said, frozenset(knew), name
                )
            knew.add(identity)
        self.holds[name] = knew

    def save_typing(self, name: str) -> None:
        """What is typed there becomes entries, as before every file, join, undo and redo; what is refused stays."""
        self.visits[name].commit_drafts()
        self.remember_new_entries(name)

    def write_return(self, name: str) -> File:
        self.save_typing(name)
        path = self._path(f"{name}.review")
        self.visits[name].write_return(path)
        return File(path, frozenset(self.holds[name]))

    def merge(self, name: str, file: File) -> Receipt:
        """Join a file, which is taken whole and accounted for."""
        self.save_typing(name)
        new = len(file.holds - self.holds[name])
        receipt = self.visits[name].merge(file.path)
        counts = receipt.entries
        assert receipt.reason is None
        assert (counts.in_, counts.new, counts.refused) == (len(file.holds), new, 0)
        assert counts.in_ == counts.new + counts.already_here + counts.refused
        self.holds[name] |= file.holds
        assert receipt.digest == self.visits[name]._store.digest()
        assert receipt.conflicts == msgspec.to_builtins(self.visits[name].status()["conflicts"])
        return receipt

    def back_up(self, name: str) -> None:
        path = self._path("backup")
        self.visits[name].backup(path)
        self._backups[name] = (path, set(self.holds[name]))

    def restore(self, name: str) -> None:
        """Bring the newest backup back; what was written since stands only where it was joined."""
        if name not in self._backups:
            return
        path, holds = self._backups[name]
        self.visits[name].close()
        self.laptops[name].restore(path, PASSPHRASE)
        self.holds[name] = set(holds)
        self._open(name)
        self.remember_new_entries(name)  # that it goes on for the one before

    def forge(self, name: str, claimed: str, which: int) -> File:
        """A return in which this laptop's owner writes an entry under another name, sealed and signed again."""
        visit = self.visits[name]
        manifest, found = returns.everything(visit._store)
        every = list(found)
        own = [one for one in every if one.device == visit._store.device]
        changed = own[which % len(own)]
        facts = {name: getattr(changed, name) for name in ("device", "seq", "at", "address", "value", "parents")}
        forged = entries.make(person=claimed, **facts)
        own = [forged if one is changed else one for one in own]
        head = entries.GENESIS
        for one in own:
            head = entries.chain(head, one.id)
        private = bytes.fromhex(visit._store.local("device_key"))
        signed = signing.sign_head(private, visit=self.visit, person=OWNERS[name], seq=len(own), chain=head)
        devices = tuple(signed if one.device == signed.device else one for one in manifest.devices)
        every = [forged if one is changed else one for one in every]
        self.devices[forged.id] = forged.device
        path = self._path("forged.review")
        manifest = msgspec.structs.replace(manifest, devices=devices)
        cover = returns.pack_cover("return", visit._store)
        save_file(path, pack.seal(cover, manifest, every, visit._store.local("identity")))
        return File(path, frozenset(one.id for one in every), frozenset(one.id for one in own))

    def has_written(self, name: str) -> bool:
        """Whether this laptop, as the device it is now, wrote anything."""
        store = self.visits[name]._store
        return bool(journal.of_device(store.db, store.device))

    def _open(self, name: str) -> None:
        self.visits[name] = self.laptops[name].open_visit(self.visit)

    def _path(self, name: str) -> Path:
        self._files += 1
        return self.folder / f"{self._files}-{name}"


def _clock(skew: int) -> Any:
    start = datetime(2026, 11, 17, 9, 0, tzinfo=UTC) + timedelta(seconds=skew)
    looks = iter(range(10**9))
    return lambda: start + timedelta(seconds=next(looks))


@cache
def _prepared() -> tuple[Path, dict[str, bytes], str]:
    """Installations that have all taken the same visit pack, their keys, and the visit's id."""
    folder = Path(tempfile.mkdtemp())
    homes = {name: Home.create(folder / name, PASSPHRASE)[0] for name in OWNERS}
    lead = Laptop(homes["L1"])
    visit_id = lead.new_visit(
        instrument="qn-crhtt-4-pc", people=TEAM, service="Example team", organisation="Example trust", date="2026-11-17"
    )
    visit = lead.open_visit(visit_id)
    identity = visit._store.local("identity")
    manifest, found = returns.everything(visit._store)
    contents = pack.PackEntries(manifest, list(found))
    visit.close()
    for name, person in OWNERS.items():
        if name != "L1":
            visit_pack.create_visit_from_pack(homes[name], identity, contents, person)
    _certify_all(folder, {name: Laptop(home) for name, home in homes.items()}, visit_id)
    return folder, {name: home.key for name, home in homes.items()}, visit_id


def _certify_all(folder: Path, laptops: dict[str, Laptop], visit_id: str) -> None:
    """The lead certifies every laptop, and each of them hears of it."""
    visits = {name: laptop.open_visit(visit_id) for name, laptop in laptops.items()}
    lead, file = visits["L1"], folder / "file"
    for visit in visits.values():
        if visit is not lead:
            visit.write_return(file)
            lead.merge(file)
            lead.laptops.certify(visit.device, visit.me)
    lead.write_return(file)
    for visit in visits.values():
        visit.merge(file)
        visit.close()
