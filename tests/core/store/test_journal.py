"""What follows from entries, whatever the order they come in: what is current, what is in conflict, what is shown."""

from __future__ import annotations

import itertools
from typing import Any

import msgspec
import pytest

from reviewapp.store import deletions, journal, meeting_opening, schema, tables, withdrawal
from reviewapp.store.deletions import DELETED, SEEING
from reviewapp.visit.entities import SEEN, WITHDRAW
from reviewapp.visit.lateness import Opening
from tests.core.store.journals import Author, empty, held, holding, picture, row, values

VALUE = ("agreed", "47", "value")
OWNER = ("action", "AP1", "owner")


@pytest.fixture
def lead() -> Author:
    return Author("L1")


@pytest.fixture
def reviewer() -> Author:
    return Author("R2", day=16)


# Entries ----------------------------------------------------------------------------------------------------------


def test_an_entry_comes_back_as_it_was_given(lead: Author) -> None:
    made = [
        lead.says("rating", "47/L1", "note", "words with \u2028 and \N{GRINNING FACE}"),
        lead.says("rating", "47/L1", "value", None), lead.says("later", "x", "new", {"a": [1, 2.5, None, True]}),
    ]  # fmt: skip
    made.append(lead.says("rating", "47/L1", "note", "other", made[0], made[1]))
    db = holding(*made)
    assert list(journal.everything(db)) == made
    assert journal.of_ids(db, [made[1].id, made[0].id, "0" * 64]) == sorted(made[:2], key=lambda one: one.id)
    assert journal.address_of(db, made[2].id) == ("later", "x", "new") and journal.address_of(db, "0" * 64) is None
    assert journal.count(db) == 4 and journal.count(empty()) == 0
    assert journal.ids(db) == "\n".join(sorted(held(made))) and journal.ids(empty()) == ""


def test_what_is_new_is_told_and_what_is_here_is_taken_once(lead: Author) -> None:
    one, two = lead.says(*VALUE, "met"), lead.says(*OWNER, "a")
    db = holding(one)
    assert journal.add(db, [two, one, two]) == [two]
    assert journal.add(db, [one, two]) == journal.add(db, []) == []
    assert journal.count(db) == 2


def test_entries_made_here_are_kept_like_those_that_come_in(lead: Author) -> None:
    one = lead.says(*VALUE, "met")
    db = empty()
    assert journal.append(db, [one]) == [one] and journal.append(db, []) == []
    two = lead.says(*VALUE, "na", one)
    assert journal.append(db, [two]) == [two]
    assert picture(db) == picture(holding(one, two))


def test_entries_are_told_by_device_and_by_record_in_the_order_they_were_said(lead: Author, reviewer: Author) -> None:
    made = [lead.says("action", "AP1", "owner", "a"), lead.says("action", "AP2", "owner", "b")]
    earlier = reviewer.says("action", "AP1", "progress", "p")
    db = holding(*made, earlier)
    assert journal.of_device(db, lead.device) == [(1, made[0].id), (2, made[1].id)]
    assert journal.of_device(db, lead.device, after=1) == [(2, made[1].id)]
    assert journal.of_device(db, lead.device, after=2) == journal.of_device(db, "0" * 32) == []
    assert journal.history(db, "action", "AP1") == [earlier, made[0]], "by their clocks"
    assert sorted(journal.keys(db, "action")) == ["AP1", "AP2"] and journal.keys(db, "quote") == []
    assert journal.entries_per_device(db) == {lead.device: 2, reviewer.device: 1}
    by_device = sorted([lead, reviewer], key=lambda one: one.device)
    assert list(journal.everything(db)) == [entry for one in by_device for entry in one.said]
    assert journal.heads_of(db, "action", "owner") == [
        ("AP1", made[0].id, lead.device, 1), ("AP2", made[1].id, lead.device, 2),
    ]  # fmt: skip


# What is current --------------------------------------------------------------------------------------------------


def test_the_last_word_is_current_and_it_does_not_matter_in_which_order_words_arrive(lead: Author) -> None:
    first = lead.says(*VALUE, "met")
    second = lead.says(*VALUE, "na", first)
    third = lead.says(*VALUE, "not_met", second)
    pictures = [picture(holding(*order)) for order in itertools.permutations([first, second, third])]
    assert all(one == pictures[0] for one in pictures)
    db = holding(third, first)
    assert journal.head_ids(db, VALUE) == tuple(sorted([third.id, first.id])), "the one between is still to come"
    journal.add(db, [second])
    assert journal.head_ids(db, VALUE) == (third.id,) and values(db, VALUE) == ["not_met"]


def test_two_words_that_did_not_know_of_each_other_are_a_conflict_unless_they_are_the_same(
    lead: Author, reviewer: Author
) -> None:
    start = lead.says(*OWNER, "nobody")
    here, there = lead.says(*OWNER, "a", start), reviewer.says(*OWNER, "b", start)
    db = holding(start, here, there)
    assert journal.conflicts(db) == [OWNER] and values(db, OWNER) == ["a", "b"]
    journal.add(db, [lead.says(*OWNER, "b", here)])
    assert journal.conflicts(db) == [] and row(db, "action", "AP1")["owner"] == "b"
    agreed = holding(start, lead.says(*OWNER, "c", start), reviewer.says(*OWNER, "c", start))
    assert journal.conflicts(agreed) == [] and row(agreed, "action", "AP1") == {"key": "AP1", "owner": "c"}


def test_a_choice_between_two_ends_the_conflict(lead: Author, reviewer: Author) -> None:
    here, there = lead.says(*VALUE, "met"), reviewer.says(*VALUE, "na")
    db = holding(here, there)
    assert journal.conflicts(db) == [VALUE]
    journal.add(db, [lead.says(*VALUE, "na", here, there)])
    assert journal.conflicts(db) == [] and row(db, "agreed", "47") == {"key": "47", "value": "na"}


def test_in_a_conflict_a_value_is_empty_a_text_shows_each_version_and_what_cannot_be_missing_stands(
    lead: Author, reviewer: Author
) -> None:
    said: dict[str, list[Any]] = {"status": ["open", "done"], "progress": ["begun", "ended"], "priority": [1, 2]}
    db = empty()
    for field, (one, other) in {**said, "standard": ["4", "47"]}.items():
        journal.add(db, [lead.says("action", "AP1", field, one), reviewer.says("action", "AP1", field, other)])
    shown = row(db, "action", "AP1")
    assert shown.keys() == {"key", "progress", "standard"}
    assert sorted(shown["progress"].split("\n\n[other version] ")) == ["begun", "ended"]
    assert shown["standard"] in ("4", "47")
    journal.add(db, [lead.says("action", "AP2", "standard", "4"), reviewer.says("action", "AP2", "standard", None)])
    assert row(db, "action", "AP2")["standard"] == "4"
    assert len(journal.conflicts(db)) == 5 and journal.conflicts(db) == sorted(journal.conflicts(db))


def test_a_record_whose_every_field_was_taken_back_has_no_row(lead: Author) -> None:
    first = lead.says(*OWNER, "a")
    db = holding(first)
    journal.add(db, [lead.says(*OWNER, None, first)])
    assert row(db, "action", "AP1") == {} and tables.read_records(db, "action") == "[]"
    assert len(journal.history(db, "action", "AP1")) == 2


def test_records_are_read_in_the_order_of_their_numbers_all_or_some(lead: Author) -> None:
    db = holding(*(lead.says("rating", f"{number}/L1", "value", "met") for number in ("113", "4", "36", "36a")))
    everything = msgspec.json.decode(tables.read_records(db, "rating"))
    assert [one["key"] for one in everything] == ["4/L1", "36/L1", "36a/L1", "113/L1"]
    assert everything[0] == {"value": "met", "key": "4/L1", "person": "L1", "standard": "4"}
    some = msgspec.json.decode(tables.read_records(db, "rating", ["36/L1", "absent/L1", "4/L1"]))
    assert [one["key"] for one in some] == ["4/L1", "36/L1"]
    assert tables.read_records(db, "rating", []) == "[]" and tables.deleted(db, "rating") == set()


def test_the_tables_are_made_anew_when_another_version_wrote_them_and_only_then(lead: Author) -> None:
    db = holding(lead.says(*VALUE, "met"), lead.says("later", "x", "new", 1))
    before = picture(db)
    db.execute('DELETE FROM "agreed"')
    tables.rebuild_if_outdated(db)
    assert row(db, "agreed", "47") == {}, "nothing says that they are another version's"
    tables.mark_outdated(db)
    schema.migrate(db)
    assert picture(db) == before and schema.version(db) == schema.VERSION
    db.execute('DELETE FROM "agreed"')
    schema.migrate(db)
    assert row(db, "agreed", "47") == {}


def test_a_rebuild_forgets_what_no_entry_says_and_finds_what_every_entry_does(lead: Author, reviewer: Author) -> None:
    first = lead.says(*OWNER, "a")
    made = [first, lead.says(*OWNER, "b", first), reviewer.says(*OWNER, "c", first), lead.says("later", "x", "new", 1)]
    db = holding(*made)
    before = picture(db)
    for damage in (
        "DELETE FROM parent", "DELETE FROM head", "DELETE FROM conflict", 'DELETE FROM "action"',
        "INSERT INTO conflict VALUES ('rating', '4/R2', 'value')",
        "INSERT INTO \"action\" (place, key, own, owner) VALUES ('x', 'AP9', '\"key\":\"AP9\"}', '\"z\"')",
        f"INSERT INTO head VALUES ('action', 'AP1', 'owner', '{first.id}')",
    ):  # fmt: skip
        db.execute(damage)
        assert picture(db) != before or damage == "DELETE FROM parent"
        with db.conn:
            tables.drop_and_rebuild(db)
        assert picture(db) == before, damage
    assert db.execute("SELECT count(*) FROM parent").fetchone()[0] == 2


def test_two_laptops_that_deleted_having_seen_different_things_agree_that_it_is_deleted(
    lead: Author, reviewer: Author
) -> None:
    known = lead.says("action", "AP1", "standard", "4")
    db = holding(known, *deletion(lead, known), *deletion(reviewer))
    assert journal.conflicts(db) == [] and tables.deleted(db, "action") == {"AP1"}


def test_a_record_that_comes_into_sight_again_is_looked_at_when_what_belongs_to_it_changes(
    lead: Author, reviewer: Author
) -> None:
    talked = lead.says("interview", "P1/L1", "group", "patient")
    gone = [lead.says("interview", "P1/L1", DELETED, True), lead.says("interview", "P1/L1", SEEING, [talked.id])]
    db = holding(talked, *gone)
    assert tables.deleted(db, "interview") == {"P1/L1"}
    journal.add(db, [Author("L1", device="another").says("answer", "P1/P01/L1", "text", "written elsewhere")])
    assert tables.deleted(db, "interview") == set() and journal.conflicts(db) == [("interview", "P1/L1", DELETED)]


def test_what_stands_first_is_never_nothing_and_what_is_no_text_is_not_joined(lead: Author, reviewer: Author) -> None:
    for number, (one, other) in enumerate((("4", None), (None, "4"))):
        db = holding(
            lead.says("action", f"A{number}", "standard", one), reviewer.says("action", f"A{number}", "standard", other)
        )
        assert row(db, "action", f"A{number}")["standard"] == "4"
    mixed = holding(lead.says("context", "x", "value", 1), reviewer.says("context", "x", "value", "one"))
    assert "value" not in row(mixed, "context", "x")
    text_and_none = holding(lead.says("action", "A9", "owner", "a"), reviewer.says("action", "A9", "owner", None))
    assert "owner" not in row(text_and_none, "action", "A9")


def test_a_record_does_not_hold_that_it_is_not_deleted_nor_what_follows_from_its_key(lead: Author) -> None:
    db = holding(
        lead.says("quote", "Q1/L1", "interview", "P1"), lead.says("quote", "Q1/L1", DELETED, False),
        lead.says("quote", "Q1/L1", "text", "words"),
    )  # fmt: skip
    assert msgspec.json.decode(tables.read_records(db, "quote")) == [
        {"text": "words", "key": "Q1/L1", "person": "L1", "id": "Q1", "interview": "P1/L1"}
    ]


def test_many_records_are_brought_up_to_date_in_pieces(lead: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [lead.says("rating", f"{number}/L1", "value", "met") for number in range(7)]
    whole = picture(holding(*made))
    monkeypatch.setattr(tables, "_BATCH_SIZE", 3)
    db = empty()
    journal.add(db, made)
    assert picture(db) == whole and len(tables.read_rows(db, "rating")) == 7


# Deleting ---------------------------------------------------------------------------------------------------------


def test_a_deletion_lists_what_its_author_saw_of_the_record_and_of_what_goes_with_it(lead: Author) -> None:
    made = [
        lead.says("interview", "P1/L1", "group", "patient"), lead.says("answer", "P1/P01/L1", "text", "t"),
        lead.says("quote", "Q1/L1", "interview", "P1"), lead.says("quote", "Q1/L1", "text", "t"),
    ]  # fmt: skip
    others = [
        lead.says("answer", "P1/P01/R2", "text", "of R2"), lead.says("answer", "P10/P01/L1", "text", "of P10"),
        lead.says("quote", "Q2/L1", "interview", "P2"), lead.says("interview", "P2/L1", "group", "staff"),
        lead.says("audit", "P1/A1/L1", "value", "yes"), lead.says("interview", "P1/L1", DELETED, False),
    ]  # fmt: skip
    db = holding(*made, *others)
    assert deletions.current_entry_ids(db, "interview", "P1/L1") == sorted(held(made))
    note = [lead.says("case_note", "1/L1", "opened", True), lead.says("audit", "1/A1/L1", "value", "no")]
    journal.add(db, [*note, lead.says("quote", "Q9/L1", "interview", "1")])
    assert deletions.current_entry_ids(db, "case_note", "1/L1") == sorted(held(note))
    assert deletions.current_entry_ids(db, "quote", "Q1/L1") == sorted(held(made[2:]))


def deletion(author: Author, *seen: Any) -> list[Any]:
    return [
        author.says("action", "AP1", DELETED, True), author.says("action", "AP1", SEEING, sorted(held(seen))),
    ]  # fmt: skip


def test_a_change_that_a_deletion_did_not_know_of_keeps_the_record_in_sight(lead: Author, reviewer: Author) -> None:
    known = lead.says("action", "AP1", "standard", "4")
    gone = deletion(lead, known)
    assert row(holding(known, *gone), "action", "AP1")["deleted"] is True
    assert tables.deleted(holding(known, *gone), "action") == {"AP1"}
    change = reviewer.says("action", "AP1", "progress", "begun")
    for order in itertools.permutations([known, *gone, change]):
        db = holding(*order)
        assert journal.conflicts(db) == [("action", "AP1", DELETED)]
        assert deletions.unseen_entry_ids(db, "action", "AP1") == [change.id]
        assert "deleted" not in row(db, "action", "AP1") and tables.deleted(db, "action") == set()


def test_the_same_value_said_once_more_or_nothing_said_is_no_change(lead: Author, reviewer: Author) -> None:
    known = lead.says("action", "AP1", "standard", "4")
    again = reviewer.says("action", "AP1", "standard", "4", known)
    nothing = reviewer.says("action", "AP1", "owner", None)
    db = holding(known, *deletion(lead, known), again, nothing)
    assert journal.conflicts(db) == [] and deletions.unseen_entry_ids(db, "action", "AP1") == []
    spoilt = holding(known, lead.says("action", "AP1", DELETED, True), lead.says("action", "AP1", SEEING, "all"))
    assert deletions.unseen_entry_ids(spoilt, "action", "AP1") == [], "a list that is none says nothing"
    old = holding(known, lead.says("action", "AP1", DELETED, True), again)
    assert deletions.unseen_entry_ids(old, "action", "AP1") == [], "without a list it is taken to have seen everything"


def test_what_belongs_to_a_deleted_interview_calls_for_a_look_at_it(lead: Author) -> None:
    gone = [lead.says("interview", "P1/L1", "group", "patient"), lead.says("interview", "P1/L1", DELETED, True)]
    db = holding(*gone, lead.says("case_note", "2/L1", DELETED, True), lead.says("interview", "P3/L1", DELETED, False))
    assert deletions.hiding(db, [("quote", "Q1/L1")]) == {("interview", "P1/L1")}
    assert deletions.hiding(db, [("audit", "2/A1/L1"), ("rating", "4/L1")]) == {("case_note", "2/L1")}
    assert deletions.hiding(db, [("rating", "4/L1"), ("interview", "P1/L1")]) == set()


# Taking back ------------------------------------------------------------------------------------------------------


def talk(author: Author) -> list[Any]:
    person = author.person
    return [
        author.says("interview", f"P1/{person}", "group", "patient"),
        author.says("answer", f"P1/P01/{person}", "text", "t"),
        author.says("quote", f"Q1/{person}", "interview", "P1"), author.says("quote", f"Q1/{person}", "text", "words"),
        author.says("quote", f"Q2/{person}", "interview", "P2"), author.says("rating", f"4/{person}", "note", "n"),
    ]  # fmt: skip


def test_a_notice_blanks_the_interview_and_all_that_was_said_in_it_whatever_comes_first(reviewer: Author) -> None:
    said = talk(reviewer)
    notice = reviewer.says(WITHDRAW, "interview/P1/R2", "records", ["interview/P1/R2"])
    for files in ([said, [notice]], [[notice], said], [[notice, *said]], [said[:4], [notice], said]):
        db = empty()
        for file in files:
            journal.add(db, file)
        blank = held(one for one in journal.everything(db) if one.withdrawn)
        assert blank == held(said[:4])
        assert all(one.value is None and one.salt == "" for one in journal.everything(db) if one.withdrawn)
        assert withdrawal.count(db) == 4 and journal.ids(db) == "\n".join(sorted(held([*said, notice])))
        assert {one["key"] for one in tables.read_rows(db, "quote")} == {"Q2/R2"}


def test_what_is_written_later_into_a_quote_that_was_taken_back_is_blank_too(reviewer: Author) -> None:
    """Its interview stands in no entry here any more, but in the file that brings the later words."""
    said = talk(reviewer)
    db = empty()
    journal.add(db, [*said, reviewer.says(WITHDRAW, "interview/P1/R2", "records", [])])
    later = reviewer.says("quote", "Q1/R2", "text", "words put right", said[3])
    others = [
        reviewer.says("quote", "Q5/R2", "text", "P1"), reviewer.says("later", "Q6/R2", "interview", "P1"),
        reviewer.says("quote", "Q7/R2", "interview", ["P1"]), Author("R3").says("quote", "Q8/R3", "interview", "P1"),
    ]  # fmt: skip
    journal.add(db, [*said, later, *others])
    assert held(one for one in journal.everything(db) if one.withdrawn) == held([*said[:4], later])


def test_only_a_notice_takes_back_and_only_what_it_names_or_what_was_said_in_its_interview(reviewer: Author) -> None:
    said = [
        *talk(reviewer),
        reviewer.says("answer", "P2/P01/R2", "text", "t"),
        reviewer.says("later", "P1/x/R2", "f", 1),
    ]
    no_notices = [
        reviewer.says(WITHDRAW, "interview/P1/R2", "reason", "asked"),
        reviewer.says("later", "interview/P1/R2", "records", ["quote/Q1/R2"]),
        reviewer.says(WITHDRAW, "quote/P1/R2", "records", None),
    ]  # fmt: skip
    for order in ([*said, *no_notices], [*no_notices, *said]):
        assert withdrawal.count(holding(*order)) == 0
    names_more = reviewer.says(WITHDRAW, "interview/P1/R2", "records", ["quote/Q2/R2"])
    for files in ([[*said, names_more]], [[names_more], said], [said, [names_more]]):
        db = empty()
        for file in files:
            journal.add(db, file)
        assert held(one for one in journal.everything(db) if one.withdrawn) == held(said[:5])
    emptied = holding(*said, reviewer.says(WITHDRAW, "interview/P1/R2", "records", None))
    assert held(one for one in journal.everything(emptied) if one.withdrawn) == held(said[:4])
    assert set(withdrawal.withdrawn_records(emptied)) == {"interview/P1/R2"}


def test_drafts_of_a_name_that_was_taken_back_go_and_those_of_one_like_it_stay(reviewer: Author) -> None:
    db = holding(reviewer.says("known_name", "N1/R2", "name", "Example"))
    for slot in ("known_name/N1/R2/name", "knownXname/N1/R2/name"):
        db.execute("INSERT INTO draft (slot, line, parents, at) VALUES (?, '', '', '')", (slot,))
    journal.add(db, [reviewer.says(WITHDRAW, "known_name/N1/R2", "records", [])])
    assert db.execute("SELECT slot FROM draft").fetchall() == [("knownXname/N1/R2/name",)]


def test_a_notice_about_one_quote_blanks_that_one_and_its_drafts(reviewer: Author) -> None:
    said = talk(reviewer)
    db = holding(*said)
    for slot in ("quote/Q1/R2/text", "quote/Q1_R2/text", "quote/Q10/R2/text"):
        db.execute("INSERT INTO draft (slot, line, parents, at) VALUES (?, '', '', '')", (slot,))
    journal.add(db, [reviewer.says(WITHDRAW, "quote/Q1/R2", "records", ["quote/Q1/R2"])])
    assert held(one for one in journal.everything(db) if one.withdrawn) == held(said[2:4])
    assert [slot for (slot,) in db.execute("SELECT slot FROM draft ORDER BY slot")] == [
        "quote/Q10/R2/text", "quote/Q1_R2/text",
    ]  # fmt: skip


def test_a_notice_of_one_person_takes_nothing_of_another_back(lead: Author, reviewer: Author) -> None:
    mine, theirs = talk(lead), talk(reviewer)
    db = holding(*mine, *theirs, reviewer.says(WITHDRAW, "interview/P1/R2", "records", []))
    assert held(one for one in journal.everything(db) if one.withdrawn) == held(theirs[:4])


def test_who_took_back_what_and_when_is_told_and_the_first_notice_counts(lead: Author, reviewer: Author) -> None:
    first = reviewer.says(WITHDRAW, "interview/P1/R2", "records", ["answer/P1/P01/R2"])
    second = lead.says(WITHDRAW, "interview/P1/R2", "records", ["interview/P1/R2", "quote/Q1/R2"])
    reason = lead.says(WITHDRAW, "quote/Q7/R2", "reason", "asked")
    found = withdrawal.withdrawn_records(holding(second, first, reason))
    assert {name: (one.person, one.at) for name, one in found.items()} == {
        "interview/P1/R2": ("R2", first.at), "answer/P1/P01/R2": ("R2", first.at), "quote/Q1/R2": ("L1", second.at),
    }  # fmt: skip
    assert all(one.key == name for name, one in found.items())


def test_a_blank_that_no_notice_covers_gets_its_words_back(reviewer: Author) -> None:
    said = talk(reviewer)
    db = holding(*(journal.blanked(one) for one in said))
    assert journal.add(db, [journal.blanked(said[0])]) == []
    assert withdrawal.count(db) == len(said)
    assert journal.add(db, said) == [] and withdrawal.count(db) == 0
    assert picture(db) == picture(holding(*said))
    assert list(journal.everything(db)) == said


# The meeting ------------------------------------------------------------------------------------------------------


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
