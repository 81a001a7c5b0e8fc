"""Conversations are counted once and numbered afresh."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from reviewapp.figures.conversations import (
    Conversation,
    conversation_numbers,
    conversations,
    noted,
    people_by_group,
    person_labels,
    progress_by_group,
    quotes_by_interview,
)
from reviewapp.instruments.model import Guide, Targets
from tests.core.visit.building import instrument, prompt, quote, talk, visit

ONE = instrument({"4": "1"})


def test_two_reviewers_p1_are_two_people_unless_they_name_each_other():
    apart = visit(ONE, talks=[talk("P1/R2"), talk("P1/R3")])
    assert person_labels(apart) == {"P1/R2": "P1", "P1/R3": "P2"}
    one_sided = visit(ONE, talks=[talk("P1/R2", with_=["R3"]), talk("P1/R3")])
    assert len(conversations(one_sided)) == 2
    together = visit(ONE, talks=[talk("P1/R2", with_=["R3"]), talk("P1/R3", with_=["R2"]), talk("P2/R3")])
    assert person_labels(together) == {"P1/R2": "P1", "P1/R3": "P1", "P2/R3": "P2"}
    assert conversation_numbers(together)["P1/R2"] == conversation_numbers(together)["P1/R3"]


def test_naming_each_other_joins_only_the_same_group_and_number():
    other_number = visit(ONE, talks=[talk("P1/R2", with_=["R3"]), talk("P2/R3", with_=["R2"])])
    assert len(conversations(other_number)) == 2
    other_group = visit(ONE, talks=[talk("P1/R2", with_=["R3"]), talk("P1/R3", "carer", with_=["R2"])])
    assert len(conversations(other_group)) == 2


def test_a_conversation_has_the_people_that_most_of_its_note_takers_counted():
    talks = [talk("S1/R3", "staff", with_=["R2"], people=2), talk("S1/R2", "staff", with_=["R3"], people=4)]
    state = visit(ONE, talks=[*talks, talk("S2/R2", "staff", people=0)], answers={"S1/ST1/R3": "Words"})
    together, alone = conversations(state)
    assert together == Conversation(
        keys=("S1/R2", "S1/R3"), reviewers=("R2", "R3"), group="staff", people=4, said=True, done=True
    )
    assert (alone.people, alone.said, alone.done) == (1, False, False)


def test_conversations_come_by_group_then_by_reviewer_and_their_own_numbering():
    keys = [
        ("P10/R2", "patient"),
        ("P9/R2", "patient"),
        ("P1/R10", "patient"),
        ("C1/R9", "carer"),
        ("P2/R9", "patient"),
    ]
    found = conversations(visit(ONE, talks=[talk(key, group) for key, group in keys]))
    assert [one.keys[0] for one in found] == ["P9/R2", "P10/R2", "P2/R9", "P1/R10", "C1/R9"]
    assert conversation_numbers(visit(ONE, talks=[talk("P2/R2"), talk("P1/R2")])) == {"P1/R2": 0, "P2/R2": 1}


def test_progress_is_told_of_every_group_with_a_guide_a_target_or_an_interview():
    measured = instrument(
        {"4": "1"},
        guides=(Guide(group="staff", prompts=(prompt("ST1"),)),),
        targets=Targets(interviews={"patient": 3, "manager": 0}),
    )
    state = visit(
        measured,
        talks=[talk("C1/R2", "carer"), talk("P1/R2"), talk("P2/R2"), talk("P3/R2", consent=None)],
        answers={f"P{n}/PT1/R2": "Words" for n in (1, 2, 3)},
    )
    assert progress_by_group(state) == {"patient": (2, 3), "carer": (0, 0), "staff": (0, 0)}
    assert list(progress_by_group(state)) == ["patient", "carer", "staff"]
    assert people_by_group(state) == {"patient": 2}


def test_notes_and_quotes_are_counted_by_interview_without_blank_ones():
    state = visit(
        ONE,
        talks=[talk("P1/R2"), talk("P2/R2"), talk("P3/R2")],
        answers={"P1/A/R2": "Words", "P1/B/R2": "Words", "P2/A/R2": " "},
        quotes=[quote("Q10/R2", "P1"), quote("Q9/R2", "P1"), quote("Q1/R2", "P3"), quote("Q2/R2", "P3", text="\n")],
    )
    assert noted(state) == {"P1/R2": (2, 2), "P3/R2": (0, 1)}
    by = quotes_by_interview(state)
    assert {key: [one.id for one in found] for key, found in by.items()} == {
        "P1/R2": ["Q9", "Q10"], "P3/R2": ["Q1", "Q2"],
    }  # fmt: skip


def test_three_who_sat_together_count_once():
    talks = [talk("S1/L1", "staff", with_=["R2"]), talk("S1/R2", "staff", with_=["L1", "R3"])]
    state = visit(ONE, talks=[*talks, talk("S1/R3", "staff", with_=["R2"])])
    assert [c.reviewers for c in conversations(state)] == [("L1", "R2", "R3")]


def test_one_notes_consent_and_the_other_what_was_said():
    talks = [talk("P1/R2", with_=["R3"], consent=True), talk("P1/R3", with_=["R2"], consent=None)]
    assert [c.done for c in conversations(visit(ONE, talks=talks, quotes=[quote("Q1/R3", "P1", "4")]))] == [True]


def test_a_conversation_is_done_when_consent_was_asked_and_something_was_said():
    def done(consent: bool | None, answer: str) -> bool:
        state = visit(ONE, talks=[talk("P1/R2", consent=consent)], answers={"P1/PT1/R2": answer})
        return conversations(state)[0].done

    assert done(True, "Words")
    assert done(False, "Words"), "a no is recorded consent too: it was asked"
    assert not done(None, "Words")
    assert not done(True, " \n")


def test_a_group_of_three_staff_takes_three_numbers():
    state = visit(
        ONE,
        talks=[talk("S1/L1", "staff", people=3), talk("S2/L1", "staff"), talk("M1/L1", "manager")],
        answers={"S1/ST1/L1": "Words", "S2/ST1/L1": "Words"},
    )
    assert person_labels(state) == {"S1/L1": "S1–S3", "S2/L1": "S4", "M1/L1": "M1"}
    assert people_by_group(state) == {"staff": 4}


def test_every_group_has_its_letter():
    groups = ("patient", "carer", "staff", "manager", "other_service", "from_a_newer_version")
    state = visit(ONE, talks=[talk(f"N{n}/R2", group) for n, group in enumerate(groups)])
    assert list(person_labels(state).values()) == ["P1", "C1", "S1", "M1", "O1", "X1"]


def test_conversations_in_which_nothing_was_said_leave_no_gap_in_the_numbers():
    state = visit(ONE, talks=[talk("P1/R2"), talk("P2/R2")], quotes=[quote("Q1/R2", "P2", "4")])
    assert person_labels(state) == {"P2/R2": "P1", "P1/R2": "P2"}


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["P1", "P2", "P10"]), st.sampled_from(["R2", "R3", "L1"])),
        st.lists(st.sampled_from(["R2", "R3", "L1"]), max_size=2),
    ),
    st.randoms(use_true_random=False),
)
def test_labels_do_not_depend_on_the_order_in_which_interviews_arrived(given_talks, shuffler: random.Random):
    talks = [talk(f"{i}/{who}", with_=with_) for (i, who), with_ in given_talks.items()]
    shuffled = list(talks)
    shuffler.shuffle(shuffled)
    found = person_labels(visit(ONE, talks=talks))
    assert found == person_labels(visit(ONE, talks=shuffled))
    assert set(found) == {t.key for t in talks}
    assert sorted(set(found.values())) == sorted(f"P{n}" for n in range(1, len(set(found.values())) + 1))
