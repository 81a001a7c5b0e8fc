"""What is taken back is blank on every store that heard of it, whatever comes first; the rest stays."""

from __future__ import annotations

from typing import Any

from reviewapp.store import journal, tables, withdrawal
from reviewapp.visit.entities import WITHDRAW
from tests.core.store.journals import Author, empty, held, holding, picture


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
