"""Who leads a visit, as a pure function of the entries that are held: the lead who made it, or a deputy who took over.

Leading goes in *epochs*. The key of authority of an epoch names a key for the next one, which lies sealed under eight
words on paper; who opens it takes over. So an earlier lead has no key of the present epoch. A take-over says what its
laptop held: of the earlier lead's words those hold as they did, later ones written without knowing of it stand beside
what others say, and those written knowing of it count for nothing where only the lead speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple


class Deputy(NamedTuple):
    """The lead says who may take over, with which key; of several in an epoch the one with the highest turn holds.

    `by`: the key that signed it; empty where the lead has none: there `writer`, the laptop that wrote it, counts.
    """

    code: str
    key: str
    turn: int
    epoch: int
    by: str
    writer: str
    seq: int


class TakeOver(NamedTuple):
    """A deputy's laptop leads from its entry `seq` on. `seen`: how many entries of each laptop it held."""

    id: str
    device: str
    seq: int
    code: str
    epoch: int
    by: str
    seen: Mapping[str, int]


class Heard(NamedTuple):
    """From its entry `seq` on a laptop that led knows that another one leads in this epoch."""

    device: str
    seq: int
    epoch: int


class Epoch(NamedTuple):
    """Who leads: whose laptops, by which key (empty: the one that made the visit), and since which take-over."""

    code: str
    authority: str
    take_over: TakeOver | None = None
    rivals: tuple[TakeOver, ...] = ()
    """The other take-overs of the same epoch, which do not lead."""

    def may_mark(self, by: str, writer: str, wrote_first: Callable[[str], bool]) -> bool:
        """Whether who leads said this: it is signed with the key, or without one comes from who made the visit."""
        return by == self.authority if self.authority else wrote_first(writer)


Span = tuple[int, int | None]
"""Numbers of a laptop's entries, from one up to and with another; None: without an end."""


def within(spans: Iterable[Span], seq: int) -> bool:
    """Whether an entry with this number lies in one of the spans."""
    return any(from_ <= seq and (to is None or seq <= to) for from_, to in spans)


def epochs(
    first: Epoch, deputies: Sequence[Deputy], take_overs: Sequence[TakeOver], yielded: frozenset[tuple[str, int]],
    claims: Mapping[str, str], wrote_first: Callable[[str], bool],
    seen: Callable[[Mapping[str, int], str], int] = lambda held, device: held.get(device, 0),
) -> list[Epoch]:  # fmt: skip
    """The epochs of a visit, oldest first. `yielded`: laptops that gave way in an epoch, and the epoch.

    `seen`: how many entries of a laptop are among so many of each.

    `wrote_first`: whether a laptop is of the line that made the visit. Of two take-overs of one epoch the one with the
    lower id leads, until it gives way.
    """
    found = [first]
    while True:
        epoch = len(found)
        now = found[-1]
        named = [one for one in deputies if one.epoch == epoch - 1 and now.may_mark(one.by, one.writer, wrote_first)]
        valid = sorted(
            (
                one
                for one in take_overs
                if one.epoch == epoch and claims.get(one.device) == one.code and _is_named(one, named, seen)
            ),
            key=_by_id,
        )
        if not valid:
            return found
        staying = [one for one in valid if (one.device, epoch) not in yielded] or valid
        leads = staying[0]
        rivals = tuple(one for one in valid if one.device != leads.device)
        found.append(Epoch(leads.code, leads.by, leads, rivals))


def newest_deputies(deputies: Iterable[Deputy]) -> list[Deputy]:
    """Those with the highest turn; several where two of the lead's laptops named one at once."""
    every = list(deputies)
    last = max((one.turn for one in every), default=0)
    return [one for one in every if one.turn == last]


def _is_named(one: TakeOver, deputies: Iterable[Deputy], seen: Callable[[Mapping[str, int], str], int]) -> bool:
    """Whether the lead had named this person and key last, as far as the laptop that took over knew."""
    known = newest_deputies(each for each in deputies if each.seq <= seen(one.seen, each.writer))
    return any((each.code, each.key) == (one.code, one.by) for each in known)


def _by_id(one: TakeOver) -> str:
    return one.id
