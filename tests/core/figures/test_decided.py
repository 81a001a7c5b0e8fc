"""Presentations and the host's answers, worked out of plain records: what stood then, what has changed since."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reviewapp.figures.presentations import (
    ChangesSincePresentation,
    RatingChange,
    next_presentation,
    presentations,
    with_ratings_at_decision,
)
from reviewapp.figures.responses import (
    HostAnswer,
    ResponseCounts,
    digest_of,
    host_answers,
    response_counts,
    reviewed_values,
    with_answered_rating,
)
from reviewapp.visit import statements as s
from reviewapp.visit.state import DecisionRecord, ResponseDecisionRecord, ResponseRecord, VisitState
from reviewapp.visit.validators import MOST_ITEMS
from tests.core.visit.building import instrument, visit

MEASURED = instrument({"10": "1", "9": "1", "47": "2"})
AGREED = {"10": "not_met", "9": "met", "47": "na"}


def response(standard: str, text: str = "we do", evidence: str = "", **more: Any) -> ResponseRecord:
    return ResponseRecord(key=standard, standard=standard, text=text, evidence=evidence, **more)


def decided(standard: str, accepted: bool | None, **more: Any) -> ResponseDecisionRecord:
    return ResponseDecisionRecord(key=standard, standard=standard, accepted=accepted, **more)


def decision(number: int, label: str = "deferred", **more: Any) -> DecisionRecord:
    return DecisionRecord(key=str(number), presentation=number, label=label, **more)


def state_of(*records: Any, agreed: Any = AGREED, own: Any = None, **more: Any) -> VisitState:
    state = visit(MEASURED, agreed=agreed, own=own, **more)
    for record in records:
        if isinstance(record, ResponseRecord):
            state.responses[record.key] = record
        elif isinstance(record, ResponseDecisionRecord):
            state.response_decisions[record.key] = record
        else:
            state.decisions[record.key] = record
    return state


# Presentations ----------------------------------------------------------------------------------------------------


def test_each_presentation_has_the_thresholds_of_its_time_and_the_changes_until_the_next() -> None:
    answer = response("47")
    first = decision(1, " deferred ", date="2026-06-01", note=" n ", stood={"10": "not_met", "9": "met"}, answered={})
    second = decision(2, "accredited", stood={"10": "met", "9": "met"}, answered={"47": digest_of(answer)})
    one, two = presentations(state_of(second, first, answer, response("10", "new"), agreed={**AGREED, "10": "met"}))
    assert (one.presentation, one.label, one.note, one.date, one.known) == (1, "deferred", "n", "2026-06-01", True)
    assert [(t.type, t.holds) for t in one.thresholds] == [("1", False), ("2", True), ("3", True)]
    assert [(way.type, way.need, way.from_) for way in one.in_the_way] == [("1", 1, ["10"])]
    assert one.since == ChangesSincePresentation(
        ratings=[RatingChange(standard="10", before="not_met", now="met")], answers=["47"]
    )
    assert two.in_the_way == []
    assert two.since == ChangesSincePresentation(
        ratings=[RatingChange(standard="47", before=None, now="na")], answers=["10"]
    )


def test_changes_are_told_in_the_order_of_the_numbers_and_taken_back_ones_too() -> None:
    stood = {"10": "met", "9": "met", "47": "met"}
    (one,) = presentations(state_of(decision(1, stood=stood, answered={}), agreed={"10": "na", "47": "met"}))
    assert one.since.ratings == [
        RatingChange(standard="9", before="met", now=None), RatingChange(standard="10", before="met", now="na"),
    ]  # fmt: skip


def test_where_nothing_was_kept_nothing_is_told() -> None:
    old = decision(1)
    (one,) = presentations(state_of(old, response("10")))
    assert (one.known, one.thresholds, one.in_the_way, one.since) == (False, [], [], ChangesSincePresentation())
    one, _ = presentations(state_of(decision(1, stood={"9": "met"}, answered={}), decision(2)))
    assert one.known and one.since == ChangesSincePresentation()


def test_a_decision_without_a_label_is_none_yet() -> None:
    state = state_of(decision(1, " "), decision(2, ""))
    assert presentations(state) == [] and next_presentation(state) == 1


def test_the_next_presentation_is_the_one_after_the_last_decided_while_any_is_left() -> None:
    assert next_presentation(state_of()) == 1
    assert next_presentation(state_of(decision(2))) == next_presentation(state_of(decision(1), decision(2))) == 3
    assert next_presentation(state_of(decision(3))) is None
    state = state_of(decision(1))
    state.info = msgspec.structs.replace(state.info, kind="developmental")
    assert next_presentation(state) is None


def test_when_a_label_is_first_given_what_stands_is_kept_with_it() -> None:
    state = state_of(response("9"), response("47", " "))
    line = s.Decision(presentation=1, label="deferred")
    kept = with_ratings_at_decision(line, state)
    assert kept == msgspec.structs.replace(line, stood=AGREED, answered={"9": digest_of(response("9"))})
    for other in (
        s.Decision(presentation=1, label=" "), s.Decision(presentation=1, label=None),
        s.Decision(presentation=1, note="n"),
        s.Decision(presentation=1, label="deferred", stood={}), s.Rating(standard="9", value="met"),
    ):  # fmt: skip
        assert with_ratings_at_decision(other, state) is other
    assert with_ratings_at_decision(line, state_of(decision(1))) is line
    some = with_ratings_at_decision(line, state_of(agreed={"9": "met"}))
    assert isinstance(some, s.Decision) and some.stood == {"9": "met"}
    assert with_ratings_at_decision(line, state_of(decision(1, " "))) != line


@pytest.mark.parametrize(("over", "keeps"), [(0, True), (1, False)])
def test_a_decision_on_more_than_one_entry_holds_is_recorded_without_what_stood(over: int, keeps: bool) -> None:
    numbers = [str(number) for number in range(MOST_ITEMS + over)]
    large = visit(instrument(dict.fromkeys(numbers, "1")), agreed=dict.fromkeys(numbers, "met"))
    line = s.Decision(presentation=1, label="deferred")
    assert (with_ratings_at_decision(line, large) is not line) == keeps
    many = state_of(*(response(number) for number in numbers))
    assert (with_ratings_at_decision(line, many) is not line) == keeps


# The host's answers -----------------------------------------------------------------------------------------------


def test_every_answer_that_says_something_is_there_type_1_first() -> None:
    state = state_of(
        response("47", "", " a paper "), response("10", " we do ", rating="not_met"), response("9", " ", "\n"),
        response("999"),
    )  # fmt: skip
    assert host_answers(state) == [
        HostAnswer(
            standard="10", type="1", text="we do", evidence="", drafted="not_met", now="not_met", outcome="waiting"
        ),
        HostAnswer(standard="47", type="2", text="", evidence="a paper", drafted=None, now="na", outcome="waiting"),
    ]


def test_an_answer_is_accepted_declined_or_waits() -> None:
    answer = response("10")
    about = digest_of(answer)
    for accepted, outcome in ((True, "accepted"), (False, "declined"), (None, "waiting")):
        for print_ in (about, ""):
            (one,) = host_answers(state_of(answer, decided("10", accepted, reason=" r ", about=print_)))
            assert (one.outcome, one.reason, one.answered_again) == (outcome, "r", False)
    (again,) = host_answers(state_of(response("10", "we do!"), decided("10", True, about=about)))
    assert (again.outcome, again.answered_again) == ("waiting", True)
    (undecided,) = host_answers(state_of(response("10", "we do!"), decided("10", None, about=about)))
    assert not undecided.answered_again


def test_an_answer_is_the_same_whatever_space_surrounds_it() -> None:
    assert digest_of(response("9", " a ", "b\n")) == digest_of(response("10", "a", " b"))
    assert len({digest_of(response("9", *said)) for said in (("a", "b"), ("ab", ""), ("", "ab"), ("b", "a"))}) == 4
    assert len(digest_of(response("9", "half \ud800"))) == 16


@pytest.mark.parametrize(
    ("drafted", "now", "changed"),
    [("met", "met", False), ("met", "not_met", True), ("", None, False), ("", "met", True), ("met", None, True),
     (None, "met", False), (None, None, False)],
)  # fmt: skip
def test_a_rating_has_changed_where_the_drafts_was_kept_and_is_another_now(
    drafted: str | None, now: str | None, changed: bool
) -> None:
    (one,) = host_answers(state_of(response("10", rating=drafted), agreed={"10": now}))
    assert one.changed == changed


def test_answers_are_counted_by_what_became_of_them() -> None:
    state = state_of(
        response("10", rating="met"),
        decided("10", True),
        response("9", rating="na"),
        decided("9", False),
        response("47"),
    )
    assert response_counts(state) == ResponseCounts(received=3, accepted=1, declined=1, waiting=1, changed=1)
    assert response_counts(state_of()) == ResponseCounts()
    unchanged = state_of(
        response("10", rating="not_met"), decided("10", True), response("9", rating="na"), decided("9", None)
    )
    assert response_counts(unchanged) == ResponseCounts(received=2, accepted=1, waiting=1, changed=0)


def test_the_reviews_ratings_are_not_the_teams_own() -> None:
    assert reviewed_values(state_of(agreed={}, own={"9": "met"})) == {"10": None, "9": None, "47": None}
    assert reviewed_values(state_of(own={"9": "na"})) == AGREED


def test_an_answer_is_given_to_the_rating_that_counts_when_it_is_first_said() -> None:
    line = s.Response(standard="10", text="we do")
    assert with_answered_rating(line, state_of()) == msgspec.structs.replace(line, rating="not_met")
    assert with_answered_rating(line, state_of(agreed={})) == msgspec.structs.replace(line, rating="")
    assert with_answered_rating(line, state_of(response("10", rating="met"))) is line
    for stored in (response("10", " ", rating="met"), response("10")):
        assert with_answered_rating(line, state_of(stored)) == msgspec.structs.replace(line, rating="not_met")
    given = s.Response(standard="10", text="we do", rating="na")
    assert with_answered_rating(given, state_of()) is given
    rating = s.Rating(standard="10", value="met")
    assert with_answered_rating(rating, state_of()) is rating


def test_a_decision_is_on_the_answer_that_stands_when_it_is_made() -> None:
    line, answer = s.ResponseDecision(standard="10", accepted=True, reason="r"), response("10")
    assert with_answered_rating(line, state_of(answer)) == msgspec.structs.replace(line, about=digest_of(answer))
    assert with_answered_rating(line, state_of()) == msgspec.structs.replace(line, about="")
    for other in (
        s.ResponseDecision(standard="10", reason="r"), s.ResponseDecision(standard="10", accepted=None),
        s.ResponseDecision(standard="10", accepted=True, about=""),
    ):  # fmt: skip
        assert with_answered_rating(other, state_of(answer)) is other
