"""What entries say of laptops, as values: whose each is, which are set aside, which go on for another, who leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

import msgspec

from reviewapp.visit.forks import Branch
from reviewapp.visit.leading import Deputy, Heard, TakeOver


class Certificate(NamedTuple):
    """The lead says whose a laptop is; no code: nobody's any more. Of several the newest holds: by epoch, then by turn.

    `by`: the key that signed it; empty where the lead has none: there `writer`, the laptop that wrote it, counts.
    """

    device: str
    code: str
    turn: int
    epoch: int = 0
    by: str = ""
    writer: str = ""
    seq: int = 0


class SetAside(NamedTuple):
    """From which of its entries on the lead sets a laptop aside; None: no longer. The rest as of a certificate."""

    device: str
    from_: int | None
    turn: int
    epoch: int = 0
    by: str = ""
    writer: str = ""
    seq: int = 0


class Confirmed(NamedTuple):
    """What a laptop typed for somebody, up to its entry `to`, is theirs: said by their own laptop or the lead's."""

    device: str
    code: str
    to: int
    writer: str
    seq: int


_Mark = TypeVar("_Mark", Certificate, SetAside)


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """What the entries say of laptops. `claims`: whose each says it is; `continues`: pairs of the new and the old.

    `authority`: the public half of the lead's key, in hex; a visit from before has none.

    `forks`: the branches of laptops that went on twice; `leads_on`: which copy of the lead's says, in which turn, that
    of all copies it leads.

    Without a `founder`, the laptop that made the visit, these are entries of no visit, and all count.
    """

    founder: str = ""
    lead: str = ""
    authority: str = ""
    claims: Mapping[str, str] = {}
    certificates: tuple[Certificate, ...] = ()
    asides: tuple[SetAside, ...] = ()
    continues: tuple[tuple[str, str], ...] = ()
    deputies: tuple[Deputy, ...] = ()
    take_overs: tuple[TakeOver, ...] = ()
    heard: tuple[Heard, ...] = ()
    yielded: frozenset[tuple[str, int]] = frozenset()
    confirmed: tuple[Confirmed, ...] = ()
    leads_on: tuple[tuple[str, int], ...] = ()
    forks: Mapping[str, Branch] = {}


def newest(marks: Iterable[_Mark]) -> dict[str, list[_Mark]]:
    """Of each laptop the marks that hold: those of the last epoch with the highest turn.

    They are several where two of the lead's laptops marked it at once.
    """
    found: dict[str, list[_Mark]] = {}
    for one in marks:
        held = found.get(one.device)
        if held is None or (held[0].epoch, held[0].turn) < (one.epoch, one.turn):
            found[one.device] = [one]
        elif (held[0].epoch, held[0].turn) == (one.epoch, one.turn):
            held.append(one)
    return found
