"""The codes under which teams are printed: drawn at random once for each report, and kept in the set.

A code says nothing about the team or its figures, and another report has other codes, so that nobody can follow a team
from one to the next. Each team is told its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import SystemRandom

import msgspec

from reviewapp.national.network_set import NetworkSet


def codes_of(network: NetworkSet, number: int, teams: Iterable[str]) -> dict[str, str]:
    """The printed code of each of these teams (by its code at the office) in the report of this number.

    Drawn and kept at the first call; later ones give the same. Raises like a write of the set.
    """
    wanted = sorted(set(teams))
    name = f"codes of report {number}"
    kept = msgspec.json.decode(network.local(name) or "{}", type=dict[str, str])
    if set(kept) == set(wanted):
        return kept
    width = max(2, len(str(len(wanted))))
    drawn = [f"{one:0{width}}" for one in range(1, len(wanted) + 1)]
    SystemRandom().shuffle(drawn)
    codes = dict(zip(wanted, drawn, strict=True))
    network.set_local(name, msgspec.json.encode(codes).decode())
    return codes
