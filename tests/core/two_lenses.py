"""A team of laptops on a visit with two instruments, and a crosswalk of a few rows between them."""

from __future__ import annotations

from pathlib import Path

from reviewapp.crosswalk.import_sheet import ReadCrosswalk
from reviewapp.instruments.library import builtin
from reviewapp.workspace.laptop import Laptop
from tests.core.crosswalk.building import SCORED, crosswalk, pair
from tests.core.homes import PASSPHRASE, TEAM, Team

FIRST, SECOND = builtin()[0], SCORED
"""The standards of QN-CRHTT, and twelve items of 1 to 5."""
WALK = crosswalk(
    FIRST, SECOND,
    pair("151", "1"), pair("153", "1", "within"), pair("151", "2", to_criterion="a"),
    pair("151", "2", to_criterion="b"), pair("47", "3"), pair("4", "", "none"), pair("", "12", "none"),
)  # fmt: skip


class TwoLenses(Team):
    """A visit on both, prepared by L1."""

    def __init__(self, folder: Path, *, walk: bool = True) -> None:
        self.folder = folder
        laptop = Laptop.create(folder / "L1", PASSPHRASE)[0]
        self.clock = laptop.home.clock
        self.laptops = {"L1": laptop}
        laptop.library.add(SECOND)
        if walk:
            laptop.crosswalks.add(ReadCrosswalk(WALK, FIRST, SECOND))
        self.visit_id = laptop.new_visit(
            instrument=FIRST.id, also=SECOND.id, service="Example team", organisation="Example trust",
            date="2026-11-17", people=TEAM,
        )  # fmt: skip
        self.visits = {"L1": laptop.open_visit(self.visit_id)}
        self.pack = folder / "visit.reviewpack"
