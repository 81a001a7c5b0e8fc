"""What a notice covers follows from the entries held; what is to be cleaned is kept in mind until it was."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from reviewapp.store import jottings, journal, search_index, tables, withdrawal
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.visit.entities import WITHDRAW
from tests.core.store.journals import Author, empty, held, holding
from tests.core.store.test_taking_back import read_on, talk, unread


def blank(db: Database) -> set[str]:
    return held(one for one in journal.everything(db) if one.withdrawn)


def withdraws(author: Author, *names: str, key: str = "interview/P1/R2") -> Entry:
    return author.says(WITHDRAW, key, "records", list(names))


# Quotes that were moved -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [(), ("interview/P1/R2", "quote/Q1/R2")])
def test_a_quote_that_was_moved_to_another_interview_stays_once_all_is_here_whatever_came_first(
    reviewer: Author, names: tuple[str, ...]
) -> None:
    said = talk(reviewer)
    moved = reviewer.says("quote", "Q1/R2", "interview", "P2", said[2])
    notice = withdraws(reviewer, *names)
    for files in itertools.permutations([said[:2], said[2:], [moved], [notice]]):
        db = empty()
        for file in files:
            journal.add(db, file)
        assert held(said[:2]) <= blank(db) <= held([*said[:4], moved])
        journal.add(db, [*said, moved, notice])
        assert blank(db) == held(said[:2])
        assert {one["key"] for one in tables.read_rows(db, "quote")} == {"Q1/R2", "Q2/R2"}


def test_a_quote_that_was_moved_into_a_withdrawn_interview_goes_with_it(reviewer: Author) -> None:
    said = talk(reviewer)
    moved = reviewer.says("quote", "Q2/R2", "interview", "P1", said[4])
    db = holding(*said, moved, withdraws(reviewer))
    assert blank(db) == held([*said[:5], moved])


def test_a_quote_of_two_interviews_at_once_goes_with_either(reviewer: Author) -> None:
    said = talk(reviewer)
    elsewhere = Author("R2", device="another").says("quote", "Q1/R2", "interview", "P3")
    for files in ([[*said, elsewhere], [withdraws(reviewer)]], [[withdraws(reviewer)], [*said, elsewhere]]):
        db = empty()
        for file in files:
            journal.add(db, file)
        assert blank(db) == held([*said[:4], elsewhere])


def test_a_quote_that_is_named_goes_also_where_it_does_not_say_which_interview_it_is_from(reviewer: Author) -> None:
    words = reviewer.says("quote", "Q7/R2", "text", "words")
    other = reviewer.says("quote", "Q8/R2", "text", "words")
    nobody = Author("R3").says("quote", "Q7/R3", "interview", "P1")
    assert blank(holding(words, other, nobody, withdraws(reviewer, "quote/Q7/R2"))) == held([words])


def test_a_quote_that_is_blank_stays_so_while_nobody_can_tell_where_it_belongs(reviewer: Author) -> None:
    said = talk(reviewer)
    db = holding(*said, withdraws(reviewer))
    more = reviewer.says("quote", "Q1/R2", "tone", "critical")
    journal.add(db, [more])
    assert blank(db) == held([*said[:4], more])


def test_a_move_that_comes_with_the_notice_itself_is_heeded(reviewer: Author) -> None:
    said = talk(reviewer)
    by_way = reviewer.says("quote", "Q1/R2", "interview", "P3", said[2])
    moved = reviewer.says("quote", "Q1/R2", "interview", "P2", by_way)
    notice = withdraws(reviewer, "interview/P1/R2", "quote/Q1/R2")
    for first, then in ((said, [by_way, moved, notice]), ([*said, by_way], [moved, notice])):
        db = empty()
        journal.add(db, first)
        journal.add(db, then)
        assert blank(db) == held(said[:2])
    db = holding(*said, by_way, moved)
    journal.add(db, [*(journal.blanked(one) for one in (said[2], by_way, moved)), notice])
    assert blank(db) == held(said[:2]), "a blank tells nothing of what is known here"


def test_where_a_quote_was_moved_is_believed_though_from_where_is_blank_here(reviewer: Author) -> None:
    said = talk(reviewer)
    moved = reviewer.says("quote", "Q1/R2", "interview", "P2", said[2])
    db = holding(*said, withdraws(reviewer, "interview/P1/R2", "quote/Q1/R2"), moved)
    assert blank(db) == held(said[:4])


def test_a_named_quote_that_never_was_of_the_interview_goes_also_where_somebody_says_it_is_of_none(
    reviewer: Author,
) -> None:
    words = [reviewer.says("quote", "Q1/R2", "interview", "P2"), reviewer.says("quote", "Q1/R2", "text", "words")]
    none = Author("R2", device="another").says("quote", "Q1/R2", "interview", None)
    assert blank(holding(*words, none, withdraws(reviewer, "quote/Q1/R2"))) == held([*words, none])


def test_each_notice_covers_what_it_names_of_whatever_kind(reviewer: Author) -> None:
    made = [reviewer.says("quote", f"Q{number}/R2", "text", "words") for number in (7, 8)]
    name = reviewer.says("known_name", "N1/R2", "name", "Example")
    notices = [
        withdraws(reviewer, "quote/Q7/R2", "known_name/N1/R2"),
        withdraws(reviewer, "quote/Q8/R2", key="interview/P2/R2"),
    ]
    for order in (notices, notices[::-1]):
        assert blank(holding(*made, name, *order)) == held([*made, name])
        at_once = empty()
        journal.add(at_once, [*made, name, *order])
        assert blank(at_once) == held([*made, name])


# Who withdrew what ------------------------------------------------------------------------------------------------


def test_who_withdrew_is_told_of_each_blank_record_also_of_those_that_were_not_named(
    lead: Author, reviewer: Author
) -> None:
    said, other = talk(reviewer), talk(lead)
    notice = lead.says(WITHDRAW, "interview/P1/R2", "records", ["interview/P1/R2", "answer/P1/P09/R2"])
    own = lead.says(WITHDRAW, "quote/Q1/L1", "records", [])
    later = reviewer.says(WITHDRAW, "interview/P1/L1", "records", [])
    found = withdrawal.blank_records(holding(*said, *other, notice, own))
    kept = {"interview/P1/R2", "answer/P1/P01/R2", "quote/Q1/R2", "answer/P1/P09/R2"}
    assert found.keys() == kept | {"quote/Q1/L1"} and all(one.key == name for name, one in found.items())
    assert {(found[name].person, found[name].at) for name in kept} == {("L1", notice.at)}
    assert (found["quote/Q1/L1"].person, found["quote/Q1/L1"].at) == ("L1", own.at)
    both = withdrawal.blank_records(holding(*said, *other, notice, later))
    assert {name: one.person for name, one in both.items() if name.endswith("L1")} == {
        "interview/P1/L1": "R2", "answer/P1/P01/L1": "R2", "quote/Q1/L1": "R2",
    }  # fmt: skip
    assert {one.person for name, one in both.items() if name.endswith("R2")} == {"L1"}
    assert withdrawal.blank_records(holding(*said, *other)) == {}


def test_an_unnamed_record_is_told_by_the_notice_of_its_interview_and_not_by_that_of_a_quote(
    lead: Author, reviewer: Author
) -> None:
    earlier = reviewer.says(WITHDRAW, "quote/Q2/R2", "records", [])
    found = withdrawal.blank_records(holding(*talk(reviewer), earlier, withdraws(lead)))
    assert {name: one.person for name, one in found.items()} == {
        "quote/Q2/R2": "R2", "interview/P1/R2": "L1", "answer/P1/P01/R2": "L1", "quote/Q1/R2": "L1",
    }  # fmt: skip


def test_a_named_quote_that_belongs_to_another_interview_is_not_told_as_withdrawn(reviewer: Author) -> None:
    said = talk(reviewer)
    moved = reviewer.says("quote", "Q1/R2", "interview", "P2", said[2])
    db = holding(*said, moved, withdraws(reviewer, "interview/P1/R2", "quote/Q1/R2"))
    assert withdrawal.blank_records(db).keys() == {"interview/P1/R2", "answer/P1/P01/R2"}
    assert withdrawal.withdrawn_records(db).keys() == {"interview/P1/R2", "quote/Q1/R2"}


# What is to be cleaned --------------------------------------------------------------------------------------------


def test_that_the_files_are_to_be_cleaned_is_kept_in_mind_when_something_was_blanked_and_only_then(
    reviewer: Author,
) -> None:
    said = talk(reviewer)
    db = holding(*said)
    assert not withdrawal.is_to_scrub(db)
    notice = withdraws(reviewer)
    journal.add(db, [notice])
    assert withdrawal.is_to_scrub(db)
    withdrawal.scrubbed(db)
    journal.add(db, [*said, notice, reviewer.says("rating", "4/R2", "value", "met")])
    assert not withdrawal.is_to_scrub(db), "nothing new was blanked"


def test_a_draft_or_a_jotting_that_goes_is_to_be_cleaned_out_of_the_files_too(reviewer: Author) -> None:
    for what in ("draft", "jotting"):
        db = empty()
        if what == "draft":
            slot = "answer/P1/P01/R2/text"
            db.execute("INSERT INTO draft (slot, line, parents, at) VALUES (?, '', '', '')", (slot,))
        else:
            jottings.write(db, "L1", ("interview", "P1/R2"), "for nobody else")
        journal.add(db, [withdraws(reviewer)])
        assert withdrawal.is_to_scrub(db), what
        assert db.execute("SELECT count(*) FROM draft").fetchone()[0] == jottings.count(db) == 0


def test_a_store_follows_the_rule_once_that_was_noted(reviewer: Author) -> None:
    db = empty()
    assert not withdrawal.follows_rule(db)
    withdrawal.remember_rule(db)
    withdrawal.remember_rule(db)
    assert withdrawal.follows_rule(db)
    db.execute("UPDATE local SET value = '1' WHERE value = ?", (withdrawal.RULE,))
    assert not withdrawal.follows_rule(db), "an earlier version noted its own"


def receipts(db: Database) -> list[object]:
    rows = db.execute("SELECT receipt FROM joined ORDER BY number").fetchall()
    return [msgspec.json.decode(row[0]) for row in rows]


def test_receipts_keep_what_they_count_and_lose_what_anybody_said(reviewer: Author) -> None:
    db = holding(*talk(reviewer))
    counted = {"who": "R2", "counts": {"in": 3}, "kinds": {"quote": 1}}
    for receipt in (counted, counted | {"conflicts": ["words"]}, {"who": "R3"}):
        text = msgspec.json.encode(receipt).decode()
        db.execute("INSERT INTO joined (at, person, device, receipt) VALUES ('', 'R2', 'd', ?)", (text,))
    journal.add(db, [reviewer.says("rating", "4/R2", "value", "met")])
    assert len(receipts(db)) == 3 and receipts(db)[1] != counted
    journal.add(db, [withdraws(reviewer)])
    assert receipts(db) == [counted, counted, {"who": "R3"}]


def test_what_an_earlier_version_left_is_blanked_when_the_notices_are_applied_once_more(reviewer: Author) -> None:
    said = talk(reviewer)
    db = holding(*said, withdraws(reviewer))
    withdrawal.scrubbed(db)
    for one in said[:4]:
        value = msgspec.json.encode(one.value).decode()
        db.execute("UPDATE entry SET value = ?, withdrawn = 0 WHERE id = ?", (value, one.id))
    tables.drop_and_rebuild(db)
    read_on(db)
    assert blank(db) == set() and len(tables.read_rows(db, "quote")) == 2
    journal.apply_notices(db)
    assert blank(db) == held(said[:4]) and len(tables.read_rows(db, "quote")) == 1
    assert withdrawal.is_to_scrub(db) and unread(db) == journal.count(db)
    assert not [row for row in search_index.picture(db) if row[0] == "words"]


def test_where_all_is_blank_already_the_receipts_are_cleaned_none_the_less(reviewer: Author) -> None:
    db = holding(*talk(reviewer), withdraws(reviewer))
    withdrawal.scrubbed(db)
    db.execute("""INSERT INTO joined (at, person, device, receipt) VALUES ('', 'R2', 'd', '{"said":"words"}')""")
    journal.apply_notices(db)
    assert receipts(db) == [{}] and withdrawal.is_to_scrub(db)


def test_where_there_is_no_notice_none_is_applied(reviewer: Author) -> None:
    db = holding(*talk(reviewer))
    read_on(db)
    journal.apply_notices(db)
    assert not withdrawal.is_to_scrub(db) and unread(db) == 0 and blank(db) == set()
