"""One planted fault of each kind is found, and its good twin is not."""

from __future__ import annotations

import msgspec
import pytest

from reviewapp.figures.ratings import effective_ratings
from reviewapp.report.proofreading import RULES, TEXT_RULES, as_json, proofread
from reviewapp.report.proofreading.texts import all_texts
from reviewapp.visit.state import FindingAcceptedRecord
from tests.core.report.proofreading.planted_faults import (
    FAULTS,
    Plant,
    against_all,
    bare_number,
    concern,
    email,
    few_people,
    hard,
    named,
    nhs_number,
    only_contrary,
    phone,
)
from tests.core.report.proofreading.support import agree, found, good, write
from tests.core.visit.building import visit


def test_nothing_is_found_in_a_good_visit() -> None:
    assert proofread(good()) == []


@pytest.mark.parametrize(("plant", "rule", "severity", "place"), FAULTS, ids=[fault[0].__name__ for fault in FAULTS])
def test_a_planted_fault_is_found(plant: Plant, rule: str, severity: str, place: str) -> None:
    state = good()
    plant(state)
    faults = found(state, rule)
    assert [(one.severity, one.place) for one in faults][:1] == [(severity, place)]
    assert all(one.why.endswith(".") and one.action and one.accepted is None for one in faults)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault[0].__name__ for fault in FAULTS])
def test_accepting_it_accepts_that_and_nothing_else(fault: tuple[Plant, str, str, str]) -> None:
    state = good()
    fault[0](state)
    one = found(state, fault[1])[0]
    state.findings_accepted[f"{one.id}/L1"] = FindingAcceptedRecord(
        key=f"{one.id}/L1", person="L1", id=one.id, reason="We looked at it together."
    )
    after = proofread(state)
    assert [other.id for other in after if other.accepted] == [one.id]
    accepted = as_json(next(other for other in after if other.accepted))["accepted"]
    assert accepted == {"person": "L1", "reason": "We looked at it together."}


def test_every_rule_finds_one_of_the_planted_faults() -> None:
    finds: set[object] = set()
    for plant, *_ in FAULTS:
        state = good()
        plant(state)
        finds |= {rule for rule in RULES if rule(state)}
        finds |= {rule for rule in TEXT_RULES if rule(state, all_texts(state))}
    assert {*RULES, *TEXT_RULES} == finds


def test_a_reason_that_is_written_is_for_the_reader_to_weigh() -> None:
    state = good()
    only_contrary(state)
    agree(state, "4", "met", "One person had a bad day; the leaflet and two records settle it.")
    (one,) = found(state, "met_only_contrary")
    assert one.severity == "warn"


def test_a_section_that_is_named_is_counted_by_itself() -> None:
    state = good()
    write(state, "summary", "In the section “Staff”, two standards are met. In this section one standard is not met.")
    write(state, "section:Care", "Two of 2 standards are met.")
    assert found(state, "contradicts_figures") == []
    write(state, "section:Care", "One of 2 standards is met.")
    assert [one.place for one in found(state, "contradicts_figures")] == ["passage/section:Care"]


def test_one_thing_about_the_evidence_is_told_once() -> None:
    state = good()
    against_all(state)
    about = [one.rule for one in proofread(state) if one.standard == "4" and one.entity == "agreed"]
    assert about == ["agreed_against_all"]


def test_the_gravest_come_first() -> None:
    state = good()
    for plant in (few_people, bare_number, concern, hard):
        plant(state)
    severities = [one.severity for one in proofread(state)]
    assert severities == sorted(severities, key=["stop", "warn", "note"].index)
    assert set(severities) == {"stop", "warn", "note"}


def test_no_finding_repeats_what_may_tell_who_somebody_is() -> None:
    for plant, secret in ((nhs_number, "943 476 5919"), (phone, "900123"), (email, "somebody@"), (named, "Blodwen")):
        state = good()
        plant(state)
        assert not [one for one in proofread(state) if secret in f"{one.why}{one.action}{one.id}"]


def test_what_the_report_does_not_print_is_a_lesser_warning() -> None:
    state = good()
    old = state.answers["P1/notes/R2"]
    state.answers["P1/notes/R2"] = msgspec.structs.replace(old, text="NHS number 943 476 5919")
    (one,) = found(state, "nhs_number")
    assert one.severity == "warn"
    assert "not print" in one.why


def test_on_a_scored_scale_no_verdict_is_looked_for() -> None:
    from tests.core.visit.building import scored_instrument

    state = visit(scored_instrument(3), agreed={"1": 1, "2": 5, "3": 3})
    write(state, "summary", "Two standards are met.")
    assert effective_ratings(state)["1"].value == 1
    assert {one.rule for one in proofread(state)} <= {"contradicts_figures"}


def test_on_a_scored_scale_a_low_item_is_no_achievement_and_a_recommendation_is_for_any_item() -> None:
    from tests.core.visit.building import scored_instrument

    state = visit(scored_instrument(3), agreed={"1": 1, "2": 5, "3": 3})
    write(state, "achievements", "See standard 1 and standard 2.")
    write(state, "improvements", "See standard 1 and standard 2.")
    write(state, "recommendation:1", "Visit at weekends too.")
    write(state, "recommendation:3", "Visit at weekends too.")
    assert [
        (one.severity, one.standard, one.why.partition(" names ")[2]) for one in found(state, "contradicts_rating")
    ] == [
        ("stop", "1", "standard 1, which is scored 1."),
        ("warn", "2", "standard 2, which is scored 5."),
    ]
    assert not found(state, "recommendation_not_printed"), "every item prints what to consider"
