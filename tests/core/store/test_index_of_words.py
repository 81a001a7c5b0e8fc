"""Which words stand where in the index, and which records a search gets, best first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlcipher3.dbapi2 import ProgrammingError

from reviewapp.store import journal, search_index
from reviewapp.store.driver import Database, OperationalError
from reviewapp.store.search_index import ITEM, KINDS, PROMPT, STANDARD, SearchIndex, expression
from reviewapp.visit.entities import HEADER
from tests.core.store.journals import Author, empty, holding

ALL = frozenset(KINDS)
CONTENT = {
    "standards": [
        {"number": "4", "title": "Access", "statement": "Open always", "guidance": "See rota"},
        {"number": "36a", "title": "Plans", "statement": "Written down"},
    ],
    "guides": [{"group": "carer", "prompts": [{"id": "C1", "text": "Were you asked?", "standards": ["4", "36a"]}]}],
    "audit": [{"item": "A1", "text": "Plan dated", "standards": ["36a"]}],
}


def words(index: SearchIndex, typed: str, wanted: Any = ALL) -> list[tuple[str, str]]:
    return list(index.matching(expression([(typed, True)]), wanted))


def where(db: Database, *, term: str = "") -> list[tuple[Any, ...]]:
    """Word, kind, key, column and place of each word, or of one."""
    return [row for row in search_index.picture(db) if term in ("", row[0])]


@pytest.fixture
def author() -> Author:
    return Author("R2")


@pytest.fixture
def db(author: Author) -> Iterator[Database]:
    db = holding(
        author.says("quote", "Q1/R2", "text", "Heard twice, heard well"),
        author.says("quote", "Q1/R2", "standards", ["4", "36a"]),
        author.says("quote", "Q1/R2", "interview", "P1"),
        author.says("action", "AP1", "owner", "Ward manager"),
        author.says("action", "AP1", "action", "Mend the door"),
    )
    yield db
    db.close()


def test_a_record_is_found_by_its_key_its_subject_and_its_words(db: Database) -> None:
    SearchIndex(db).catch_up()
    quote = [row for row in where(db) if row[1] == "quote"]
    about = {(term, offset) for term, _, key, column, offset in quote if column == "about" and key == "Q1/R2"}
    assert about == {("q1", 0), ("r2", 1), ("4", 2), ("36a", 3), ("p1", 4)}
    said = {(term, offset) for term, _, _, column, offset in quote if column == "words"}
    assert said == {("heard", 0), ("twice", 1), ("heard", 2), ("well", 3)}
    action = [(row[0], row[3], row[4]) for row in where(db) if row[1] == "action"]
    assert sorted(action) == [
        ("ap1", "about", 0), ("door", "words", 2), ("manager", "words", 4), ("mend", "words", 0), ("the", "words", 1),
        ("ward", "words", 3),
    ]  # fmt: skip


def test_the_instrument_is_in_it_with_the_standards_that_each_part_is_about(author: Author) -> None:
    db = holding(author.says(HEADER, "v", "content", CONTENT))
    SearchIndex(db).catch_up()
    found: dict[tuple[str, str, str], list[str]] = {}
    for term, kind, key, column, offset in sorted(where(db), key=lambda row: row[4]):
        found.setdefault((kind, key, column), []).append(term)
        assert len(found[kind, key, column]) == offset + 1
    assert found == {
        (STANDARD, "4", "about"): ["4", "access"],
        (STANDARD, "4", "words"): ["open", "always", "see", "rota"],
        (STANDARD, "36a", "about"): ["36a", "plans"],
        (STANDARD, "36a", "words"): ["written", "down"],
        (PROMPT, "C1", "about"): ["c1", "carer", "4", "36a"],
        (PROMPT, "C1", "words"): ["were", "you", "asked"],
        (ITEM, "A1", "about"): ["a1", "36a"],
        (ITEM, "A1", "words"): ["plan", "dated"],
    }
    told = {(kind, key): (about, said) for kind, key, about, said in search_index.everything(db)}
    assert told[STANDARD, "4"] == ("4 Access", "Open always\nSee rota")
    assert told[PROMPT, "C1"] == ("C1 carer 4 36a", "Were you asked?")
    assert told[ITEM, "A1"] == ("A1  36a", "Plan dated")


def test_a_visit_without_an_instrument_has_no_words_of_one() -> None:
    for db in (empty(), holding(Author("L1").says(HEADER, "v", "service", "Example"))):
        SearchIndex(db).catch_up()
        assert where(db) == [] and list(search_index.everything(db)) == []


def test_everything_that_can_be_found_is_listed_with_its_subject(db: Database) -> None:
    assert sorted(search_index.everything(db)) == [
        ("action", "AP1", "AP1  ", "Mend the door\nWard manager"),
        ("quote", "Q1/R2", "Q1 R2 4 36a P1", "Heard twice, heard well"),
    ]


def test_the_index_reads_on_where_it_left_off(db: Database, author: Author) -> None:
    index = SearchIndex(db)
    assert index.unread_entries() == 5
    index.catch_up()
    assert index.unread_entries() == 0
    first = author.said[0]
    journal.add(db, [author.says("quote", "Q1/R2", "text", "Said anew", first)])
    assert index.unread_entries() == 1 and words(index, "anew") == []
    index.catch_up()
    assert words(index, "anew") == [("quote", "Q1/R2")] and words(index, "heard") == []
    assert words(index, "mend") == [("action", "AP1")]
    assert index.unread_entries() == 0 == SearchIndex(db).unread_entries()


def test_reading_on_costs_no_more_than_what_is_new(author: Author) -> None:
    db = holding(author.says(HEADER, "v", "content", CONTENT), author.says("action", "AP1", "owner", "somebody"))
    index = SearchIndex(db)
    index.catch_up()
    db.execute("INSERT INTO word (word) VALUES ('delete-all')")
    journal.add(db, [author.says("action", "AP2", "owner", "another")])
    index.catch_up()
    assert {row[2] for row in where(db)} == {"AP2"}


def test_a_record_that_says_nothing_any_more_is_found_no_more(db: Database, author: Author) -> None:
    index = SearchIndex(db)
    index.catch_up()
    said = [one for one in author.said if one.entity == "action"]
    journal.add(db, [author.says("action", "AP1", one.field, None, one) for one in said])
    index.catch_up()
    assert words(index, "ap1") == [] and words(index, "mend") == []
    assert db.execute("SELECT count(*) FROM word_place").fetchone() == (1,)


def test_what_has_no_words_is_no_word(author: Author) -> None:
    db = holding(
        author.says("quote", "Q1/R2", "text", None),
        author.says("quote", "Q1/R2", "standards", []),
        author.says("quote", "Q1/R2", "interview", "P7"),
        author.says("rating", "4/R2", "note", True),
    )
    SearchIndex(db).catch_up()
    assert {row[0] for row in where(db)} == {"q1", "r2", "p7", "4"}


def test_an_index_that_was_emptied_is_filled_again(db: Database) -> None:
    index = SearchIndex(db)
    index.catch_up()
    before = where(db)
    assert words(index, "heard") == [("quote", "Q1/R2")]
    search_index.clear(db)
    assert where(db) == [] and index.unread_entries() == 5
    assert db.execute("SELECT count(*) FROM word_place").fetchone() == (0,)
    index.catch_up()
    assert where(db) == before
    search_index.drop(db)
    search_index.clear(db)  # of no index
    assert index.unread_entries() == 5 and search_index.picture(db) == []


def test_what_is_withdrawn_gives_its_place_to_another_and_its_name_to_none(author: Author) -> None:
    db = holding(*(author.says("quote", f"Q{n}/R2", "text", f"common number{n}") for n in (1, 2, 3)))
    index = SearchIndex(db)
    index.catch_up()
    assert len(words(index, "common")) == 3
    journal.add(db, [author.says("withdraw", "quote/Q1/R2", "records", [])])
    index.catch_up()
    assert sorted(words(index, "common")) == [("quote", "Q2/R2"), ("quote", "Q3/R2")]
    assert words(index, "number2") == [("quote", "Q2/R2")]


def test_an_index_that_cannot_be_emptied_is_dropped_unless_it_is_the_disk_that_fails(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = SearchIndex(db)
    index.catch_up()
    full, execute = OperationalError("full"), db.execute
    full.sqlite_errorcode = 13

    def fail(sql: str, *rest: Any) -> Any:
        if "word_place" in sql and sql.startswith("DELETE"):
            raise full
        return execute(sql, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(db, "execute", fail)
        with pytest.raises(OperationalError):
            search_index.clear(db)
    assert db.table("word").exists()
    db.execute("DROP TABLE word_place")
    search_index.clear(db)
    assert not db.table("word").exists() and index.unread_entries() == 5
    index.catch_up()
    assert words(index, "heard") == [("quote", "Q1/R2")]


@pytest.mark.parametrize("statement", ["UPDATE word_mark SET shape = 'of another version'", "DELETE FROM word_mark"])
def test_an_index_of_another_version_is_made_anew(db: Database, statement: str) -> None:
    SearchIndex(db).catch_up()
    before = where(db)
    db.execute("DELETE FROM word")
    db.execute(statement)
    index = SearchIndex(db)
    assert index.unread_entries() == 5
    index.catch_up()
    assert where(db) == before and db.execute("SELECT count(*) FROM word_mark").fetchone() == (1,)


def test_an_index_that_has_read_more_than_there_is_is_made_anew(db: Database) -> None:
    """As after an older store was put in its place."""
    index = SearchIndex(db)
    index.catch_up()
    before = where(db)
    db.execute("INSERT INTO word (word) VALUES ('delete-all')")
    db.execute("UPDATE word_mark SET entry = 9")
    index.catch_up()
    assert db.execute("SELECT entry FROM word_mark").fetchone() == (5,) and index.unread_entries() == 0
    assert where(db) == before


def test_an_index_that_cannot_be_read_is_dropped_and_made_anew(db: Database) -> None:
    index = SearchIndex(db)
    index.catch_up()
    before = where(db)
    index.reset()
    assert index.unread_entries() == 5 and not db.table("word").exists()
    index.catch_up()
    assert where(db) == before


def test_the_numbers_of_one_kind_are_never_those_of_the_next(author: Author) -> None:
    assert KINDS.index("action") == KINDS.index("passage") + 1
    db = holding(author.says("action", "AP1", "owner", "common"))
    index = SearchIndex(db)
    index.catch_up()
    journal.add(db, [author.says("passage", "summary", "text", "common")])
    index.catch_up()
    assert sorted(words(index, "common")) == [("action", "AP1"), ("passage", "summary")]
    numbers = [(number >> 32, number & 0xFFFFFFFF) for (number,) in db.execute("SELECT id FROM word_place ORDER BY id")]
    assert numbers == [(KINDS.index("passage"), 1), (KINDS.index("action"), 1)]


def test_an_index_apart_leaves_the_store_as_it_is(db: Database) -> None:
    index = SearchIndex(db, apart=True)
    index.catch_up()
    assert words(index, "heard") == [("quote", "Q1/R2")]
    assert not db.table("word_mark").exists()
    index.close()
    with pytest.raises(ProgrammingError):
        words(index, "heard")
    own = SearchIndex(db)
    own.catch_up()
    own.close()
    assert words(own, "heard") == [("quote", "Q1/R2")], "that in the store stays open with it"


@pytest.mark.parametrize(("ranked", "first"), [(2, "Q2/R2"), (1, "Q1/R2")])
def test_what_is_about_a_word_comes_before_what_only_says_it_while_anybody_reads_that_many(
    author: Author, monkeypatch: pytest.MonkeyPatch, ranked: int, first: str
) -> None:
    monkeypatch.setattr(search_index, "_WORTH_RANKING", ranked)
    db = holding(
        author.says("quote", "Q1/R2", "text", "standard 47 was met and more of that kind is said here"),
        author.says("quote", "Q2/R2", "standards", ["47"]),
        author.says("quote", "Q2/R2", "text", "nothing of the kind is said here, only something else again"),
    )
    index = SearchIndex(db)
    index.catch_up()
    found = words(index, "47")
    assert found[0] == ("quote", first) and len(found) == 2
    assert words(index, "47", {"action"}) == [] and words(index, "absent") == []


def many(author: Author, number: int) -> Database:
    """As many notes that say the same word, those of late kinds written first."""
    db = empty()
    entries = [author.says("action", f"AP{n}", "action", "common") for n in range(number // 2)]
    entries += [author.says("quote", f"Q{n}/R2", "text", "common") for n in range(number - number // 2)]
    journal.add(db, entries)
    SearchIndex(db).catch_up()
    return db


def test_of_more_than_anybody_reads_the_kinds_come_in_their_order(author: Author) -> None:
    db = many(author, search_index._WORTH_RANKING + 1)
    index = SearchIndex(db)
    found = words(index, "common")
    assert len(found) == len(set(found)) == search_index._WORTH_RANKING + 1
    kinds = [KINDS.index(kind) for kind, _ in found]
    assert kinds == sorted(kinds) and len(set(kinds)) == 2
    assert {kind for kind, _ in words(index, "common", {"quote"})} == {"quote"}
    assert len(words(index, "ap7")) == 11


def test_a_journal_of_more_records_than_are_read_at_once_is_indexed_whole(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "_MOST_AT_ONCE", 3)
    db = many(author, 20)
    assert len(words(SearchIndex(db), "common")) == 20
    numbers = [row[0] for row in db.execute("SELECT id FROM word_place ORDER BY id")]
    low = [KINDS.index(kind) << 32 for kind in ("action", "quote")]
    assert numbers == sorted(base + place for base in low for place in range(1, 11))


def test_in_a_store_of_the_first_kind_all_entries_count_as_unread_until_all_were_read(author: Author) -> None:
    """It keeps no order of arrival."""
    db = empty()
    (made,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'entry'").fetchone()
    db.execute("DROP TABLE entry")
    db.execute(f"{made} WITHOUT ROWID")
    journal.add(db, [author.says("action", "AP1", "owner", "somebody"), author.says("action", "AP2", "owner", "else")])
    index = SearchIndex(db)
    assert index.unread_entries() == 2
    index.catch_up()
    assert words(index, "somebody") == [("action", "AP1")] and index.unread_entries() == 0
    journal.add(db, [author.says("action", "AP3", "owner", "a third")])
    assert index.unread_entries() == 1
    index.catch_up()
    assert words(index, "third") == [("action", "AP3")] and words(index, "else") == [("action", "AP2")]


def test_a_kind_of_record_that_an_older_store_lacks_is_left_out(author: Author) -> None:
    db = holding(author.says("action", "AP1", "owner", "somebody"), author.says("quote", "Q1/R2", "text", "words"))
    db.execute("DROP TABLE quote")
    index = SearchIndex(db, apart=True)
    index.catch_up()
    assert words(index, "somebody") == [("action", "AP1")] and words(index, "words") == []


def test_parts_of_a_search_are_phrases_and_beginnings() -> None:
    assert expression([("a b", False), ("c", True)]) == '"a b" "c"*'
    assert expression([]) == ""
