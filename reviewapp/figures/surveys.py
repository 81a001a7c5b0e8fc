"""Counts of the survey by group of people and standard (the case-note audit is counted in `audit`)."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from reviewapp.visit import sorting
from reviewapp.visit.figure_cache import SURVEYED, cached_figure
from reviewapp.visit.state import SurveyRecord, VisitState


class SurveyCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Answers of one group about one standard; `n` = yes + no, `percent` is 100 * yes / n, None if `n` is 0."""

    yes: int = 0
    no: int = 0
    na: int = 0
    n: int = 0
    percent: float | None = None


class GroupSurvey(msgspec.Struct, frozen=True, kw_only=True):
    """One group's survey: number of respondents, their target (0: none is set), and the counts by standard."""

    respondents: int
    target: int
    standards: dict[str, SurveyCounts]


@cached_figure(*SURVEYED)
def survey_figures(state: VisitState) -> dict[str, GroupSurvey]:
    """The survey of every group with answers or a target; a count in conflict is left out until settled."""
    unsettled = {c.key for c in state.conflicts if c.entity == "survey"}
    by_group: dict[str, list[SurveyRecord]] = defaultdict(list)
    for key, rec in state.survey.items():
        if key not in unsettled:
            by_group[rec.group].append(rec)
    targets = state.instrument.targets.surveys
    counted = _stated_respondents(state)
    names = sorting.groups([*by_group, *counted, *(name for name, target in targets.items() if target)])
    return {
        name: GroupSurvey(
            respondents=max([counted.get(name, 0), *(r.yes + r.no + r.na for r in by_group[name])]),
            target=targets.get(name, 0),
            standards={
                r.standard: survey_counts(r) for r in sorted(by_group[name], key=lambda r: sorting.natural(r.standard))
            },
        )
        for name in names
    }


def survey_counts(rec: SurveyRecord) -> SurveyCounts:
    """The counts of one survey row with `n` and `percent` computed."""
    n = rec.yes + rec.no
    return SurveyCounts(yes=rec.yes, no=rec.no, na=rec.na, n=n, percent=100 * rec.yes / n if n else None)


def _stated_respondents(state: VisitState) -> dict[str, int]:
    """Respondents by group, from the facts about the service (`respondents_carer`)."""
    found = {}
    for field, rec in state.context.items():
        number = _whole_number(rec.value) if field.startswith("respondents_") else None
        if number is not None:
            found[field.removeprefix("respondents_")] = number
    return found


def _whole_number(value: object) -> int | None:
    """The value as a number of people, or None if it is not a whole number of 0 or more."""
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if value >= 0 and value == int(value) else None
