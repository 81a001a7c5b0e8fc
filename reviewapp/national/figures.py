"""Every figure of a set of visits, as plain values: what `national status` prints and the national report shows.

Counts come from the questions of `resources/national/questions.sql`, asked of an engine; shares, medians and quartiles
are worked out here, on exact integers. Pooled shares (met of applicable over all visits) are what is printed; a mean of
the teams' shares is named where it is used. All of it is about one cycle, in which each team has one visit; the other
cycles stand beside it in `cycles`. What may be shown of it: `national.mask`.
"""

from __future__ import annotations

import msgspec

from reviewapp.figures.norms import Norm


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


class Points(msgspec.Struct, frozen=True, kw_only=True):
    """Points of one team: of `of` items that apply to it `scored` have them; `total` is None while one is open."""

    scored: int = 0
    of: int = 0
    total: int | None = None


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """One team's own figures: of its visit that counts in the cycle. `score` only on a scored scale."""

    code: str
    visit: str
    revision: int
    status: str
    counts: Counts
    by_section: dict[str, Counts]
    by_type: dict[str, Counts]
    score: Points | None = None
    subscales: dict[str, Points] = msgspec.field(default_factory=dict)


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
    """By standard: `yes`, `no`, `na`, `n`, `percent`, and `visits`: how many sent answers about it."""


class ItemScores(msgspec.Struct, frozen=True, kw_only=True):
    """A scored item over all visits: how often each score was given, their spread, and what a norm says of it."""

    counts: dict[str, int]
    spread: Spread
    na: int = 0
    open: int = 0
    norm: str = ""


class CycleFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One cycle of the set, to stand beside the others; the same wording of the instrument throughout."""

    n_visits: int
    n_teams: int
    overall: Counts
    by_section: dict[str, Counts]
    by_type: dict[str, Counts]
    score: Spread | None = None


class SameTeams(msgspec.Struct, frozen=True, kw_only=True):
    """What two cycles say of the `teams` that were reviewed in both: only so do they compare the same services."""

    earlier: str
    later: str
    teams: int
    before: Counts
    after: Counts
    before_by_section: dict[str, Counts]
    after_by_section: dict[str, Counts]
    score_before: Spread | None = None
    score_after: Spread | None = None


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that the set holds and the figures leave out, and why, in words."""

    visit: str
    team: str
    why: str


class NationalFigures(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of one cycle of a set.

    `basis` counts the ratings by basis of the visits that are decided, `basis_drafts` those of drafts, and `by_status`
    the ratings of both apart; `drafts` is the number of drafts among the visits.
    """

    name: str
    instrument: str
    edition: str
    cycle: str
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
    """By item: `yes`, `no`, `na`, `not_recorded`, `n`, `percent`, and `visits`: how many sent answers about it."""
    actions: dict[str, dict[str, int]]
    """By standard: the actions in each state."""
    most_met: dict[str, list[Ranked]]
    least_met: dict[str, list[Ranked]]
    basis: dict[str, int]
    basis_drafts: dict[str, int]
    by_status: dict[str, Counts]
    left_out: list[LeftOut]
    cycles: dict[str, CycleFigures]
    same_teams: list[SameTeams]
    """Each cycle that is not the first, beside the one before it."""
    score: Spread | None = None
    """On a scored scale: the totals of teams whose every item that applies is scored."""
    items: dict[str, ItemScores] = msgspec.field(default_factory=dict)
    subscales: dict[str, Spread] = msgspec.field(default_factory=dict)
    norm: Norm | None = None
    spoken: dict[str, int | None] = msgspec.field(default_factory=dict)
    reviewers: dict[str, int | None] = msgspec.field(default_factory=dict)
    withheld: list[str] = msgspec.field(default_factory=list)
    """What `national.mask` left out, in words, beside single small counts."""
    digest: str = ""
