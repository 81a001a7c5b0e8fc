"""Laptops for tests: real installations in a temporary folder, with real keys and real files between them."""

from __future__ import annotations

import shutil
from pathlib import Path

from reviewapp.store.clock import Clock, utc_now
from reviewapp.workspace.laptop import Laptop, NewPerson
from reviewapp.workspace.open_visit import OpenVisit

PASSPHRASE = "a passphrase for tests"
PHRASE = "soda frame favorite series detect swallow"
DEPUTY_WORDS = "soda frame favorite series detect swallow able about"
TEAM = (
    NewPerson("L1", "lead"),
    NewPerson("R2", "clinician"),
    NewPerson("R3", "clinician"),
    NewPerson("R4", "patient_rep"),
    NewPerson("O5", "observer"),
)


class Team:
    """A visit prepared by L1, and the laptops of those who took the pack."""

    def __init__(self, folder: Path, instrument: str = "qn-crhtt-4-pc", *, clock: Clock = utc_now) -> None:
        self.folder, self.clock = folder, clock
        self.laptops: dict[str, Laptop] = {"L1": Laptop.create(folder / "L1", PASSPHRASE)[0]}
        self.laptops["L1"].home.clock = clock
        self.visit_id = self.laptops["L1"].new_visit(
            instrument=instrument,
            service="Example team",
            organisation="Example trust",
            date="2026-11-17",
            people=TEAM,
        )
        self.visits: dict[str, OpenVisit] = {"L1": self.laptops["L1"].open_visit(self.visit_id)}
        self.pack = folder / "visit.reviewpack"

    def visit(self, code: str) -> OpenVisit:
        """The open visit of a person; the first time, they take the pack."""
        return self.visits[code] if code in self.visits else self.another_laptop(code, me=code)

    def another_laptop(self, name: str, *, me: str) -> OpenVisit:
        """The open visit of a further laptop, on which `me` takes the pack."""
        if not self.pack.exists():
            self.visits["L1"].write_visit_pack(self.pack, PHRASE)
        laptop = Laptop.create(self.folder / name, PASSPHRASE)[0]
        laptop.home.clock = self.clock
        laptop.import_pack(self.pack, me=me, phrase=PHRASE)
        self.laptops[name] = laptop
        self.visits[name] = laptop.open_visit(self.visit_id)
        return self.visits[name]

    def certify(self, *names: str) -> None:
        """The lead certifies these laptops, and they hear of it."""
        lead = self.visits["L1"]
        for name in names:
            visit = self.visit(name)
            lead.merge(self.return_of(name))
            lead.laptops.certify(visit.device, visit.me)
        lead.write_return(self.folder / "certified.review")
        for name in names:
            self.visits[name].merge(self.folder / "certified.review")

    def name_deputy(self, code: str = "R2") -> None:
        """The lead names who may take over; before the pack is written, so that everybody knows."""
        self.visits["L1"].laptops.name_deputy(code, DEPUTY_WORDS)

    def tell(self, name: str, *others: str) -> None:
        """Others join a fresh return of a laptop."""
        path = self.return_of(name)
        for other in others:
            receipt = self.visit(other).merge(path)
            assert receipt.reason is None and not receipt.refused_parts

    def return_of(self, code: str) -> Path:
        """A fresh return from a person's laptop."""
        path = self.folder / f"{code}.review"
        self.visit(code).write_return(path)
        return path

    def copy(self, folder: Path) -> Team:
        """The same laptops with all their files in another folder, with their visits open; this team is closed."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        other = Team.__new__(Team)
        other.folder, other.clock, other.visit_id = folder, self.clock, self.visit_id
        other.pack = folder / self.pack.name
        other.laptops = {name: Laptop.open(folder / name, PASSPHRASE) for name in self.laptops}
        for laptop in other.laptops.values():
            laptop.home.clock = self.clock
        other.visits = {name: other.laptops[name].open_visit(self.visit_id) for name in self.visits}
        return other

    def close(self) -> None:
        for visit in self.visits.values():
            visit.close()
