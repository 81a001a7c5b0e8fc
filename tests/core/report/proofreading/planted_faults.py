"""One fault each: what is done to the good visit, the rule that finds it, how grave it is, and where."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from reviewapp.instruments.model import Criterion
from reviewapp.visit.criterion_records import CriterionRecord
from reviewapp.visit.state import (
    AuditRecord,
    ConcernRecord,
    InterviewRecord,
    KnownNameRecord,
    PersonRecord,
    RatingRecord,
    SurveyRecord,
    VisitState,
)
from tests.core.report.proofreading.support import PLAIN, agree, say, write
from tests.core.visit.building import conflict, instrument, quote


def no_recommendation(state: VisitState) -> None:
    write(state, "recommendation:63", "  ")


def disagreement(state: VisitState) -> None:
    state.ratings["4/R3"] = RatingRecord(key="4/R3", person="R3", standard="4", value="not_met")
    agree(state, "4", None)


def criteria_found_otherwise(state: VisitState) -> None:
    one, *rest = state.instrument.standards
    asked = msgspec.structs.replace(one, criteria=(Criterion(id="a", text="It says whom to ring."),))
    state.instrument = msgspec.structs.replace(state.instrument, standards=(asked, *rest))
    for who, value in (("R2", "met"), ("R3", "not_met")):
        key = f"4/a/patient/{who}"
        state.criteria[key] = CriterionRecord(
            key=key,
            person=who,
            standard="4",
            criterion="a",
            source="patient",
            value=value,  # type: ignore[arg-type]
        )


def unrated_by_second(state: VisitState) -> None:
    state.also = msgspec.structs.replace(instrument({"1": "1"}), id="second")


def conflicting(state: VisitState) -> None:
    state.conflicts = (conflict("context", "caseload", 37, 38),)


def concern(state: VisitState) -> None:
    state.concerns["IC1/R2"] = ConcernRecord(key="IC1/R2", person="R2", id="IC1", text="Somebody may be at risk")


def unrated(state: VisitState) -> None:
    del state.ratings["47/R2"], state.agreed["47"]
    write(state, "summary", PLAIN)


def not_agreed(state: VisitState) -> None:
    del state.agreed["47"]


def off_the_team(state: VisitState) -> None:
    state.ratings["4/R9"] = RatingRecord(key="4/R9", person="R9", standard="4", value="met")


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


def stray_practice(state: VisitState) -> None:
    write(state, "practice:63", "Somebody always answers.")


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
    (criteria_found_otherwise, "criteria_differ", "warn", "agreed_criterion/4/a"),
    (unrated_by_second, "unrated", "note", "also_rating/second/1"),
    (no_recommendation, "no_recommendation", "stop", "passage/recommendation:63"),
    (unrated, "unrated", "warn", "rating/47"),
    (not_agreed, "not_agreed", "note", "agreed/47"),
    (late, "late_rating", "warn", "rating/4/R3"),
    (off_the_team, "not_counted", "warn", "person/R9"),
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
    (stray_practice, "practice_not_found", "warn", "passage/practice:63"),
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
