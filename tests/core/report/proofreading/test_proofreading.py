"""One planted fault of each kind is found, and its good twin is not."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from reviewapp.figures.ratings import effective
from reviewapp.report.proofreading import RULES, TEXT_RULES, Finding, as_json, proofread
from reviewapp.report.proofreading.texts import all_texts
from reviewapp.visit.state import (
    AgreedRecord,
    AuditRecord,
    ConcernRecord,
    FindingAcceptedRecord,
    InterviewRecord,
    KnownNameRecord,
    PersonRecord,
    RatingRecord,
    SurveyRecord,
    TextRecord,
    VisitState,
)
from tests.core.visit.building import conflict, instrument, quote, talk, visit

SECTIONS = {"4": "Care", "14": "Care", "47": "Staff", "63": "Staff", "90": "Staff"}
PLAIN = "This is a kind team. People told us so."


def good() -> VisitState:
    """A visit with nothing to be found: rated, agreed, with evidence and recommendations."""
    measured = instrument(
        {"4": "1", "14": "1", "47": "2", "63": "1", "90": "3"}, sections=SECTIONS, audit={"A1": ["47"]}
    )
    state = visit(
        measured,
        ratings={f"{number}/R2": "met" for number in ("4", "14", "47", "90")} | {"63/R2": "not_met"},
        agreed={"4": "met", "14": "met", "47": "met", "63": "not_met", "90": "met"},
        own={"4": "met", "14": "met", "47": "met", "63": "met", "90": "met"},
        survey={"patient/14": (12, 2, 0), "carer/90": (11, 1, 0)},
        talks=[talk("P1/R2"), talk("P2/R2"), talk("C1/R2", "carer"), talk("C2/R2", "carer")],
        answers={f"{who}/notes/R2": "They come when they say." for who in ("P1", "P2", "C1", "C2")},
        quotes=[
            quote("Q1/R2", "P1", "4", tone="positive", text="They asked me first"),
            quote("Q2/R2", "C1", "63", tone="negative", text="Nobody told us of one"),
        ],
        audit={f"{n}/A1/R2": "yes" for n in range(1, 11)},
    )
    write(state, "summary", f"{PLAIN} Four of 5 standards are met. Standard 63 is not met.")
    write(state, "achievements", "People are asked first.")
    write(state, "improvements", "Peer support, standard 63, is missing.")
    write(state, "recommendation:63", "Put the case for a post again.")
    return state


def write(state: VisitState, place: str, text: str) -> None:
    state.passages[place] = TextRecord(key=place, subject=place, text=text)


def agree(state: VisitState, number: str, value: str | None, reason: str = "") -> None:
    state.agreed[number] = AgreedRecord(key=number, standard=number, value=value, reason=reason)


def say(state: VisitState, key: str, *standards: str, tone: str, interview: str = "P1", text: str = "Words") -> None:
    state.quotes[key] = quote(key, interview, *standards, tone=tone, text=text)


def found(state: VisitState, rule: str) -> list[Finding]:
    return [one for one in proofread(state) if one.rule == rule]


def test_nothing_is_found_in_a_good_visit() -> None:
    assert proofread(good()) == []


# One fault each: what is done to the good visit, the rule that finds it, how grave it is, and where. ---------------


def no_recommendation(state: VisitState) -> None:
    write(state, "recommendation:63", "  ")


def disagreement(state: VisitState) -> None:
    state.ratings["4/R3"] = RatingRecord(key="4/R3", person="R3", standard="4", value="not_met")
    agree(state, "4", None)


def conflicting(state: VisitState) -> None:
    state.conflicts = (conflict("context", "caseload", 37, 38),)


def concern(state: VisitState) -> None:
    state.concerns["IC1/R2"] = ConcernRecord(key="IC1/R2", person="R2", id="IC1", text="Somebody may be at risk")


def unrated(state: VisitState) -> None:
    del state.ratings["47/R2"], state.agreed["47"]
    write(state, "summary", PLAIN)


def not_agreed(state: VisitState) -> None:
    del state.agreed["47"]


def late(state: VisitState) -> None:
    state.ratings["4/R3"] = RatingRecord(key="4/R3", person="R3", standard="4", value="met")
    state.late = frozenset({"4/R3"})


def case_notes_differ(state: VisitState) -> None:
    state.audit["1/A1/R3"] = AuditRecord(key="1/A1/R3", person="R3", case_note="1", item="A1", value="no")


def no_consent(state: VisitState) -> None:
    state.interviews["P1/R2"] = msgspec.structs.replace(state.interviews["P1/R2"], consent_quotes=None)


def quote_outside(state: VisitState) -> None:
    say(state, "Q3/R2", "81", tone="neutral")


def cites_outside(state: VisitState) -> None:
    write(state, "method", "We looked at standards 4 and 81 in the records.")


def only_praise(state: VisitState) -> None:
    state.quotes["Q2/R2"] = quote("Q2/R2", "C1", "63", tone="positive", text="There is a good one")


def only_contrary(state: VisitState) -> None:
    state.quotes["Q1/R2"] = quote("Q1/R2", "P1", "4", tone="negative", text="They never asked")


def no_evidence(state: VisitState) -> None:
    del state.quotes["Q1/R2"]


def against_all(state: VisitState) -> None:
    state.quotes["Q1/R2"] = quote("Q1/R2", "P1", "4", tone="negative", text="They never asked")
    state.ratings["4/R2"] = RatingRecord(key="4/R2", person="R2", standard="4", value="not_met")
    state.self_review["4"] = msgspec.structs.replace(state.self_review["4"], value="not_met")


def number_in_summary(state: VisitState) -> None:
    write(state, "summary", "All is well: five of 5 standards are met.")


def all_in_summary(state: VisitState) -> None:
    write(state, "summary", "All type 1 standards are met.")


def percent_in_summary(state: VisitState) -> None:
    write(state, "summary", "The team meets 90 % of the standards.")


def people_in_method(state: VisitState) -> None:
    write(state, "method", "We spoke with three patients and two carers.")


def rating_in_summary(state: VisitState) -> None:
    write(state, "summary", "Standard 63 was met.")


def achievement_not_met(state: VisitState) -> None:
    write(state, "achievements", "Peer support (standard 63) is a strength.")


def improvement_met(state: VisitState) -> None:
    write(state, "improvements", "Work on standard 47 first.")


def stray_recommendation(state: VisitState) -> None:
    write(state, "recommendation:47", "Go on asking.")


def glyph(state: VisitState) -> None:
    write(state, "summary", f"{PLAIN} \N{SLIGHTLY SMILING FACE}")


def few_people(state: VisitState) -> None:
    write(state, "summary", f"{PLAIN} Two carers were never rung.")


def percent_of_few(state: VisitState) -> None:
    write(state, "summary", f"{PLAIN} Of the staff, 66 % of staff liked it.")


def one_manager(state: VisitState) -> None:
    state.interviews["M1/R2"] = InterviewRecord(
        key="M1/R2", person="R2", id="M1", group="manager", consent_notes=True, consent_quotes=True
    )
    say(state, "Q3/R2", "47", tone="positive", interview="M1")


def few_surveyed(state: VisitState) -> None:
    state.survey = {"carer/90": SurveyRecord(key="carer/90", group="carer", standard="90", yes=6, no=1)}


def nhs_number(state: VisitState) -> None:
    write(state, "summary", f"{PLAIN} NHS number 943 476 5919.")


def bare_number(state: VisitState) -> None:
    write(state, "summary", f"{PLAIN} See 9434765919.")


def mistyped_number(state: VisitState) -> None:
    write(state, "summary", f"{PLAIN} NHS no 943 476 5918.")


def phone(state: VisitState) -> None:
    say(state, "Q3/R2", "4", tone="positive", text="I ring 07700 900123 at night")


def email(state: VisitState) -> None:
    agree(state, "4", "met", "Sent by somebody@example.org on the day.")


def postcode(state: VisitState) -> None:
    write(state, "method", "The base is at ZZ9 9ZZ, the house at SW1A 1AA.")


def born(state: VisitState) -> None:
    write(state, "method", "One was born on 14 May 1985.")


def old_date(state: VisitState) -> None:
    write(state, "method", "The letter says 14/05/1985.")


def named(state: VisitState) -> None:
    state.known_names["N1/R2"] = KnownNameRecord(key="N1/R2", person="R2", id="N1", name="Blodwen Example")
    write(state, "method", "We were shown round by Blodwen.")


def reviewer_named(state: VisitState) -> None:
    state.people["R2"] = PersonRecord(key="R2", role="clinician", name="Myfanwy Example")
    write(state, "method", "Myfanwy read the records.")


def hard(state: VisitState) -> None:
    write(state, "method", "Notwithstanding considerable organisational reconfiguration, multidisciplinary "
          "practitioners demonstrated extraordinarily comprehensive understanding of individualised formulation, "
          "collaborative deliberation, therapeutic continuity and interprofessional accountability throughout "
          "successive evaluations, irrespective of administrative complexity, occupational turbulence or "
          "technological insufficiency.")  # fmt: skip


Plant = Callable[[VisitState], None]
FAULTS: list[tuple[Plant, str, str, str]] = [
    (concern, "concern_not_passed_on", "stop", "concern/IC1/R2"),
    (conflicting, "conflict", "stop", "context/caseload"),
    (disagreement, "disagreement", "stop", "agreed/4"),
    (no_recommendation, "no_recommendation", "stop", "passage/recommendation:63"),
    (unrated, "unrated", "warn", "rating/47"),
    (not_agreed, "not_agreed", "note", "agreed/47"),
    (late, "late_rating", "warn", "rating/4/R3"),
    (case_notes_differ, "case_notes_differ", "warn", "agreed_audit/1/A1"),
    (no_consent, "quote_without_consent", "stop", "quote/Q1/R2"),
    (quote_outside, "quote_outside_set", "stop", "quote/Q3/R2"),
    (cites_outside, "standard_outside_set", "warn", "passage/method"),
    (only_praise, "not_met_only_praise", "stop", "agreed/63"),
    (only_contrary, "met_only_contrary", "stop", "agreed/4"),
    (no_evidence, "met_no_evidence", "warn", "agreed/4"),
    (against_all, "agreed_against_all", "stop", "agreed/4"),
    (number_in_summary, "contradicts_figures", "stop", "passage/summary"),
    (all_in_summary, "contradicts_figures", "stop", "passage/summary"),
    (percent_in_summary, "contradicts_figures", "stop", "passage/summary"),
    (people_in_method, "contradicts_figures", "stop", "passage/method"),
    (rating_in_summary, "contradicts_rating", "stop", "passage/summary"),
    (achievement_not_met, "contradicts_rating", "stop", "passage/achievements"),
    (improvement_met, "contradicts_rating", "warn", "passage/improvements"),
    (stray_recommendation, "recommendation_not_printed", "note", "passage/recommendation:47"),
    (glyph, "missing_glyph", "warn", "passage/summary"),
    (few_people, "small_number", "note", "passage/summary"),
    (percent_of_few, "percentage_of_few", "warn", "passage/summary"),
    (one_manager, "only_one_heard", "note", "quote/Q3/R2"),
    (few_surveyed, "small_survey", "note", "survey/carer/90"),
    (nhs_number, "nhs_number", "stop", "passage/summary"),
    (bare_number, "nhs_number_bare", "warn", "passage/summary"),
    (mistyped_number, "nhs_number_wrong", "warn", "passage/summary"),
    (phone, "phone", "warn", "quote/Q3/R2"),
    (email, "email", "warn", "agreed/4"),
    (postcode, "postcode", "warn", "passage/method"),
    (born, "date_of_birth", "stop", "passage/method"),
    (old_date, "old_date", "warn", "passage/method"),
    (named, "name", "stop", "passage/method"),
    (reviewer_named, "reviewer_named", "note", "passage/method"),
    (hard, "hard_to_read", "note", "passage/method"),
]


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
    assert effective(state)["1"].value == 1
    assert {one.rule for one in proofread(state)} <= {"contradicts_figures"}


# The same finding is the same everywhere, and another one once its text is another. --------------------------------


def ids(state: VisitState) -> list[str]:
    return sorted(one.id for one in proofread(state))


def faulty() -> VisitState:
    state = good()
    for plant in (concern, no_evidence, few_people, email, named):
        plant(state)
    return state


def test_ids_do_not_depend_on_the_order_in_which_things_arrived() -> None:
    one, other = faulty(), faulty()
    for name in ("passages", "agreed", "quotes", "ratings", "survey", "answers"):
        setattr(other, name, dict(reversed(getattr(other, name).items())))
    assert ids(one) == ids(other)
    assert len(set(ids(one))) == len(ids(one)) >= 5


def test_two_visits_do_not_share_ids() -> None:
    one, other = faulty(), faulty()
    other.info = msgspec.structs.replace(other.info, id="v2")
    assert not set(ids(one)) & set(ids(other))


def test_an_acceptance_does_not_outlive_the_text_it_was_given_for() -> None:
    state = good()
    postcode(state)
    (one,) = found(state, "postcode")[:1]
    state.findings_accepted["x/L1"] = FindingAcceptedRecord(
        key="x/L1", person="L1", id=one.id, reason="It is the base."
    )
    assert found(state, "postcode")[0].accepted is not None
    write(state, "method", state.passages["method"].text + " One person lives there.")
    again = found(state, "postcode")
    assert again
    assert all(other.accepted is None and other.id != one.id for other in again)


def test_what_is_said_elsewhere_changes_no_id() -> None:
    state = faulty()
    before = set(ids(state))
    write(state, "section:Care", "People are asked what they want.")
    agree(state, "47", "met", "Seen by two of us.")
    assert before <= set(ids(state))


def test_an_id_can_be_a_key_of_the_journal() -> None:
    from reviewapp.visit import rules, statements

    state = faulty()
    for one in proofread(state):
        rules.check(statements.FindingAccepted(id=one.id, reason="Known."), state, "L1")
