"""Points of a scored instrument: totals, means, and the band that is certain."""

from __future__ import annotations

import msgspec
import pytest

from reviewapp.figures.forecast import forecast_of
from reviewapp.figures.scores import PointsSummary, band_of, item_points, score_figures
from reviewapp.instruments.model import Band
from tests.core.visit.building import RATED, SCORED, instrument, scored_instrument

BANDS = [Band(label="high", from_=10), Band(label="low", from_=3), Band(label="middle", from_=6)]


@pytest.mark.parametrize(
    ("total", "band"), [(2, None), (3, "low"), (5, "low"), (6, "middle"), (9, "middle"), (10, "high"), (99, "high")]
)
def test_a_band_begins_at_its_first_total_whatever_the_order_of_the_bands(total: int, band: str | None) -> None:
    assert band_of(total, BANDS) == band
    assert band_of(total, []) is None


def test_only_a_scored_scale_has_points() -> None:
    assert item_points(SCORED) == [1, 2, 3, 4, 5]
    assert item_points(RATED) == []


def test_points_add_up_by_type_and_section_without_what_does_not_apply() -> None:
    measured = instrument(
        {"1": "a", "2": "a", "3": "b", "4": "b"}, scale=SCORED, thresholds=(),
        sections={"1": "Care", "2": "Staff", "3": "Staff", "4": "Staff"},
    )  # fmt: skip
    found = score_figures(measured, {"1": 4, "2": 5, "3": "na", "4": "off the scale"})
    assert (found.total, found.rated, found.of, found.lowest, found.highest, found.band) == (9, 2, 3, 10, 14, None)
    assert found.by_type == {
        "a": PointsSummary(total=9, rated=2, of=2, mean=4.5, lowest=9, highest=9),
        "b": PointsSummary(total=0, rated=0, of=1, mean=None, lowest=1, highest=5),
    }  # fmt: skip
    assert found.by_section == {
        "Care": PointsSummary(total=4, rated=1, of=1, mean=4.0, lowest=4, highest=4),
        "Staff": PointsSummary(total=5, rated=1, of=2, mean=5.0, lowest=6, highest=10),
    }  # fmt: skip


def test_a_band_is_named_when_it_is_the_same_at_worst_and_at_best() -> None:
    measured = scored_instrument()
    all_but_one = {str(number): 3 for number in range(1, 39)}
    assert score_figures(measured, {**all_but_one, "1": 5}).band == "moderate"  # 116 + 1 to 116 + 5
    assert score_figures(measured, all_but_one).band is None  # 114 + 1 to 114 + 5: 117 is moderate
    assert score_figures(measured, {}).band is None
    plain = score_figures(instrument({"1": "1", "2": "1"}), {"1": "met"})
    assert (plain.lowest, plain.highest, plain.band) == (0, 0, None)
    from_nothing = msgspec.structs.replace(SCORED, bands=(Band(label="all", from_=0),))
    some = instrument({"1": "a"}, scale=from_nothing, thresholds=())
    assert (score_figures(some, {"1": "na"}).band, score_figures(some, {}).band) == (None, "all")


def test_a_forecast_names_a_band_only_where_there_is_one_to_name() -> None:
    measured = scored_instrument(2)
    nothing = {"1": "na", "2": "na"}
    assert forecast_of(measured, nothing).outcome == forecast_of(measured, nothing).best_case == "undecided"
    bare = instrument({"1": "a"}, scale=msgspec.structs.replace(SCORED, bands=()), thresholds=())
    from_nothing = instrument(
        {"1": "a"}, scale=msgspec.structs.replace(SCORED, bands=(Band(label="all", from_=0),)), thresholds=()
    )
    assert (forecast_of(from_nothing, {"1": "na"}).outcome, forecast_of(from_nothing, {}).outcome) == (
        "undecided",
        "all",
    )
    told = forecast_of(bare, {"1": 5})
    assert (told.outcome, told.best_case, told.worst_case) == ("undecided", "undecided", "undecided")
