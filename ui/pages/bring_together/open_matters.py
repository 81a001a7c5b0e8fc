"""Open matters after the laptops were brought together, in one sentence; no ratings before the meeting."""

from __future__ import annotations

from reviewapp.base.i18n import _, plural
from reviewapp.figures.ratings import agreed_values, audit_differences, disagreements
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.second import second_state
from reviewapp.visit.state import VisitState


def still_open(state: VisitState) -> str:
    """`Still open: 9 standards rated differently, 2 late ratings.`; before the meeting, that it comes next."""
    parts, nouns = [], nouns_of(state.instrument)
    if state.conflicts:
        parts.append(
            plural("{n} thing written", "{n} things written", len(state.conflicts)) + _(" differently on two laptops")
        )
    if not state.meeting_opened:
        words = _("Still open: {parts}. ", parts=parts[0]) if parts else ""
        return _("{words}Next is the meeting: the lead reviewer opens it on Agree.", words=words)
    differ = sum(1 for one in disagreements(state) if one.agreed is None)
    if differ:
        parts.append(_("{standards} rated differently", standards=nouns.counted(differ)))
    second = second_state(state)
    torn = sum(1 for one in disagreements(second) if one.agreed is None) if second is not None else 0
    if second is not None and torn:
        counted, title = nouns_of(second.instrument).counted(torn), second.instrument.title
        parts.append(_("{standards} of {title} rated differently", standards=counted, title=title))
    late, found = len(state.late | state.also_late), len(state.late_criteria | state.also_late_criteria)
    if late:
        parts.append(plural("{n} late rating", "{n} late ratings", late))
    if found:
        parts.append(plural("{n} late finding on a criterion", "{n} late findings on criteria", found))
    cells = sum(1 for one in audit_differences(state) if one.agreed is None)
    if cells:
        parts.append(
            _("{answers} in the case notes read differently", answers=plural("{n} answer", "{n} answers", cells))
        )
    waiting = len(state.instrument.standards) - len(agreed_values(state)) - differ
    if waiting > 0:
        parts.append(
            _("{standards} more not agreed yet", standards=nouns.counted(waiting))
            if differ
            else _("{waiting} not agreed yet", waiting=waiting)
        )
    return _("Still open: {list}.", list=", ".join(parts)) if parts else _("No open points.")
