"""Ratings against what was heard and read: does the evidence in the report carry them?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from reviewapp.base.i18n import _
from reviewapp.figures.evidence import ENOUGH, Evidence, EvidenceIndex
from reviewapp.figures.ratings import effective
from reviewapp.instruments.model import Standard
from reviewapp.report.proofreading.finding import Finding, Severity, finding
from reviewapp.visit import sorting
from reviewapp.visit.state import VisitState

Leaning = Literal["met", "not_met"]
OTHER: dict[str, Leaning] = {"met": "not_met", "not_met": "met"}
HALF = 50.0


class _Rated(msgspec.Struct, frozen=True, kw_only=True):
    """One standard that reviewers judged met or not met, and what speaks to it."""

    standard: Standard
    verdict: Leaning
    agreed: bool
    reason: str
    heard: dict[str, frozenset[Leaning]]
    judged: dict[str, str]
    evidence: Evidence

    @property
    def concerning(self) -> list[str]:
        """What an acceptance accepts: this verdict for this reason."""
        return [self.verdict, self.reason]

    @property
    def severity(self) -> Severity:
        """A reason that was given is for the reader to weigh; without one there is nothing to weigh."""
        return "warn" if self.reason else "stop"


def against_the_evidence(state: VisitState) -> list[Finding]:
    """For each rated standard the gravest thing that can be said of its evidence, or nothing."""
    found = []
    for rated in _rated(state):
        for rule in _RULES:
            said = rule(state, rated)
            if said is not None:
                found.append(said)
                break
    return found


def _against_all(state: VisitState, rated: _Rated) -> Finding | None:
    """Agreed against everybody: the team, every reviewer, and all that was heard and read."""
    other = OTHER[rated.verdict]
    sides = [*rated.judged.values(), *(side for leaning in rated.heard.values() for side in leaning)]
    sources = len(rated.judged) + len(rated.heard)
    if not rated.agreed or not rated.judged or sources < ENOUGH or any(side != other for side in sides):
        return None
    return _finding(
        state, rated, "agreed_against_all",
        why=_("is agreed as {word}, and every source says the opposite.", word=_word(rated.verdict)),
        action=_("Look at the rating again, or write the reason for it"),
    )  # fmt: skip


def _only_the_other_way(state: VisitState, rated: _Rated) -> Finding | None:
    """All evidence that leans, leans the other way."""
    other = OTHER[rated.verdict]
    if not rated.heard or any(leaning != {other} for leaning in rated.heard.values()):
        return None
    if rated.verdict == "met":
        why, rule = _("is met, and all evidence that was recorded speaks against it."), "met_only_contrary"
        action = _("Say in the reason what outweighs it, or look at the rating again")
    else:
        why, rule = _("is not met, and all that was recorded about it is praise."), "not_met_only_praise"
        action = _("Say in the reason what is missing, or look at the rating again")
    return _finding(state, rated, rule, why=why, action=action)


def _nothing(state: VisitState, rated: _Rated) -> Finding | None:
    """Met, and no evidence of any kind: nobody heard, no survey, no case note, no reviewer's note."""
    noted = any(rec.note.strip() for rec in rated.evidence.ratings.values())
    if rated.verdict != "met" or rated.evidence.sources or noted:
        return None
    return _finding(
        state, rated, "met_no_evidence", severity="note" if rated.reason else "warn",
        why=_("is met, and no evidence for it is recorded."), action=_("Write a note of what was seen or heard"),
    )  # fmt: skip


_RULES: tuple[Callable[[VisitState, _Rated], Finding | None], ...] = (_against_all, _only_the_other_way, _nothing)


def _finding(
    state: VisitState, rated: _Rated, rule: str, *, why: str, action: str, severity: Severity | None = None
) -> Finding:
    number = rated.standard.number
    return finding(
        state, rule, severity or rated.severity, at=("agreed", number, "value"), standard=number,
        why=_("Standard {number} {why}", number=number, why=why), action=action, concerning=rated.concerning,
    )  # fmt: skip


def _word(verdict: Leaning) -> str:
    return "met" if verdict == "met" else _("not met")


def _rated(state: VisitState) -> list[_Rated]:
    now, evidence = effective(state), EvidenceIndex(state).all()
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
                _Rated(
                    standard=standard, verdict="met" if verdict == "met" else "not_met", agreed=basis == "agreed",
                    reason=agreed.reason.strip() if agreed else "", evidence=own,
                    heard=_heard(state, own), judged=judged,
                )
            )  # fmt: skip
    return found


def _heard(state: VisitState, evidence: Evidence) -> dict[str, frozenset[Leaning]]:
    """What each source leans to, for those that lean: groups by their quotes, surveys and case notes by the half."""
    found: dict[str, set[Leaning]] = {}
    for quote in evidence.quotes:
        if quote.tone in ("positive", "negative"):
            group = state.interviews[quote.interview].group
            found.setdefault(group, set()).add("met" if quote.tone == "positive" else "not_met")
        elif quote.tone == "mixed":
            found.setdefault(state.interviews[quote.interview].group, set()).update(("met", "not_met"))
    for name, counts in evidence.survey.items():
        _lean(found, _("survey of {name}", name=name), counts.percent)
    for item in evidence.audit:
        _lean(found, _("case notes {item}", item=item.item), item.counts.percent)
    return {source: frozenset(leaning) for source, leaning in found.items()}


def _lean(found: dict[str, set[Leaning]], source: str, percent: float | None) -> None:
    if percent is not None and percent != HALF:
        found[source] = {"met" if percent > HALF else "not_met"}
