"""The proof-reader: what a lead would not want to find out after the report has gone.

Every rule is a small function from a visit to findings; `proofread` is the one list of them all. It finds what can
be found by rule: it never says that a text is right, well written, or anonymous.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from reviewapp.report.proofreading import (
    claims,
    evidence_rules,
    glyphs,
    open_matters,
    private,
    quotes,
    readability,
    small_numbers,
)
from reviewapp.report.proofreading.finding import SEVERITIES, Accepted, Finding, Severity, as_json
from reviewapp.visit.state import VisitState

__all__ = ["RULES", "Accepted", "Finding", "Severity", "as_json", "proofread"]

RULES: tuple[Callable[[VisitState], list[Finding]], ...] = (
    open_matters.concerns,
    open_matters.conflicts,
    open_matters.unsettled,
    open_matters.fundamentals,
    quotes.without_consent,
    quotes.outside_the_set,
    private.identifying,
    private.names,
    claims.figures_typed,
    claims.people_typed,
    claims.ratings_named,
    evidence_rules.against_the_evidence,
    open_matters.late,
    open_matters.audit,
    claims.standards_unknown,
    small_numbers.shares,
    glyphs.unprintable,
    open_matters.unrated,
    open_matters.not_agreed,
    claims.not_printed,
    readability.hard_to_read,
    small_numbers.in_words,
    small_numbers.lone_voices,
    small_numbers.small_surveys,
    private.reviewers,
)
"""In the order in which findings of one gravity are listed."""


def proofread(state: VisitState) -> list[Finding]:
    """Everything to look at before the report is sent, the gravest first; what was accepted says by whom and why.

    The same visit gives the same findings with the same ids on every laptop.
    """
    accepted = {
        rec.id: Accepted(person=rec.person, reason=rec.reason.strip())
        for rec in state.findings_accepted.values()
        if rec.reason.strip()
    }
    found = {one.id: one for rule in RULES for one in rule(state)}
    told = sorted(found.values(), key=lambda one: SEVERITIES.index(one.severity))
    return [msgspec.structs.replace(one, accepted=accepted.get(one.id)) for one in told]
