"""Which entries are one opening of the meeting, what the lead held at it, and who knew of it from when."""

from __future__ import annotations

from reviewapp.store import journal, meeting_opening
from reviewapp.visit.entities import SEEN
from reviewapp.visit.lateness import Opening
from tests.core.store.journals import Author, empty, holding


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
