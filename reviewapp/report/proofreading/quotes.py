"""Rules on quotes: consent of the speaker, and standards that the instrument does not have."""

from __future__ import annotations

from reviewapp.base.i18n import _
from reviewapp.figures.evidence import may_print
from reviewapp.report.proofreading.finding import Finding, finding
from reviewapp.visit.labels import record_number
from reviewapp.visit.state import VisitState


def without_consent(state: VisitState) -> list[Finding]:
    """Quotes without the speaker's recorded consent to be quoted; the report does not print them."""
    return [
        finding(
            state,
            "quote_without_consent",
            "stop",
            at=("quote", key, "text"),
            concerning=[rec.text, rec.interview],
            why=_(
                "Quote {id} is kept without the speaker's recorded consent to be quoted.",
                id=record_number(rec.key),
            ),
            action=_("Record the consent if it was given. Otherwise delete the quote"),
        )
        for key, rec in state.quotes.items()
        if rec.text.strip() and not may_print(state, rec)
    ]


def outside_the_set(state: VisitState) -> list[Finding]:
    """Quotes tied to a standard that the instrument does not have."""
    known = {standard.number for standard in state.instrument.standards}
    found = []
    for key, rec in state.quotes.items():
        strange = [number for number in rec.standards if number not in known]
        if strange:
            found.append(
                finding(
                    state,
                    "quote_outside_set",
                    "stop",
                    at=("quote", key, "standards"),
                    concerning=list(rec.standards),
                    why=_(
                        "Quote {id} is tied to standard {list}, which this set does not have.",
                        id=record_number(rec.key),
                        list=", ".join(strange),
                    ),
                    action=_("Tie the quote to a standard of this set"),
                )
            )
    return found
