"""Order in which the report lists standards: strengths by favourable evidence, gaps by type and critical quotes."""

from __future__ import annotations

from reviewapp.report.content.report_data import ReportData
from reviewapp.visit.sorting import natural

Key = tuple[object, ...]


def strengths(material: ReportData) -> list[str]:
    """Numbers of standards met, most favourable evidence first: positive less negative quotes, then the survey."""
    return sorted(_standards_counted_as(material, "met"), key=lambda number: _strength_key(material, number))


def gaps(material: ReportData) -> list[str]:
    """Numbers of standards not met: type 1 first, then those with the most negative quotes, then by number."""

    def key(number: str) -> Key:
        against = -_quote_count(material, number, "negative")
        return natural(material.standards[number].type), against, natural(number)

    return sorted(_standards_counted_as(material, "not_met"), key=key)


def _standards_counted_as(material: ReportData, counts: str) -> list[str]:
    scale = material.instrument.scale
    found = []
    for number, rating in material.effective.items():
        choice = None if rating.value is None else scale.find(rating.value)
        if choice is not None and choice.counts == counts:
            found.append(number)
    return found


def _strength_key(material: ReportData, number: str) -> Key:
    balance = _quote_count(material, number, "positive") - _quote_count(material, number, "negative")
    answers = material.evidence[number].survey.values()
    said_yes = [c.percent for c in answers if c.percent is not None]
    return -balance, -min(said_yes, default=0.0), natural(material.standards[number].type), natural(number)


def _quote_count(material: ReportData, number: str, tone: str) -> int:
    """Number of quotes of a tone on a standard; printable ones only, as the reader must be able to see the basis."""
    return len(material.quotes_on(number, tone))
