"""What a kind of record declares about itself fits together, so that what is derived from it holds."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter
from typing import get_args, get_type_hints

import msgspec
import pytest

from reviewapp.search import KINDS
from reviewapp.visit import statements
from reviewapp.visit.entities import ENTITIES, FIRST_STANDS, VALUE_FIELDS, EntityInfo
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
    assert bool(kind.LEAD_RECORDS) == (kind.RECORDED_BY == "lead")
