"""Order in which the report lists standards: strengths by favourable evidence, gaps by type and critical quotes."""

from __future__ import annotations

from typing import NamedTuple

from reviewapp.instruments.model import Verdict
from reviewapp.report.content.quote_places import gap_order
from reviewapp.report.content.report_data import ReportData
from reviewapp.visit.sorting import natural

Key = tuple[object, ...]


class VerdictWords(NamedTuple):
    """What the report calls strengths and gaps: met and not met, or how they were scored."""

    no_strength: str
    strengths_first: str
    all_strengths: str
    no_gap: str
    gaps_first: str
    why_gap: str
    no_strength_yet: str
    no_gap_yet: str
    found_gap: str


RATED = VerdictWords(
    no_strength="No standard has been found met yet.",
    strengths_first="The standards met for which most was said in favour come first.",
    all_strengths="All standards met",
    no_gap="No standard has been found not met.",
    gaps_first="Standards of type 1, the fundamentals of care, come first.",
    why_gap="Why not met",
    no_strength_yet="No standard met yet",
    no_gap_yet="No standard not met",
    found_gap="The review found that this is not yet so",
)
SCORED = VerdictWords(
    no_strength="No item has been scored above the middle of the scale yet.",
    strengths_first="The items scored above the middle of the scale for which most was said in favour come first.",
    all_strengths="All items scored above the middle of the scale",
    no_gap="No item has been scored below the middle of the scale.",
    gaps_first="The items scored below the middle of the scale for which most was said against come first.",
    why_gap="Why this score",
    no_strength_yet="No item scored high yet",
    no_gap_yet="No item scored low",
    found_gap="The review found that more could be done here",
)


NOT_BEGUN = "No reviewer has rated anything yet."


def verdict_words(material: ReportData) -> VerdictWords:
    """The words for the scale of this visit."""
    return SCORED if material.instrument.scale.kind == "scored" else RATED


def strengths(material: ReportData) -> list[str]:
    """Standards met or scored high, the most favourable evidence first: quotes for less against, then the survey."""
    return sorted(_judged(material, "strength"), key=lambda number: _strength_key(material, number))


def gaps(material: ReportData) -> list[str]:
    """Standards not met or scored low: type 1 first, then those with the most said against them, then by number."""
    return gap_order(material.state, material.quotes)


def _judged(material: ReportData, verdict: Verdict) -> list[str]:
    """The standards with this verdict of the review; what only the team itself claims is no finding of it."""
    scale = material.instrument.scale
    return [
        number
        for number, rating in material.effective.items()
        if rating.basis != "self_review" and scale.verdict(rating.value) == verdict
    ]


def _strength_key(material: ReportData, number: str) -> Key:
    balance = _quote_count(material, number, "positive") - _quote_count(material, number, "negative")
    answers = material.evidence[number].survey.values()
    said_yes = [c.percent for c in answers if c.percent is not None]
    return -balance, -min(said_yes, default=0.0), natural(material.standards[number].type), natural(number)


def _quote_count(material: ReportData, number: str, tone: str) -> int:
    """Number of quotes of a tone on a standard; printable ones only, as the reader must be able to see the basis."""
    return len(material.quotes_on(number, tone))
