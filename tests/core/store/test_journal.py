"""What follows from entries, whatever the order they come in: what is current, what is in conflict, what is shown."""

from __future__ import annotations

import itertools
from typing import Any

import msgspec
import pytest

from reviewapp.store import deletions, journal, schema, tables
from reviewapp.store.deletions import DELETED, SEEING
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from tests.core.store.journals import Author, asked, deletion, empty, held, holding, picture, row, values

VALUE = ("agreed", "47", "value")
OWNER = ("action", "AP1", "owner")


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
    assert journal.of_entity(db, "action") == [earlier, *made], "by their clocks"
    assert journal.of_entity(db, "quote") == []
    by_device = sorted([lead, reviewer], key=lambda one: one.device)
    assert list(journal.everything(db)) == [entry for one in by_device for entry in one.said]
    assert journal.heads_of(db, "action", ("owner",)) == [
        ("AP1", made[0].id, lead.device, 1), ("AP2", made[1].id, lead.device, 2),
    ]  # fmt: skip


# The order in which entries came -----------------------------------------------------------------------------------


def without_order(*entries: Entry) -> Database:
    """A journal as the first versions kept it: its entries are in the order of their ids."""
    db = holding(*entries)
    (made,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'entry'").fetchone()
    db.execute("ALTER TABLE entry RENAME TO newer")
    db.execute(f"{made} WITHOUT ROWID")
    db.execute("INSERT INTO entry SELECT * FROM newer")
    db.execute("DROP TABLE newer")
    return db


def test_of_each_device_the_last_entry_is_told_and_when_it_came(lead: Author, reviewer: Author) -> None:
    made = [lead.says(*VALUE, "met"), reviewer.says(*OWNER, "a"), lead.says(*OWNER, "b")]
    last = {(lead.device, 2, made[2].at), (reviewer.device, 1, made[1].at)}
    db = holding(made[2], made[0], made[1])
    assert {one[:3] for one in journal.last_entries(db)} == last
    assert {one.device: one.arrival for one in journal.last_entries(db)} == {lead.device: 1, reviewer.device: 3}
    assert journal.newest(db) == 3 and journal.newest(empty()) == 0 and journal.last_entries(empty()) == []
    first = without_order(*made)
    assert {one[:3] for one in journal.last_entries(first)} == last and journal.newest(first) is None
    assert {one.arrival for one in journal.last_entries(first)} == {0}


def test_what_somebody_saw_is_what_had_come_by_then_and_what_they_wrote_since(lead: Author, reviewer: Author) -> None:
    start = lead.says(*OWNER, "a")
    here, there = lead.says(*OWNER, "b", start), reviewer.says(*OWNER, "c", start)
    unrelated = reviewer.says(*VALUE, "met")
    db = holding(start, unrelated)
    newest = journal.newest(db)
    for one in (there, here):
        journal.add(db, [one])

    def current(*own: Entry, newest: int | None = newest) -> set[str]:
        return set(journal.head_ids_among(db, OWNER, newest=newest, also=held(own)))

    assert current() == {start.id}, "neither has been seen"
    assert current(here) == {here.id} and current(there) == {there.id}
    assert current(here, there) == current(newest=4) == {here.id, there.id} and current(newest=3) == {there.id}
    assert current(newest=0) == current(newest=1) - {start.id} == set()
    assert current(newest=None) == set(journal.head_ids(db, OWNER)) == {here.id, there.id}
    assert journal.head_ids_among(db, OWNER, newest=4, also=()) == journal.head_ids(db, OWNER), "in the same order"


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


# What it costs ----------------------------------------------------------------------------------------------------


def test_what_is_here_already_costs_one_question_and_nothing_costs_none(lead: Author) -> None:
    db = holding(made := lead.says(*VALUE, "met"))
    with asked(db) as statements:
        journal.add(db, [made, made])
    assert len(statements) == 1 and statements[0].startswith("SELECT id")
    with asked(db) as statements:
        journal.append(db, [])
    assert statements == []


def test_where_nothing_was_taken_back_or_is_in_conflict_a_rating_costs_no_statement_for_that(lead: Author) -> None:
    db = holding(lead.says(*VALUE, "met"))
    with asked(db) as statements:
        journal.append(db, [lead.says("rating", "4/L1", "value", "met")])
    said = [" ".join(one.split()) for one in statements]
    needless = ("FROM local", "draft", "DELETE FROM conflict", "json_each")
    assert not [one for one in said if any(piece in one for piece in needless)], said


def test_a_store_of_this_version_is_opened_with_two_questions(lead: Author) -> None:
    db = holding(lead.says(*VALUE, "met"))
    with asked(db) as statements:
        schema.migrate(db)
    assert statements == ["PRAGMA user_version", "SELECT value FROM local WHERE name = 'tables'"]


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
