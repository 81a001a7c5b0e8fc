"""What Overview points out: concerns first, then what waits for the meeting."""

from __future__ import annotations

from reviewapp.visit.figures import disagreements
from reviewapp.visit.state import VisitState
from ui.pages.interviews_concern import untold
from ui.pages.interviews_words import count


def concerns_words(state: VisitState) -> tuple[str, str]:
    """Words and tone. A concern stays in view when it was told: the lead has to know of it."""
    waiting, told = len(untold(state)), sum(1 for one in state.concerns.values() if one.told.strip())
    if waiting:
        words = "An immediate concern has" if waiting == 1 else f"{waiting} immediate concerns have"
        more = f" {told} more {'was' if told == 1 else 'were'} told." if told else ""
        return f"{words} been written down, but not whom it was told to.{more}", "not_met"
    if told:
        return f"{count(told, 'immediate concern')} written down; it says who was told of each.", "info"
    return "", "info"


def meeting_words(state: VisitState, *, lead: bool) -> str:
    """Nothing about ratings before the meeting was opened."""
    if not state.meeting_opened:
        return ""
    parts = []
    differ = sum(1 for one in disagreements(state) if one.agreed is None)
    if state.late:
        whom = "you" if lead else "the lead reviewer"
        parts.append(f"{count(len(state.late), 'late rating waits', 'late ratings wait')} for {whom}")
    if differ:
        parts.append(f"reviewers rated {count(differ, 'standard')} differently, and nothing is agreed yet")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
