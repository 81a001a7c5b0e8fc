"""What has been heard about a standard, and what to ask next."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.figures.comparison import comparison, comparison_counts
from reviewapp.figures.evidence import EvidenceIndex, coverage, evidence, may_print, still_untested
from reviewapp.figures.matrix import matrix
from reviewapp.instruments.model import Guide, ScaleValue, Targets
from reviewapp.visit.state import TextRecord
from tests.core.visit.building import RATED, conflict, instrument, prompt, quote, scored_instrument, talk, visit

GUIDES = (
    Guide(group="patient", prompts=(prompt("PT1", "4"), prompt("PT2", "4", "47"))),
    Guide(group="carer", prompts=(prompt("CA1", "4"),)),
    Guide(group="staff", prompts=(prompt("ST1", "4"), prompt("ST2", "14"))),
)
MEASURED = instrument(
    {"47": "2", "4": "1", "14": "1"},
    sources={
        "4": ("patient", "carer", "staff", "survey", "case_note"),
        "14": ("manager",),
        "47": ("patient", "survey", "document"),
    },
    guides=GUIDES,
    audit={"A1": ["4"], "A2": ["47"]},
    targets=Targets(interviews={"patient": 3, "carer": 1}),
)


def untested(state):
    return {u.standard: u for u in still_untested(state)}


def test_evidence_gathers_everything_that_bears_on_a_standard():
    state = visit(
        MEASURED,
        own={"4": "met"},
        ratings={"4/R2": "met", "4/O5": "not_met", "4/R3": None},
        survey={"carer/4": (3, 1, 0)},
        audit={"1/A1/R2": "yes"},
        talks=[talk("P1/R2"), talk("C1/R3", "carer")],
        answers={"P1/PT2/R2": "Second", "P1/PT1/R2": "First", "C1/CA1/R3": " "},
        quotes=[quote("Q10/R3", "C1", "4", "47"), quote("Q2/R3", "C1", "4"), quote("Q3/R3", "C1", "14")],
    )
    state.local_context["4/R2"] = TextRecord(key="4/R2", person="R2", subject="4", text="Not commissioned")
    found = evidence(state, "4")
    assert found.self_review is not None
    assert found.self_review.value == "met"
    assert found.survey["carer"].percent == 75.0
    assert [(item.item, item.counts.yes) for item in found.audit] == [("A1", 1)]
    assert [q.key for q in found.quotes] == ["Q2/R3", "Q10/R3"]
    assert [a.text for a in found.answers] == ["First", "Second"], "in the order of the guide"
    assert list(found.ratings) == ["R2"]
    assert [text.text for text in found.local_context] == ["Not commissioned"]
    assert found.sources == {"patient", "carer", "survey", "case_note"}
    assert found.pieces == 6


def test_a_standard_that_does_not_exist_is_refused():
    with pytest.raises(Invalid, match="'5' does not exist"):
        evidence(visit(MEASURED), "5")


def test_a_claim_a_rating_and_answers_that_say_nothing_are_no_sources():
    state = visit(
        MEASURED,
        own={"4": "met"},
        ratings={"4/R2": "met"},
        survey={"carer/4": (0, 0, 5)},
        audit={"1/A1/R2": "na"},
        talks=[talk("P1/R2")],
        answers={"P1/PT1/R2": ""},
        quotes=[quote("Q1/R2", "P1", "4", text="")],
    )
    assert evidence(state, "4").sources == frozenset()


def test_what_was_said_in_a_deleted_conversation_is_gone_with_it():
    state = visit(MEASURED, answers={"P1/PT1/R2": "Words"}, quotes=[quote("Q1/R2", "P1", "4")])
    found = evidence(state, "4")
    assert (found.quotes, found.answers, found.sources) == ([], [], frozenset())
    assert coverage(state, "PT1").count == 0


def test_untested_standards_come_type_1_first_and_leave_the_list_with_a_second_source():
    assert list(untested(visit(MEASURED))) == ["4", "14", "47"]
    one = visit(MEASURED, survey={"carer/4": (1, 0, 0)})
    assert untested(one)["4"].heard == ["survey"]
    assert untested(one)["4"].not_heard == ["patient", "carer", "staff", "case_note"]
    two = visit(MEASURED, survey={"carer/4": (1, 0, 0)}, audit={"1/A1/R2": "yes"})
    assert "4" not in untested(two)


def test_a_second_conversation_with_the_same_group_is_not_a_second_source():
    talks = [talk("P1/R2"), talk("P1/R3")]
    state = visit(MEASURED, talks=talks, quotes=[quote("Q1/R2", "P1", "4"), quote("Q1/R3", "P1", "4")])
    assert untested(state)["4"].heard == ["patient"]


def test_a_source_the_standard_does_not_allow_does_not_test_it():
    state = visit(MEASURED, survey={"patient/47": (5, 0, 0)}, audit={"1/A2/R2": "yes"})
    assert untested(state)["47"].heard == ["survey"]


def test_a_standard_with_one_possible_source_needs_only_that():
    state = visit(MEASURED, talks=[talk("M1/L1", "manager")], quotes=[quote("Q1/L1", "M1", "14")])
    assert "14" not in untested(state)


def test_a_standard_that_rests_on_documents_is_tested_when_a_reviewer_has_rated_it():
    paper = instrument({"1": "1"}, sources={"1": ("document",)})
    assert list(untested(visit(paper))) == ["1"]
    assert untested(visit(paper, ratings={"1/R2": "met"})) == {}


def test_a_standard_that_names_no_sources_can_be_tested_by_any():
    free = instrument({"1": "1"})
    state = visit(free, talks=[talk("O1/R2", "other_service")], quotes=[quote("Q1/R2", "O1", "1")])
    assert untested(state)["1"].heard == ["other_service"]


def test_what_to_ask_next_brings_a_new_source_from_groups_still_short_first():
    talks = [talk("C1/R3", "carer")]
    state = visit(MEASURED, talks=talks, quotes=[quote("Q1/R3", "C1", "47")])
    asks = untested(state)["4"].try_next
    assert [(group, prompt_id) for group, prompt_id, _ in asks] == [
        ("patient", "PT1"), ("patient", "PT2"), ("carer", "CA1"), ("staff", "ST1"),
    ]  # fmt: skip
    assert asks[0].text == "Question PT1?"
    spoken = visit(MEASURED, talks=[talk("P1/R2")], answers={"P1/PT1/R2": "Words"})
    assert [ask.group for ask in untested(spoken)["4"].try_next] == ["carer", "staff"]


def test_a_prompt_is_heard_from_conversations_not_from_note_takers():
    talks = [talk("P1/R2", with_=["R3"]), talk("P1/R3", with_=["R2"]), talk("P2/R2"), talk("P3/R2")]
    answers = {"P1/PT1/R2": "Words", "P1/PT1/R3": "The same words", "P2/PT1/R2": "More", "P3/PT1/R2": ""}
    state = visit(MEASURED, talks=talks, answers=answers)
    assert (coverage(state, "PT1").count, coverage(state, "PT1").target, coverage(state, "PT1").enough) == (2, 3, False)
    assert (coverage(state, "ST1").count, coverage(state, "ST1").target, coverage(state, "ST1").enough) == (0, 0, False)
    assert coverage(state, "no such prompt").count == 0


def test_a_quote_is_printed_only_with_consent_for_that_copy():
    agreed = visit(MEASURED, talks=[talk("P1/R2")], quotes=[quote("Q1/R2", "P1", "4")])
    assert may_print(agreed, agreed.quotes["Q1/R2"])
    assert not may_print(agreed, agreed.quotes["Q1/R2"], circulation=True)
    refused = visit(MEASURED, talks=[talk("P1/R2", consent=None)], quotes=[quote("Q1/R2", "P1", "4")])
    assert not may_print(refused, refused.quotes["Q1/R2"])


def test_the_matrix_has_a_row_a_standard_and_a_word_from_every_source():
    state = visit(
        MEASURED,
        own={"4": "met", "14": "met"},
        ratings={"4/R2": "met", "4/R3": "not_met", "14/R2": "na", "47/R2": "met"},
        agreed={"14": None, "47": "met"},
        survey={"patient/4": (5, 5, 0)},
        audit={"1/A1/R2": "no"},
        talks=[talk("P1/R2"), talk("S1/R2", "staff"), talk("C1/R2", "carer")],
        answers={"S1/ST1/R2": "Words", "P1/PT1/R2": "Words"},
        quotes=[
            quote("Q1/R2", "P1", "4", tone="negative"),
            quote("Q2/R2", "P1", "4", tone="positive"),
            quote("Q3/R2", "P1", "4", tone="positive"),
        ],
        conflicts=[conflict("agreed", "14", "met", "na")],
    )
    four, fourteen, forty_seven = matrix(state)
    assert (four.standard, fourteen.standard, forty_seven.standard) == ("4", "14", "47")
    assert four.by_group == {"patient": "2 positive, 1 negative", "staff": "1 note"}
    assert four.survey["patient"].percent == 50.0
    assert four.audit[0].counts.no == 1
    assert (four.reviewers_differ, four.differs) == (True, True)
    assert (fourteen.reviewers_differ, fourteen.differs, fourteen.in_conflict) == (False, True, True)
    assert (forty_seven.differs, forty_seven.agreed, forty_seven.self_review) == (False, "met", None)


def test_the_teams_own_word_is_compared_with_the_reviews():
    types = dict.fromkeys(["1", "2", "3", "4", "5"], "1")
    own = {"1": "met", "2": "met", "3": "not_met", "4": "na", "5": "met"}
    ratings = {"1/R2": "met", "2/R2": "not_met", "3/R2": "met", "4/R2": "met"}
    rows = comparison(visit(instrument(types), own=own, ratings=ratings))
    assert [row.outcome for row in rows] == ["same", "lower", "higher", "other", "not_compared"]
    assert comparison_counts(rows) == {"same": 1, "higher": 1, "lower": 1, "other": 1, "not_compared": 1}


def test_a_comparison_names_the_standard_and_both_words():
    rows = comparison(
        visit(instrument({"10": "2", "9": "1"}), own={"10": "met"}, ratings={"10/R2": "na", "9/R2": "met"})
    )
    assert [(row.standard, row.type, row.self_review, row.review, row.outcome) for row in rows] == [
        ("9", "1", None, "met", "not_compared"), ("10", "2", "met", "na", "other"),
    ]  # fmt: skip


def test_what_both_call_not_applicable_is_the_same():
    assert comparison(visit(MEASURED, own={"4": "na"}, ratings={"4/R2": "na"}))[0].outcome == "same"


def test_two_values_of_one_worth_and_words_off_the_scale_are_compared_as_what_they_are():
    """A scale may have two words for not met; what it does not know is neither higher nor lower."""
    partly = ScaleValue(value="partly", label="Partly met", key="P", counts="not_met")
    measured = instrument(
        {"1": "1", "2": "1", "3": "1"}, scale=msgspec.structs.replace(RATED, values=(*RATED.values, partly))
    )
    own = {"1": "partly", "2": "of another version", "3": "of another version"}
    agreed = {"1": "not_met", "2": "met", "3": "of another version"}
    rows = comparison(visit(measured, own=own, agreed=agreed))
    assert [row.outcome for row in rows] == ["same", "not_compared", "not_compared"]


def test_a_claim_is_never_compared_with_itself():
    assert comparison(visit(MEASURED, own={"4": "met"}))[0].outcome == "not_compared"


def test_scores_are_compared_by_their_points():
    state = visit(scored_instrument(2), own={"1": 5, "2": 2}, ratings={"1/R2": 3, "2/R2": 4})
    assert [row.outcome for row in comparison(state)] == ["lower", "higher"]


GROUPS_HEARD = st.lists(st.tuples(st.sampled_from(["patient", "carer", "staff"]), st.sampled_from(["4", "14", "47"])))


@given(GROUPS_HEARD, st.permutations(["4", "14", "47"]))
def test_more_evidence_never_makes_a_tested_standard_untested(said, numbers):
    talks = [talk(f"T{n}/R2", group) for n, (group, _) in enumerate(said)]
    quotes = [quote(f"Q{n}/R2", f"T{n}", number) for n, (_, number) in enumerate(said)]
    for size in range(len(said)):
        before = set(untested(visit(MEASURED, talks=talks, quotes=quotes[:size])))
        assert set(untested(visit(MEASURED, talks=talks, quotes=quotes[: size + 1]))) <= before


@given(GROUPS_HEARD)
def test_an_index_built_once_says_what_each_standard_says_alone(said):
    talks = [talk(f"T{n}/R2", group) for n, (group, _) in enumerate(said)]
    state = visit(MEASURED, talks=talks, quotes=[quote(f"Q{n}/R2", f"T{n}", s) for n, (_, s) in enumerate(said)])
    index = EvidenceIndex(state)
    assert index.all() == {number: evidence(state, number) for number in ("4", "14", "47")}
