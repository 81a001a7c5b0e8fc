"""What a kind of record declares about itself fits together, so that what is derived from it holds."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter
from typing import get_args, get_type_hints

import msgspec
import pytest

from reviewapp.search import KINDS
from reviewapp.visit import statements
from reviewapp.visit.entities import (
    DERIVED,
    ENTITIES,
    FIRST_STANDS,
    IDENTIFYING,
    VALUE_FIELDS,
    WITHDRAWABLE,
    EntityInfo,
    record_identity,
    record_in_words,
    statement_for,
)
from reviewapp.visit.rights import needs_lead
from reviewapp.visit.state import VisitState

EACH = pytest.mark.parametrize("info", ENTITIES.values(), ids=list(ENTITIES))
FOLDER = Path(statements.__file__).parent


def fields_of(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def test_every_statement_is_a_kind() -> None:
    """One that is left out of `AnyStatement` could be recorded nowhere."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.py") if path.name != "base.py"]
    written = {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    assert written == {info.statement.__name__ for info in ENTITIES.values()} <= set(statements.__all__)


@EACH
def test_a_kind_has_a_table_of_its_own_records_on_the_visit(info: EntityInfo) -> None:
    kind = info.statement
    assert get_args(get_type_hints(VisitState)[kind.TABLE]) == (str, kind.RECORD)
    assert [other for other, its in ENTITIES.items() if its.statement.TABLE == kind.TABLE] == [info.name]


@EACH
def test_what_a_kind_says_of_its_fields_is_about_fields_it_has(info: EntityInfo) -> None:
    kind = info.statement
    assert {*kind.CHECKS} <= {*info.ids, *info.fields}
    named = {*kind.VALUE_FIELDS, *kind.FIRST_STANDS, *kind.DERIVED, *(kind.TEXTS or ()), *kind.ABOUT}
    assert named | {kind.NEEDS} - {""} <= info.fields.keys()
    assert kind.FOUND_AS in KINDS
    assert not kind.KEY_IN_WORDS or len(info.ids) == 1
    assert tuple(f.name for f in msgspec.structs.fields(kind) if f.name in info.ids and f.type is int) == kind.NUMBERS


@EACH
def test_a_field_that_two_laptops_said_differently_means_the_same_in_every_kind(info: EntityInfo) -> None:
    kind = info.statement
    assert info.fields.keys() & VALUE_FIELDS - {"deleted"} == {*kind.VALUE_FIELDS}
    assert info.fields.keys() & FIRST_STANDS == {*kind.FIRST_STANDS}


@EACH
def test_what_a_kind_is_called_can_be_filled_in(info: EntityInfo) -> None:
    kind = info.statement
    assert fields_of(kind.PHRASE) <= {"key"}
    assert not kind.WHOSE or {"author"} <= fields_of(kind.WHOSE) <= {"author", *info.ids}
    assert kind.COUNTED is None or all(fields_of(form) == {"n"} for form in kind.COUNTED)
    assert bool(kind.LEAD_RECORDS) == needs_lead(info.name, "R2")


def test_a_key_is_taken_apart_into_its_parts_and_its_author() -> None:
    assert ENTITIES["rating"].split("47/R2") == ({"standard": "47"}, "R2")
    assert ENTITIES["answer"].split("P1/P01/R2") == ({"interview": "P1", "prompt": "P01"}, "R2")
    assert ENTITIES["agreed"].split("47") == ({"standard": "47"}, "")
    assert ENTITIES["survey"].split("carer/47") == ({"group": "carer", "standard": "47"}, "")
    assert ENTITIES["passage"].split("section:Care/and more") == ({"place": "section:Care/and more"}, "")


@pytest.mark.parametrize(
    ("entity", "key"),
    [
        ("rating", "47"), ("rating", "47/R2/R3"), ("rating", "/R2"), ("rating", ""), ("answer", "P1/R2"),
        ("answer", "P1//R2"), ("agreed", "47/R2"), ("agreed", ""), ("survey", "carer"), ("passage", ""),
    ],
)  # fmt: skip
def test_a_key_of_another_shape_is_no_record(entity: str, key: str) -> None:
    assert ENTITIES[entity].split(key) is None
    assert statement_for(entity, key, {}) is None
    assert record_identity(entity, key, {"group": "patient"}) is None


def test_an_entry_becomes_the_statement_that_would_make_it() -> None:
    assert statement_for("rating", "47/R2", {"value": "met"}) == statements.Rating(standard="47", value="met")
    assert statement_for("decision", "2", {"note": "n"}) == statements.Decision(presentation=2, note="n")
    assert statement_for("interview", "P1/R2", {"with": ["R3"]}) == statements.Interview(id="P1", with_=["R3"])
    assert statement_for("of a later version", "x/R2", {"value": 1}) is None
    for entity, key, values in (
        ("decision", "first", {}),
        ("rating", "4/R2", {"note": 7}),
        ("rating", "4/R2", {"x": 1}),
    ):
        with pytest.raises(msgspec.ValidationError):
            statement_for(entity, key, values)


def test_a_record_knows_its_key_its_author_and_what_follows_from_them() -> None:
    assert record_identity("rating", "47/R2", {}) == {"key": "47/R2", "person": "R2", "standard": "47"}
    assert record_identity("decision", "2", {}) == {"key": "2", "person": "", "presentation": 2}
    assert record_identity("answer", "P1/P01/R2", {}) == {
        "key": "P1/P01/R2", "person": "R2", "interview": "P1/R2", "prompt": "P01",
    }  # fmt: skip
    assert record_identity("quote", "Q1/R2", {"interview": "P1"}) == {
        "key": "Q1/R2", "person": "R2", "id": "Q1", "interview": "P1/R2",
    }  # fmt: skip
    assert record_identity("quote", "Q1/R2", {}) == {"key": "Q1/R2", "person": "R2", "id": "Q1", "interview": "/R2"}
    passage, context = record_identity("passage", "summary", {}), record_identity("local_context", "4/R2", {})
    assert passage is not None and passage["subject"] == "summary"
    assert context is not None and context["subject"] == "4"


def test_what_was_deleted_or_lacks_what_it_cannot_be_without_is_no_record() -> None:
    for said in ({"group": "patient", "deleted": True}, {}, {"group": None}):
        assert record_identity("interview", "P1/R2", said) is None
    assert record_identity("interview", "P1/R2", {"group": "patient", "deleted": False}) is not None
    assert record_identity("quote", "Q1/R2", {"deleted": True}) is None
    assert record_identity("of a later version", "x/R2", {}) is None


def test_a_record_in_plain_words() -> None:
    assert record_in_words("agreed", "47") == "the agreed rating of standard 47"
    assert record_in_words("agreed", "47", lambda text: text.upper().replace("{KEY}", "{key}")).endswith("STANDARD 47")
    assert record_in_words("meeting", "meeting") == "the opening of the meeting"
    assert record_in_words("case_note", "3/R2") == "case note 3 · R2"
    assert record_in_words("of a later version", "x/R2") == "of a later version x · R2"


@EACH
def test_a_record_of_each_kind_is_named_in_plain_words(info: EntityInfo) -> None:
    assert info.statement.PHRASE and "_" not in info.statement.PHRASE
    assert fields_of(info.statement.PHRASE) <= {"key"}


def test_what_is_derived_from_the_kinds_is_what_they_declare() -> None:
    assert {"interview", "quote", "known_name"} <= set(WITHDRAWABLE) < ENTITIES.keys()
    assert DERIVED["quote"] == {"interview"} and "rating" not in DERIVED
    assert {"deleted", "group", "role", "interview"} <= IDENTIFYING and not IDENTIFYING & {"", "value", "note"}
    assert {"deleted", "value", "tone"} <= VALUE_FIELDS
    assert {"group", "role", "standard", "interview"} <= FIRST_STANDS
    rating, interview = ENTITIES["rating"], ENTITIES["interview"]
    assert rating.fields == {"value": "value", "note": "note", "reason": "reason"}
    assert rating.checked_ids == ("standard",)
    assert interview.fields["with"] == "with_" and "id" not in interview.fields and interview.checked_ids == ()
    assert (rating.name, rating.shared, rating.key_in_words) == ("rating", False, False)
    assert ENTITIES["agreed"].shared and ENTITIES["passage"].key_in_words


@EACH
def test_one_of_a_kind_is_said_with_its_article_in_every_message(info: EntityInfo) -> None:
    """ "The value of a also_rating is malformed": no message puts an article before the name that scripts use."""
    said = record_in_words(info.statement.kind(), "A1")
    assert re.match(r"(an?|the|what|why|who|case note) ", said), said
    assert not re.search(r"\ba [aeio]|\ban [^aeiou]|_", said), said
