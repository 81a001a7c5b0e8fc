"""Small instruments and rows for the tests of crosswalks."""

from __future__ import annotations

from pathlib import Path

import msgspec

from reviewapp.crosswalk.model import Crosswalk, Pair
from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.library import Library, builtin, load_toml
from reviewapp.instruments.model import Instrument, Standard

SCORED = load_toml(Path(__file__).parents[1] / "data" / "example-scored.toml")
"""Twelve items of 1 to 5."""
HEADS = (
    "from_instrument", "from", "from_criterion", "to_instrument", "to", "to_criterion", "relation", "change", "reason",
    "author", "date",
)  # fmt: skip


def numbered(identity: str, *numbers: str, edition: str = "first") -> Instrument:
    """An instrument with these standards, on the scale of QN-CRHTT."""
    made = tuple(
        Standard(number=n, type="1", section="All", title=f"Title {n}", statement=f"Statement {n}") for n in numbers
    )
    rule = msgspec.structs.replace(builtin()[0].rule, thresholds=())
    return msgspec.structs.replace(
        builtin()[0], id=identity, title=identity, edition=edition, sections=("All",), standards=made, guides=(),
        audit=(), rule=rule, superseded_by=None,
    )  # fmt: skip


def pair(from_: str, to: str, relation: str = "overlaps", **more: str) -> Pair:
    """One row, with a reason, an author and a date unless they are given."""
    said = {"reason": "Both ask for it", "author": "An example author", "date": "2026-09-30", **more}
    return msgspec.convert({"from": from_, "to": to, "relation": relation, **said}, type=Pair)


def crosswalk(left: Instrument, right: Instrument, *pairs: Pair) -> Crosswalk:
    return Crosswalk(edition_of(left), edition_of(right), pairs)


def library_with(folder: Path, *instruments: Instrument) -> Library:
    library = Library(folder / "instruments")
    for one in instruments:
        library.add(one)
    return library
