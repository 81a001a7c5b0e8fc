"""The proof-reader: checks a visit and its texts by rule before the report is sent, and returns findings.

Every rule is a small function from a visit to findings; `proofread` runs them all. It finds only what a rule can find:
it never claims that a text is right, well written, or anonymous.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from reviewapp.report.proofreading import (
    claims,
    evidence_rules,
    glyphs,
    open_matters,
    practice,
    private,
    quotes,
    readability,
    second_set,
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
    second_set.criteria_differ,
    open_matters.fundamentals,
    quotes.without_consent,
    quotes.outside_the_set,
    claims.wrong_figures,
    claims.wrong_people_counts,
    claims.wrong_ratings,
    evidence_rules.against_the_evidence,
    practice.practice_not_found,
    open_matters.late,
    open_matters.not_counted,
    open_matters.audit,
    small_numbers.shares,
    open_matters.unrated,
    open_matters.not_agreed,
    second_set.second_set,
    claims.not_printed,
    readability.hard_to_read,
    small_numbers.single_speakers,
    small_numbers.small_surveys,
)
"""Rules on the visit, in the order in which findings of one severity are listed."""

TEXT_RULES: tuple[Callable[[VisitState, Sequence[WrittenText]], list[Finding]], ...] = (
    private.identifying,
    private.names,
    claims.standards_unknown,
    glyphs.unprintable,
    small_numbers.small_counts_in_texts,
    private.reviewers,
)
"""Rules on all written texts; their findings are listed after the others of the same severity."""


def proofread(state: VisitState) -> list[Finding]:
    """The findings of all rules, most severe first, each with its acceptance if somebody accepted it.

    The same visit gives the same findings with the same ids on every laptop.
    """
    texts = all_texts(state)
    by_rule = [*(rule(state) for rule in RULES), *(rule(state, texts) for rule in TEXT_RULES)]
    found = {one.id: one for findings in by_rule for one in findings}
    return with_acceptances(sorted(found.values(), key=lambda one: SEVERITIES.index(one.severity)), state)


def with_acceptances(found: Sequence[Finding], state: VisitState) -> list[Finding]:
    """The same findings with their current acceptances (person and reason) in `state`."""
    accepted = {
        rec.id: Accepted(person=rec.person, reason=rec.reason.strip())
        for rec in state.findings_accepted.values()
        if rec.reason.strip()
    }
    return [msgspec.structs.replace(one, accepted=accepted.get(one.id)) for one in found]
