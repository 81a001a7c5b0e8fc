"""Positive practice that is written on an item: does anything that was found speak for it?"""

from __future__ import annotations

from reviewapp.base.i18n import _
from reviewapp.figures.criteria import MET, criterion_verdicts
from reviewapp.figures.evidence import may_print
from reviewapp.figures.ratings import effective_ratings
from reviewapp.report.proofreading.finding import Finding, finding
from reviewapp.report.proofreading.texts import passages
from reviewapp.visit.state import VisitState


def practice_not_found(state: VisitState) -> list[Finding]:
    """Positive practice on an item of which no criterion is met, nothing said in favour, and the score is not high."""
    verdicts, ratings = criterion_verdicts(state), effective_ratings(state)
    found = []
    for text in passages(state):
        number = text.standard
        if not text.key.startswith("practice:") or number not in ratings:
            continue
        met = MET in verdicts.get(number, {}).values()
        praised = any(
            number in quote.standards and quote.tone == "positive" and may_print(state, quote)
            for quote in state.quotes.values()
        )
        if not (met or praised or state.instrument.scale.verdict(ratings[number].value) == "strength"):
            why = _("There is positive practice on item {item}, but no finding supports it.", item=number)
            action = _("Record what it is based on, or remove the sentence")
            found.append(
                finding(
                    state, "practice_not_found", "warn", at=text.at, standard=number, why=why, action=action,
                    concerning=text.text,
                )
            )  # fmt: skip
    return found
