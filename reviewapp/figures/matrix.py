"""The evidence matrix of the meeting: one row per standard with all ratings, and one column per source."""

from __future__ import annotations

import msgspec

from reviewapp.figures.evidence import EvidenceIndex, ItemFigures, answers_by_standard, quotes_by_standard
from reviewapp.figures.ratings import SurveyCounts, agreed_values, peer_ratings, self_review_ratings
from reviewapp.figures.whose_words import keys_in_conflict
from reviewapp.instruments.model import Score, Source, Standard
from reviewapp.visit import sorting
from reviewapp.visit.figure_cache import FOUND, HEARD, RATED, READING, cached_figure
from reviewapp.visit.state import AnswerRecord, QuoteRecord, VisitState

TONES = ("positive", "mixed", "neutral", "negative")


class MatrixRow(msgspec.Struct, frozen=True, kw_only=True):
    """Ratings and evidence of every source for one standard.

    `differs`: reviewers differ among themselves, or from the self-review. `by_group` counts a group's quotes by tone
    (`2 positive, 1 negative`), or, if it has none, its notes (`1 note`).
    """

    standard: str
    type: str
    title: str
    section: str
    self_review: Score | None
    ratings: dict[str, Score]
    by_group: dict[str, str]
    survey: dict[str, SurveyCounts]
    audit: list[ItemFigures]
    sources: frozenset[Source]
    reviewers_differ: bool
    differs: bool
    agreed: Score | None
    in_conflict: bool


@cached_figure(*HEARD, *RATED, *FOUND, "self_review", "agreed", "local_context")
def matrix(state: VisitState) -> list[MatrixRow]:
    """One row for every standard, type 1 first, then by number; rows that did not change are reused."""
    peer, own, agreed = peer_ratings(state), self_review_ratings(state), agreed_values(state)
    unsettled, rows, index = keys_in_conflict(state, "agreed"), _rows(state), EvidenceIndex(state)
    for standard in _in_order(state):
        number = standard.number
        before = rows.get(number)
        current = peer[number], own[number], agreed.get(number), number in unsettled
        if before is None or current != (before.ratings, before.self_review, before.agreed, before.in_conflict):
            rows[number] = _row(index, _summaries(state), standard, *current)
    return [rows[standard.number] for standard in _in_order(state)]


def _row(
    index: EvidenceIndex,
    summaries: dict[str, dict[str, str]],
    standard: Standard,
    ratings: dict[str, Score],
    claimed: Score | None,
    agreed: Score | None,
    unsettled: bool,
) -> MatrixRow:
    found, distinct = index.evidence_for(standard.number), set(ratings.values())
    return MatrixRow(
        standard=standard.number,
        type=standard.type,
        title=standard.title,
        section=standard.section,
        self_review=claimed,
        ratings=ratings,
        by_group=summaries.get(standard.number, {}),
        survey=found.survey,
        audit=found.audit,
        sources=found.sources,
        reviewers_differ=len(distinct) > 1,
        differs=len(distinct) > 1 or bool(distinct and claimed is not None and distinct != {claimed}),
        agreed=agreed,
        in_conflict=unsettled,
    )


@cached_figure(*HEARD)
def _rows(_state: VisitState) -> dict[str, MatrixRow]:
    """Cache of the last rows by standard, valid while the evidence is unchanged; filled by `matrix`."""
    return {}


@cached_figure()
def _in_order(state: VisitState) -> list[Standard]:
    """The standards, type 1 first, then by number."""
    return sorted(state.instrument.standards, key=sorting.type_first)


@cached_figure(*READING)
def _summaries(state: VisitState) -> dict[str, dict[str, str]]:
    """Summary of quotes and notes by standard, then by group of people."""
    quotes, answers = quotes_by_standard(state), answers_by_standard(state)
    return {
        number: _summary_by_group(state, quotes.get(number, []), answers.get(number, []))
        for number in {**quotes, **answers}
    }


def _summary_by_group(state: VisitState, quotes: list[QuoteRecord], answers: list[AnswerRecord]) -> dict[str, str]:
    tones: dict[str, dict[str, int]] = {}
    notes: dict[str, int] = {}
    for quote in quotes:
        by_tone = tones.setdefault(state.interviews[quote.interview].group, {})
        by_tone[quote.tone] = by_tone.get(quote.tone, 0) + 1
    for answer in answers:
        group = state.interviews[answer.interview].group
        notes[group] = notes.get(group, 0) + 1
    summary = {}
    for group in sorting.groups([*tones, *notes]):
        if group in tones:
            summary[group] = ", ".join(f"{tones[group][tone]} {tone}" for tone in TONES if tone in tones[group])
        else:
            summary[group] = "1 note" if notes[group] == 1 else f"{notes[group]} notes"
    return summary
