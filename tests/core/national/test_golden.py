"""The example set of 29 teams: every share that the 2021 report prints comes out, but the one that cannot."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from reviewapp.figures.benchmark import benchmark_for
from reviewapp.national.figures import NationalFigures
from tests.core.national import teams_2021
from tests.core.national.sets import figures


@pytest.fixture(scope="module")
def golden() -> NationalFigures:
    return figures(teams_2021.extracts(), teams_2021.INSTRUMENT)


def printed(value: float | None) -> int:
    assert value is not None
    return int(Decimal(repr(value)).quantize(Decimal(1), ROUND_HALF_UP))


def test_every_printed_share_comes_out(golden):
    report = benchmark_for(teams_2021.INSTRUMENT)
    assert report is not None
    assert {name: printed(one.percent) for name, one in golden.by_section.items()} == report.by_section
    assert {name: printed(one.percent) for name, one in golden.by_type.items()} == report.by_type
    assert {n: printed(golden.by_standard[n].percent) for n in report.by_standard} == report.by_standard
    caseload, days, open_all_hours = (golden.context[f] for f in ("caseload", "days_under_team", "open_24_7"))
    assert (printed(caseload.mean), caseload.min, caseload.max) == (37, 14, 82)
    assert printed(days.mean) == 22
    assert (open_all_hours.yes, open_all_hours.n) == (25, 29)
    assert {group: printed(one.mean_respondents) for group, one in golden.surveys.items()} == {
        "patient": 16,
        "carer": 14,
    }


def test_the_share_of_all_is_77_and_not_the_74_that_was_printed(golden):
    assert (golden.overall.met, golden.overall.applicable) == (978, 1276)
    assert printed(golden.overall.percent) == 77
    assert sum(1 for team in golden.teams if team.counts.percent > 74) == 20


def test_sections_types_teams_and_standards_each_add_up_to_all(golden):
    for parts in (golden.by_section, golden.by_type, golden.by_standard, {t.code: t.counts for t in golden.teams}):
        assert sum(one.met for one in parts.values()) == 978
        assert sum(one.applicable for one in parts.values()) == 1276
    assert [one.met for one in golden.by_section.values()] == [160, 55, 357, 406]
    assert [one.met for one in golden.by_type.values()] == [569, 395, 14]
    assert [team.code for team in golden.teams] == list(teams_2021.TEAMS)


def test_what_is_most_and_least_met_is_what_the_report_names(golden):
    most = {name: [one.number for one in found] for name, found in golden.most_met.items()}
    least = {name: [one.number for one in found] for name, found in golden.least_met.items()}
    assert list(most.values()) == [["47", "20", "36"], ["54", "63"], ["96", "97"], ["153", "155", "163"]]
    assert list(least.values()) == [["46", "4", "14"], ["90", "84"], ["113", "119"], ["156", "160"]]
    worst = golden.least_met["Staffing and training"][0]
    assert (worst.number, worst.met, worst.of) == ("90", 2, 29)


def test_the_basis_is_told(golden):
    assert golden.basis == {"agreed": 1276}
    assert golden.basis_drafts == {}
    assert list(golden.by_status) == ["final"]
