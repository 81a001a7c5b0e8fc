"""Small numbers: nobody who has every output finds a withheld count by subtraction; ratings are never withheld."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reviewapp.national import mask
from reviewapp.national.figures import ContextSpread, GroupAnswers, NationalFigures, Spread
from reviewapp.national.mask import counted_in, masked, suppressed
from reviewapp.national.people_figures import Numbers
from tests.core.national import teams_2021
from tests.core.national.attacker import found_out
from tests.core.national.sets import figures

INSTRUMENT = teams_2021.INSTRUMENT
BELOW = INSTRUMENT.suppress_below


@pytest.fixture(scope="module")
def golden() -> NationalFigures:
    return figures(teams_2021.extracts(), INSTRUMENT)


def answers(yes: int, no: int, na: int, visits: int = 9) -> Numbers:
    n = yes + no
    return {"yes": yes, "no": no, "na": na, "n": n, "percent": 100 * yes / n if n else None, "visits": visits}


def records(yes: int, no: int, na: int, not_recorded: int, visits: int = 9) -> Numbers:
    n = yes + no + not_recorded
    percent = 100 * yes / n if n else None
    return {"yes": yes, "no": no, "na": na, "not_recorded": not_recorded, "n": n, "percent": percent, "visits": visits}


def surveyed(golden: NationalFigures, *rows: Numbers, respondents: int) -> NationalFigures:
    standards = {INSTRUMENT.standards[n].number: row for n, row in enumerate(rows)}
    group = GroupAnswers(respondents=respondents, visits=9, mean_respondents=respondents / 9, standards=standards)
    return replace(golden, surveys={"patient": group})


_counts = st.one_of(st.integers(0, 8), st.integers(0, 8), st.integers(0, 60))
_visits = st.sampled_from([3, 5, 9])
_audit_rows = st.builds(records, _counts, _counts, _counts, _counts, _visits)
_people = st.dictionaries(st.sampled_from(["patient", "carer", "staff", "manager"]), _counts)


@st.composite
def _groups(draw: st.DrawFn) -> GroupAnswers:
    rows = draw(st.lists(st.builds(answers, _counts, _counts, _counts, _visits), max_size=3))
    most = max((int(row["yes"] or 0) + int(row["no"] or 0) + int(row["na"] or 0) for row in rows), default=0)
    respondents = most + draw(st.integers(0, 6))
    standards = {INSTRUMENT.standards[n].number: row for n, row in enumerate(rows)}
    visits = draw(_visits)
    return GroupAnswers(
        respondents=respondents, visits=visits, mean_respondents=respondents / visits, standards=standards
    )


@given(
    surveys=st.dictionaries(st.sampled_from(["patient", "carer", "staff"]), _groups()),
    audit=st.dictionaries(st.sampled_from(["A1", "A2"]), _audit_rows),
    spoken=_people,
    reviewers=_people,
)
def test_nobody_finds_a_withheld_count_by_subtraction(golden, surveys, audit, spoken, reviewers):
    truth = replace(golden, surveys=surveys, audit=audit, spoken=spoken, reviewers=reviewers)
    shown = masked(truth, INSTRUMENT)
    assert found_out(shown, truth, BELOW) == []
    for group, one in shown.surveys.items():
        for number, row in one.standards.items():
            assert _small(row) == []
            assert all(row[name] in (None, surveys[group].standards[number][name]) for name in row)
    assert [item for item, row in shown.audit.items() if _small(row)] == []
    assert not [n for n in (*shown.spoken.values(), *shown.reviewers.values()) if n and n < BELOW]


def test_whoever_subtracts_would_find_out_a_mask_that_withholds_small_counts_alone(golden, monkeypatch):
    """The attacker of these tests is worth something."""
    truth = surveyed(golden, answers(yes=90, no=8, na=2), respondents=100)
    truth = replace(truth, audit={"A1": records(50, 9, 3, 0)}, spoken={"patient": 60, "carer": 2})
    monkeypatch.setattr(mask, "suppressed", lambda cells, below, unseen=0: {n for n in cells if 0 < cells[n] < below})
    found = found_out(masked(truth, INSTRUMENT), truth, BELOW)
    assert [cell[-1] for cell in found] == ["na", "carer"]


def _small(row: Numbers) -> list[str]:
    return [name for name in ("yes", "no", "na", "not_recorded") if 0 < (row.get(name) or 0) < BELOW]


def test_a_small_count_takes_the_next_smallest_with_it_and_their_share(golden):
    truth = surveyed(golden, answers(yes=90, no=8, na=2), respondents=100)
    (row,) = masked(truth, INSTRUMENT).surveys["patient"].standards.values()
    assert row == {"yes": 90, "no": None, "na": None, "n": None, "percent": None, "visits": 9}


def test_no_more_is_withheld_than_has_to_be(golden):
    blanks_enough = surveyed(golden, answers(yes=80, no=8, na=2), respondents=100)
    (row,) = masked(blanks_enough, INSTRUMENT).surveys["patient"].standards.values()
    assert row == {"yes": 80, "no": 8, "na": None, "n": 88, "percent": 100 * 80 / 88, "visits": 9}
    noughts = surveyed(golden, answers(yes=100, no=0, na=0), respondents=100)
    (row,) = masked(noughts, INSTRUMENT).surveys["patient"].standards.values()
    assert None not in row.values()
    assert suppressed({"a": 4, "b": 3, "c": 50}, 5) == {"a", "b"}


def test_ratings_of_services_are_never_withheld(golden):
    few = masked(figures(teams_2021.extracts()[:2], INSTRUMENT), INSTRUMENT)
    assert (few.overall.applicable, few.teams[0].counts.met) == (88, 42)
    assert few.by_standard["90"].applicable == 2
    for name in ("overall", "by_type", "by_section", "by_standard", "teams", "most_met", "least_met", "cycles"):
        assert getattr(masked(golden, INSTRUMENT), name) == getattr(golden, name)


def test_what_few_teams_sent_is_withheld_whatever_its_size():
    few = masked(figures(teams_2021.extracts()[:4], INSTRUMENT), INSTRUMENT)
    assert {one.respondents for one in few.surveys.values()} == {None}
    assert {row["yes"] for row in few.audit.values()} == {None}
    assert few.context["caseload"] == ContextSpread(n=4)
    assert few.distribution["overall"] == Spread(n=4)
    assert any("survey of patient" in said for said in few.withheld)


def test_a_type_of_one_standard_has_no_spread(golden):
    shown = masked(golden, INSTRUMENT)
    assert shown.distribution["type 3"] == Spread()
    assert shown.distribution["Staffing and training"] == golden.distribution["Staffing and training"]
    assert any("type 3" in said for said in shown.withheld)


@pytest.mark.parametrize(("teams", "withheld"), [(29, False), (28, True), (27, True), (26, False)])
def test_a_report_of_nearly_the_same_teams_shows_no_counts_of_people(golden, teams, withheld):
    before = counted_in(figures(teams_2021.extracts()[:teams], INSTRUMENT))
    shown = masked(golden, INSTRUMENT, [before])
    assert (shown.surveys["patient"].respondents is None) is withheld
    assert (shown.audit["A1"]["n"] is None) is withheld
    assert (shown.spoken["staff"] is None) is withheld
    assert any("given out before" in said for said in shown.withheld) is withheld


def test_another_revision_of_one_visit_is_a_difference_too(golden):
    before = counted_in(golden)
    newer = [replace(one, revision=2) if one.team == "T07" else one for one in teams_2021.extracts()]
    shown = masked(figures(newer, INSTRUMENT), INSTRUMENT, [before])
    assert shown.surveys["carer"].respondents is None


def test_what_is_withheld_is_null_in_json_and_nothing_else(golden):
    shown = msgspec.to_builtins(masked(golden, INSTRUMENT))
    assert shown.keys() == msgspec.to_builtins(golden).keys()
