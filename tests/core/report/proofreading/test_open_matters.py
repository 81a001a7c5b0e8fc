"""What is still open in a visit is told before its report goes out, each thing once, the gravest first."""

from __future__ import annotations

from reviewapp.report.proofreading import Finding, proofread
from reviewapp.visit.state import AuditRecord, ConcernRecord, TextRecord, VisitState
from tests.core.visit.building import SCORED, conflict, instrument, visit


def told(state: VisitState) -> list[tuple[str, str]]:
    """Rules and records; that there is no evidence in these small visits is told elsewhere."""
    return [(found.rule, found.key) for found in proofread(state) if found.rule != "met_no_evidence"]


def of(state: VisitState, rule: str) -> list[Finding]:
    return [found for found in proofread(state) if found.rule == rule]


def test_nothing_is_told_of_a_visit_that_is_finished():
    state = visit(instrument({"4": "1", "47": "2"}), agreed={"4": "met", "47": "not_met"})
    assert told(state) == []


def test_a_standard_nobody_rated_is_told_type_1_first():
    state = visit(instrument({"4": "2", "47": "1"}), own={"4": "met"}, ratings={"9/R2": "met"})
    assert told(state) == [("unrated", "47"), ("unrated", "4")]


def test_ratings_that_are_alike_but_not_agreed_are_told_together():
    state = visit(instrument({"4": "1", "47": "1"}), ratings={"4/R2": "met", "47/R2": "met"})
    (finding,) = of(state, "not_agreed")
    assert finding.why.startswith("2 standards are")
    assert (finding.entity, finding.standard) == ("agreed", "4")


def test_a_disagreement_is_told_until_it_is_settled():
    measured = instrument({"4": "1"})
    ratings = {"4/R2": "met", "4/R3": "not_met"}
    assert told(visit(measured, ratings=ratings)) == [("disagreement", "4")]
    assert told(visit(measured, ratings=ratings, agreed={"4": "met"})) == []


def test_two_agreed_ratings_of_one_standard_are_told_once_as_a_conflict():
    state = visit(
        instrument({"4": "1"}),
        ratings={"4/R2": "met", "4/R3": "not_met"},
        agreed={"4": None},
        conflicts=[conflict("agreed", "4", "met", "not_met")],
    )
    (finding,) = proofread(state)
    assert (finding.rule, finding.severity, finding.standard) == ("conflict", "stop", "4")
    assert "the agreed rating of standard 4" in finding.why


def test_a_conflict_about_no_standard_names_none():
    state = visit(instrument({}), conflicts=[conflict("context", "caseload", 37, 38)])
    (finding,) = proofread(state)
    assert (finding.entity, finding.key, finding.standard) == ("context", "caseload", "")
    assert "the fact about the service “caseload”" in finding.why


def test_a_fundamental_not_met_needs_a_recommendation_and_others_do_not():
    state = visit(instrument({"4": "1", "14": "2"}), agreed={"4": "not_met", "14": "not_met"})
    assert told(state) == [("no_recommendation", "recommendation:4")]
    state.passages["recommendation:4"] = TextRecord(key="recommendation:4", subject="recommendation:4", text="Do this.")
    assert told(state) == []


def test_a_concern_is_told_until_it_says_who_was_told():
    state = visit(instrument({}))
    state.concerns["IC1/R2"] = ConcernRecord(key="IC1/R2", person="R2", id="IC1", text="Somebody may be at risk")
    (finding,) = of(state, "concern_not_passed_on")
    assert finding.severity == "stop"
    assert "at risk" not in finding.why
    state.concerns["IC1/R2"] = ConcernRecord(
        key="IC1/R2", person="R2", id="IC1", text="Somebody may be at risk", told="the manager"
    )
    assert told(state) == []


def test_what_may_do_harm_comes_before_what_is_only_missing():
    state = visit(
        instrument({"4": "1", "47": "1"}),
        ratings={"4/R2": "met", "4/R3": "not_met"},
        conflicts=[conflict("context", "caseload", 37, 38)],
    )
    state.concerns["IC1/R2"] = ConcernRecord(key="IC1/R2", person="R2", id="IC1", text="A risk")
    assert [f.rule for f in proofread(state)] == ["concern_not_passed_on", "conflict", "disagreement", "unrated"]


def test_on_a_scored_scale_no_type_is_fundamental():
    state = visit(instrument({"1": "1"}, scale=SCORED, thresholds=()), agreed={"1": 1})
    assert told(state) == []


def test_late_ratings_and_case_notes_read_differently_are_told_together():
    state = visit(
        instrument({"4": "1"}), ratings={"4/R2": "met", "4/R3": "not_met"}, audit={"1/A1/R2": "yes", "1/A1/R3": "no"}
    )
    state.late = frozenset({"4/R3"})
    found = {finding.rule: finding for finding in proofread(state)}
    assert (found["late_rating"].key, found["late_rating"].standard) == ("4/R3", "4")
    assert "1 rating arrived after the meeting was opened and is not counted" in found["late_rating"].why
    assert found["case_notes_differ"].key == "1/A1"
    state.agreed_audit["1/A1"] = AuditRecord(key="1/A1", case_note="1", item="A1", value="yes")
    assert of(state, "case_notes_differ") == []
