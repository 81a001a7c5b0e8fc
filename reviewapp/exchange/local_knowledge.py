"""What a laptop knows, against which the entries of a pack are checked."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from reviewapp.instruments.model import Instrument
from reviewapp.store import forks
from reviewapp.store.forks import Tree
from reviewapp.store.marks import MarkEntry
from reviewapp.store.signing import Device
from reviewapp.visit.entities import FieldAddress


class LocalKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """The facts on this laptop against which a pack is checked; almost none for a visit pack that is new here."""

    lead: str
    instrument: Instrument
    also: Instrument | None = None
    """The second instrument of the visit."""
    people: frozenset[str] = frozenset()
    devices: dict[str, Device] = {}
    ids_of: Callable[[str], list[tuple[int, str]]] | None = None
    """Returns sequence number and id of the entries of a device."""
    address_of: Callable[[str], FieldAddress | None] | None = None
    """Returns the field address of an entry, or None when it is not here."""
    taken_back: frozenset[str] = frozenset()
    """The withdrawn records: `interview/P1/R2`."""
    marks: tuple[MarkEntry, ...] = ()
    """The entries here that decide the standing of laptops."""
    claims: dict[str, str] = {}
    """Whose each laptop says it is."""
    tree: Tree = forks.NONE
    """The laptops that are known to have forked."""

    def chains_of(self, laptop: str) -> list[list[str]]:
        """The ids of the entries that are here of a laptop, one list for each of its branches."""
        if laptop in self.tree.segments:
            return [self.tree.chain(name) for name in self.tree.leaves(laptop)]
        return [[identity for _seq, identity in self.ids_of(laptop)]] if self.ids_of else [[]]
