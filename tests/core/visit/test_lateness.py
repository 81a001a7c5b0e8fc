"""Which ratings wait for the lead once the meeting is open; by what each laptop knew, and no clock."""

from __future__ import annotations

import pytest

from reviewapp.visit.lateness import Opening, RatingHead, late

OPENING = Opening(held={"held": 5}, seen={"held": 9, "new": 3})
"""Of the laptop `held` five entries were there and its ninth says that it knows of the opening; `new` came after."""


def waits(device: str, seq: int, accepted: str = "") -> bool:
    head = RatingHead(key="47/R2", entry="the entry", device=device, seq=seq)
    return late([head], OPENING, {"47/R2": {accepted}} if accepted else {}) == {"47/R2"}


@pytest.mark.parametrize(
    ("device", "seq", "expected"),
    [
        ("held", 1, False), ("held", 5, False), ("held", 6, True), ("held", 8, True), ("held", 9, False),
        ("held", 10, False), ("new", 1, True), ("new", 2, True), ("new", 3, False), ("unheard of", 1, True),
    ],
)  # fmt: skip
def test_a_rating_waits_that_was_neither_held_at_the_opening_nor_given_in_knowledge_of_it(
    device: str, seq: int, expected: bool
) -> None:
    assert waits(device, seq) == expected


def test_a_late_rating_that_the_lead_accepted_counts_until_it_is_changed() -> None:
    assert not waits("held", 6, accepted="the entry")
    assert waits("held", 6, accepted="an entry before it")


def test_before_the_meeting_nothing_is_late() -> None:
    assert late([RatingHead(key="47/R2", entry="e", device="d", seq=1)], None, {}) == frozenset()
