"""Counts of the survey by group of people and standard (the case-note audit is counted in `audit`)."""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec

from reviewapp.visit import sorting
from reviewapp.visit.figure_cache import SURVEYED, cached_figure
from reviewapp.visit.state import VisitState


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
    """The survey of every group with answers or a target: the counts of sheets and every filled-in form.

    A standard whose count in a sheet is in conflict is left out until settled. People of a sheet and those who sent a
    form are others, so both are counted.
    """
    people = respondents_in_sheets(state)
    by_group = _counts_by_group(state)
    for one in state.survey_submissions.values():
        people[one.group] += 1
    targets = state.instrument.targets.surveys
    names = sorting.groups([*by_group, *people, *(name for name, target in targets.items() if target)])
    return {
        name: GroupSurvey(
            respondents=people[name],
            target=targets.get(name, 0),
            standards={
                number: _with_share(by_group[name][number]) for number in sorted(by_group[name], key=sorting.natural)
            },
        )
        for name in names
    }


def respondents_in_sheets(state: VisitState) -> Counter[str]:
    """The people of each group who answered on sheets: as many as were stated, or as the counts need at least."""
    unsettled = _unsettled(state)
    found = Counter(_stated_respondents(state))
    for key, rec in state.survey.items():
        if key not in unsettled:
            found[rec.group] = max(found[rec.group], rec.yes + rec.no + rec.na)
    return found


def _counts_by_group(state: VisitState) -> dict[str, dict[str, Counter[str]]]:
    """The answers of each group, by standard."""
    unsettled = _unsettled(state)
    found: dict[str, dict[str, Counter[str]]] = defaultdict(dict)
    for key, rec in state.survey.items():
        if key not in unsettled:
            found[rec.group][rec.standard] = Counter(yes=rec.yes, no=rec.no, na=rec.na)
    for one in state.survey_submissions.values():
        for number, answer in one.answers.items():
            if f"{one.group}/{number}" not in unsettled:
                found[one.group].setdefault(number, Counter())[answer] += 1
    return found


def _unsettled(state: VisitState) -> set[str]:
    return {one.key for one in state.conflicts if one.entity == "survey"}


def _with_share(count: Counter[str]) -> SurveyCounts:
    n = count["yes"] + count["no"]
    percent = 100 * count["yes"] / n if n else None
    return SurveyCounts(yes=count["yes"], no=count["no"], na=count["na"], n=n, percent=percent)


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
