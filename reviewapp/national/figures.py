"""Every figure of a set of visits, as plain values: what `national status` prints and the national report shows.

Counts come from the questions of `resources/national/questions.sql`, asked of an engine; shares, medians and quartiles
are worked out here, on exact integers. Pooled shares (met of applicable over all visits) are what is printed; a mean of
the teams' shares is named where it is used.
"""

from __future__ import annotations

import msgspec


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Ratings by how they count; `applicable` = met + not met; `percent` = 100 * met / applicable, None for none."""

    met: int = 0
    not_met: int = 0
    na: int = 0
    unrated: int = 0
    applicable: int = 0
    percent: float | None = None


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """The teams' shares (or scores): of `n` teams; quartiles by linear interpolation; None where nobody has one."""

    n: int = 0
    min: float | None = None
    q1: float | None = None
    median: float | None = None
    q3: float | None = None
    max: float | None = None
    mean: float | None = None


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """One team's own figures: of its newest visit that counts."""

    code: str
    visit: str
    cycle: str
    counts: Counts
    by_section: dict[str, Counts]
    by_type: dict[str, Counts]
    score: int | None = None


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """A standard among the most or least met of its section: met by `met` of `of` teams to which it applies."""

    number: str
    met: int
    of: int
    percent: float


class ContextSpread(msgspec.Struct, frozen=True, kw_only=True):
    """One fact about the services: numbers with their mean and range; for yes/no facts, `yes` of `n`."""

    n: int
    mean: float | None = None
    min: float | None = None
    max: float | None = None
    yes: int | None = None


class GroupAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """A group's survey over all visits; a count is None where it is withheld as too small (`national.mask`)."""

    respondents: int | None
    visits: int
    mean_respondents: float | None
    standards: dict[str, dict[str, int | float | None]]
    """By standard: `yes`, `no`, `na`, `n`, `percent`."""


class ItemScores(msgspec.Struct, frozen=True, kw_only=True):
    """A scored item over all visits: how often each score was given, their spread, and the norm's mean if any."""

    counts: dict[str, int]
    spread: Spread
    norm: float | None = None


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that the set holds and the figures leave out, and why, in words."""

    visit: str
    team: str
    why: str


class NationalFigures(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of a set. `basis` counts the ratings by basis; drafts are counted apart (`drafts`)."""

    name: str
    instrument: str
    edition: str
    n_visits: int
    n_teams: int
    drafts: int
    overall: Counts
    by_type: dict[str, Counts]
    by_section: dict[str, Counts]
    by_standard: dict[str, Counts]
    teams: list[Team]
    distribution: dict[str, Spread]
    """`overall`, then each section by its name, and each type as `type N`; of the teams' shares in per cent."""
    context: dict[str, ContextSpread]
    surveys: dict[str, GroupAnswers]
    audit: dict[str, dict[str, int | float | None]]
    """By item: `yes`, `no`, `na`, `not_recorded`, `n`, `percent`."""
    actions: dict[str, dict[str, int]]
    most_met: dict[str, list[Ranked]]
    least_met: dict[str, list[Ranked]]
    basis: dict[str, int]
    left_out: list[LeftOut]
    cycles: dict[str, Counts]
    score: Spread | None = None
    """On a scored scale: the teams' totals."""
    items: dict[str, ItemScores] = msgspec.field(default_factory=dict)
    subscales: dict[str, Spread] = msgspec.field(default_factory=dict)
    spoken: dict[str, int | None] = msgspec.field(default_factory=dict)
    reviewers: dict[str, int] = msgspec.field(default_factory=dict)
    digest: str = ""
