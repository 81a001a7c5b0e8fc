"""Ratings against what was heard and read: does the evidence in the report carry them?

On a rated scale only. Whether a rating is a strength or a gap is not asked here (`Scale.verdict`): a score of 4 of 5
says itself that something is missing, so criticism does not contradict it as it contradicts `met`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from reviewapp.base.i18n import _
from reviewapp.figures.evidence import SOURCES_NEEDED, Evidence, EvidenceIndex
from reviewapp.figures.ratings import effective_ratings
from reviewapp.instruments.model import Standard
from reviewapp.report.proofreading.finding import Finding, Severity, finding
from reviewapp.visit import sorting
from reviewapp.visit.state import VisitState

Leaning = Literal["met", "not_met"]
"""The verdict that evidence supports."""
OTHER: dict[str, Leaning] = {"met": "not_met", "not_met": "met"}
HALF = 50.0
"""The percentage of yes at which a survey or audit item supports neither verdict."""


class _RatedStandard(msgspec.Struct, frozen=True, kw_only=True):
    """One standard rated met or not met by agreement or by all reviewers, with its evidence.

    `heard`: the verdicts that each source supports. `judged`: what each reviewer's and the team's own rating counts as.
    """

    standard: Standard
    verdict: Leaning
    agreed: bool
    reason: str
    heard: dict[str, frozenset[Leaning]]
    judged: dict[str, str]
    evidence: Evidence

    @property
    def concerning(self) -> list[str]:
        """The content that an acceptance accepts: this verdict with this reason."""
        return [self.verdict, self.reason]

    @property
    def severity(self) -> Severity:
        """`warn` if a reason is given, which the reader can weigh; `stop` without one."""
        return "warn" if self.reason else "stop"


def against_the_evidence(state: VisitState) -> list[Finding]:
    """Ratings that the evidence contradicts or does not support; at most one finding for each standard, the gravest."""
    found = []
    for rated in _rated_standards(state):
        for rule in _RULES:
            result = rule(state, rated)
            if result is not None:
                found.append(result)
                break
    return found


def _against_all(state: VisitState, rated: _RatedStandard) -> Finding | None:
    """The finding on a rating agreed against the team, every reviewer and all evidence (two sources or more)."""
    other = OTHER[rated.verdict]
    sides = [*rated.judged.values(), *(side for leaning in rated.heard.values() for side in leaning)]
    sources = len(rated.judged) + len(rated.heard)
    if not rated.agreed or not rated.judged or sources < SOURCES_NEEDED or any(side != other for side in sides):
        return None
    return _finding(
        state, rated, "agreed_against_all",
        why=_("is agreed as {word}, and every source says the opposite.", word=_word(rated.verdict)),
        action=_("Check the rating again, or enter the reason for it"),
    )  # fmt: skip


def _only_contrary(state: VisitState, rated: _RatedStandard) -> Finding | None:
    """The finding on a rating where every source with a tendency supports only the other verdict."""
    other = OTHER[rated.verdict]
    if not rated.heard or any(leaning != {other} for leaning in rated.heard.values()):
        return None
    if rated.verdict == "met":
        why, rule = _("is met, but all recorded evidence is against it."), "met_only_contrary"
        action = _("Say in the reason what outweighs it, or check the rating again")
    else:
        why, rule = _("is not met, but everything recorded about it is praise."), "not_met_only_praise"
        action = _("Say in the reason what is missing, or check the rating again")
    return _finding(state, rated, rule, why=why, action=action)


def _without_evidence(state: VisitState, rated: _RatedStandard) -> Finding | None:
    """The finding on a standard met without any evidence: no conversation, survey, case note or reviewer's note."""
    noted = any(rec.note.strip() for rec in rated.evidence.ratings.values())
    if rated.verdict != "met" or rated.evidence.sources or noted:
        return None
    return _finding(
        state, rated, "met_no_evidence", severity="note" if rated.reason else "warn",
        why=_("is met, but no evidence for it is recorded."), action=_("Write a note of what you saw or heard"),
    )  # fmt: skip


_RULES: tuple[Callable[[VisitState, _RatedStandard], Finding | None], ...] = (
    _against_all,
    _only_contrary,
    _without_evidence,
)


def _finding(
    state: VisitState, rated: _RatedStandard, rule: str, *, why: str, action: str, severity: Severity | None = None
) -> Finding:
    number = rated.standard.number
    return finding(
        state, rule, severity or rated.severity, at=("agreed", number, "value"), standard=number,
        why=_("Standard {number} {why}", number=number, why=why), action=action, concerning=rated.concerning,
    )  # fmt: skip


def _word(verdict: Leaning) -> str:
    return "met" if verdict == "met" else _("not met")


def _rated_standards(state: VisitState) -> list[_RatedStandard]:
    now, evidence = effective_ratings(state), EvidenceIndex(state).all()
    counts = {(type(v.value), v.value): v.counts for v in state.instrument.scale.values}
    found = []
    for standard in sorted(state.instrument.standards, key=sorting.type_first):
        number = standard.number
        verdict = counts.get((type(now[number].value), now[number].value))  # type: ignore[arg-type]
        basis = now[number].basis
        if basis in ("agreed", "peer") and verdict in ("met", "not_met"):
            agreed, own = state.agreed.get(number), evidence[number]
            given = {code: rec.value for code, rec in own.ratings.items()}
            given["the team"] = own.self_review.value if own.self_review else None
            judged = {who: counts.get((type(v), v), "") for who, v in given.items() if v is not None}
            found.append(
                _RatedStandard(
                    standard=standard, verdict="met" if verdict == "met" else "not_met", agreed=basis == "agreed",
                    reason=agreed.reason.strip() if agreed else "", evidence=own,
                    heard=_tendencies(state, own), judged=judged,
                )
            )  # fmt: skip
    return found


def _tendencies(state: VisitState, evidence: Evidence) -> dict[str, frozenset[Leaning]]:
    """The verdicts that each source supports: groups by the tone of quotes, surveys and case notes by the half.

    Sources without a tendency are absent.
    """
    found: dict[str, set[Leaning]] = {}
    for quote in evidence.quotes:
        if quote.tone in ("positive", "negative"):
            group = state.interviews[quote.interview].group
            found.setdefault(group, set()).add("met" if quote.tone == "positive" else "not_met")
        elif quote.tone == "mixed":
            found.setdefault(state.interviews[quote.interview].group, set()).update(("met", "not_met"))
    for name, counts in evidence.survey.items():
        _add_tendency(found, _("survey of {name}", name=name), counts.percent)
    for item in evidence.audit:
        _add_tendency(found, _("case notes {item}", item=item.item), item.counts.percent)
    return {source: frozenset(leaning) for source, leaning in found.items()}


def _add_tendency(found: dict[str, set[Leaning]], source: str, percent: float | None) -> None:
    if percent is not None and percent != HALF:
        found[source] = {"met" if percent > HALF else "not_met"}
