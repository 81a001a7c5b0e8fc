"""The six teams of the published programme: their bands and changes come out of the totals that were entered.

Totals at the start and after twelve months, as printed of six teams of the CORE study's service improvement programme.
No item was published, so the items here are any that add up to the total.
"""

from __future__ import annotations

import pytest

from reviewapp.figures.item_scores import item_scores
from reviewapp.figures.norms import norm_for
from reviewapp.figures.ratings import current_figures
from reviewapp.figures.scores import ScoreFigures, band_of
from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import Score
from tests.core.visit.building import visit

SCALE = next(one for one in builtin() if one.id == "core-fidelity-2")
TEAMS = {
    1: (105, 123, "low", "moderate", 18),
    2: (98, 111, "low", "low", 13),
    3: (130, 149, "moderate", "moderate", 19),
    4: (138, 142, "moderate", "moderate", 4),
    5: (133, 155, "moderate", "moderate", 22),
    6: (97, 134, "low", "moderate", 37),
}


def items(total: int) -> dict[str, Score | None]:
    """39 scores that add up to a total."""
    each, more = divmod(total, 39)
    return {str(number): each + (number <= more) for number in range(1, 40)}


def figures(total: int) -> ScoreFigures:
    score = current_figures(visit(SCALE, agreed=items(total))).score
    assert score is not None
    return score


@pytest.mark.parametrize("team", TEAMS)
def test_bands_and_changes_are_those_that_were_printed(team: int) -> None:
    before, after, band_before, band_after, change = TEAMS[team]
    first, last = figures(before), figures(after)
    assert (first.total, last.total, last.total - first.total) == (before, after, change)
    assert (first.band, last.band) == (band_before, band_after)
    assert (first.lowest, first.highest, first.rated, first.of) == (before, before, 39, 39)


def test_one_point_more_would_have_been_high() -> None:
    assert (figures(155).band, figures(156).band) == ("moderate", "high")
    assert [band_of(total, SCALE.scale.bands) for total in (39, 116, 117, 195)] == ["low", "low", "moderate", "high"]


def test_while_the_range_spans_two_bands_none_is_named() -> None:
    most: dict[str, Score | None] = {**items(117), "39": None}
    state = visit(SCALE, agreed=most)
    score = current_figures(state).score
    assert score is not None and (score.total, score.lowest, score.highest, score.band) == (114, 115, 119, None)
    one = item_scores(state)["39"]
    assert (one.score, one.lowest, one.highest, one.given, one.derived) == (None, 1, 5, None, None)


def test_subscales_add_up_to_the_total_with_their_ranges() -> None:
    score = current_figures(visit(SCALE, agreed={**items(130), "1": None})).score
    assert score is not None
    parts = score.by_section.values()
    assert [part.of for part in parts] == [10, 16, 10, 3]
    assert sum(part.total for part in parts) == score.total
    assert sum(part.lowest or 0 for part in parts) == score.lowest
    assert sum(part.highest or 0 for part in parts) == score.highest


def test_the_published_figures_stand_beside_it() -> None:
    norm = norm_for(SCALE)
    assert norm is not None and (norm.total.median, norm.total.lowest, norm.total.highest) == (122, 73, 151)
    assert norm.bands == {"low": 26, "moderate": 49, "high": 0} and sum(norm.bands.values()) == norm.teams == 75
    assert norm_for(next(one for one in builtin() if one.id == "qn-crhtt-4-pc")) is None
