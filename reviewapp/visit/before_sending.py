"""What a lead would not want to find out after the report has gone: each finding with the record it comes from."""

from __future__ import annotations

from typing import Literal

import msgspec

from reviewapp.instruments.model import Standard
from reviewapp.visit import order
from reviewapp.visit.figures import agreed_values, audit_differences, disagreements, effective
from reviewapp.visit.state import Conflict, VisitState

Kind = Literal["concern", "conflict", "disagreement", "late", "audit", "recommendation", "unrated", "not_agreed"]
FUNDAMENTAL = "1"
"""Failing one standard of type 1 is a threat to safety, rights or dignity (QN-CRHTT national report)."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to look at. `entity` and `key` name the record to open; `standard` is empty where none is meant."""

    kind: Kind
    severity: Literal["stop", "look"]
    text: str
    entity: str
    key: str
    standard: str = ""


def before_sending(state: VisitState) -> list[Finding]:
    """What is still open, the gravest first; empty when nothing the core knows of stands in the way."""
    gravest = [*_concerns(state), *_conflicts(state), *_disagreements(state)]
    return [*gravest, *_late(state), *_audit(state), *_fundamentals(state), *_ratings(state)]


def not_met(state: VisitState) -> list[Standard]:
    """Standards whose rating says not met, type 1 first."""
    scale, now = state.instrument.scale, effective(state)
    found = []
    for standard in sorted(state.instrument.standards, key=order.type_first):
        value = now[standard.number].value
        choice = None if value is None else scale.find(value)
        if choice is not None and choice.counts == "not_met":
            found.append(standard)
    return found


def recommendation_place(number: str) -> str:
    """The place of the passage that says what is recommended for a standard."""
    return f"recommendation:{number}"


def _concerns(state: VisitState) -> list[Finding]:
    """Somebody may be at risk and it is not written down who was told."""
    return [
        Finding(
            kind="concern", severity="stop", entity="concern", key=key,
            text=f"Immediate concern {rec.id} of {rec.person}: nobody is recorded as told",
        )
        for key, rec in state.concerns.items()
        if rec.text.strip() and not rec.told.strip()
    ]  # fmt: skip


def _conflicts(state: VisitState) -> list[Finding]:
    found = []
    for conflict in state.conflicts:
        number, kind = _standard_of(state, conflict), conflict.entity.replace("_", " ")
        about = f"the {kind} of standard {number}" if number else f"{kind} {conflict.key}"
        text = f"Two laptops say different things and nobody has chosen: {about}"
        found.append(
            Finding(
                kind="conflict", severity="stop", entity=conflict.entity, key=conflict.key, standard=number, text=text
            )
        )
    return found


def _standard_of(state: VisitState, conflict: Conflict) -> str:
    number = conflict.key.split("/")[0]
    about_one = conflict.entity in ("agreed", "rating", "self_review", "local_context")
    return number if about_one and any(s.number == number for s in state.instrument.standards) else ""


def _disagreements(state: VisitState) -> list[Finding]:
    torn = _torn(state)
    return [
        Finding(
            kind="disagreement", severity="stop", entity="agreed", key=d.standard, standard=d.standard,
            text=f"Standard {d.standard}: reviewers differ and nothing is agreed",
        )
        for d in disagreements(state)
        if d.agreed is None and d.standard not in torn
    ]  # fmt: skip


def _late(state: VisitState) -> list[Finding]:
    """Ratings that came in after the meeting had opened and count for nothing until the lead lets them, together."""
    waiting = sorted(state.late, key=order.natural)
    if not waiting:
        return []
    many, are = ("1 rating", "is") if len(waiting) == 1 else (f"{len(waiting)} ratings", "are")
    text = f"{many} came in after the meeting was opened and {are} not counted"
    number = waiting[0].partition("/")[0]
    return [Finding(kind="late", severity="look", entity="rating", key=waiting[0], standard=number, text=text)]


def _audit(state: VisitState) -> list[Finding]:
    """Answers in the case notes that reviewers gave differently and that nobody has agreed, together."""
    cells = [one for one in audit_differences(state) if one.agreed is None]
    if not cells:
        return []
    many = "1 answer in the case notes was" if len(cells) == 1 else f"{len(cells)} answers in the case notes were"
    key, text = f"{cells[0].case_note}/{cells[0].item}", f"{many} read differently and nothing is agreed"
    return [Finding(kind="audit", severity="look", entity="agreed_audit", key=key, text=text)]


def _fundamentals(state: VisitState) -> list[Finding]:
    found = []
    for standard in not_met(state):
        place = recommendation_place(standard.number)
        written = state.passages.get(place)
        if standard.type == FUNDAMENTAL and (written is None or not written.text.strip()):
            text = f"Standard {standard.number} (type 1) is not met and nothing is recommended"
            found.append(
                Finding(
                    kind="recommendation", severity="look", entity="passage", key=place, standard=standard.number,
                    text=text,
                )
            )  # fmt: skip
    return found


def _ratings(state: VisitState) -> list[Finding]:
    """Standards without a rating, one by one; those rated alike but never agreed, together."""
    now, agreed, torn = effective(state), agreed_values(state), _torn(state)
    differ = {d.standard for d in disagreements(state)}
    found = []
    waiting = []
    for standard in sorted(state.instrument.standards, key=order.type_first):
        number = standard.number
        if now[number].basis == "peer":
            waiting.append(number)
        elif number not in agreed and number not in differ and number not in torn:
            text = f"Standard {number} (type {standard.type}) is not rated by any reviewer"
            found.append(
                Finding(kind="unrated", severity="look", entity="rating", key=number, standard=number, text=text)
            )
    if waiting:
        many = "1 standard is" if len(waiting) == 1 else f"{len(waiting)} standards are"
        text = f"{many} rated alike by all reviewers but not agreed yet"
        found.append(
            Finding(kind="not_agreed", severity="look", entity="agreed", key=waiting[0], standard=waiting[0], text=text)
        )
    return found


def _torn(state: VisitState) -> set[str]:
    """Standards that are listed as a conflict already."""
    return {_standard_of(state, c) for c in state.conflicts if c.entity in ("agreed", "rating")} - {""}
