"""A network's office for tests: a real installation with a set, and leads who sign extracts that are made up here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.library import Library
from reviewapp.instruments.model import Instrument
from reviewapp.national.model import Extract, Notice, Quote, Value
from reviewapp.national.network_set import NetworkSet
from reviewapp.national.networks import Networks
from reviewapp.national.sealed import write_extract, write_notice
from reviewapp.store import signing
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE

QN = Library(Path("no such folder")).get("qn-crhtt-4-pc")


def extract_of(team: str, visit: str = "", of: Instrument = QN, **fields: Any) -> Extract:
    """An extract in which every standard is met; `fields` replaces any of its fields."""
    made = Extract(
        visit=visit or f"visit{team}", revision=10, team=team, cycle="2021", month="2021-05", kind="accreditation",
        status="final", instrument=edition_of(of), scope=of.scope,
        values={one.number: Value(counts="met", basis="agreed") for one in of.standards},
    )  # fmt: skip
    return msgspec.structs.replace(made, **fields)


def quote(record: str = "quote/Q1/R2", text: str = "They came when they said.") -> Quote:
    return Quote(record=record, text=text, group="patient", standards=("151",))


class Office:
    """The office's installation, its one set, and files that leads give to it."""

    def __init__(self, folder: Path, *, with_drafts: bool = False, instrument: Instrument = QN) -> None:
        self.folder = folder
        self.laptop = Laptop.create(folder / "office", PASSPHRASE)[0]
        self.networks = Networks(self.laptop.home)
        self.set_id = self.networks.new("Crisis teams 2021", instrument, with_drafts=with_drafts)
        self._keys: dict[str, bytes] = {}
        self._files = 0
        with self.open() as found:
            self.key = found.key

    def open(self, *, read_only: bool = False) -> NetworkSet:
        return self.networks.open(self.set_id, read_only=read_only)

    def private(self, who: str) -> bytes:
        """The signing key of a lead's laptop, the same whenever it is asked for."""
        return self._keys.setdefault(who, signing.new_private_key())

    def file(self, said: Extract | Notice, *, signed_by: str = "", **more: Any) -> Path:
        """A file as the lead of that visit gives it, unless another laptop signs it."""
        self._files += 1
        path = self.folder / f"extract {self._files}.extract"
        private = self.private(signed_by or said.visit)
        if isinstance(said, Extract):
            write_extract(path, said, network=self.key, private=private, **more)
        else:
            write_notice(path, said, network=self.key, private=private, **more)
        return path
