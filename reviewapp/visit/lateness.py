"""Ratings are given without knowing the others'; once the meeting is open, what still comes in has to wait.

A rating is *late* when the lead did not hold it at the opening and its author had not yet seen the opening. It is
kept and shown, and counts once the lead accepts it. All this follows from entries alone, so every laptop that holds
the same entries says the same. No clock is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import msgspec


class Judged(NamedTuple):
    """A kind of record in which reviewers judge on their own: which fields do, what lets a late one in, and where.

    `late` and `accepted` are tables of `VisitState`.
    """

    fields: tuple[str, ...]
    accepted_by: str
    late: str
    accepted: str


_MEASURED = ("value", "n", "of", "ticked")
JUDGED: Mapping[str, Judged] = {
    "rating": Judged(("value",), "accept_late", "late", "accepted_late"),
    "also_rating": Judged(("value",), "also_accept_late", "also_late", "also_accepted_late"),
    "criterion": Judged(_MEASURED, "accept_late_criterion", "late_criteria", "accepted_late_criteria"),
    "also_criterion": Judged(
        _MEASURED, "also_accept_late_criterion", "also_late_criteria", "also_accepted_late_criteria"
    ),
}
"""What may come too late, by kind of record. What was found of criteria waits only where the opening says so
(`MeetingRecord.criteria`): visits whose meeting was opened before that rule stay as they are."""
FINDINGS = ("criterion", "also_criterion")
"""The kinds of them that say what was found of a criterion."""


class RatingHead(msgspec.Struct, frozen=True):
    """The current entry of a field that judges, such as a rating's value: `seq` counts the entries of its device."""

    key: str
    entry: str
    device: str
    seq: int


class Opening(msgspec.Struct, frozen=True):
    """`held`: how many entries of each device the lead had; `seen`: the number at which a device knew of it."""

    held: Mapping[str, int]
    seen: Mapping[str, int]


def late(
    heads: Iterable[RatingHead], opening: Opening | None, accepted: Mapping[str, AbstractSet[str]]
) -> frozenset[str]:
    """The keys of ratings or findings that wait for the lead; `accepted` maps a key to the entries that were let in.

    Of one with two versions, or with several fields, any may be the late one.
    """
    if opening is None:
        return frozenset()
    return frozenset(
        head.key for head in heads if _is_late(head, opening) and head.entry not in accepted.get(head.key, frozenset())
    )


def _is_late(head: RatingHead, opening: Opening) -> bool:
    if head.seq <= opening.held.get(head.device, 0):
        return False
    seen = opening.seen.get(head.device)
    return seen is None or head.seq < seen
