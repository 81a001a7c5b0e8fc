"""Whatever a person can write is looked through for what may identify somebody."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reviewapp.report.proofreading import proofread
from reviewapp.report.proofreading.texts import all_texts
from reviewapp.visit.entities import ENTITIES
from reviewapp.visit.state import VisitState
from tests.core.report.building import rich_visit

NUMBER = "NHS9434765919"
NOT_LOOKED_THROUGH = {
    ("known_name", "name"),  # the list itself
    ("person", "name"),  # who reviews, and may be named
    ("team_note", "source"),  # a place in a sheet
}
WRITTEN = sorted(
    (name, field)
    for name, info in ENTITIES.items()
    for field in info.statement.TEXTS or ()
    if (name, field) not in NOT_LOOKED_THROUGH
)


def saying_it(entity: str, field: str) -> VisitState:
    """The rich visit with one more record of this kind in which the number stands."""
    kind = ENTITIES[entity].statement
    record = kind.RECORD
    given: dict[str, Any] = {"key": "X1/R2", "person": "R2", field: NUMBER}
    for name in record.__struct_fields__:
        wanted = next(f for f in msgspec.structs.fields(record) if f.name == name)
        if wanted.required and name not in given:
            given[name] = {"interview": "P1/R4", "group": "patient", "presentation": 1}.get(name, "4")
    table = {**getattr(rich_visit(), kind.TABLE), "X1/R2": record(**given)}
    return msgspec.structs.replace(rich_visit(), **{kind.TABLE: table})


@pytest.mark.parametrize(("entity", "field"), WRITTEN)
def test_every_field_in_which_words_are_written_is_looked_through(entity: str, field: str) -> None:
    state = saying_it(entity, field)
    assert (entity, "X1/R2", field) in {text.at for text in all_texts(state)}
    found = [one for one in proofread(state) if one.rule == "nhs_number"]
    assert [(one.entity, one.key, one.field) for one in found] == [(entity, "X1/R2", field)]
    assert all("9434765919" not in one.why for one in found)
