"""Deleting is no way round who may replace whose words: what the deleter may not take away stays in sight."""

from __future__ import annotations

import pytest

from reviewapp.store import deletions, journal
from reviewapp.store.entry import Entry
from tests.core.store.journals import Author, asked, holding, row
from tests.core.store.test_field_heads import People

RECORD = ("action", "AP1")


@pytest.fixture
def people() -> People:
    return People()


def deleted(who: Author, *seen: Entry) -> list[Entry]:
    return [
        who.says(*RECORD, deletions.DELETED, True),
        who.says(*RECORD, deletions.SEEING, sorted(one.id for one in seen)),
    ]


@pytest.mark.parametrize("who", ["lead", "mine", "second", "other"])
def test_what_another_laptop_said_is_taken_away_by_the_lead_and_by_nobody_else(people: People, who: str) -> None:
    text = people.other.says(*RECORD, "action", "ring back")
    empty = people.other.says(*RECORD, "owner", None)
    db = holding(people.made, text, empty)
    assert deletions.unseen_entry_ids(db, *RECORD) == [], "nobody deleted it"
    journal.add(db, deleted(getattr(people, who), text, empty))
    may = who in ("lead", "other")
    assert deletions.unseen_entry_ids(db, *RECORD) == ([] if may else [text.id])
    assert row(db, *RECORD).get("deleted", False) is may
    assert journal.conflicts(db) == ([] if may else [(*RECORD, deletions.DELETED)])


def test_of_several_who_deleted_it_one_who_may_is_enough(people: People) -> None:
    text = people.other.says(*RECORD, "action", "ring back")
    db = holding(people.made, text)
    journal.add(db, deleted(people.mine, text))
    journal.add(db, deleted(people.lead, text))
    assert deletions.unseen_entry_ids(db, *RECORD) == []
    both = holding(people.made, text)
    journal.add(both, people.mine.said)
    journal.add(both, deleted(people.second, text))
    assert deletions.unseen_entry_ids(both, *RECORD) == [text.id]


def test_of_what_the_deleters_said_themselves_nobody_is_asked(people: People) -> None:
    text = people.mine.says(*RECORD, "action", "ring back")
    db = holding(people.made, text)
    journal.add(db, deleted(people.mine, text))
    with asked(db) as statements:
        assert deletions.unseen_entry_ids(db, *RECORD) == []
    assert not any("UNION" in one for one in statements), "who may speak is not worked out"
