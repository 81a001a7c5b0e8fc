"""Rules on what is open of criteria, and on everything that is open of a visit's second set of standards."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reviewapp.base.i18n import _, plural
from reviewapp.figures.criteria import criterion_disagreements
from reviewapp.figures.ratings import effective_ratings
from reviewapp.instruments.nouns import nouns_of
from reviewapp.report.proofreading import open_matters
from reviewapp.report.proofreading.finding import Finding, finding
from reviewapp.visit.second import ALSO_KINDS, second_key, second_state
from reviewapp.visit.state import VisitState


def criteria_differ(state: VisitState) -> list[Finding]:
    """Criteria that reviewers found differently from one source, with nothing agreed: one finding a standard."""
    open_: dict[str, list[str]] = {}
    for one in criterion_disagreements(state):
        if one.agreed is None and one.criterion not in open_.setdefault(one.standard, []):
            open_[one.standard].append(one.criterion)
    nouns = nouns_of(state.instrument)
    return [
        finding(
            state,
            "criteria_differ",
            "warn",
            at=("agreed_criterion", f"{number}/{letters[0]}", "value"),
            standard=number,
            why=plural(
                "{standard}: reviewers differ on criterion {letters} and nothing is agreed, so it counts for nothing.",
                "{standard}: reviewers differ on criteria {letters} and nothing is agreed, so they count for nothing.",
                len(letters),
                standard=nouns.numbered(number),
                letters=", ".join(letters),
            ),
            action=_("Agree the criteria, with the reason"),
            concerning=letters,
        )
        for number, letters in open_.items()
        if letters
    ]


OF_SECOND: tuple[Callable[[VisitState], list[Finding]], ...] = (
    open_matters.unsettled,
    criteria_differ,
    open_matters.late,
    open_matters.not_agreed,
)
_AS_SECOND = {plain: also for also, plain in ALSO_KINDS.items()}


def second_set(state: VisitState) -> list[Finding]:
    """The open matters of the second set, each naming it: what differs, is late, not agreed or not rated."""
    second = second_state(state)
    if second is None:
        return []
    found = [one for rule in OF_SECOND for one in rule(second)]
    return [_by_second(state, second, one) for one in (*found, *_unrated(second))]


def _by_second(state: VisitState, second: VisitState, one: Finding) -> Finding:
    key = second_key(second.instrument.id, one.key)
    return finding(
        state,
        one.rule,
        one.severity,
        at=(_AS_SECOND.get(one.entity, one.entity), key, one.field),
        standard=one.standard,
        why=_("By {title}: {why}", title=second.instrument.title, why=one.why),
        action=one.action,
        concerning=one.id,
    )


def _unrated(second: VisitState) -> Iterator[Finding]:
    """What no reviewer has rated by the second set, in one finding: it may have been chosen for a part of it only."""
    now = effective_ratings(second)
    known = second.agreed.keys() | {one.standard for one in second.ratings.values() if one.value is not None}
    waiting = [
        one.number
        for one in second.instrument.standards
        if now[one.number].basis not in ("peer", "derived") and one.number not in known
    ]
    if waiting:
        yield finding(
            second,
            "unrated",
            "note",
            at=("rating", waiting[0]),
            standard=waiting[0],
            why=_("{standards} rated by no reviewer.", standards=nouns_of(second.instrument).counted(len(waiting))),
            action=_("Rate them, or say why they cannot be rated"),
            concerning=waiting,
        )
