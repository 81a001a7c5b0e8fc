"""The current tables: those of another version are read as they are, and a record is brought up to date by itself."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from reviewapp.store import journal, tables
from reviewapp.store.deletions import DELETED
from reviewapp.store.driver import Database, OperationalError
from tests.core.store.journals import Author, deletion, empty, holding, row


@pytest.fixture
def db(lead: Author) -> Database:
    """Ratings whose numbers sort otherwise than their letters, one deleted; a quote, and a record of no known shape."""
    return holding(
        *(lead.says("rating", f"{number}/L1", "value", "met") for number in ("113", "4", "36")),
        lead.says("rating", "4/L1", "note", "words"), lead.says("rating", "9", "note", "no person in the key"),
        lead.says("interview", "P1/L1", "group", "patient"), lead.says("interview", "P2/L1", "group", "staff"),
        lead.says("interview", "P2/L1", DELETED, True), lead.says("interview", "P1/L1", DELETED, False),
        lead.says("quote", "Q1/L1", "interview", "P1"), lead.says("quote", "Q1/L1", "text", "words"),
        lead.says("quote", "Q1/L1", DELETED, False), lead.says("action", "AP1", "standard", "4"),
    )  # fmt: skip


KINDS = ("rating", "interview", "quote", "action")


def records(db: Database) -> dict[str, str]:
    return {entity: tables.read_records(db, entity) for entity in KINDS}


def keys_of(text: str) -> list[str]:
    return [one["key"] for one in msgspec.json.decode(text)]


def as_an_older_version_kept_it(db: Database, entity: str, *unknown: str) -> None:
    """The table of a kind without its order, without the end of the JSON, and without fields that came later."""
    names = ", ".join(f"[{name}]" for name in ("key", *tables.COLUMNS[entity]) if name not in unknown)
    db.execute(f'ALTER TABLE "{entity}" RENAME TO newer')
    db.execute(f'CREATE TABLE "{entity}" AS SELECT {names} FROM newer ORDER BY key')
    db.execute("DROP TABLE newer")


# The tables of another version ------------------------------------------------------------------------------------


def test_a_deleted_record_and_one_whose_key_has_another_shape_are_none(db: Database) -> None:
    assert keys_of(tables.read_records(db, "rating")) == ["4/L1", "36/L1", "113/L1"]
    assert keys_of(tables.read_records(db, "interview")) == ["P1/L1"]
    assert {one["key"] for one in tables.read_rows(db, "rating")} == {"9", "4/L1", "36/L1", "113/L1"}


def test_tables_of_an_older_version_that_can_only_be_read_say_what_those_of_this_version_do(db: Database) -> None:
    now = records(db)
    assert now["interview"] == '[{"group":"patient","key":"P1/L1","person":"L1","id":"P1"}]'
    assert now["quote"] == '[{"text":"words","key":"Q1/L1","person":"L1","id":"Q1","interview":"P1/L1"}]'
    rows = {entity: sorted(tables.read_rows(db, entity), key=lambda one: str(one["key"])) for entity in KINDS}
    as_an_older_version_kept_it(db, "rating")
    as_an_older_version_kept_it(db, "interview", "consent_notes")
    as_an_older_version_kept_it(db, "quote", "standards")
    as_an_older_version_kept_it(db, "action")
    tables.mark_outdated(db)
    assert records(db) == now
    for entity in KINDS:
        assert sorted(tables.read_rows(db, entity), key=lambda one: str(one["key"])) == rows[entity]
    assert tables.deleted(db, "interview") == {"P2/L1"}
    some = ["113/L1", "9", "absent/L1", "4/L1"]
    assert keys_of(tables.read_records(db, "rating", some)) == ["4/L1", "113/L1"]
    assert tables.read_records(db, "rating", []) == "[]"
    tables.rebuild_if_outdated(db)
    assert records(db) == now


def test_a_kind_that_an_older_version_did_not_know_has_no_records(db: Database) -> None:
    db.execute('DROP TABLE "interview"')
    tables.mark_outdated(db)
    assert tables.read_records(db, "interview") == tables.read_records(db, "interview", ["P1/L1"]) == "[]"
    assert tables.read_rows(db, "interview") == [] and tables.deleted(db, "interview") == set()
    tables.rebuild_if_outdated(db)
    assert keys_of(tables.read_records(db, "interview")) == ["P1/L1"]


def test_tables_of_this_version_that_are_spoilt_are_an_error_and_never_read_as_older_ones(db: Database) -> None:
    as_an_older_version_kept_it(db, "rating")
    with pytest.raises(OperationalError):
        tables.read_records(db, "rating")
    as_an_older_version_kept_it(db, "interview", DELETED)
    db.execute('DROP TABLE "action"')
    for entity in ("interview", "action"):
        with pytest.raises(OperationalError):
            tables.read_records(db, entity)
        with pytest.raises(OperationalError):
            tables.read_rows(db, entity)
        with pytest.raises(OperationalError):
            tables.deleted(db, entity)


def test_of_many_records_one_two_or_more_are_read_by_their_keys(db: Database) -> None:
    for some in (["36/L1"], ["36/L1", "113/L1"], ["4/L1", "36/L1", "113/L1"]):
        assert keys_of(tables.read_records(db, "rating", some)) == some
    assert tables.read_records(db, "rating", ["absent/L1"]) == tables.read_records(db, "rating", ["9"]) == "[]"


# Bringing records up to date --------------------------------------------------------------------------------------


def test_each_record_of_a_file_is_brought_up_to_date_whatever_the_others_are(lead: Author) -> None:
    """Beside one of a kind that this version does not know, and one of which nothing is said any more."""
    owner = lead.says("action", "AP1", "owner", "a")
    others = [
        lead.says("action", "AP1", "owner", None, owner), lead.says("later", "x", "new", 1),
        lead.says("action", "AP2", "owner", "b"), lead.says("rating", "4/L1", "value", "met"),
    ]  # fmt: skip
    db = holding(owner)
    journal.add(db, others)
    assert row(db, "action", "AP1") == {} and row(db, "action", "AP2") == {"key": "AP2", "owner": "b"}
    assert row(db, "rating", "4/L1")["value"] == "met"


def test_a_kind_that_this_version_does_not_know_is_in_conflict_like_any_other(lead: Author, reviewer: Author) -> None:
    db = holding(lead.says("later", "x", "new", 1), reviewer.says("later", "x", "new", 2))
    assert journal.conflicts(db) == [("later", "x", "new")]


def test_a_deletion_that_another_contradicts_and_that_missed_a_change_is_one_conflict(
    lead: Author, reviewer: Author
) -> None:
    known = lead.says("action", "AP1", "standard", "4")
    others = [reviewer.says("action", "AP1", DELETED, False), reviewer.says("action", "AP1", "progress", "begun")]
    for order in itertools.permutations([known, *deletion(lead, known), *others]):
        db = empty()
        journal.add(db, order)
        assert journal.conflicts(db) == [("action", "AP1", DELETED)]


def test_what_is_changed_after_a_deletion_was_taken_back_is_no_conflict_with_it(lead: Author, reviewer: Author) -> None:
    known = lead.says("action", "AP1", "standard", "4")
    gone, seeing = deletion(lead, known)
    back = lead.says("action", "AP1", DELETED, False, gone)
    db = holding(known, gone, seeing, back, reviewer.says("action", "AP1", "progress", "begun"))
    assert journal.conflicts(db) == [] and row(db, "action", "AP1")["progress"] == "begun"


def test_a_value_that_both_took_away_is_no_conflict_and_says_nothing(lead: Author, reviewer: Author) -> None:
    start = lead.says("action", "AP1", "owner", "a")
    gone = [one.says("action", "AP1", "owner", None, start) for one in (lead, reviewer)]
    db = holding(start, *gone, lead.says("action", "AP1", "standard", "4"))
    assert journal.conflicts(db) == []
    (cell,) = db.execute("SELECT owner FROM action WHERE key = 'AP1'").fetchone()
    assert cell is None, "as where nobody ever said anything"
