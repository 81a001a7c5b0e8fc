"""What was looked at for a criterion is evidence from its source: nobody is sent to ask there again."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reviewapp.figures.evidence import evidence, still_untested
from reviewapp.instruments.library import builtin
from reviewapp.visit.criterion_records import CriterionRecord
from reviewapp.visit.state import VisitState
from tests.core.visit.building import visit

SCALE = next(one for one in builtin() if one.id == "example-fidelity-8")


def found(*said: tuple[str, str, str, str], **given: Any) -> VisitState:
    """Findings as (item, letter, source, reviewer); a verdict unless something else is given."""
    made = {}
    for item, letter, source, person in said:
        key = f"{item}/{letter}/{source}/{person}"
        made[key] = CriterionRecord(
            key=key, person=person, standard=item, criterion=letter, source=source, **(given or {"value": "met"})
        )
    return msgspec.structs.replace(visit(SCALE), criteria=made)


def untested(state: VisitState) -> dict[str, list[str]]:
    """The items that are still untested, with the sources heard."""
    return {one.standard: list(one.heard) for one in still_untested(state)}


def test_two_sources_of_findings_test_an_item_documents_among_them() -> None:
    one = found(("5", "a", "manager", "R2"))
    assert untested(one)["5"] == ["manager"] and evidence(one, "5").sources == {"manager"}
    both = found(("5", "a", "manager", "R2"), ("5", "b", "document", "R3"))
    assert "5" not in untested(both)
    assert untested(found(("5", "a", "document", "R2"), ("5", "b", "document", "R3")))["5"] == ["document"]


@pytest.mark.parametrize("given", [{"value": "not_established"}, {"n": 8, "of": 10}, {"ticked": ()}])
def test_somebody_was_asked_whatever_came_of_it(given: dict[str, Any]) -> None:
    assert untested(found(("6", "a", "manager", "R2"), **given))["6"] == ["manager"]


def test_a_note_alone_and_what_somebody_not_on_the_team_found_are_no_source() -> None:
    assert untested(found(("6", "a", "manager", "R2"), note="ask"))["6"] == []
    assert untested(found(("6", "a", "manager", "Z9")))["6"] == []
