"""Which entries are one opening of the meeting, what the lead held at it, and who knew of it from when."""

from __future__ import annotations

import pytest

from reviewapp.store import journal, meeting_opening
from reviewapp.store.entry import Entry
from reviewapp.visit.entities import SEEN
from reviewapp.visit.lateness import Opening
from tests.core.store.journals import Author, asked, empty, holding


def test_before_the_meeting_there_is_no_opening() -> None:
    assert meeting_opening.opening(empty()) is None
    assert not meeting_opening.has_seen(empty(), "d" * 32)


def test_the_opening_says_what_the_lead_held_and_who_knew_of_it_from_when(lead: Author, reviewer: Author) -> None:
    opened = lead.says("meeting", "meeting", "held", {reviewer.device: 3})
    db = holding(opened)
    assert meeting_opening.opening(db) == Opening(held={reviewer.device: 3}, seen={lead.device: 1})
    assert meeting_opening.has_seen(db, lead.device) and not meeting_opening.has_seen(db, reviewer.device)
    assert meeting_opening.mark(db) == opened.id
    journal.add(db, [reviewer.says(SEEN, "meeting/R2", "opening", opened.id)])
    assert meeting_opening.has_seen(db, reviewer.device)
    journal.add(db, [reviewer.says(SEEN, "meeting/R2", "opening", opened.id)])
    assert meeting_opening.opening(db) == Opening(held={reviewer.device: 3}, seen={lead.device: 1, reviewer.device: 1})


def test_of_two_openings_that_did_not_know_of_each_other_both_held_what_either_held(lead: Author) -> None:
    second = Author("L1", device="another")
    here = lead.says("meeting", "meeting", "held", {"a": 3, "b": 1})
    there = second.says("meeting", "meeting", "held", {"b": 2, "c": 1})
    found = meeting_opening.opening(holding(here, there))
    assert found == Opening(held={"a": 3, "b": 2, "c": 1}, seen={lead.device: 1, second.device: 1})


def test_an_opening_that_one_laptop_took_back_and_another_made_is_one(lead: Author) -> None:
    second = Author("L1", device="another")
    opened = lead.says("meeting", "meeting", "held", {"a": 3, "z": 0})
    db = holding(
        opened, lead.says("meeting", "meeting", "held", None, opened), second.says(*meeting_opening.PLACE, {"b": 1})
    )
    assert meeting_opening.opening(db) == Opening(held={"b": 1}, seen={second.device: 1, lead.device: 1})
    assert meeting_opening.opening(holding(opened)) == Opening(held={"a": 3, "z": 0}, seen={lead.device: 1})


def test_a_second_opening_is_another_and_undoing_it_brings_the_first_back(lead: Author, reviewer: Author) -> None:
    first = lead.says("meeting", "meeting", "held", {"a": 3})
    knew = reviewer.says(SEEN, "meeting/R2", "opening", first.id)
    second = lead.says("meeting", "meeting", "held", {"a": 5}, first)
    db = holding(first, knew, second)
    assert meeting_opening.opening(db) == Opening(held={"a": 5}, seen={lead.device: 2})
    assert not meeting_opening.has_seen(db, reviewer.device)
    undone = lead.says("meeting", "meeting", "held", {"a": 3}, second)
    journal.add(db, [undone])
    assert meeting_opening.opening(db) == Opening(held={"a": 3}, seen={lead.device: 1, reviewer.device: 1})


def test_an_opening_taken_back_is_none_and_made_anew_is_the_one_before(lead: Author, reviewer: Author) -> None:
    opened = lead.says("meeting", "meeting", "held", {"a": 3})
    knew = reviewer.says(SEEN, "meeting/R2", "opening", opened.id)
    undone = lead.says("meeting", "meeting", "held", None, opened)
    assert meeting_opening.opening(holding(opened, knew, undone)) is None
    again = lead.says("meeting", "meeting", "held", {"a": 3}, undone)
    found = meeting_opening.opening(holding(opened, knew, undone, again))
    assert found == Opening(held={"a": 3}, seen={lead.device: 1, reviewer.device: 1})
    assert meeting_opening.has_seen(holding(opened, knew, undone, again), reviewer.device)


def opens(author: Author, held: dict[str, int] | None, *parents: Entry) -> Entry:
    return author.says(*meeting_opening.PLACE, held, *parents)


def seen(*entries: Entry) -> set[str]:
    """The devices that knew of the opening."""
    found = meeting_opening.opening(holding(*entries))
    assert found is not None
    return set(found.seen)


@pytest.fixture
def laptops() -> list[Author]:
    """The lead's, of which each says one thing, so that it shows which counts."""
    return [Author("L1", device=str(number)) for number in range(9)]


def test_who_took_an_opening_back_did_not_open_the_meeting(laptops: list[Author]) -> None:
    one, two, three, *_ = laptops
    opened = opens(one, {"a": 3})
    undone = opens(two, None, opened)
    for again in ({"a": 3}, {"a": 5}):
        anew = opens(three, again, undone)
        assert seen(opened, undone, anew) == {one.device, three.device}


def test_of_three_openings_the_last_is_known_only_by_who_knew_it(laptops: list[Author]) -> None:
    one, two, three, *_ = laptops
    first = opens(one, {"a": 3})
    second = opens(two, {"a": 5}, first)
    third = opens(three, {"a": 7}, second)
    assert seen(first, second, third) == {three.device}


def test_a_second_opening_made_anew_is_known_by_who_knew_it_before_and_not_by_who_knew_the_first(
    laptops: list[Author],
) -> None:
    """Made anew it holds more than before: what came in since, and the entry that took it back."""
    one, two, three, four, other, *_ = laptops
    first = opens(one, {"a": 3})
    second = opens(two, {"a": 5}, first)
    undone = opens(three, {"a": 3}, second)
    redone = opens(four, {"a": 7}, undone)
    assert seen(first, second, undone) == {one.device, two.device, three.device}
    assert seen(first, second, undone, redone) == {two.device, four.device}
    beside = opens(other, {"a": 4})
    both = opens(two, {"a": 5}, first, beside)
    undone = opens(three, {"a": 3}, both)
    assert seen(first, beside, both, undone, opens(four, {"a": 7}, undone)) == {two.device, four.device}


def test_where_two_laptops_undid_and_made_anew_one_opening_all_that_knew_it_count(laptops: list[Author]) -> None:
    first, other, *rest = laptops
    starts = [opens(one, {"a": 3}) for one in (first, other)]
    seconds = [opens(one, {"a": 5}, start) for one, start in zip(rest[:2], starts, strict=True)]
    undone = opens(rest[2], {"a": 3}, *seconds)
    assert seen(*starts, *seconds, undone) == {one.device for one in laptops[:5]}
    undoings = [opens(one, {"a": 3}, second) for one, second in zip(rest[3:5], seconds, strict=True)]
    redone = opens(rest[5], {"a": 7}, *undoings)
    assert seen(*starts, *seconds, *undoings, redone) == {one.device for one in (*rest[:2], rest[5])}


def test_an_opening_counts_though_what_it_replaced_has_not_come_yet(laptops: list[Author]) -> None:
    one, two, three, *_ = laptops
    first = opens(one, {"a": 3})
    second = opens(two, {"a": 5}, first)
    undone = opens(three, {"a": 3}, second)
    assert seen(second) == {two.device} and seen(second, undone) == {three.device}
    assert seen(second, undone, first) == {one.device, two.device, three.device}, "now it shows that it was undone"


def test_what_was_said_of_the_meeting_otherwise_is_no_opening(laptops: list[Author]) -> None:
    one, two, three, *_ = laptops
    other = one.says("meeting", "meeting", "later", {"a": 3})
    undone = opens(two, None, other)
    assert seen(other, undone, opens(three, {"a": 3}, undone)) == {three.device}


def test_for_an_opening_that_replaced_none_the_history_of_the_meeting_is_not_read(laptops: list[Author]) -> None:
    one, two, *_ = laptops
    db = holding(opens(one, {"a": 3}), opens(two, {"a": 4}))
    with asked(db) as statements:
        assert meeting_opening.opening(db) is not None
    assert not [statement for statement in statements if "ORDER BY at" in statement]
