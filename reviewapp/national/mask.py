"""What of the figures of a set may be shown: one mask, before any chart, table, JSON document or sheet is made.

A count of fewer than five people or records (`Instrument.suppress_below`) is withheld, and so is every other number by
which it could be worked out: the next smallest of its row, the sum and the share that hold it, a mean that gives its
total. Ratings are of a service and not of a person, and are never withheld. What is withheld is None; a nought is
shown, for it counts nobody.

The rule for rows is OpenSAFELY's: while the withheld counts of a row add up to less than the limit, the smallest that
is still shown is withheld too. The total of a row is taken as known to everybody, whether it is printed or not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from reviewapp.base.i18n import _, plural
from reviewapp.instruments.model import Instrument
from reviewapp.national.figures import ContextSpread, CycleFigures, GroupAnswers, NationalFigures, SameTeams, Spread
from reviewapp.national.people_figures import Numbers
from reviewapp.national.standard_figures import FEWEST_STANDARDS
from reviewapp.visit import labels

FEWEST_TEAMS = 5
"""A spread, a fact or a survey of fewer teams than these is withheld: it would be about services that are known."""
FEWEST_DIFFERENT = 3
"""Two reports that differ by fewer visits than these could be subtracted from each other."""

_SURVEY, _AUDIT = ("yes", "no", "na"), ("yes", "no", "na", "not_recorded")
_IN_SHARE = ("yes", "no", "not_recorded")
"""What `n` of a row is the sum of, and `percent` a share of."""

Name = TypeVar("Name", bound=str)


def masked(
    figures: NationalFigures, instrument: Instrument, earlier: Iterable[Collection[str]] = ()
) -> NationalFigures:
    """The figures as they may be shown; `withheld` says in words what is not, beside single small counts.

    `earlier`: what each report that was given out before counted, as `counted_in` has it.
    """
    below: int | None = instrument.suppress_below
    few = _fewest_changed(figures, earlier)
    told = []
    if few is not None:
        told.append(
            plural(
                "surveys, audit and numbers of people: a report given out before differs by {n} visit only",
                "surveys, audit and numbers of people: a report given out before differs by {n} visits only",
                few,
            )
        )
        below = None
    few_standards = _small_parts(instrument)
    told += [
        _("the spread of {name}: fewer than {n} standards", name=name, n=FEWEST_STANDARDS)
        for name in figures.distribution
        if name in few_standards
    ]
    surveys = _surveys(figures.surveys, below)
    told += [
        _("the survey of {group}: too few answers or teams", group=labels.group(group).lower())
        for group, one in surveys.items()
        if one.respondents is None and few is None
    ]
    return replace(
        figures,
        distribution={n: Spread() if n in few_standards else _spread(s) for n, s in figures.distribution.items()},
        context={name: _fact(one) for name, one in figures.context.items()},
        surveys=surveys,
        audit={item: _row(one, _AUDIT, below) for item, one in figures.audit.items()},
        spoken=_people(figures.spoken, below),
        reviewers=_people(figures.reviewers, below),
        cycles={name: _cycle(one) for name, one in figures.cycles.items()},
        same_teams=[_same_teams(one) for one in figures.same_teams],
        score=_spread(figures.score) if figures.score else None,
        subscales={n: Spread() if n in few_standards else _spread(s) for n, s in figures.subscales.items()},
        withheld=told,
    )


def counted_in(figures: NationalFigures) -> tuple[str, ...]:
    """What a report counted, to be kept with it: each visit and the revision of its extract."""
    return tuple(f"{team.visit}/{team.revision}" for team in figures.teams)


def suppressed(cells: Mapping[Name, int], below: int, *, unseen: int = 0) -> set[Name]:
    """The cells of a row that are withheld. `unseen`: what else is in its total and never shown, as blanks."""
    hidden = {name for name, n in cells.items() if 0 < n < below}
    shown = sorted((name for name, n in cells.items() if n >= below), key=lambda name: cells[name], reverse=True)
    while hidden and shown and unseen + sum(cells[name] for name in hidden) < below:
        hidden.add(shown.pop())
    return hidden


def _fewest_changed(figures: NationalFigures, earlier: Iterable[Collection[str]]) -> int | None:
    """The number of visits by which the nearest report before differs, where it is too small; else None.

    A visit that sent another revision since differs once.
    """
    now = set(counted_in(figures))
    changed = (len({name.partition("/")[0] for name in now ^ set(before)}) for before in earlier)
    return min((n for n in changed if 0 < n < FEWEST_DIFFERENT), default=None)


# In what follows `below` is None where every count of people is withheld, also a nought.


def _surveys(found: Mapping[str, GroupAnswers], below: int | None) -> dict[str, GroupAnswers]:
    counts = {group: one.respondents for group, one in found.items() if one.respondents is not None}
    hidden = set(counts) if below is None else suppressed(counts, below)
    hidden |= {group for group, one in found.items() if one.visits < FEWEST_TEAMS}
    return {group: _group(one, below, hidden=group in hidden) for group, one in found.items()}


def _group(one: GroupAnswers, below: int | None, *, hidden: bool) -> GroupAnswers:
    if hidden or one.respondents is None:
        nothing = {number: _without(row, _SURVEY) for number, row in one.standards.items()}
        return GroupAnswers(respondents=None, visits=one.visits, mean_respondents=None, standards=nothing)
    total = one.respondents
    return replace(one, standards={n: _row(row, _SURVEY, below, total=total) for n, row in one.standards.items()})


def _row(row: Numbers, names: Sequence[str], below: int | None, *, total: int | None = None) -> Numbers:
    """A row of counts without what may not be shown; `total`: everybody who could have answered."""
    cells = {name: int(row[name] or 0) for name in names}
    if below is None or int(row["visits"] or 0) < FEWEST_TEAMS:
        return _without(row, names)
    unseen = 0 if total is None else max(total - sum(cells.values()), 0)
    return _without(row, suppressed(cells, below, unseen=unseen))


def _without(row: Numbers, hidden: Collection[str]) -> Numbers:
    """The row without these cells, and without the sum and the share that hold one of them."""
    gone = {*hidden, *(("n", "percent") if any(name in hidden for name in _IN_SHARE) else ())}
    return {name: None if name in gone else value for name, value in row.items()}


def _people(found: Mapping[str, int | None], below: int | None) -> dict[str, int | None]:
    counts = {name: n for name, n in found.items() if n is not None}
    hidden = set(counts) if below is None else suppressed(counts, below)
    return {name: None if name in hidden else n for name, n in found.items()}


def _spread(one: Spread) -> Spread:
    return one if one.n >= FEWEST_TEAMS else Spread(n=one.n)


def _fact(one: ContextSpread) -> ContextSpread:
    return one if one.n >= FEWEST_TEAMS else ContextSpread(n=one.n)


def _cycle(one: CycleFigures) -> CycleFigures:
    return replace(one, score=_spread(one.score) if one.score else None)


def _same_teams(one: SameTeams) -> SameTeams:
    return replace(
        one,
        score_before=_spread(one.score_before) if one.score_before else None,
        score_after=_spread(one.score_after) if one.score_after else None,
    )


def _small_parts(instrument: Instrument) -> set[str]:
    """The names in `distribution` of sections and types with too few standards for a spread."""
    names = [one.section for one in instrument.standards] + [f"type {one.type}" for one in instrument.standards]
    return {name for name in names if names.count(name) < FEWEST_STANDARDS}
