"""What is still open once the laptops have met, in one sentence; nothing about ratings before the meeting."""

from __future__ import annotations

from reviewapp.visit.figures import agreed_values, audit_differences, disagreements
from reviewapp.visit.state import VisitState
from ui.pages.interviews_words import count


def still_open(state: VisitState) -> str:
    """`Still open: 9 standards rated differently, 2 late ratings.`"""
    parts = []
    if state.conflicts:
        parts.append(count(len(state.conflicts), "thing written", "things written") + " differently on two laptops")
    if not state.meeting_opened:
        words = f"Still open: {parts[0]}. " if parts else ""
        return f"{words}Next comes the meeting: the lead reviewer opens it on Agree."
    differ = sum(1 for one in disagreements(state) if one.agreed is None)
    if differ:
        parts.append(f"{count(differ, 'standard')} rated differently")
    if state.late:
        parts.append(count(len(state.late), "late rating"))
    cells = sum(1 for one in audit_differences(state) if one.agreed is None)
    if cells:
        parts.append(f"{count(cells, 'answer')} in the case notes read differently")
    waiting = len(state.instrument.standards) - len(agreed_values(state)) - differ
    if waiting > 0:
        parts.append(f"{count(waiting, 'other standard')} not agreed yet" if differ else f"{waiting} not agreed yet")
    return f"Still open: {', '.join(parts)}." if parts else "Nothing is left to settle."
