"""What counts as a piece of evidence, whom to ask next, and whose notes stand beside a standard."""

from __future__ import annotations

import pytest

from reviewapp.figures.conversations import progress_by_group, wanted_interviews
from reviewapp.figures.evidence import EvidenceIndex, PromptCoverage, coverage, evidence, how_much, still_untested
from reviewapp.instruments.model import Guide, Targets
from reviewapp.visit.state import RatingRecord, TextRecord
from tests.core.visit.building import instrument, prompt, quote, talk, visit

MEASURED = instrument(
    {"4": "1", "14": "2", "47": "2"},
    guides=(
        Guide(group="patient", prompts=(prompt("PT1", "4"), prompt("PT2", "47"))),
        Guide(group="carer", prompts=(prompt("CA1", "4"),)),
        Guide(group="staff", prompts=(prompt("ST1", "4", "14"),)),
    ),
    sources={"4": ("patient", "carer", "staff", "case_note"), "14": ("document",), "47": ("document", "patient")},
    audit={"A1": ["4"], "A2": ["4"]},
    targets=Targets(interviews={"patient": 1, "carer": 2, "staff": 0, "manager": 1}),
)


def test_a_piece_of_evidence_is_a_quote_an_answer_a_surveyed_group_or_an_item_somebody_answered() -> None:
    state = visit(
        MEASURED,
        talks=[talk("P1/R2"), talk("S1/R2", "staff")],
        answers={"P1/PT1/R2": "Words", "S1/ST1/R2": " "},
        quotes=[quote("Q1/R2", "P1", "4"), quote("Q2/R2", "S1", "4")],
        survey={"patient/4": (1, 0, 0), "carer/4": (0, 0, 3)},
        audit={"1/A1/R2": "yes", "2/A1/R2": "no", "1/A2/R2": "na"},
    )
    assert evidence(state, "4").pieces == EvidenceIndex(state).pieces("4") == 1 + 2 + 2 + 1
    assert EvidenceIndex(state).pieces("47") == EvidenceIndex(state).pieces("999") == 0
    assert how_much(state) == {"4": (6, 4), "14": (0, 0), "47": (0, 0)}
    assert evidence(state, "4").sources == {"patient", "staff", "survey", "case_note"}


@pytest.mark.parametrize(
    ("count", "target", "enough"),
    [(0, 0, False), (1, 0, True), (0, 1, False), (1, 1, True), (1, 2, False), (2, 2, True)],
)
def test_a_prompt_was_heard_enough_once_its_target_is_reached_or_without_one_once(
    count: int, target: int, enough: bool
) -> None:
    assert PromptCoverage(count=count, target=target).enough is enough


def test_an_unknown_prompt_was_heard_by_nobody() -> None:
    assert coverage(visit(MEASURED), "X") == PromptCoverage(count=0, target=0)
    assert coverage(visit(MEASURED), "CA1") == PromptCoverage(count=0, target=2)


def test_groups_still_short_of_their_target_are_asked_first() -> None:
    def order(*talks: str) -> list[str]:
        found = [talk(key, {"P": "patient", "C": "carer", "S": "staff"}[key[0]]) for key in talks]
        state = visit(MEASURED, talks=found, quotes=[quote(f"Q{n}/R2", one.id, "47") for n, one in enumerate(found)])
        return [one.group for one in still_untested(state)[0].try_next]

    assert order() == ["patient", "carer", "staff"]
    assert order("P1/R2") == ["carer", "patient", "staff"], "the one patient aimed for was heard"
    assert order("P1/R2", "C1/R2") == ["carer", "patient", "staff"], "two carers are aimed for"
    assert order("P1/R2", "C1/R2", "C2/R2") == ["patient", "carer", "staff"]


def test_a_standard_that_rests_on_more_than_documents_is_not_tested_by_a_rating() -> None:
    state = visit(MEASURED, ratings={"14/R2": "met", "47/R2": "met", "4/R2": "met"})
    assert [one.standard for one in still_untested(state)] == ["4", "47"]
    assert [one.standard for one in still_untested(visit(MEASURED))] == ["4", "14", "47"]


def test_beside_a_standard_stand_the_ratings_and_notes_of_those_who_rate() -> None:
    state = visit(MEASURED, ratings={"4/R3": "met", "4/O5": "met", "4/X9": "met", "14/R2": "met"})
    state.ratings["4/R10"] = RatingRecord(key="4/R10", person="R10", standard="4", note="a note alone")
    state.ratings["4/R2"] = RatingRecord(key="4/R2", person="R2", standard="4", note=" ")
    state.people["R10"] = state.people["R3"]
    assert list(evidence(state, "4").ratings) == ["R3", "R10"]


def test_local_context_stands_in_the_order_of_its_authors_and_without_blank_ones() -> None:
    state = visit(MEASURED)
    for author, text in (("R10", "b"), ("R9", "a"), ("R8", " ")):
        state.local_context[f"4/{author}"] = TextRecord(key=f"4/{author}", person=author, subject="4", text=text)
    assert [one.text for one in evidence(state, "4").local_context] == ["a", "b"]


def test_interviews_beyond_a_target_do_not_make_up_for_those_that_are_missing() -> None:
    talks = [talk(f"P{n}/R2") for n in range(3)] + [talk("C1/R2", "carer"), talk("S1/R2", "staff")]
    state = visit(MEASURED, talks=talks, quotes=[quote(f"Q{n}/R2", one.id, "4") for n, one in enumerate(talks)])
    assert wanted_interviews(state) == (1 + 1 + 0, 1 + 2 + 1)
    assert progress_by_group(state)["manager"] == (0, 1), "a group with a target and no guide is wanted too"
