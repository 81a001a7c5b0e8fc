"""What leaves a visit for its network: what counts and counts alone, and words only with everybody's yes."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.instruments.editions import edition_of
from reviewapp.national import bounds
from reviewapp.national.extract import Choices, Extracted, extract_of, may_be_final
from reviewapp.national.model import AuditAnswers, Practice, Quote, SurveyAnswers, Value
from reviewapp.national.sealed import plain_bytes
from reviewapp.report.proofreading import proofread
from reviewapp.visit import state as s
from reviewapp.visit.practice import digest_of
from reviewapp.visit.practice_records import PracticeConsentRecord
from reviewapp.visit.second import second_state
from tests.core.report.building import keyed, rating, rich_visit
from tests.core.report.fidelity import third_round, two_lenses
from tests.core.visit.building import conflict

DRAFT = Choices(team="T07", status="draft")
CONSENTS = ("consent_quotes", "consent_circulation", "consent_published")


def published(state: s.VisitState, key: str, **changed: Any) -> s.VisitState:
    """The visit with consent to publication in an interview."""
    talk = msgspec.structs.replace(state.interviews[key], **(dict.fromkeys(CONSENTS, True) | changed))
    return msgspec.structs.replace(state, interviews={**state.interviews, key: talk})


def with_quote(words: str, **changed: Any) -> s.VisitState:
    """The visit whose one published quote has these words."""
    state = published(rich_visit(), "P1/R4")
    one = msgspec.structs.replace(state.quotes["Q1/R4"], text=words, **changed)
    return msgspec.structs.replace(state, quotes={**state.quotes, "Q1/R4": one})


def with_practice(words: str = "A named caller each evening.", **answer: Any) -> s.VisitState:
    """The visit with a passage on positive practice, and what the host answered about it."""
    said = PracticeConsentRecord(key="4/host", person="host", standard="4", about=digest_of(words))
    state = rich_visit()
    return msgspec.structs.replace(
        state,
        passages={**state.passages, "practice:4": s.TextRecord(key="practice:4", subject="practice:4", text=words)},
        practice_consents=keyed(msgspec.structs.replace(said, **answer)) if answer else {},
    )


def made(state: s.VisitState, choices: Choices = DRAFT) -> Extracted:
    """The extract, which is within the bounds of every extract."""
    found = extract_of(state, choices)
    assert bounds.fault(found.extract) == ""
    return found


def test_an_extract_says_what_the_visit_is_and_no_day() -> None:
    extract = made(rich_visit()).extract
    assert (extract.visit, extract.team, extract.cycle, extract.month) == ("v1", "T07", "2026", "2026-11")
    assert (extract.kind, extract.status, extract.scope) == ("accreditation", "draft", "subset")
    assert extract.instrument == edition_of(rich_visit().instrument)
    assert b"2026-11-17" not in plain_bytes(extract)


def test_what_counts_is_in_it_with_its_basis_and_no_single_rating() -> None:
    assert made(rich_visit()).extract.values == {
        "4": Value(counts="met", basis="agreed"),
        "14": Value(counts="met", basis="peer"),
        "36": Value(counts="not_met", basis="agreed"),
        "36.1": Value(counts="na", basis="peer"),
        "47": Value(),
        "90": Value(),
    }


def test_a_late_rating_and_one_in_conflict_count_for_nothing() -> None:
    state = rich_visit()
    late = msgspec.structs.replace(state, late=frozenset({"36.1/R2"}))
    assert made(late).extract.values["36.1"] == Value()
    apart = msgspec.structs.replace(state, conflicts=(conflict("agreed", "36", "met", "not_met"),))
    assert made(apart).extract.values["36"] == Value()


def test_counts_of_surveys_case_notes_people_and_actions() -> None:
    state = msgspec.structs.replace(
        rich_visit(),
        actions=keyed(
            s.ActionRecord(key="AP1", id="AP1", standard="36", action="PLAN", owner="OWNER"),
            s.ActionRecord(key="AP2", id="AP2", standard="36", status="done"),
            s.ActionRecord(key="AP3", id="AP3", goal="G1"),
        ),
    )
    extract = made(state).extract
    assert extract.surveys["carer"].standards == {"36": SurveyAnswers(yes=7, no=2, na=1)}
    assert {group: one.respondents for group, one in extract.surveys.items()} == {"patient": 16, "carer": 10}
    assert extract.audit == {"A1": AuditAnswers(yes=2, no=1, not_recorded=1)}
    assert extract.spoken == {"patient": 2, "carer": 1, "staff": 3}
    assert extract.reviewers == {"clinician": 1, "lead": 1, "observer": 1, "patient_rep": 1}
    assert extract.actions == {"": {"open": 1}, "36": {"done": 1, "open": 1}}
    assert b"PLAN" not in plain_bytes(extract) and b"OWNER" not in plain_bytes(extract)


def test_facts_are_numbers_and_yes_or_no_and_nothing_in_words() -> None:
    state = rich_visit()
    facts: dict[str, str | int | float | bool] = {
        "caseload": 37, "open_24_7": True, "staff": 31.5, "area": "The villages", "respondents_carer": 14,
        "ring 0161 496 0123": 5, "too many": 10**12, "Example Name's caseload": 12,
    }  # fmt: skip
    known = keyed(*(s.ContextRecord(key=name, value=value) for name, value in facts.items()))
    found = made(msgspec.structs.replace(state, context=known))
    assert found.extract.context == {"caseload": 37, "open_24_7": True, "staff": 31.5}
    assert found.staying.context == {
        "identifying": ("Example Name's caseload", "ring 0161 496 0123"),
        "out_of_bounds": ("too many",),
        "words": ("area",),
    }


def test_on_a_scored_scale_there_are_points_ranges_and_established_criteria() -> None:
    extract = made(third_round()).extract
    assert extract.values["1"] == Value(
        basis="derived", score=4, lowest=4, highest=4,
        criteria={"a": "met", "b": "met", "c": "met", "d": "not_met", "e": "met"},
    )  # fmt: skip
    assert extract.values["3"].basis == "agreed" and extract.values["7"].basis == "peer"
    eight = extract.values["8"]
    assert eight.criteria["d"] == "met" and "c" not in eight.criteria  # two reviewers differ about it
    assert (extract.round, extract.month) == ("12 months", "2026-11")
    assert b"winter doubles" not in plain_bytes(extract)


def test_a_second_instrument_gives_its_own_ratings_and_no_evidence_twice() -> None:
    second = second_state(two_lenses())
    assert second is not None
    extract = made(second).extract
    assert extract.instrument.id == second.instrument.id
    assert (extract.values["1"].basis, extract.values["1"].score) == ("agreed", 4)
    assert (extract.quotes, extract.surveys, extract.practice, extract.spoken) == ((), {}, (), {})


# Words ---------------------------------------------------------------------------------------------------------------


def test_a_quote_leaves_with_consent_to_publication_only() -> None:
    assert made(rich_visit()).extract.quotes == ()
    found = made(published(rich_visit(), "P1/R4"))
    assert found.extract.quotes == (
        Quote(
            record="quote/Q1/R4",
            text="They asked me first",
            group="patient",
            tone="positive",
            standards=("4", "14"),
        ),
    )
    assert found.staying.quotes == {"no_consent": ("Q1/R2", "Q2/R2", "Q2/R4")}


@pytest.mark.parametrize("state", CONSENTS)
@pytest.mark.parametrize("answer", [None, False])
def test_consent_that_was_not_asked_for_is_no(state: str, answer: bool | None) -> None:
    found = made(published(rich_visit(), "P1/R4", **{state: answer}))
    assert found.extract.quotes == ()


def test_words_that_may_tell_who_somebody_is_stay_and_are_told() -> None:
    for words in ("Ring me on 0161 496 0123", "NHS number 943 476 5919", "Example Name came twice"):
        found = made(with_quote(words))
        assert found.extract.quotes == ()
        assert found.staying.quotes["identifying"] == ("Q1/R4",)


def test_words_that_the_lead_accepted_as_of_a_service_leave() -> None:
    state = with_quote("The line 0161 496 0123 was always busy")
    (finding,) = [one for one in proofread(state) if one.rule == "phone"]
    accepted = s.FindingAcceptedRecord(key=f"{finding.id}/L1", person="L1", id=finding.id, reason="the team's own line")
    state = msgspec.structs.replace(state, findings_accepted=keyed(accepted))
    assert [quote.record for quote in made(state).extract.quotes] == ["quote/Q1/R4"]


def test_a_listed_name_keeps_a_quote_here() -> None:
    state = msgspec.structs.replace(
        with_quote("Zebedee rang me"), known_names=keyed(s.KnownNameRecord(key="N1/R4", id="N1", name="Zebedee"))
    )
    assert made(state).staying.quotes["identifying"] == ("Q1/R4",)


def test_a_quote_in_conflict_stays_until_it_is_settled() -> None:
    state = msgspec.structs.replace(
        with_quote("One or the other"), conflicts=(conflict("quote", "Q1/R4", "One", "The other", field="text"),)
    )
    assert made(state).staying.quotes["conflict"] == ("Q1/R4",)


def test_a_quote_of_a_mixed_group_is_nobody_s_in_particular_and_names_no_speaker() -> None:
    state = published(
        with_quote("We all said so", speaker="the one by the door"), "P1/R4", groups={"patient": 2, "carer": 1}
    )
    (quote,) = made(state).extract.quotes
    assert quote.group == "mixed"
    assert b"by the door" not in plain_bytes(made(state).extract)


def test_practice_leaves_with_the_host_s_yes_and_its_name_with_another_one() -> None:
    for answer, why in (
        ({}, "not_asked"),
        ({"published": None}, "not_asked"),
        ({"published": False}, "host_said_no"),
        ({"published": True, "about": digest_of("other words")}, "changed"),
    ):
        found = made(with_practice(**answer))
        assert (found.extract.practice, found.staying.practice) == ((), {why: ("4",)})
    words = "A named caller each evening."
    practice = Practice(record="passage/practice:4", text=words, standards=("4",))
    assert made(with_practice(published=True)).extract.practice == (practice,)
    named = made(with_practice(published=True, named=True)).extract
    assert named.practice == (msgspec.structs.replace(practice, team="Example Team, Example Trust (invented)"),)
    assert b"Example Team" not in plain_bytes(made(with_practice(published=True)).extract)


def test_practice_that_may_tell_who_somebody_is_stays() -> None:
    found = made(with_practice("Example Name rings each evening.", published=True))
    assert found.staying.practice == {"identifying": ("4",)}


# Draft and final -----------------------------------------------------------------------------------------------------


def test_it_is_final_once_the_committee_has_decided_and_where_there_is_none() -> None:
    state = rich_visit()
    assert not may_be_final(state)
    decided = s.DecisionRecord(key="1", presentation=1, label="deferred")
    assert may_be_final(msgspec.structs.replace(state, decisions=keyed(decided)))
    assert may_be_final(msgspec.structs.replace(state, info=msgspec.structs.replace(state.info, kind="developmental")))
    assert may_be_final(third_round())


@pytest.mark.parametrize("team", ["", "  ", "a\nb", "x" * 41])
def test_a_team_has_a_code(team: str) -> None:
    with pytest.raises(Invalid, match="cannot be the code of a team"):
        extract_of(rich_visit(), Choices(team=team))


def test_a_cycle_is_the_year_unless_it_is_named() -> None:
    assert made(rich_visit(), Choices(team="T07", cycle=" 2026/27 ")).extract.cycle == "2026/27"
    with pytest.raises(Invalid, match="cannot be a cycle"):
        extract_of(rich_visit(), Choices(team="T07", cycle="x" * 41))


# Laws ----------------------------------------------------------------------------------------------------------------

_YES = st.sampled_from([True, False, None])


@settings(max_examples=60, deadline=None)
@given(
    consents=st.lists(st.tuples(_YES, _YES, _YES), min_size=4, max_size=4),
    notes=st.text(min_size=8, max_size=20),
    late=st.booleans(),
    turned=st.booleans(),
)
def test_an_extract_is_a_function_of_what_the_visit_says(
    consents: list[tuple[bool | None, ...]], notes: str, late: bool, turned: bool
) -> None:
    """Whatever was noted beside it, and in whatever order it came; no words without all three states of consent."""
    state = rich_visit()
    talks = {
        key: msgspec.structs.replace(talk, **dict(zip(CONSENTS, said, strict=True)))
        for (key, talk), said in zip(state.interviews.items(), consents, strict=True)
    }
    state = msgspec.structs.replace(
        state,
        interviews=talks,
        late=frozenset({"14/L1"}) if late else frozenset(),
    )
    plain = plain_bytes(made(state).extract)
    noted = msgspec.structs.replace(
        state,
        ratings={**state.ratings, "4/R4": rating("4", "R4", "not_met", f"noted {notes}")},
        people={**state.people, "R2": msgspec.structs.replace(state.people["R2"], name="Somebody Else")},
        digest="e" * 64,
    )
    if turned:
        tables = ("ratings", "interviews", "quotes", "agreed", "survey", "audit", "context", "people")
        turned_round = {name: dict(reversed(getattr(noted, name).items())) for name in tables}
        noted = msgspec.structs.replace(noted, **turned_round)
    assert plain_bytes(made(noted).extract) == plain
    allowed = {key for key, said in zip(talks, consents, strict=True) if said == (True, True, True)}
    left = {quote.record.removeprefix("quote/") for quote in made(state).extract.quotes}
    assert left == {key for key, quote in state.quotes.items() if quote.interview in allowed}
