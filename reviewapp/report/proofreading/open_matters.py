"""Rules on matters still open in the visit itself: concerns, conflicts, ratings not agreed, late or missing.

They do not read the written texts of the report.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reviewapp.base.i18n import _, plural
from reviewapp.figures.gaps import gaps, recommendation_place
from reviewapp.figures.left_out import left_out
from reviewapp.figures.ratings import agreed_values, audit_differences, disagreements, effective_ratings
from reviewapp.instruments.nouns import nouns_of
from reviewapp.report.proofreading.finding import Finding, finding
from reviewapp.visit import labels, sorting
from reviewapp.visit.entities import record_in_words
from reviewapp.visit.second import ALSO_KINDS, plain_key, second_state
from reviewapp.visit.state import Conflict, VisitState

FUNDAMENTAL = "1"
"""The type of standards of which failing one is a threat to safety, rights or dignity (QN-CRHTT national report)."""


def concerns(state: VisitState) -> list[Finding]:
    """Immediate concerns (somebody may be at risk) without a record of who was told."""
    return [
        finding(
            state,
            "concern_not_passed_on",
            "stop",
            at=("concern", key),
            concerning=rec.text,
            why=_("{concern}: nobody is recorded as told.", concern=labels.concern(state.people, rec.key)),
            action=_("Tell someone who can act, and record who and when"),
        )
        for key, rec in state.concerns.items()
        if rec.text.strip() and not rec.told.strip()
    ]


def conflicts(state: VisitState) -> list[Finding]:
    """Conflicts: fields with different values from two laptops, one finding each."""
    found = []
    for conflict in state.conflicts:
        number = _standard_of(state, conflict)
        about = _about(state, conflict, number)
        found.append(
            finding(
                state,
                "conflict",
                "stop",
                at=(conflict.entity, conflict.key, conflict.field),
                standard=number,
                why=_("There are two versions and nobody has chosen: {about}.", about=about),
                action=_("Choose one of them, and say why"),
                concerning=sorted(value.entry for value in conflict.values),
            )
        )
    return found


_ABOUT_ONE = {
    "agreed": _("the agreed rating of {standard}"),
    "rating": _("a reviewer's rating of {standard}"),
    "self_review": _("the team's own rating of {standard}"),
    "local_context": _("the local context of {standard}"),
    "criterion": _("what a reviewer found on a criterion of {standard}"),
    "agreed_criterion": _("an agreed criterion of {standard}"),
}
"""Kinds of record whose keys begin with a standard, in words."""


def _about(state: VisitState, conflict: Conflict, number: str) -> str:
    """What the conflict is about: `the agreed rating of standard 47`, for one of the second set naming it."""
    second = second_state(state)
    if conflict.entity in ALSO_KINDS and second is not None:
        plain = msgspec.structs.replace(conflict, entity=ALSO_KINDS[conflict.entity], key=plain_key(conflict.key))
        about = _about(second, plain, _standard_of(second, plain))
        return _("{about}, by {title}", about=about, title=second.instrument.title)
    if not number:
        return record_in_words(conflict.entity, conflict.key, _)
    return _ABOUT_ONE[conflict.entity].format(standard=nouns_of(state.instrument).within(number))


def _standard_of(state: VisitState, conflict: Conflict) -> str:
    number = conflict.key.split("/")[0]
    about_one = conflict.entity in _ABOUT_ONE
    return number if about_one and any(s.number == number for s in state.instrument.standards) else ""


def unsettled(state: VisitState) -> list[Finding]:
    """Standards that reviewers rated differently and that are not agreed; without those in conflict."""
    conflicting, nouns = _in_conflict(state), nouns_of(state.instrument)
    return [
        finding(
            state,
            "disagreement",
            "stop",
            at=("agreed", d.standard, "value"),
            standard=d.standard,
            why=_("{standard}: reviewers differ and nothing is agreed.", standard=nouns.numbered(d.standard)),
            action=_("Agree a rating, with the reason"),
            concerning=d.ratings,
        )
        for d in disagreements(state)
        if d.agreed is None and d.standard not in conflicting
    ]


def late(state: VisitState) -> list[Finding]:
    """What came in after the meeting was opened and waits for the lead: ratings in one finding, criteria in another."""
    return [
        *_late(state, "rating", state.late, _("1 rating"), _("{n} ratings", n=len(state.late))),
        *_late(state, "criterion", state.late_criteria, _("What was found of 1 criterion"),
               _("What was found of {n} criteria", n=len(state.late_criteria))),
    ]  # fmt: skip


def _late(state: VisitState, entity: str, keys: Iterable[str], one: str, more: str) -> list[Finding]:
    waiting = sorted(keys, key=sorting.natural)
    if not waiting:
        return []
    many, are = (one, "is") if len(waiting) == 1 else (more, "are")
    return [
        finding(
            state,
            "late_rating",
            "warn",
            at=(entity, waiting[0]),
            standard=waiting[0].partition("/")[0],
            why=_("{many} arrived after the meeting was opened and {are} not counted.", many=many, are=are),
            action=_("Count what arrived late, or leave it out on purpose"),
            concerning=waiting,
        )
    ]


def not_counted(state: VisitState) -> list[Finding]:
    """Ratings and case-note answers of observers, or of people who are not on the team any more, a finding each."""
    return [
        finding(
            state,
            "not_counted",
            "warn",
            at=("person", one.person),
            why=_(
                "{person} is an observer, so this is kept but not counted: {what}.", person=one.person, what=one.words()
            )
            if one.observer
            else _(
                "{person} is no longer on the review team; kept but not counted: {what}.",
                person=one.person,
                what=one.words(),
            ),
            action=_("Add {person} to the review team again, or leave this out on purpose", person=one.person),
            concerning=[one.observer, one.ratings, one.answers],
        )
        for one in left_out(state)
    ]


def audit(state: VisitState) -> list[Finding]:
    """Case-note answers that reviewers gave differently and that are not agreed, in one finding."""
    cells = [cell for cell in audit_differences(state) if cell.agreed is None]
    if not cells:
        return []
    many = plural("{n} answer in the case notes was", "{n} answers in the case notes were", len(cells))
    keys = [f"{cell.case_note}/{cell.item}" for cell in cells]
    return [
        finding(
            state,
            "case_notes_differ",
            "warn",
            at=("agreed_audit", keys[0]),
            concerning=keys,
            why=_("{many} read differently and nothing is agreed; until then they do not count.", many=many),
            action=_("Look at the case note again together and agree"),
        )
    ]


def fundamentals(state: VisitState) -> list[Finding]:
    """A standard of type 1 not met, and nothing said about what to do.

    Types decide on a rated scale only: no rule has a threshold for the types of a scored one.
    """
    if state.instrument.scale.kind == "scored":
        return []
    found = []
    for standard in gaps(state):
        place = recommendation_place(standard.number)
        written = state.passages.get(place)
        if standard.type == FUNDAMENTAL and (written is None or not written.text.strip()):
            found.append(
                finding(
                    state,
                    "no_recommendation",
                    "stop",
                    at=("passage", place, "text"),
                    standard=standard.number,
                    why=_("Standard {number} (type 1) is not met, but nothing is recommended.", number=standard.number),
                    action=_("Write what the team could do"),
                    concerning=standard.type,
                )
            )
    return found


def unrated(state: VisitState) -> list[Finding]:
    """Standards that no reviewer has rated, one finding each."""
    now, agreed, conflicting = effective_ratings(state), agreed_values(state), _in_conflict(state)
    known = conflicting | agreed.keys() | {d.standard for d in disagreements(state)}
    return [
        finding(
            state,
            "unrated",
            "warn",
            at=("rating", s.number),
            standard=s.number,
            concerning=s.type,
            why=(
                _("Item {number} is not scored by any reviewer.", number=s.number)
                if state.instrument.scale.kind == "scored"
                else _("Standard {number} (type {type}) is not rated by any reviewer.", number=s.number, type=s.type)
            ),
            action=_("Rate it, or say why it cannot be rated"),
        )
        for s in sorted(state.instrument.standards, key=sorting.type_first)
        if now[s.number].basis not in ("peer", "derived") and s.number not in known
    ]


def not_agreed(state: VisitState) -> list[Finding]:
    """Standards rated the same by all reviewers who rated them but not agreed, in one finding."""
    now = effective_ratings(state)
    ranked = sorted(state.instrument.standards, key=sorting.type_first)
    waiting = [s.number for s in ranked if now[s.number].basis == "peer"]
    if not waiting:
        return []
    n = len(waiting)
    many = plural("{standards} is", "{standards} are", n, standards=nouns_of(state.instrument).counted(n))
    return [
        finding(
            state,
            "not_agreed",
            "note",
            at=("agreed", waiting[0], "value"),
            standard=waiting[0],
            concerning=waiting,
            why=_("{many} rated the same by all reviewers but not agreed yet.", many=many),
            action=_("Agree them at the meeting"),
        )
    ]


def _in_conflict(state: VisitState) -> set[str]:
    """Numbers of standards whose rating or agreed rating is in conflict, and so reported by `conflicts`."""
    return {_standard_of(state, c) for c in state.conflicts if c.entity in ("agreed", "rating")} - {""}
