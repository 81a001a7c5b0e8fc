"""Rounds side by side: totals, items, what may be compared, and the caution beside a total."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reviewapp.figures.ask_first import ask_first
from reviewapp.figures.rounds import RoundFigures, earlier_rounds, record_of, round_of
from reviewapp.figures.series import Editions, Series, TotalChange, series, series_of
from reviewapp.visit.programme_records import GoalRecord, RoundRecord
from reviewapp.visit.state import VisitState
from tests.core.visit.building import instrument, scored_instrument, visit

SIX_TEAMS = {
    "1": (105, 123, "low", "moderate"),
    "2": (98, 111, "low", "low"),
    "3": (130, 149, "moderate", "moderate"),
    "4": (138, 142, "moderate", "moderate"),
    "5": (133, 155, "moderate", "moderate"),
    "6": (97, 134, "low", "moderate"),
}
"""The totals of the six teams of the published study at 0 and 12 months, and their bands."""


def earlier(key: str, label: str, held: str, **known: Any) -> dict[str, RoundRecord]:
    return {key: RoundRecord(key=key, id=key, label=label, held=held, **known)}


def with_rounds(state: VisitState, *records: dict[str, RoundRecord]) -> VisitState:
    return msgspec.structs.replace(state, rounds={key: one for made in records for key, one in made.items()})


def scored(**agreed: int) -> VisitState:
    """Four items of 1 to 5; agreed scores as `i1=3`."""
    return visit(scored_instrument(4), agreed={name[1:]: value for name, value in agreed.items()})


def as_earlier(state: VisitState, key: str, label: str, held: str) -> dict[str, RoundRecord]:
    """A visit as a later one knows of it."""
    made = msgspec.structs.replace(round_of(state), visit=key, label=label, planned=held, held=held)
    return {key: record_of(made, key)}


@pytest.mark.parametrize("team", SIX_TEAMS)
def test_the_six_teams_come_out_of_their_totals(team: str) -> None:
    first, last, low, high = SIX_TEAMS[team]
    state = with_rounds(
        visit(scored_instrument()),
        earlier("E1", "baseline", "2014-05-01", total=first),
        earlier("E2", "12 months", "2015-05-01", total=last),
    )
    found = series_of(state)
    assert [(one.label, one.total, one.lowest, one.highest, one.band, one.n) for one in found.rounds[:2]] == [
        ("baseline", first, first, first, low, None),
        ("12 months", last, last, last, high, None),
    ]
    (change,) = found.changes
    assert (change.before, change.after, change.points) == (0, 1, last - first)
    assert change.within_caution == (team != "6")
    assert "25 points" in found.caution and "not a test" in found.caution
    assert (found.rounds[2].total, found.rounds[2].lowest, found.rounds[2].highest) == (None, 39, 195)


def test_a_total_that_is_not_certain_is_a_range_and_no_change() -> None:
    state = with_rounds(scored(i1=3, i2=4, i3=5), earlier("E1", "baseline", "2025-01-01", total=12))
    found = series_of(state)
    now = found.rounds[1]
    assert (now.total, now.lowest, now.highest, now.n) == (None, 13, 17, 3)
    assert found.changes == () and found.caution == ""


def test_items_are_side_by_side_and_only_the_same_wording_is_compared() -> None:
    before = scored(i1=1, i2=2, i3=3)
    reworded = msgspec.structs.replace(before.instrument.standards[2], statement="Something else is asked.")
    now = scored(i1=4, i2=2, i3=5, i4=5)
    standards = (*now.instrument.standards[:2], reworded, now.instrument.standards[3])
    now.instrument = msgspec.structs.replace(now.instrument, standards=standards, edition="2")
    found = series_of(with_rounds(now, as_earlier(before, "v0", "baseline", "2025-05-01")))
    assert [(one.standard, one.values, one.comparable) for one in found.items] == [
        ("1", (1, 4), True),
        ("2", (2, 2), True),
        ("3", (3, 5), False),
        ("4", (None, 5), True),
    ]
    assert found.items[2].why == "it asks something different from baseline (1)"
    assert found.items[3].ranges == ((1, 5), None)
    assert (found.common.n, found.common.standards, found.common.totals) == (2, ("1", "2"), (3, 6))
    assert found.common.percent == (None, None) and found.not_comparable == 1


def test_an_item_that_was_dropped_or_new_is_told_and_not_compared() -> None:
    before = visit(scored_instrument(3), agreed={"1": 1, "2": 2, "3": 3})
    now = visit(scored_instrument(2), agreed={"1": 1, "2": 2})
    found = series_of(with_rounds(now, as_earlier(before, "v0", "baseline", "2025-05-01")))
    assert [(one.standard, one.comparable) for one in found.items] == [("1", True), ("2", True), ("3", False)]
    assert found.items[2].why == "it is not among the items at 2026-05-12"


def test_on_met_and_not_met_the_share_is_of_the_common_set() -> None:
    asked = instrument({"1": "1", "2": "1", "3": "2", "4": "2"})
    before = visit(asked, agreed={"1": "met", "2": "not_met", "3": "na", "4": "met"})
    now = visit(asked, agreed={"1": "met", "2": "met", "3": "met"})
    found = series_of(with_rounds(now, as_earlier(before, "v0", "baseline", "2025-05-01")))
    assert (found.common.n, found.common.percent, found.common.totals) == (2, (50.0, 100.0), (None, None))
    assert [one.percent for one in found.rounds] == [pytest.approx(200 / 3), 100.0]
    assert [(one.total, one.n) for one in found.rounds] == [(None, 3), (None, 3)]


def test_a_visit_that_is_known_twice_is_shown_once_by_its_own_word() -> None:
    before = scored(i1=1)
    state = with_rounds(scored(i1=4), as_earlier(before, "v0", "baseline", "2025-05-01"))
    newer = msgspec.structs.replace(round_of(scored(i1=2)), visit="v0", label="baseline", planned="", held="2025-05-01")
    found = series_of(state, [newer, newer])
    assert [one.visit for one in found.rounds] == ["v0", "v1"]
    assert found.items[0].values == (2, 4)


def test_with_three_totals_the_first_and_the_last_are_compared_too() -> None:
    state = with_rounds(
        visit(scored_instrument()),
        earlier("E1", "baseline", "2013-01-01", total=100),
        earlier("E2", "6 months", "2013-07-01", total=110),
        earlier("E3", "12 months", "2014-01-01", total=140),
    )
    assert [(one.before, one.after, one.points, one.within_caution) for one in series_of(state).changes] == [
        (0, 1, 10, True),
        (1, 2, 30, False),
        (0, 2, 40, False),
    ]


def test_criteria_that_changed_are_told_with_the_round() -> None:
    def made(label: str, held: str, **letters: str) -> RoundFigures:
        asked = round_of(scored(i1=3))
        return msgspec.structs.replace(asked, visit=label, label=label, held=held, criteria={"1": dict(letters)})

    rounds = [made("0", "2025-01-01", a="met", b="not_met"), made("6", "2025-07-01", a="met", b="met")]
    (item, *_rest) = series(rounds, scored_instrument(4)).items
    assert [(one.criterion, one.before, one.after, one.round) for one in item.criteria] == [("b", "not_met", "met", 1)]


def test_no_word_says_that_a_total_went_up_or_down() -> None:
    assert {*TotalChange.__struct_fields__} == {"before", "after", "points", "within_caution"}
    assert {*Series.__struct_fields__} >= {"rounds", "items", "common", "caution"}


def test_what_is_kept_of_a_round_comes_back() -> None:
    before = scored(i1=1, i2=2, i3=3)
    made = round_of(before)
    (back,) = earlier_rounds(with_rounds(scored(), {"E1": record_of(made, "E1")}))
    assert back == made


# What to ask first -------------------------------------------------------------------------------------------------


def test_at_a_later_round_goals_and_what_was_never_established_are_asked_first() -> None:
    before = scored(i1=1, i2=2, i4=5)
    state = with_rounds(scored(i4=4), as_earlier(before, "v0", "baseline", "2025-05-01"))
    state.goals = {
        "G1": GoalRecord(key="G1", id="G1", text="Better", standards=("1", "4"), chosen_by="team"),
        "G2": GoalRecord(key="G2", id="G2", text="A candidate", standards=("2",)),
    }
    found = ask_first(state)
    assert found is not None
    assert [(one.standard, one.why, one.goals) for one in found.first] == [
        ("1", "goal", ("G1",)),
        ("3", "not_established", ()),
    ]
    carried = [(one.standard, one.value, one.label) for one in found.carried]
    assert carried == [("1", 1, "baseline"), ("2", 2, "baseline")]
    assert (found.total, found.rated) == (None, 1)
    state = msgspec.structs.replace(state, agreed={**state.agreed, **scored(i3=3).agreed})
    found = ask_first(state)
    assert found is not None and found.total == 1 + 2 + 3 + 4


def test_an_item_that_asks_something_else_is_asked_anew_and_not_carried() -> None:
    before = scored(i1=1, i2=2, i3=3, i4=5)
    now = scored()
    other = msgspec.structs.replace(now.instrument.standards[0], statement="Another thing.")
    now.instrument = msgspec.structs.replace(now.instrument, standards=(other, *now.instrument.standards[1:]))
    found = ask_first(with_rounds(now, as_earlier(before, "v0", "baseline", "2025-05-01")))
    assert found is not None
    assert [(one.standard, one.why) for one in found.first] == [("1", "new_wording")]
    assert [one.standard for one in found.carried] == ["2", "3", "4"]


def test_at_a_first_round_everything_is_asked() -> None:
    assert ask_first(scored(i1=1)) is None
    assert ask_first(with_rounds(scored(), earlier("E1", "baseline", "2025-05-01", total=12))) is None


def test_of_another_edition_what_a_crosswalk_calls_equal_is_compared_and_the_rest_told() -> None:
    before = visit(scored_instrument(4), agreed={"1": 1, "2": 2, "3": 3, "4": 4})
    asked = [
        msgspec.structs.replace(one, number=f"{one.number}a", statement=f"In new words: {one.number}.")
        for one in before.instrument.standards[:3]
    ]
    now = visit(scored_instrument(3), agreed={"1a": 5, "2a": 5})
    now.instrument = msgspec.structs.replace(now.instrument, standards=tuple(asked), edition="2")
    now.agreed = {key: msgspec.structs.replace(one, standard=key) for key, one in now.agreed.items()}
    state = with_rounds(now, as_earlier(before, "v0", "baseline", "2025-05-01"))
    digest = round_of(before).digest
    editions = {digest: Editions(before={"1a": "1", "2a": "2"}, why={"3a": "it was split"})}
    found = series_of(state, editions=editions)
    assert [(one.standard, one.values, one.comparable) for one in found.items] == [
        ("1a", (1, 5), True),
        ("2a", (2, 5), True),
        ("3a", (None, None), False),
        ("3", (3, None), False),
        ("4", (4, None), False),
    ]
    assert found.items[2].why == "it was split (at baseline (1))"
    assert (found.common.n, found.common.totals) == (2, (3, 10))
    assert [one.comparable for one in series_of(state).items] == [False] * 7
