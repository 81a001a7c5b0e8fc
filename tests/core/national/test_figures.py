"""What the figures of a set promise where cells do not apply, visits are drafts, cycles follow, items are scored."""

from __future__ import annotations

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.national.figures import Counts, NationalFigures, Points, Spread
from reviewapp.national.spreads import spread
from reviewapp.national.standard_figures import most_and_least
from tests.core.national import second_set, teams_2021
from tests.core.national.sets import figures


@pytest.fixture(scope="module")
def rated() -> NationalFigures:
    return figures(second_set.both_cycles(), second_set.RATED)


@pytest.fixture(scope="module")
def scored() -> NationalFigures:
    return figures(second_set.scored(), second_set.SCORED)


def test_a_cell_that_does_not_apply_lowers_the_denominator_of_its_standard(rated):
    assert (rated.by_standard["36"].applicable, rated.by_standard["36"].na) == (5, 3)
    assert rated.by_standard["54"].applicable == 7
    for one in (rated.overall, *rated.by_standard.values(), *(team.counts for team in rated.teams)):
        assert one.applicable == one.met + one.not_met
        assert one.percent == (100 * one.met / one.applicable if one.applicable else None)


def test_pooled_shares_and_the_mean_of_teams_differ_and_each_has_its_name(rated):
    section = "Staffing and training"
    pooled, teams = rated.by_section[section].percent, rated.distribution[section]
    shares = [t.by_section[section].percent for t in rated.teams if t.by_section[section].percent is not None]
    assert teams.mean == pytest.approx(statistics.mean(shares))
    assert rated.overall.percent != rated.distribution["overall"].mean
    assert pooled == 100 * rated.by_section[section].met / rated.by_section[section].applicable


def test_a_team_to_which_nothing_applies_has_no_share_and_is_not_the_lowest(rated):
    team = next(t for t in rated.teams if t.code == second_set.NOTHING_OF_STAFFING)
    assert team.by_section["Staffing and training"] == Counts(na=4)
    assert rated.distribution["Staffing and training"].n == 7


def test_drafts_are_counted_and_told_apart(rated):
    assert (rated.n_visits, rated.n_teams, rated.drafts) == (8, 8, 2)
    assert list(rated.basis) == ["agreed"]
    assert list(rated.basis_drafts) == ["peer"]
    final, draft = rated.by_status["final"], rated.by_status["draft"]
    assert final.applicable + draft.applicable == rated.overall.applicable
    assert draft.unrated > 0
    assert final.unrated == 0


def test_the_newest_cycle_is_meant_unless_another_is_named(rated):
    assert rated.cycle == "2026"
    earlier = figures(second_set.both_cycles(), second_set.RATED, cycle="2025")
    assert (earlier.cycle, earlier.n_visits, earlier.drafts) == ("2025", 6, 0)
    assert earlier.overall == rated.cycles["2025"].overall
    assert rated.cycles["2026"].overall == rated.overall
    with pytest.raises(Invalid, match="no visit of cycle '2024'"):
        figures(second_set.both_cycles(), second_set.RATED, cycle="2024")


def test_two_cycles_are_compared_on_the_teams_that_came_in_both(rated):
    (pair,) = rated.same_teams
    assert (pair.earlier, pair.later, pair.teams) == ("2025", "2026", 6)
    came_twice = {f"S{n:02}" for n in range(1, 7)}
    assert pair.after.met == sum(team.counts.met for team in rated.teams if team.code in came_twice)
    assert pair.before == rated.cycles["2025"].overall
    assert pair.after != rated.overall


def test_an_empty_set_has_no_figures_and_no_share():
    empty = figures([], second_set.RATED)
    assert (empty.n_visits, empty.cycle, empty.overall.percent) == (0, "", None)
    assert empty.distribution["overall"] == Spread()
    assert {len(found) for found in (*empty.most_met.values(), *empty.least_met.values())} == {0}


def test_the_total_of_a_team_waits_until_every_item_is_scored(scored):
    totals = [sum(filter(None, s)) for s in second_set.SCORES.values() if None not in s]
    assert scored.score is not None
    assert (scored.score.n, scored.score.median, scored.score.max) == (6, statistics.median(totals), 40)
    open_one = next(team for team in scored.teams if team.code == "F6")
    assert open_one.score == Points(scored=7, of=8, total=None)
    assert open_one.subscales["Care (invented)"].total == 4
    assert scored.overall.percent is None


def test_each_item_and_subscale_has_its_spread(scored):
    item = scored.items["3"]
    assert item.counts == {"1": 1, "2": 1, "3": 2, "4": 1, "5": 1}
    assert (item.open, item.na, item.spread.median) == (1, 0, 3.0)
    assert scored.subscales["The team (invented)"].n == 7
    assert scored.most_met == {name: [] for name in scored.most_met}


@given(st.lists(st.fractions(0, 100), min_size=2))
def test_quartiles_are_those_of_the_standard_library(values):
    found = spread(values)
    assert [found.q1, found.median, found.q3] == pytest.approx(
        [float(one) for one in statistics.quantiles(values, n=4, method="inclusive")]
    )
    assert (found.min, found.max, found.n) == (float(min(values)), float(max(values)), len(values))
    assert found.mean == float(Fraction(sum(values), len(values)))


@given(st.data())
def test_most_and_least_met_keep_ties_and_share_no_standard(data):
    instrument = teams_2021.INSTRUMENT
    met = {s.number: data.draw(st.integers(0, 4), label=s.number) for s in instrument.standards}
    nobody = data.draw(st.sets(st.sampled_from(sorted(met))), label="applies to nobody")
    counted = {
        n: Counts(na=4) if n in nobody else Counts(met=k, not_met=4 - k, applicable=4, percent=25.0 * k)
        for n, k in met.items()
    }
    most, least = most_and_least(counted, instrument)
    for section in most:
        of_section = {s.number: met[s.number] for s in instrument.standards if s.section == section}
        rated = {n: k for n, k in of_section.items() if n not in nobody}
        high, low = {one.number for one in most[section]}, {one.number for one in least[section]}
        assert not high & low
        assert bool(high) == bool(low) == (len(set(rated.values())) > 1)
        for chosen, better in ((high, lambda a, b: a >= b), (low, lambda a, b: a <= b)):
            assert all(better(rated[one], k) for one in chosen for n, k in rated.items() if n not in chosen)
            assert {n for n, k in rated.items() if k in {rated[one] for one in chosen}} == chosen
