"""Effective rating per standard (agreed, unanimous reviewers, criteria, self-review) and share met by type and section.

Pure functions over a visit. Every number that a screen, the report or the command line shows about ratings comes from
here; surveys and case notes are counted in `surveys` and `audit` and re-exported, so that one import serves all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from reviewapp.figures.audit import AuditCounts, AuditDifference, audit_differences, audit_figures
from reviewapp.figures.items import derived_scores, open_ranges
from reviewapp.figures.scores import ScoreFigures, score_figures
from reviewapp.figures.surveys import GroupSurvey, SurveyCounts, survey_figures
from reviewapp.figures.whose_words import keys_in_conflict, raters
from reviewapp.instruments.model import Instrument, Scale, ScaleValue, Score, Standard
from reviewapp.visit import sorting
from reviewapp.visit.figure_cache import FOUND, RATED, cached_figure
from reviewapp.visit.state import VisitState

__all__ = [
    "AuditCounts",
    "AuditDifference",
    "Basis",
    "Disagreement",
    "EffectiveRating",
    "GroupSurvey",
    "RatingCounts",
    "RatingFigures",
    "ScoreFigures",
    "SurveyCounts",
    "audit_differences",
    "audit_figures",
    "basis_counts",
    "compliance",
    "count_ratings",
    "current_figures",
    "disagreements",
    "effective_ratings",
    "is_reviewed",
    "peer_ratings",
    "rating_values",
    "self_review_ratings",
    "survey_figures",
]

Basis = Literal["agreed", "peer", "derived", "self_review"]
BASES: tuple[Basis, ...] = ("agreed", "peer", "derived", "self_review")
"""Every basis of an effective rating, strongest first; `derived` is what the criteria of an item give."""

REVIEWED: tuple[Basis, ...] = ("agreed", "peer", "derived")
"""What the review says itself."""


class EffectiveRating(msgspec.Struct, frozen=True, kw_only=True):
    """The rating that counts for one standard and its basis; both None while it is unrated."""

    value: Score | None = None
    basis: Basis | None = None


class RatingCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Number of standards by how their rating counts; `applicable` = met + not met.

    `percent` is 100 * met / applicable, unrounded; None if nothing is applicable.
    """

    met: int = 0
    not_met: int = 0
    na: int = 0
    unrated: int = 0
    applicable: int = 0
    percent: float | None = None


class RatingFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Counts by type, by section and of all standards; `score` only on a scored scale."""

    by_type: dict[str, RatingCounts]
    by_section: dict[str, RatingCounts]
    overall: RatingCounts
    score: ScoreFigures | None = None


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A standard that reviewers rated differently: ratings by reviewer, the self-review, and the agreed rating."""

    standard: str
    type: str
    ratings: dict[str, Score]
    self_review: Score | None = None
    agreed: Score | None = None


ScaleLookup = dict[tuple[type, Score], ScaleValue]


def scale_lookup(scale: Scale) -> ScaleLookup:
    """The choices of a scale by (type, value), for many look-ups; 1 and "1" are different values."""
    return {(type(choice.value), choice.value): choice for choice in scale.values}


def on_scale(found: ScaleLookup, value: Score | None) -> Score | None:
    """The value if the scale has it, otherwise None: a value that is not on the scale is no rating."""
    return value if value is not None and (type(value), value) in found else None


@cached_figure(*RATED)
def peer_ratings(state: VisitState) -> dict[str, dict[str, Score]]:
    """Each standard's ratings by reviewer code; without observers, blanks, unsettled conflicts and late ratings."""
    unsettled, scale = keys_in_conflict(state, "rating"), scale_lookup(state.instrument.scale)
    by_rater: dict[str, list[tuple[str, Score]]] = {code: [] for code in raters(state)}
    for key, rating in state.ratings.items():
        value = on_scale(scale, rating.value)
        waiting = key in unsettled or key in state.late
        if value is not None and rating.person in by_rater and not waiting:
            by_rater[rating.person].append((rating.standard, value))
    found: dict[str, dict[str, Score]] = {s.number: {} for s in state.instrument.standards}
    for code, ratings in by_rater.items():
        for number, value in ratings:
            if number in found:
                found[number][code] = value
    return found


@cached_figure("self_review", "conflicts")
def self_review_ratings(state: VisitState) -> dict[str, Score | None]:
    """The team's self-review rating of every standard; None where it is missing, off the scale or in conflict."""
    unsettled, scale = keys_in_conflict(state, "self_review"), scale_lookup(state.instrument.scale)
    given = {k: on_scale(scale, rec.value) for k, rec in state.self_review.items() if k not in unsettled}
    return {s.number: given.get(s.number) for s in state.instrument.standards}


def agreed_values(state: VisitState) -> dict[str, Score]:
    """The agreed ratings that count, by standard: given, on the scale, not in conflict."""
    unsettled, scale = keys_in_conflict(state, "agreed"), scale_lookup(state.instrument.scale)
    found = {k: on_scale(scale, a.value) for k, a in state.agreed.items() if k not in unsettled}
    return {number: value for number, value in found.items() if value is not None}


@cached_figure(*RATED, *FOUND, "agreed", "self_review")
def effective_ratings(state: VisitState) -> dict[str, EffectiveRating]:
    """The rating that counts, for every standard of the instrument.

    Agreed; else the reviewers' where all who rated it gave the same; else, where no reviewer rated it, the score that
    its criteria give, once it is certain; else, only while no reviewer has rated or found anything, the team's own. An
    agreed rating in conflict is unrated until settled: no other rating replaces it meanwhile.
    """
    peer, agreed, own = peer_ratings(state), agreed_values(state), self_review_ratings(state)
    unsettled, derived = keys_in_conflict(state, "agreed"), derived_scores(state)
    codes = frozenset(raters(state))
    begun = any(peer.values()) or _rated_in_conflict(state) or any(c.person in codes for c in state.criteria.values())

    def effective_rating(number: str) -> EffectiveRating:
        if number in unsettled:
            return EffectiveRating()
        if number in agreed:
            return EffectiveRating(value=agreed[number], basis="agreed")
        if peer[number]:
            same = set(peer[number].values())
            return EffectiveRating(value=same.pop(), basis="peer") if len(same) == 1 else EffectiveRating()
        if number in derived and derived[number].score is not None:
            return EffectiveRating(value=derived[number].score, basis="derived")
        if not begun and own[number] is not None:
            return EffectiveRating(value=own[number], basis="self_review")
        return EffectiveRating()

    return {s.number: effective_rating(s.number) for s in state.instrument.standards}


def _rated_in_conflict(state: VisitState) -> bool:
    """True if a reviewer's rating is in conflict: rating has begun, so no figure falls back to the self-review."""
    codes = raters(state)
    return any(key in state.ratings and state.ratings[key].person in codes for key in keys_in_conflict(state, "rating"))


def rating_values(ratings: Mapping[str, EffectiveRating]) -> dict[str, Score | None]:
    """The values without their basis, by standard, as `compliance` takes them."""
    return {number: rating.value for number, rating in ratings.items()}


def basis_counts(ratings: Mapping[str, EffectiveRating]) -> dict[Basis, int]:
    """Number of rated standards by basis, strongest first; only those that occur."""
    tally = Counter(rating.basis for rating in ratings.values())
    return {basis: tally[basis] for basis in BASES if tally[basis]}


def is_reviewed(ratings: Mapping[str, EffectiveRating]) -> bool:
    """True once a rating of the review counts: before it, all that is known is what the team claims of itself."""
    return any(rating.basis in REVIEWED for rating in ratings.values())


def count_ratings(scale: Scale, values: Iterable[Score | None]) -> RatingCounts:
    """Counts of these values; None and values off the scale are unrated, scored ones are neither met nor not met."""
    found = scale_lookup(scale)
    known = (None if value is None else found.get((type(value), value)) for value in values)
    tally = Counter("unrated" if choice is None else choice.counts for choice in known)
    applicable = tally["met"] + tally["not_met"]
    return RatingCounts(
        met=tally["met"],
        not_met=tally["not_met"],
        na=tally["na"],
        unrated=tally["unrated"],
        applicable=applicable,
        # One division of whole numbers: 57 of 100 is 57.0, which 57 / 100 * 100 is not.
        percent=100 * tally["met"] / applicable if applicable else None,
    )


def current_figures(state: VisitState) -> RatingFigures:
    """The figures on the ratings that count now, with the range that the criteria leave to items not yet scored."""
    return compliance(state, rating_values(effective_ratings(state)), open_ranges(state))


def compliance(
    state: VisitState, values: Mapping[str, Score | None], ranges: Mapping[str, tuple[int, int]] | None = None
) -> RatingFigures:
    """Counts and share met by type, by section and overall for these values by standard (a missing one is unrated).

    `ranges`: the lowest and highest score of items without a value, where it is less than the whole scale.
    """
    instrument = state.instrument

    def counts(standards: Iterable[Standard]) -> RatingCounts:
        return count_ratings(instrument.scale, (values.get(s.number) for s in standards))

    return RatingFigures(
        by_type={name: counts(members) for name, members in standards_by_type(instrument).items()},
        by_section={name: counts(members) for name, members in standards_by_section(instrument).items()},
        overall=counts(instrument.standards),
        score=score_figures(instrument, values, ranges) if instrument.scale.kind == "scored" else None,
    )


def standards_by_type(instrument: Instrument) -> dict[str, list[Standard]]:
    """The standards of each type, type 1 first."""
    found: dict[str, list[Standard]] = {name: [] for name in sorting.types(instrument)}
    for standard in instrument.standards:
        found[standard.type].append(standard)
    return found


def standards_by_section(instrument: Instrument) -> dict[str, list[Standard]]:
    """The standards of each section, in the order of the instrument."""
    found: dict[str, list[Standard]] = {name: [] for name in sorting.sections(instrument)}
    for standard in instrument.standards:
        found[standard.section].append(standard)
    return found


def disagreements(state: VisitState) -> list[Disagreement]:
    """Standards that reviewers rated differently, agreed since or not; type 1 first, then by number."""
    peer, agreed, own = peer_ratings(state), agreed_values(state), self_review_ratings(state)
    return [
        Disagreement(
            standard=s.number,
            type=s.type,
            ratings=peer[s.number],
            self_review=own[s.number],
            agreed=agreed.get(s.number),
        )
        for s in sorted(state.instrument.standards, key=sorting.type_first)
        if len(set(peer[s.number].values())) > 1
    ]
