"""What is taken back is blank on every store that heard of it, whatever comes first; the rest stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reviewapp.store import driver, jottings, journal, schema, search_index, tables, withdrawal
from reviewapp.store.driver import Database
from reviewapp.visit.entities import WITHDRAW
from tests.core.store.journals import Author, empty, held, holding, picture

_ATTACH = 24
"""SQLite's number for the statement."""


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


# What arrives late ------------------------------------------------------------------------------------------------


def test_words_that_arrive_after_their_notice_are_handed_on_blank_too(reviewer: Author) -> None:
    """Whoever asked for them to be added gets what is kept, never the words."""
    said = [*talk(reviewer), reviewer.says("answer", "P2/P01/R2", "text", "stays")]
    notice = reviewer.says(WITHDRAW, "interview/P1/R2", "records", [])
    for first, then in (([notice], said), ([*said, notice], said), ([], [notice, *said])):
        db = empty()
        journal.add(db, first)
        later = [reviewer.says("quote", "Q1/R2", "text", "more"), reviewer.says("answer", "P1/P02/R2", "text", "more")]
        added = journal.add(db, [*then, *later])
        kept = {one.id: one for one in journal.everything(db)}
        assert added == [kept[one.id] for one in added] and held(later) <= held(added)
        assert held(one for one in kept.values() if one.withdrawn) == held([*said[:4], *later])
        later.clear()


def test_a_notice_about_something_else_keeps_no_blank_from_getting_its_words_back(reviewer: Author) -> None:
    said = talk(reviewer)
    notice = reviewer.says(WITHDRAW, "quote/Q2/R2", "records", [])
    db = holding(*(journal.blanked(one) for one in said), notice)
    assert journal.add(db, said) == []
    assert held(one for one in journal.everything(db) if one.withdrawn) == held(said[4:5])
    assert picture(db) == picture(holding(*said, notice))


# What follows from the words --------------------------------------------------------------------------------------


def unread(db: Database) -> int:
    return search_index.SearchIndex(db).unread_entries()


def read_on(db: Database) -> None:
    search_index.SearchIndex(db).catch_up()
    assert unread(db) == 0


def test_the_index_of_words_is_made_anew_when_words_go_or_come_back_and_only_then(reviewer: Author) -> None:
    """Made anew it costs seconds in a large visit, so not at every join."""
    said = talk(reviewer)
    db = holding(*said)
    read_on(db)
    journal.add(db, [*said, reviewer.says("action", "AP1", "owner", "somebody")])
    assert unread(db) == 1, "what was here before is not read again"
    read_on(db)
    notice = reviewer.says(WITHDRAW, "quote/Q1/R2", "records", [])
    journal.add(db, [notice])
    assert unread(db) == journal.count(db), "the words are out of it"
    read_on(db)
    journal.add(db, [*said, notice])
    assert unread(db) == 0, "from somebody who had not heard of it"
    blank = holding(*(journal.blanked(one) for one in said))
    read_on(blank)
    journal.add(blank, said)
    read_on(blank)
    other = holding(*said)
    read_on(other)
    assert search_index.picture(blank) == search_index.picture(other), "words that came back are found"


def test_jottings_about_what_was_taken_back_go_and_the_others_stay(lead: Author, reviewer: Author) -> None:
    db = holding(*talk(reviewer))
    for about in (("quote", "Q1/R2"), ("quote", "Q2/R2")):
        jottings.write(db, "L1", about, "for nobody else")
    journal.add(db, [lead.says("rating", "4/L1", "note", "n")])
    assert jottings.count(db) == 2
    journal.add(db, [reviewer.says(WITHDRAW, "interview/P1/R2", "records", [])])
    assert jottings.read(db, "L1") == {("quote", "Q2/R2"): "for nobody else"}


# The file ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def on_disk(tmp_path: Path, reviewer: Author) -> Iterator[Database]:
    """A store of its own, whose log holds words that were blanked a moment ago."""
    db = driver.connect(tmp_path / "visit.db", bytes(32))
    schema.migrate(db)
    journal.add(db, [*talk(reviewer), reviewer.says("answer", "P1/P03/R2", "text", "words " * 4000)])
    journal.add(db, [reviewer.says(WITHDRAW, "interview/P1/R2", "records", [])])
    yield db
    db.close()


def test_after_scrubbing_the_log_is_empty_and_no_page_is_free(on_disk: Database, tmp_path: Path) -> None:
    log, before = tmp_path / "visit.db-wal", list(journal.everything(on_disk))
    assert log.stat().st_size and on_disk.execute("PRAGMA freelist_count").fetchone()[0]
    withdrawal.scrub(on_disk)
    assert not log.stat().st_size and not on_disk.execute("PRAGMA freelist_count").fetchone()[0]
    assert list(journal.everything(on_disk)) == before


def test_where_there_is_no_room_to_scrub_the_file_the_words_are_at_least_out_of_the_log(
    on_disk: Database, tmp_path: Path
) -> None:
    on_disk.conn.set_authorizer(lambda action, *_: 1 if action == _ATTACH else 0)  # as VACUUM does to write elsewhere
    with pytest.raises(driver.DatabaseError):
        withdrawal.scrub(on_disk)
    on_disk.conn.set_authorizer(None)
    assert not (tmp_path / "visit.db-wal").stat().st_size
