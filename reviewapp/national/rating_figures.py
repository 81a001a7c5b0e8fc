"""What a set of visits says of ratings: pooled shares, each team's own, their spread, and the cycles side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from reviewapp.national.figures import Counts, CycleFigures, Points, SameTeams, Spread, Team
from reviewapp.national.spreads import added, counts, share, spread
from reviewapp.national.tables import Places
from reviewapp.store.question_tables import Row
from reviewapp.visit import sorting


class Head(NamedTuple):
    """What the office knows a counted visit by; the tables have numbers only."""

    visit: str
    team: str


class Visit(NamedTuple):
    """A row of the question `visits`."""

    visit: int
    team: int
    cycle: str
    month: str
    kind: str
    status: str
    revision: int


class PartCounts(NamedTuple):
    """A row of the question `per_visit` without its visit: the ratings of one visit in one part."""

    part: int
    met: int
    not_met: int
    na: int
    unrated: int
    scored: int
    points: int


PerVisit = Mapping[int, Sequence[PartCounts]]


def visits_of(rows: Iterable[Row]) -> dict[str, list[Visit]]:
    """The visits that count in each cycle, the oldest cycle first; a team has one a cycle (`national.counting`)."""
    found: dict[str, list[Visit]] = defaultdict(list)
    for row in rows:
        one = Visit(*row)  # type: ignore[arg-type]
        found[one.cycle].append(one)
    return {cycle: found[cycle] for cycle in sorting.in_order(found)}


def per_visit(rows: Iterable[Row]) -> dict[int, list[PartCounts]]:
    """The parts of each visit."""
    found: dict[int, list[PartCounts]] = defaultdict(list)
    for visit, *rest in rows:
        found[int(visit)].append(PartCounts(*rest))  # type: ignore[arg-type]
    return found


def by_section(rows: Iterable[PartCounts], where: Places) -> dict[str, Counts]:
    """The counts of each section, in the order of the instrument."""
    return _grouped(rows, where.sections, [part.section for part in where.parts])


def by_type(rows: Iterable[PartCounts], where: Places) -> dict[str, Counts]:
    """The counts of each type, type 1 first."""
    return _grouped(rows, where.types, [part.type for part in where.parts])


def _grouped(rows: Iterable[PartCounts], names: Iterable[str], name_of: Sequence[str]) -> dict[str, Counts]:
    sums: dict[str, list[int]] = {name: [0, 0, 0, 0] for name in names}
    for row in rows:
        total = sums[name_of[row.part]]
        total[0] += row.met
        total[1] += row.not_met
        total[2] += row.na
        total[3] += row.unrated
    return {name: counts(*total) for name, total in sums.items()}


def teams_of(
    visits: Iterable[Visit], found: PerVisit, heads: Mapping[int, Head], where: Places, *, scored: bool
) -> list[Team]:
    """Each team's own figures, in the order of their codes; with points on a scored scale."""
    teams = [_team(one, found.get(one.visit, ()), heads[one.visit], where, scored=scored) for one in visits]
    return sorted(teams, key=lambda team: sorting.natural(team.code))


def _team(visit: Visit, rows: Sequence[PartCounts], head: Head, where: Places, *, scored: bool) -> Team:
    sections = by_section(rows, where)
    return Team(
        code=head.team,
        visit=head.visit,
        revision=visit.revision,
        status=visit.status,
        counts=added(sections.values()),
        by_section=sections,
        by_type=by_type(rows, where),
        score=_points(rows) if scored else None,
        subscales=_subscales(rows, where) if scored else {},
    )


def _points(rows: Iterable[PartCounts]) -> Points:
    """Points of these items; the total is None while an item that applies has none, or where none applies."""
    every = list(rows)
    scored = sum(row.scored for row in every)
    still_open = sum(row.unrated + row.met + row.not_met for row in every)
    total = sum(row.points for row in every) if scored and not still_open else None
    return Points(scored=scored, of=scored + still_open, total=total)


def _subscales(rows: Sequence[PartCounts], where: Places) -> dict[str, Points]:
    return {name: _points(row for row in rows if where.parts[row.part].section == name) for name in where.sections}


def distribution(teams: Sequence[Team], where: Places) -> dict[str, Spread]:
    """The spread of the teams' shares: `overall`, of each section, and of each type as `type N`.

    A team to which nothing applies there has no share: it is left out, and not the lowest.
    """
    return {
        "overall": spread(share(team.counts) for team in teams),
        **{name: spread(share(team.by_section[name]) for team in teams) for name in where.sections},
        **{f"type {name}": spread(share(team.by_type[name]) for team in teams) for name in where.types},
    }


def totals(teams: Iterable[Team]) -> Spread:
    """The spread of the teams' total points, of those whose every item is scored."""
    return spread(team.score.total if team.score else None for team in teams)


def subscales(teams: Sequence[Team], where: Places) -> dict[str, Spread]:
    """The spread of the teams' points in each section."""
    return {name: spread(team.subscales[name].total for team in teams) for name in where.sections}


def cycle_figures(teams: Sequence[Team], *, scored: bool) -> CycleFigures:
    """The figures of one cycle from those of its teams."""
    return CycleFigures(
        n_visits=len(teams),
        n_teams=len({team.code for team in teams}),
        overall=added(team.counts for team in teams),
        by_section=_added_by(team.by_section for team in teams),
        by_type=_added_by(team.by_type for team in teams),
        score=totals(teams) if scored else None,
    )


def same_teams(cycles: Mapping[str, Sequence[Team]], *, scored: bool) -> list[SameTeams]:
    """Each cycle but the first beside the one before it, on the teams that were reviewed in both."""
    names = list(cycles)
    found = []
    for earlier, later in pairwise(names):
        both = {team.code for team in cycles[earlier]} & {team.code for team in cycles[later]}
        before = [team for team in cycles[earlier] if team.code in both]
        after = [team for team in cycles[later] if team.code in both]
        found.append(
            SameTeams(
                earlier=earlier,
                later=later,
                teams=len(both),
                before=added(team.counts for team in before),
                after=added(team.counts for team in after),
                before_by_section=_added_by(team.by_section for team in before),
                after_by_section=_added_by(team.by_section for team in after),
                score_before=totals(before) if scored else None,
                score_after=totals(after) if scored else None,
            )
        )
    return found


def _added_by(found: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    every = list(found)
    names = list(every[0]) if every else []
    return {name: added(one[name] for one in every) for name in names}
