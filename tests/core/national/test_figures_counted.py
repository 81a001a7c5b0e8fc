"""The figures of any set are those of somebody who counts the extracts by hand."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from reviewapp.national.figures import Counts
from reviewapp.national.model import Extract
from tests.core.national import drawn
from tests.core.national.sets import figures

FEW = settings(max_examples=max(settings().max_examples // 2, 1))


def by_hand(extracts: list[Extract], numbers: list[str]) -> Counts:
    """The ratings of these standards in these visits, one after the other."""
    found = Counter(one.values[number].counts for one in extracts for number in numbers)
    applicable = found["met"] + found["not_met"]
    percent = 100 * found["met"] / applicable if applicable else None
    return Counts(
        met=found["met"],
        not_met=found["not_met"],
        na=found["na"],
        unrated=found["unrated"],
        applicable=applicable,
        percent=percent,
    )


@FEW
@given(drawn.extracts(drawn.RATED))
def test_pooled_shares_and_those_of_each_team(extracts):
    found = figures(extracts, drawn.RATED)
    counted = [one for one in extracts if one.cycle == found.cycle]
    standards = drawn.RATED.standards
    every = [s.number for s in standards]
    assert found.overall == by_hand(counted, every)
    assert found.by_standard == {number: by_hand(counted, [number]) for number in every}
    for name, one in found.by_section.items():
        assert one == by_hand(counted, [s.number for s in standards if s.section == name])
    for name, one in found.by_type.items():
        assert one == by_hand(counted, [s.number for s in standards if s.type == name])
    assert {team.code: team.counts for team in found.teams} == {one.team: by_hand([one], every) for one in counted}
    for status, one in found.by_status.items():
        assert one == by_hand([e for e in counted if e.status == status], every)
    for cycle, held in found.cycles.items():
        assert held.overall == by_hand([e for e in extracts if e.cycle == cycle], every)


@FEW
@given(drawn.extracts(drawn.RATED))
def test_surveys_audit_people_and_actions(extracts):
    found = figures(extracts, drawn.RATED)
    counted = [one for one in extracts if one.cycle == found.cycle]
    for group, one in found.surveys.items():
        sent = [e.surveys[group] for e in counted if group in e.surveys]
        assert (one.respondents, one.visits) == (sum(s.respondents for s in sent), len(sent))
        for number, row in one.standards.items():
            answers = [s.standards[number] for s in sent if number in s.standards]
            assert row["yes"] == sum(a.yes for a in answers)
            assert row["n"] == sum(a.yes + a.no for a in answers)
    assert found.surveys.keys() == {group for one in counted for group in one.surveys}
    for item, row in found.audit.items():
        cells = [e.audit[item] for e in counted if item in e.audit]
        assert row["n"] == sum(c.yes + c.no + c.not_recorded for c in cells)
    for told, listed in ((found.spoken, "spoken"), (found.reviewers, "reviewers")):
        people: Counter[str] = Counter()
        for one in counted:
            people.update(getattr(one, listed))
        assert told == {name: people[name] for name in told}
        assert told.keys() == {name for one in counted for name in getattr(one, listed)}
    for standard, states in found.actions.items():
        for state, n in states.items():
            assert n == sum(e.actions.get(standard, {}).get(state, 0) for e in counted)


@FEW
@given(drawn.extracts(drawn.SCORED))
def test_scores(extracts):
    found = figures(extracts, drawn.SCORED)
    for team in found.teams:
        values = next(e for e in extracts if (e.team, e.cycle) == (team.code, found.cycle)).values.values()
        applying = [one for one in values if one.counts != "na"]
        scores = [one.score for one in applying if one.score is not None]
        assert team.score is not None
        assert (team.score.scored, team.score.of) == (len(scores), len(applying))
        assert team.score.total == (sum(scores) if applying and len(scores) == len(applying) else None)
    assert found.overall.percent is None
