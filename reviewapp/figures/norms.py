"""Published scores of other teams on a scored scale (`resources/norms/*.toml`), to show beside a team's own.

They are printed numbers, kept as data with their source; nothing is computed from them, and no verdict follows.
"""

from __future__ import annotations

from functools import cache

import msgspec

from reviewapp.base.paths import resource
from reviewapp.instruments.model import Instrument, Origin


class TotalNorm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The totals of the teams: the middle half lies between the quartiles."""

    median: int | float
    lower_quartile: int | float
    upper_quartile: int | float
    lowest: int
    highest: int


class Norm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Scores published for `teams` teams on a scale of `items` items; `bands`: how many teams were in each."""

    id: str
    title: str
    source: str
    teams: int
    items: int
    total: TotalNorm
    bands: dict[str, int] = {}
    item_notes: dict[str, str] = {}
    notes: tuple[str, ...] = ()


@cache
def norms() -> tuple[Norm, ...]:
    """Every norm that comes with the program, read once."""
    files = sorted(resource("norms").glob("*.toml"))
    return tuple(msgspec.toml.decode(file.read_bytes(), type=Norm) for file in files)


def norm_for(instrument: Instrument) -> Norm | None:
    """The norm that an instrument names, where it is one of as many items; else None."""
    named = instrument.origin.norm if isinstance(instrument.origin, Origin) else ""
    return next((n for n in norms() if n.id == named and n.items == len(instrument.standards)), None)
