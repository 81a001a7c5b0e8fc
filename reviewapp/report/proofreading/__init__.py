"""The proof-reader: what a lead would not want to find out after the report has gone.

Every rule is a small function from a visit to findings; `proofread` is the one list of them all. It finds what can
be found by rule: it never says that a text is right, well written, or anonymous.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
from reviewapp.report.proofreading.texts import WrittenText, all_texts
from reviewapp.visit.state import VisitState

__all__ = ["RULES", "TEXT_RULES", "Accepted", "Finding", "Severity", "as_json", "proofread", "with_acceptances"]

RULES: tuple[Callable[[VisitState], list[Finding]], ...] = (
    open_matters.concerns,
    open_matters.conflicts,
    open_matters.unsettled,
    open_matters.fundamentals,
    quotes.without_consent,
    quotes.outside_the_set,
    claims.figures_typed,
    claims.people_typed,
    claims.ratings_named,
    evidence_rules.against_the_evidence,
    open_matters.late,
    open_matters.audit,
    small_numbers.shares,
    open_matters.unrated,
    open_matters.not_agreed,
    claims.not_printed,
    readability.hard_to_read,
    small_numbers.lone_voices,
    small_numbers.small_surveys,
)
"""In the order in which findings of one gravity are listed."""

TEXT_RULES: tuple[Callable[[VisitState, Sequence[WrittenText]], list[Finding]], ...] = (
    private.identifying,
    private.names,
    claims.standards_unknown,
    glyphs.unprintable,
    small_numbers.in_words,
    private.reviewers,
)
"""Those that go through everything that is written; listed after the others."""


def proofread(state: VisitState) -> list[Finding]:
    """Everything to look at before the report is sent, the gravest first; what was accepted says by whom and why.

    The same visit gives the same findings with the same ids on every laptop.
    """
    texts = all_texts(state)
    said = [*(rule(state) for rule in RULES), *(rule(state, texts) for rule in TEXT_RULES)]
    found = {one.id: one for findings in said for one in findings}
    return with_acceptances(sorted(found.values(), key=lambda one: SEVERITIES.index(one.severity)), state)


def with_acceptances(found: Sequence[Finding], state: VisitState) -> list[Finding]:
    """The same findings, each with who accepted it now, and why."""
    accepted = {
        rec.id: Accepted(person=rec.person, reason=rec.reason.strip())
        for rec in state.findings_accepted.values()
        if rec.reason.strip()
    }
    return [msgspec.structs.replace(one, accepted=accepted.get(one.id)) for one in found]
