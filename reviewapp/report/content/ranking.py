"""Which standards the report names first: strengths by what was heard for them, gaps by type and what was heard."""

from __future__ import annotations

from reviewapp.report.content.report_data import ReportData
from reviewapp.visit.sorting import natural

Key = tuple[object, ...]


def strengths(material: ReportData) -> list[str]:
    """Standards met, those with the most favourable evidence first: quotes for less against, then the survey."""
    return sorted(_counting(material, "met"), key=lambda number: _favour(material, number))


def gaps(material: ReportData) -> list[str]:
    """Standards not met: type 1 first, then those with the most said against them, then by number."""

    def key(number: str) -> Key:
        against = -_heard(material, number, "negative")
        return natural(material.standards[number].type), against, natural(number)

    return sorted(_counting(material, "not_met"), key=key)


def _counting(material: ReportData, counts: str) -> list[str]:
    scale = material.instrument.scale
    found = []
    for number, rating in material.effective.items():
        choice = None if rating.value is None else scale.find(rating.value)
        if choice is not None and choice.counts == counts:
            found.append(number)
    return found


def _favour(material: ReportData, number: str) -> Key:
    balance = _heard(material, number, "positive") - _heard(material, number, "negative")
    answers = material.evidence[number].survey.values()
    said_yes = [c.percent for c in answers if c.percent is not None]
    return -balance, -min(said_yes, default=0.0), natural(material.standards[number].type), natural(number)


def _heard(material: ReportData, number: str, tone: str) -> int:
    """Printable quotes only: a ranking must not rest on words the reader cannot be shown."""
    return len(material.quotes_on(number, tone))
