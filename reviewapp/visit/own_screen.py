"""What stands on the screen of a laptop whose words count for nothing elsewhere: its own words too.

Who begins anew on a second laptop, because the passphrase of the first is forgotten, has to see what they type. So on
that laptop, and nowhere else, what it said itself stands as the words of a laptop that nobody certified do: beside what
others say, in nobody's place. What its words count for is the same as everywhere: rights, marks about laptops, what is
withdrawn and whatever travels ask `counts` and `of`, which know nothing of screens.
"""

from __future__ import annotations

from collections.abc import Iterable

from reviewapp.visit.entities import HEADER, MARKS, FieldAddress
from reviewapp.visit.laptop_marks import Marks
from reviewapp.visit.rights import is_allowed
from reviewapp.visit.standing import NEVER_APART, Said, Standings

_SAME_EVERYWHERE = frozenset({NEVER_APART, HEADER, *MARKS})


class OwnScreen(Standings):
    """The standing of every laptop, and what one of them shows on its own screen beside what counts."""

    def __init__(self, marks: Marks, here: Iterable[str]) -> None:
        """`here`: the keys of this laptop; with them go those that they go on for, and what it wrote before a fork."""
        super().__init__(marks)
        self._own = frozenset(one for device in here for one in self._chain(device, stop=()))

    def only_here(self, address: FieldAddress, one: Said) -> bool:
        """Whether an entry stands on this screen and on no other: it is this laptop's, which counts for nothing."""
        entity, key = address[:2]
        if one.device not in self._own or entity in _SAME_EVERYWHERE or not self.is_visit:
            return False
        return not self.of(one.device).counts_at(one.seq) and is_allowed(entity, key, one.person, lead=False)

    def shows(self, device: str) -> bool:
        """Whether something of a laptop stands on this screen only."""
        return device in self._own and self.of(device).apart_from is not None

    def may_replace(self, address: FieldAddress, later: Said, earlier: Said) -> bool:
        """As elsewhere; but what stands on this screen only takes the place of nothing that another laptop said."""
        if self.only_here(address, later):
            return earlier.device in self._own
        return super().may_replace(address, later, earlier)
